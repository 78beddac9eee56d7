//! What the rules say, in both languages. Fluent files under `texts/`, one per area.
//!
//! A rule's message is the Fluent message of its id; `.or-…` are other messages of the rule, `.title`
//! says it without values, `.why` and `.do` explain, `.fix…` label the cures.

use crate::{Finding, Lang, finding::Param, grammar::size};
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, sync::LazyLock};

macro_rules! catalogue {
    ($lang:literal) => {
        [
            include_str!(concat!("../texts/", $lang, "/cluster.ftl")),
            include_str!(concat!("../texts/", $lang, "/container.ftl")),
            include_str!(concat!("../texts/", $lang, "/dependencies.ftl")),
            include_str!(concat!("../texts/", $lang, "/doctor.ftl")),
            include_str!(concat!("../texts/", $lang, "/ec2.ftl")),
            include_str!(concat!("../texts/", $lang, "/environment.ftl")),
            include_str!(concat!("../texts/", $lang, "/ephemeral-storage.ftl")),
            include_str!(concat!("../texts/", $lang, "/fargate.ftl")),
            include_str!(concat!("../texts/", $lang, "/health.ftl")),
            include_str!(concat!("../texts/", $lang, "/iam.ftl")),
            include_str!(concat!("../texts/", $lang, "/image.ftl")),
            include_str!(concat!("../texts/", $lang, "/limits.ftl")),
            include_str!(concat!("../texts/", $lang, "/linux.ftl")),
            include_str!(concat!("../texts/", $lang, "/logging.ftl")),
            include_str!(concat!("../texts/", $lang, "/network.ftl")),
            include_str!(concat!("../texts/", $lang, "/port.ftl")),
            include_str!(concat!("../texts/", $lang, "/proxy.ftl")),
            include_str!(concat!("../texts/", $lang, "/register.ftl")),
            include_str!(concat!("../texts/", $lang, "/resources.ftl")),
            include_str!(concat!("../texts/", $lang, "/runtime-platform.ftl")),
            include_str!(concat!("../texts/", $lang, "/scripts.ftl")),
            include_str!(concat!("../texts/", $lang, "/secrets.ftl")),
            include_str!(concat!("../texts/", $lang, "/service.ftl")),
            include_str!(concat!("../texts/", $lang, "/service-connect.ftl")),
            include_str!(concat!("../texts/", $lang, "/sizing.ftl")),
            include_str!(concat!("../texts/", $lang, "/tags.ftl")),
            include_str!(concat!("../texts/", $lang, "/task.ftl")),
            include_str!(concat!("../texts/", $lang, "/timeouts.ftl")),
            include_str!(concat!("../texts/", $lang, "/volumes.ftl")),
            include_str!(concat!("../texts/", $lang, "/windows.ftl")),
        ]
    };
}

type Bundle = FluentBundle<FluentResource>;

static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", &catalogue!("en")));
static KO: LazyLock<Bundle> = LazyLock::new(|| bundle("ko", &catalogue!("ko")));

// The files are compiled in; `tests` reads every message of both.
#[allow(clippy::expect_used)]
fn bundle(lang: &str, files: &[&str]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.parse().expect("a language tag")]);
    bundle.set_use_isolating(false);
    for file in files {
        let resource = FluentResource::try_new((*file).to_owned()).map_err(|(_, e)| e).expect("a compiled-in text is valid Fluent");
        bundle.add_resource(resource).expect("a rule has its texts once");
    }
    bundle
}

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
    let message = match finding.variant {
        "" => text(lang, finding.rule.id, None, &finding.params),
        variant => text(lang, finding.rule.id, Some(&format!("or-{variant}")), &finding.params),
    };
    Words {
        message: message.unwrap_or_else(|| finding.rule.id.to_owned()),
        why: text(lang, finding.rule.id, Some("why"), &[]).unwrap_or_default(),
        how: text(lang, finding.rule.id, Some("do"), &[]).unwrap_or_default(),
        labels: finding.fixes.iter().map(|f| text(lang, finding.rule.id, Some(f.label), &f.params).unwrap_or_default()).collect(),
    }
}

/// A rule in general words: title, why, what to do.
pub fn of_rule(lang: Lang, rule: &str) -> (String, String, String) {
    let get = |attribute: Option<&str>| text(lang, rule, attribute, &[]);
    let title = get(Some("title")).or_else(|| get(None)).unwrap_or_default();
    (title, get(Some("why")).unwrap_or_default(), get(Some("do")).unwrap_or_default())
}

/// A message that belongs to no rule.
pub fn phrase(lang: Lang, id: &str) -> String {
    text(lang, id, None, &[]).unwrap_or_default()
}

