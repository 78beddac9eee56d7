//! The fixes that need no decision, all at once.
//!
//! Only a finding whose first fix is safe is applied, and only when after it the finding is gone, no other error or
//! warning has come, and the task costs what it cost. Whatever else a rule offers is for a person to choose.

use crate::{Draft, Edit, Finding, Scope, Severity, facts::cost, finding::Safety, lint};
use std::collections::BTreeSet;

/// A fix that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// The finding that it fixed, as it stood then.
    pub finding: Finding,
    /// The change, from the draft's root.
    pub edit: Edit,
}

/// Whether a finding has a fix that needs no decision; whether it helps shows when it is made.
pub fn candidate(finding: &Finding) -> bool {
    finding.severity != Severity::Advice && finding.fixes.first().is_some_and(|fix| fix.safety == Safety::Safe)
}

/// Bytes that are checked at most, again and again: each fix needs one check, and a large draft must not keep the server
/// busy.
const CHECKED: usize = 512 * 1024;

/// What is more than advice: a value that can be read at last may well deserve a piece of advice.
fn keys(findings: &[Finding]) -> BTreeSet<(&'static str, &str)> {
    findings.iter().filter(|f| f.severity != Severity::Advice).map(|f| (f.rule.id, f.path.as_str())).collect()
}

/// The first fixes of findings of one rule as one change, from the draft's root.
///
/// The last place comes first, so that no place moves before its turn. `None` where the fixes are of several kinds, or where one
/// of them is not enough together with the others.
pub fn together(draft: &Draft, row: &[&Finding]) -> Option<Edit> {
    let first = row.first()?;
    let label = first.fixes.first()?.label;
    let mut ops = Vec::new();
    for finding in row.iter().rev() {
        let fix = finding.fixes.first().filter(|fix| fix.label == label && finding.scope == Scope::Definition)?;
        ops.extend(fix.edit.prefixed("/definition").0);
    }
    let edit = Edit(ops);
    let mut after = draft.clone();
    edit.apply(after.root_mut()).ok()?;
    let errors = |findings: &[Finding]| findings.iter().filter(|f| f.severity == Severity::Error).count();
    let then = lint::check_draft(&after);
    let cured = then.iter().all(|f| f.rule != first.rule || f.severity != first.severity);
    (cured && errors(&then) <= errors(&lint::check_draft(draft))).then_some(edit)
}

/// Whether at least one safe fix can be made.
pub fn any(draft: &Draft) -> bool {
    !fixed(draft, 1).1.is_empty()
}

/// The draft after all safe fixes of errors and warnings, and the fixes in the order in which they were made.
pub fn safe(draft: &Draft) -> (Draft, Vec<Made>) {
    fixed(draft, usize::MAX)
}

