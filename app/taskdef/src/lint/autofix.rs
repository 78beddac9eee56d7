//! Fixes that are made without asking, one at a time: each can fix or change what others see.
//!
//! A fix is made on a copy. It stays only when its finding is gone after it, nothing worse has come, and, for safe fixes, the
//! task costs what it cost. Whatever else a rule offers is for a person to choose.

use crate::{
    Draft, Edit, Finding, Scope, Severity,
    facts::{Images, cost},
    finding::Safety,
    lint,
};
use std::collections::{BTreeMap, BTreeSet};

/// How far fixing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Fixes of errors and warnings that mean the same and cost the same.
    Safe,
    /// Every fix that leaves no choice.
    All,
}

/// Why a fix is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// There are several, or the right one depends on what only a person knows.
    Choice,
    /// It would bring another problem: the rule.
    Brings(&'static str),
    /// The subject cannot be changed at this place alone.
    Place,
}

/// What can be fixed: a draft, or the text of a file.
pub trait Subject: Sized {
    /// What there is to say about it.
    fn check(&self) -> Vec<Finding>;
    /// A copy after a finding's first fix; `None` where that cannot be made.
    fn after(&self, finding: &Finding) -> Option<Self>;
    /// US dollars an hour, where they are known.
    fn price(&self) -> Option<f64>;
}

/// What was done.
#[derive(Debug)]
pub struct Fixed<S> {
    /// After all fixes.
    pub subject: S,
    /// The findings that were fixed, as they stood then.
    pub made: Vec<Finding>,
    /// Findings whose fix was not made, where that is worth a word.
    pub left: Vec<(Finding, Left)>,
}

/// How much is done at most.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    /// Evaluations: each fix needs one.
    pub checks: usize,
    /// Fixes.
    pub fixes: usize,
}

/// Makes the fixes that `reach` allows.
pub fn fix<S: Subject>(subject: S, reach: Reach, most: Most) -> Fixed<S> {
    let mut fixed = Fixed { subject, made: Vec::new(), left: Vec::new() };
    let (mut findings, mut passed, mut checks) = (fixed.subject.check(), BTreeSet::new(), 0);
    while checks < most.checks && fixed.made.len() < most.fixes {
        let open = |f: &&Finding| !f.fixes.is_empty() && !passed.contains(&(f.rule.id, f.path.clone()));
        let Some(finding) = findings.iter().find(open).cloned() else { break };
        let tried = if within(&finding, reach) {
            checks += 1;
            attempt(&fixed.subject, &finding, &findings, reach)
        } else {
            Err(Some(Left::Choice))
        };
        match tried {
            Ok((subject, then)) => {
                (fixed.subject, findings) = (subject, then);
                fixed.made.push(finding);
            }
            Err(why) => {
                passed.insert((finding.rule.id, finding.path.clone()));
                // Safe fixes are made in passing: what they leave is still among the findings.
                let why = why.filter(|why| reach == Reach::All || *why == Left::Place);
                fixed.left.extend(why.map(|why| (finding, why)));
            }
        }
    }
    fixed
}

/// Makes one fix on a copy.
fn attempt<S: Subject>(now: &S, finding: &Finding, before: &[Finding], reach: Reach) -> Result<(S, Vec<Finding>), Option<Left>> {
    let after = now.after(finding).ok_or(Some(Left::Place))?;
    let then = after.check();
    let same = |findings: &[Finding]| findings.iter().filter(|f| f.rule == finding.rule).count();
    // Counted, not compared by place: where a row of a list goes, the next one has its place.
    if same(&then) >= same(before) {
        return Err(Some(Left::Choice));
    }
    let (old, new) = (counts(before, reach), counts(&then, reach));
    if let Some((rule, _)) = new.iter().find(|(rule, n)| old.get(*rule).is_none_or(|m| m < *n)) {
        return Err(Some(Left::Brings(rule)));
    }
    if reach == Reach::Safe && after.price() != now.price() {
        return Err(None);
    }
    Ok((after, then))
}

/// How often each rule speaks that a fix must not bring. A value that can be read at last may well deserve a piece of advice.
fn counts(findings: &[Finding], reach: Reach) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let bad = |f: &&Finding| f.severity == Severity::Error || (reach == Reach::Safe && f.severity == Severity::Warning);
    findings.iter().filter(bad).for_each(|f| *counts.entry(f.rule.id).or_default() += 1);
    counts
}

/// Whether a finding's first fix is one that may be made.
fn within(finding: &Finding, reach: Reach) -> bool {
    let safety = finding.fixes.first().map(|fix| fix.safety);
    match reach {
        Reach::Safe => finding.severity != Severity::Advice && safety == Some(Safety::Safe),
        Reach::All => safety.is_some_and(|safety| safety != Safety::Choice),
    }
}

/// Most bytes of a draft that are checked repeatedly: a large one must not keep the server busy.
const CHECKED: usize = 512 * 1024;

/// A draft, and what is known of its images.
#[derive(Clone)]
struct Judged {
    draft: Draft,
    images: Images,
}

impl Subject for Judged {
    fn check(&self) -> Vec<Finding> {
        lint::check_draft_with(&self.draft, self.images.clone())
    }