fn text(lang: Lang, id: &str, attribute: Option<&str>, params: &[(&'static str, Param)]) -> Option<String> {
    let bundle: &Bundle = if lang == Lang::Ko { &KO } else { &EN };
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let mut out = String::with_capacity(96);
    if filled(&mut out, lang, pattern, params) {
        return Some(out);
    }
    let mut args = FluentArgs::new();
    for (name, value) in params {
        args.set(*name, format(lang, name, value));
    }
    Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

/// Fills in the values of a pattern that is only words and values, as ours are: no selectors, no functions.
fn filled(out: &mut String, lang: Lang, pattern: &Pattern<&str>, params: &[(&'static str, Param)]) -> bool {
    pattern.elements.iter().all(|element| match element {
        PatternElement::TextElement { value } => {
            out.push_str(value);
            true
        }
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
            let param = params.iter().find(|(name, _)| *name == id.name);
            param.is_some_and(|(name, value)| {
                out.push_str(&format(lang, name, value));
                true
            })
        }
        PatternElement::Placeable { .. } => false,
    })
}

fn format<'v>(lang: Lang, name: &str, value: &'v Param) -> Cow<'v, str> {
    match value {
        Param::Text(text) if text.is_empty() && name == "name" => if lang == Lang::Ko { "(이름 없음)" } else { "(no name yet)" }.into(),
        Param::Text(text) => text.into(),
        Param::Number(n) => grouped(*n).into(),
        Param::Cpu(units) if units % 128 == 0 => format!("{} vCPU", size::vcpu(*units)).into(),
        Param::Cpu(units) => units_of(lang, *units).into(),
        Param::Memory(mib) => memory(lang, *mib).into(),
        Param::Memories(list) => memories(lang, list).into(),
    }
}

fn units_of(lang: Lang, units: u64) -> String {
    if lang == Lang::Ko { format!("CPU {}유닛", grouped(units)) } else { format!("{} CPU units", grouped(units)) }
}

/// `1,024`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// `2 GB` or `1,500 MiB`; in Korean without the space.
fn memory(lang: Lang, mib: u64) -> String {
    let space = if lang == Lang::Ko { "" } else { "\u{a0}" };
    if mib.is_multiple_of(512) { format!("{}{space}GB", size::gb(mib)) } else { format!("{}{space}MiB", grouped(mib)) }
}

fn memories(lang: Lang, list: &[u64]) -> String {
    let even = list.len() > 4 && list.windows(2).all(|w| w[1] - w[0] == 1024);
    match (list, lang) {
        ([first, .., last], Lang::En) if even => format!("{} to {}", size::gb(*first), memory(lang, *last)),
        ([first, .., last], Lang::Ko) if even => format!("{}~{}", size::gb(*first), memory(lang, *last)),
        ([rest @ .., last], Lang::En) if !rest.is_empty() => {
            format!("{} or {}", rest.iter().map(|m| size::gb(*m)).collect::<Vec<_>>().join(", "), memory(lang, *last))
        }
        _ => list.iter().map(|m| memory(lang, *m)).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;

    #[test]
    fn every_rule_has_every_text_in_both_languages() {
        let mut seen = 0;
        for (_, rule) in lint::all() {
            for lang in Lang::ALL {
                let (title, why, cure) = of_rule(lang, rule.id);
                assert!(!title.is_empty() && !title.contains('{') && !why.is_empty() && !cure.is_empty(), "{} in {lang:?}", rule.id);
                assert!(!title.ends_with('.') && why.ends_with(['.', '”']) && cure.ends_with('.'), "full stops of {} in {lang:?}", rule.id);
                seen += 1;
            }
        }
        assert!(seen > 200, "{seen}");
    }

    #[test]
    fn both_languages_have_the_same_messages_and_values() {
        let keys = |files: &[&str]| {
            let mut keys: Vec<String> = Vec::new();
            for line in files.iter().flat_map(|f| f.lines()) {
                let Some((key, rest)) = line.split_once(" = ") else { continue };
                let mut values: Vec<&str> = rest.split("{ $").skip(1).filter_map(|p| p.split(' ').next()).collect();
                values.sort_unstable();
                values.dedup();
                keys.push(format!("{key} {values:?}"));
            }
            keys
        };
        let (en, ko) = (keys(&catalogue!("en")), keys(&catalogue!("ko")));
        assert!(en.len() > 400);
        for (a, b) in en.iter().zip(&ko) {
            assert_eq!(a, b);
        }
        assert_eq!(en.len(), ko.len());
    }

    #[test]
    fn numbers_are_written_as_each_language_does() {
        assert_eq!((memory(Lang::En, 2048), memory(Lang::Ko, 1500)), ("2\u{a0}GB".into(), "1,500MiB".into()));
        assert_eq!(memories(Lang::En, &[512, 1024, 2048]), "0.5, 1 or 2\u{a0}GB");
        assert_eq!(memories(Lang::Ko, &[2048, 3072, 4096, 5120, 6144]), "2~6GB");
    }
}
