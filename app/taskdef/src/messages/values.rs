//! Holds what passes report to what the texts need. Debug builds only: the tests run every rule.

use super::Text;
use crate::{Finding, finding::Param};

/// What is wrong with a finding: a text that its rule does not have, a value that is missing or of the wrong kind.
pub(crate) fn problem(finding: &Finding) -> Option<String> {
    let message = finding.rule.message;
    let Some(text) = message.variant(finding.variant) else { return Some(format!("no .or-{} in the texts", finding.variant)) };
    if let Some(problem) = missing(text, &finding.params) {
        return Some(problem);
    }
    for fix in &finding.fixes {
        let Some(text) = message.attribute(fix.label) else { return Some(format!("no .{} in the texts", fix.label)) };
        if let Some(problem) = missing(text, &fix.params) {
            return Some(format!(".{}: {problem}", fix.label));
        }
    }
    None
}

fn missing(text: &Text, params: &[(&'static str, Param)]) -> Option<String> {
    let given = |name: &str| params.iter().find(|(n, _)| *n == name).map(|(_, value)| value);
    text.values.iter().find_map(|name| match given(name) {
        None => Some(format!("the text needs ${name}")),
        Some(Param::Number(_)) => None,
        Some(_) => text.counts.contains(name).then(|| format!("a plural depends on ${name}: give a number")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Edit, Scope, Severity,
        finding::Fix,
        lint::areas::port::{PORT_CONFLICT_ACROSS_CONTAINERS, PORT_HOST_PORT_AWSVPC},
    };

    fn finding(params: &[&'static str]) -> Finding {
        let params = params.iter().map(|name| (*name, Param::Number(80))).collect();
        let rule = &PORT_HOST_PORT_AWSVPC;
        Finding { rule, severity: Severity::Error, scope: Scope::Definition, path: String::new(), variant: "", params, fixes: Vec::new(), at: None }
    }

    #[test]
    fn a_value_that_a_pass_forgets_or_misspells_is_seen() {
        assert_eq!(problem(&finding(&["host", "port"])), None);
        assert_eq!(problem(&finding(&["host", "prot"])).as_deref(), Some("the text needs $port"));
        let label = |label, params| Finding {
            fixes: vec![Fix { label, params, edit: Edit(Vec::new()), safety: crate::finding::Safety::Safe }],
            ..finding(&["host", "port"])
        };
        assert_eq!(problem(&label("fix", vec![("value", Param::Number(1))])), None);
        assert_eq!(problem(&label("fix", Vec::new())).as_deref(), Some(".fix: the text needs $value"));
        assert_eq!(problem(&label("fix-other", Vec::new())).as_deref(), Some("no .fix-other in the texts"));
    }

    #[test]
    fn a_variant_without_a_text_is_seen() {
        let variant = |variant| Finding { rule: &PORT_CONFLICT_ACROSS_CONTAINERS, variant, ..finding(&["a", "b", "port"]) };
        assert_eq!((problem(&variant("host")), problem(&variant("hots")).as_deref()), (None, Some("no .or-hots in the texts")));
    }

    #[test]
    fn a_plural_needs_a_number() {
        let text = Text { values: &["n"], counts: &["n"], by_lang: ["{0|1 file|{0} files|}", "파일 {0}개"] };
        assert_eq!(missing(&text, &[("n", Param::Number(1))]), None);
        assert!(missing(&text, &[("n", Param::Text("1".into()))]).is_some());
    }
}