    fn after(&self, finding: &Finding) -> Option<Judged> {
        let fix = &finding.fixes.first()?.edit;
        let mut after = self.clone();
        let edit = if finding.scope == Scope::Wizard { fix.clone() } else { fix.prefixed("/definition") };
        edit.apply(after.draft.root_mut()).ok().map(|_| after)
    }

    fn price(&self) -> Option<f64> {
        cost::of_draft(&self.draft).map(|cost| cost.hour)
    }
}

/// The draft after all safe fixes, and the findings that they fixed, judged by what is known of its images.
pub fn safe(draft: &Draft, images: &Images) -> (Draft, Vec<Finding>) {
    let subject = Judged { draft: draft.clone(), images: images.clone() };
    let fixed = fix(subject, Reach::Safe, Most { checks: checks(draft), fixes: usize::MAX });
    (fixed.subject.draft, fixed.made)
}

/// Whether at least one of these findings of a draft has a safe fix that can be made.
pub fn any(draft: &Draft, images: &Images, findings: &[Finding]) -> bool {
    let subject = || Judged { draft: draft.clone(), images: images.clone() };
    findings.iter().any(|f| within(f, Reach::Safe)) && !fix(subject(), Reach::Safe, Most { checks: checks(draft), fixes: 1 }).made.is_empty()
}

fn checks(draft: &Draft) -> usize {
    (CHECKED / draft.to_text().len().max(1)).clamp(1, 100)
}

/// The first fixes of findings of one rule as one change, from the draft's root.
///
/// The last place comes first, so that no place moves before its turn. `None` where the fixes are of several kinds, or where one
/// of them is not enough together with the others. `found` is all that is said of the draft, the row included.
pub fn together(draft: &Draft, images: &Images, found: &[Finding], row: &[&Finding]) -> Option<Edit> {
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
    let then = lint::check_draft_with(&after, images.clone());
    let fixed = then.iter().all(|f| f.rule != first.rule || f.severity != first.severity);
    (fixed && errors(&then) <= errors(found)).then_some(edit)
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

    fn safe(draft: &Draft) -> (Draft, Vec<Finding>) {
        super::safe(draft, &Images::default())
    }

    #[test]
    fn another_spelling_is_corrected_and_a_choice_is_left_to_the_person() {
        let interval = "/containerDefinitions/0/healthCheck/interval";
        let wrong = with(&[("/containerDefinitions/0/portMappings/0/containerPort", json!("8080")), (interval, json!(1)), ("/memory", json!("1024"))]);
        let (after, made) = safe(&wrong);
        assert!(made.iter().any(|m| m.path.ends_with("/containerPort")), "{made:?}");
        assert_eq!(after.definition().pointer(interval), Some(&json!(1)), "how often to check is not chosen for anybody");
        assert_eq!(after.definition()["memory"], json!("1024"), "a size that costs more is not chosen for anybody");
        let bad = |draft: &Draft| counts(&lint::check_draft(draft), Reach::Safe).into_values().sum::<usize>();
        assert!(bad(&after) < bad(&wrong));
    }

    #[test]
    fn of_two_fixes_none_is_taken() {
        let path = "/containerDefinitions/0/healthCheck/timeout";
        let wrong = with(&[(path, json!(90))]);
        assert!(lint::check_draft(&wrong).iter().any(|f| f.path == path && f.fixes.len() == 2));
        assert_eq!(safe(&wrong).0.definition().pointer(path), Some(&json!(90)));
    }

    #[test]
    fn nobody_is_made_to_pay_more() {
        let wrong = with(&[("/containerDefinitions/0/cpu", json!(4096))]);
        assert!(lint::check_draft(&wrong).iter().any(|f| f.rule == &container::CONTAINER_CPU_SUM && !f.fixes.is_empty() && !within(f, Reach::Safe)));
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
            together(&wrong, &Images::default(), &found, &row).unwrap_or_else(|| panic!("{rule}")).apply(after.root_mut()).unwrap();
            assert!(lint::check_draft(&after).iter().all(|f| f.rule.id != rule), "{rule}");
        }
    }

    /// Rows of a list move up when one goes: the next fault has the place of the last.
    #[test]
    fn equal_rows_are_all_taken_out() {
        let twice = json!({ "containerName": "my-nginx", "condition": "START" });
        let (after, made) = safe(&with(&[("/containerDefinitions/0/dependsOn", json!([twice, twice, twice]))]));
        assert_eq!((after.definition()["containerDefinitions"][0]["dependsOn"].clone(), made.len()), (json!([twice]), 2));
    }

    #[test]
    fn nothing_is_offered_where_nothing_can_be_made() {
        assert!(!any(&Draft::tutorial(), &Images::default(), &lint::check_draft(&Draft::tutorial())));
        let nulls = with(&[("/pidMode", json!(null))]);
        assert!(any(&nulls, &Images::default(), &lint::check_draft(&nulls)));
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
            let rules = |found: &[Finding]| counts(found, Reach::Safe).into_keys().collect::<BTreeSet<_>>();
            assert!(rules(&now).is_subset(&rules(&before)), "{path}");
            seen += made.len();
        }
        assert!(seen >= 2, "{seen} fixes were tried");
    }
}