/// The same with as many fixes as that at most.
fn fixed(draft: &Draft, most: usize) -> (Draft, Vec<Made>) {
    let (mut draft, mut made, mut passed) = (draft.clone(), Vec::new(), BTreeSet::new());
    let mut findings = lint::check_draft(&draft);
    let checks = (CHECKED / draft.to_text().len().max(1)).clamp(1, 100);
    for _ in 0..checks {
        let open = |f: &&Finding| candidate(f) && !passed.contains(&(f.rule.id, f.path.clone()));
        let Some(finding) = findings.iter().find(open).cloned() else { break };
        passed.insert((finding.rule.id, finding.path.clone()));
        let fix = &finding.fixes[0].edit;
        let edit = if finding.scope == Scope::Wizard { fix.clone() } else { fix.prefixed("/definition") };
        let mut after = draft.clone();
        if edit.apply(after.root_mut()).is_err() {
            continue;
        }
        let then = lint::check_draft(&after);
        let (old, new) = (keys(&findings), keys(&then));
        let fixed = !new.contains(&(finding.rule.id, finding.path.as_str())) && new.is_subset(&old);
        if fixed && cost::of_draft(&after).map(|c| c.hour) == cost::of_draft(&draft).map(|c| c.hour) {
            draft = after;
            findings = then;
            made.push(Made { finding, edit });
            if made.len() == most {
                break;
            }
        }
    }
    (draft, made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::areas::container;
    use serde_json::json;

    fn with(changes: &[(&str, serde_json::Value)]) -> Draft {
        let mut draft = Draft::tutorial();
        for (path, value) in changes {
            crate::document::edit::set(draft.root(), &format!("/definition{path}"), value.clone()).apply(draft.root_mut()).unwrap();
        }
        draft
    }

    #[test]
    fn another_spelling_is_corrected_and_a_choice_is_left_to_the_person() {
        let interval = "/containerDefinitions/0/healthCheck/interval";
        let wrong = with(&[("/containerDefinitions/0/portMappings/0/containerPort", json!("8080")), (interval, json!(1)), ("/memory", json!("1024"))]);
        let (after, made) = safe(&wrong);
        assert!(made.iter().any(|m| m.finding.path.ends_with("/containerPort")), "{made:?}");
        assert_eq!(after.definition().pointer(interval), Some(&json!(1)), "how often to check is not chosen for anybody");
        assert_eq!(after.definition()["memory"], json!("1024"), "a size that costs more is not chosen for anybody");
        assert!(keys(&lint::check_draft(&after)).len() < keys(&lint::check_draft(&wrong)).len());
    }

    #[test]
    fn of_two_cures_none_is_taken() {
        let path = "/containerDefinitions/0/healthCheck/timeout";
        let wrong = with(&[(path, json!(90))]);
        assert!(lint::check_draft(&wrong).iter().any(|f| f.path == path && f.fixes.len() == 2));
        assert_eq!(safe(&wrong).0.definition().pointer(path), Some(&json!(90)));
    }

    #[test]
    fn nobody_is_made_to_pay_more() {
        let wrong = with(&[("/containerDefinitions/0/cpu", json!(4096))]);
        assert!(lint::check_draft(&wrong).iter().any(|f| f.rule == &container::CONTAINER_CPU_SUM && !f.fixes.is_empty() && !candidate(f)));
        assert_eq!(safe(&wrong).0.definition()["cpu"], json!("1024"));
    }

    #[test]
    fn nobody_elses_port_or_name_is_guessed() {
        for (path, value) in [("/containerDefinitions/1/portMappings/0/containerPort", json!(8080)), ("/containerDefinitions/0/name", json!("a b"))] {
            let wrong = with(&[(path, value.clone())]);
            assert!(lint::check_draft(&wrong).iter().any(|f| f.severity == Severity::Error), "{path}");
            assert_eq!(safe(&wrong).0.definition().pointer(path), Some(&value), "{path}");
        }
    }

    #[test]
    fn a_right_draft_is_left_alone() {
        let (after, made) = safe(&Draft::tutorial());
        assert!(made.is_empty(), "{made:?}");
        assert_eq!(after, Draft::tutorial());
    }

    /// Thirty nulls are one press, and rows of a list that go are the rows that were meant.
    #[test]
    fn fixes_of_one_rule_are_one_change() {
        for (rule, path, value) in [
            ("task-null-values", "/pidMode", json!(null)),
            ("port-protocol-enum", "/containerDefinitions/0/portMappings/0/protocol", json!("TCP")),
            (
                "dep-duplicate",
                "/containerDefinitions/0/dependsOn",
                json!(["a", "a", "a"].map(|_| json!({ "containerName": "my-nginx", "condition": "START" }))),
            ),
        ] {
            let wrong = with(&[(path, value.clone()), (&path.replace('0', "1").replace("pidMode", "ipcMode"), value)]);
            let found = lint::check_draft(&wrong);
            let row: Vec<&Finding> = found.iter().filter(|f| f.rule.id == rule).collect();
            assert!(row.len() >= 2, "{rule}: {row:?}");
            let mut after = wrong.clone();
            together(&wrong, &row).unwrap_or_else(|| panic!("{rule}")).apply(after.root_mut()).unwrap();
            assert!(lint::check_draft(&after).iter().all(|f| f.rule.id != rule), "{rule}");
        }
    }

    #[test]
    fn nothing_is_offered_where_nothing_can_be_made() {
        assert!(!any(&Draft::tutorial()));
        assert!(any(&with(&[("/pidMode", json!(null))])));
    }

    #[test]
    fn no_fix_brings_another_finding() {
        let mut seen = 0;
        for (path, value) in [
            ("/containerDefinitions/0/name", json!("a b")),
            ("/containerDefinitions/1/portMappings/0/protocol", json!("TCP")),
            ("/containerDefinitions/1/cpu", json!("512")),
            ("/networkMode", json!("bridge")),
            ("/executionRoleArn", json!(null)),
        ] {
            let wrong = with(&[(path, value)]);
            let (after, made) = safe(&wrong);
            let (before, now) = (lint::check_draft(&wrong), lint::check_draft(&after));
            assert!(keys(&now).is_subset(&keys(&before)), "{path}");
            seen += made.len();
        }
        assert!(seen >= 2, "{seen} fixes were tried");
    }
}
