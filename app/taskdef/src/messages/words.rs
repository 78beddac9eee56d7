//! Findings and rules in words.

use super::{Message, find};
use crate::{Finding, Lang};
use serde::{Deserialize, Serialize};

/// A finding in words, as pages and the API show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// What is wrong, with the values.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to do about it.
    pub how: String,
    /// A label for each fix, in order.
    pub labels: Vec<String>,
}

/// Puts a finding into words.
pub fn of_finding(lang: Lang, finding: &Finding) -> Words {
    let message = finding.rule.message;
    Words {
        message: message.variant(finding.variant).map(|text| text.with(lang, &finding.params)).unwrap_or_else(|| finding.rule.id.to_owned()),
        why: message.about(lang, "why", finding.variant),
        how: message.about(lang, "do", finding.variant),
        labels: finding.fixes.iter().map(|f| message.attribute(f.label).map(|text| text.with(lang, &f.params)).unwrap_or_default()).collect(),
    }
}

/// A rule in general words: title, why, what to do.
pub fn of_rule(lang: Lang, rule: &str) -> (String, String, String) {
    find(rule).map(|message| message.explained(lang)).unwrap_or_default()
}

impl Message {
    /// In general words: title, why, what to do.
    pub fn explained(&self, lang: Lang) -> (String, String, String) {
        let get = |name: &str| self.attribute(name).map(|text| text.plain(lang).to_owned()).unwrap_or_default();
        let title = self.attribute("title").unwrap_or(&self.text).plain(lang).to_owned();
        (title, get("why"), get("do"))
    }

    /// Why or what to do: the variant's own text (`.why-{variant}`), or else that of the rule.
    fn about(&self, lang: Lang, name: &str, variant: &str) -> String {
        let own = |n: &str| n.strip_prefix(name).and_then(|rest| rest.strip_prefix('-')) == Some(variant);
        let text = self.attributes.iter().find(|(n, _)| own(n)).map(|(_, text)| text).or_else(|| self.attribute(name));
        text.map(|text| text.plain(lang).to_owned()).unwrap_or_default()
    }

    /// The usual text for an empty name, else `.or-{name}`.
    pub(crate) fn variant(&self, name: &str) -> Option<&super::Text> {
        match name {
            "" => Some(&self.text),
            _ => self.attributes.iter().find(|(n, _)| n.strip_prefix("or-") == Some(name)).map(|(_, text)| text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;

    /// A reason of a variant that the rule does not have is never read.
    #[test]
    fn a_variant_with_its_own_reason_is_one_of_the_rule() {
        let mut seen = 0;
        for (_, rule) in lint::all() {
            for (name, text) in rule.message.attributes {
                let Some(variant) = name.strip_prefix("why-").or(name.strip_prefix("do-")) else { continue };
                assert!(rule.message.variant(variant).is_some(), "{}.{name}", rule.id);
                assert!(text.values.is_empty() && rule.message.about(Lang::En, &name[..name.len() - variant.len() - 1], variant).ends_with(['.', '”']));
                seen += 1;
            }
        }
        assert!(seen >= 10, "{seen}");
    }

    #[test]
    fn titles_end_without_and_explanations_with_a_full_stop() {
        let mut seen = 0;
        for (_, rule) in lint::all() {
            for lang in Lang::ALL {
                let (title, why, how) = rule.message.explained(lang);
                assert!(!title.ends_with('.') && why.ends_with(['.', '”']) && how.ends_with('.'), "{} in {lang:?}", rule.id);
                seen += 1;
            }
        }
        assert!(seen > 800, "{seen}");
    }
}
