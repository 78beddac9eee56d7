//! One problem, one message: which finding stays silent when another one speaks.

mod groups;
mod table;

use super::{Area, Rule, areas::task, stops, work};
use crate::{
    Finding, Scope, Severity,
    document::{edit::Op, pointer},
    finding::Param,
};
use std::{cell::OnceCell, collections::HashSet, sync::LazyLock};
use table::TABLE;

/// How near the silent finding must be.
#[derive(Clone, Copy)]
enum Near {
    /// The same place, or one inside the other.
    Place,
    /// The same place, or inside it.
    Inside,
    /// The same container.
    Container,
    /// Anywhere in the definition.
    Anywhere,
}

/// A rule that speaks, and the rules that stay silent near it; without a list, all others.
struct Row {
    speaker: &'static Rule,
    near: Near,
    silent: Option<&'static [&'static Rule]>,
}

/// Rules as bits: a word for each area, a bit for each of its rules.
type Set = [u64; Area::COUNT];

fn has(set: &Set, rule: &Rule) -> bool {
    set[rule.area as usize] & (1 << rule.number) != 0
}

/// What one rule silences, ready to be asked.
#[derive(Clone)]
struct Silenced {
    /// Near or far.
    any: Set,
    /// The same, row by row.
    rows: Vec<(Near, Set)>,
}

/// What each rule silences: by area, then by the rule's number in it.
static SILENCED: LazyLock<Vec<Option<Box<Silenced>>>> = LazyLock::new(|| {
    let mut all = vec![None; Area::COUNT * Rule::MOST_IN_AREA];
    for row in TABLE {
        let mut set: Set = [if row.silent.is_none() { u64::MAX } else { 0 }; Area::COUNT];
        row.silent.into_iter().flatten().for_each(|rule| set[rule.area as usize] |= 1 << rule.number);
        set[row.speaker.area as usize] &= !(1 << row.speaker.number);
        let entry = all[index(row.speaker)].get_or_insert_with(|| Box::new(Silenced { any: [0; Area::COUNT], rows: Vec::new() }));
        entry.any.iter_mut().zip(&set).for_each(|(any, word)| *any |= word);
        entry.rows.push((row.near, set));
    }
    all
});

fn index(rule: &Rule) -> usize {
    rule.area as usize * Rule::MOST_IN_AREA + usize::from(rule.number)
}

fn container(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/containerDefinitions/")?;
    Some(&rest[..rest.find('/').unwrap_or(rest.len())])
}

/// One rule with one severity, and where it spoke.
struct Speaker<'f> {
    rule: &'static Rule,
    scope: Scope,
    severity: Severity,
    silenced: &'static Silenced,
    at: Vec<&'f str>,
    places: OnceCell<Places<'f>>,
}

/// Many places, so that no finding is held against each of them.
struct Places<'f> {
    at: HashSet<&'f str>,
    /// All places above those.
    above: HashSet<&'f str>,
    containers: HashSet<Option<&'f str>>,
}

/// So few places are compared one by one.
const FEW: usize = 8;

impl<'f> Speaker<'f> {
    /// Whether it silences a finding.
    fn silences(&self, f: &Finding) -> bool {
        has(&self.silenced.any, f.rule)
            && self.scope == f.scope
            && may(self.rule, self.severity, f.severity)
            && self.silenced.rows.iter().any(|(how, set)| has(set, f.rule) && self.is_near(*how, &f.path))
    }

    fn is_near(&self, how: Near, silent: &str) -> bool {
        if self.at.len() <= FEW {
            return self.at.iter().any(|speaker| near(how, speaker, silent));
        }
        let places = self.places.get_or_init(|| Places {
            at: self.at.iter().copied().collect(),
            above: self.at.iter().flat_map(|path| pointer::upwards(path)).collect(),
            containers: self.at.iter().map(|path| container(path)).collect(),
        });
        let inside = || pointer::upwards(silent).any(|place| places.at.contains(place));
        match how {
            Near::Place => places.above.contains(silent) || inside(),
            Near::Inside => inside(),
            Near::Container => places.containers.contains(&container(silent)),
            Near::Anywhere => true,
        }
    }
}

fn near(how: Near, speaker: &str, silent: &str) -> bool {
    match how {
        Near::Place => pointer::contains(speaker, silent) || pointer::contains(silent, speaker),
        Near::Inside => pointer::contains(speaker, silent),
        // A key of the task itself has no container, and speaks for the whole.
        Near::Container => container(speaker) == container(silent),
        Near::Anywhere => true,
    }
}

/// Whether a speaker may silence a finding: an error only where the speaker itself stands in the way of scripts and runs.
fn may(rule: &Rule, speaker: Severity, silent: Severity) -> bool {
    silent != Severity::Error || speaker == Severity::Error || stops(rule)
}

/// Where the key stands that a misspelt or misplaced one was meant for: what it seems to lack is said already.
fn meant(finding: &Finding) -> Option<String> {
    if finding.rule != &task::TASK_MISSPELT_KEY {
        return None;
    }
    if let Some(Op::Add { path, .. }) = finding.fixes.first().and_then(|fix| fix.edit.0.last()) {
        return Some(path.clone());
    }
    let right = finding.params.iter().find(|(name, _)| *name == "right");
    let (Some((_, Param::Text(right))), Some((parent, _))) = (right, pointer::split_last(&finding.path)) else { return None };
    Some(pointer::join(parent, right))
}

/// Leaves out what another finding says already.
pub(super) fn apply(mut findings: Vec<Finding>) -> Vec<Finding> {
    let silent = silent(&findings);
    let mut keep = silent.iter().map(|s| !s);
    findings.retain(|_| keep.next().unwrap_or(true));
    findings
}

fn speakers(findings: &[Finding]) -> Vec<Speaker<'_>> {
    let mut speakers: Vec<Speaker<'_>> = Vec::new();
    for f in findings {
        let Some(silenced) = SILENCED[index(f.rule)].as_deref() else { continue };
        match speakers.iter_mut().find(|s| (s.rule, s.scope, s.severity) == (f.rule, f.scope, f.severity)) {
            Some(speaker) => speaker.at.push(&f.path),
            None => speakers.push(Speaker { rule: f.rule, scope: f.scope, severity: f.severity, silenced, at: vec![&f.path], places: OnceCell::new() }),
        }
    }
    speakers
}

/// Which of them stay silent.
fn silent(findings: &[Finding]) -> Vec<bool> {
    let speakers = speakers(findings);
    let mut any: Set = [0; Area::COUNT];
    speakers.iter().for_each(|s| any.iter_mut().zip(&s.silenced.any).for_each(|(any, word)| *any |= word));
    let meant: HashSet<String> = findings.iter().filter_map(meant).collect();
    let is_null = |f: &Finding| f.rule == &task::TASK_NULL_VALUES;
    let said: HashSet<(&str, Scope)> =
        if findings.iter().any(is_null) { findings.iter().filter(|f| !is_null(f)).map(|f| (f.path.as_str(), f.scope)).collect() } else { HashSet::new() };
    findings
        .iter()
        .map(|f| {
            work::spend(1 + speakers.len());
            // A null is only worth a word where nothing else is said of its place.
            let null = is_null(f) && said.contains(&(f.path.as_str(), f.scope));
            let told = || has(&any, f.rule) && speakers.iter().any(|s| s.silences(f));
            null || told() || (f.scope == Scope::Definition && !meant.is_empty() && pointer::upwards(&f.path).any(|place| meant.contains(place)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::all, *};
    use std::collections::BTreeSet;

    fn finding(rule: &'static Rule) -> Finding {
        let path = "/containerDefinitions/0/image".to_owned();
        Finding { rule, severity: rule.severity, scope: Scope::Definition, path, variant: "", params: Vec::new(), fixes: Vec::new(), at: None }
    }

    /// Speakers that are usually milder than an error in their row. Such a row holds only where the speaker is an error this
    /// time, or where it stops scripts and runs itself. A new one is a decision: read it, then list it.
    #[test]
    fn no_milder_finding_silences_an_error_unless_it_stops_scripts_itself() {
        const MILDER: [&str; 9] = [
            "health-cmd-shell-extra-args",
            "health-command-no-keyword",
            "health-console-brackets",
            "health-none-extra",
            "linux-capability-all",
            "managed-linux-only",
            "sizing-swapped",
            "sizing-unit-mistake",
            "task-template-placeholder",
        ];
        let mut milder = BTreeSet::new();
        let mut pairs = 0;
        for row in TABLE {
            for (_, rule) in all().filter(|(_, r)| *r != row.speaker && row.silent.is_none_or(|silent| silent.contains(r))) {
                pairs += 1;
                let told = apply(vec![finding(row.speaker), finding(rule)]).iter().all(|f| f.rule != rule);
                if rule.severity == Severity::Error && row.speaker.severity != Severity::Error {
                    milder.insert(row.speaker.id);
                    assert_eq!(told, stops(row.speaker), "{} over {}", row.speaker.id, rule.id);
                } else {
                    assert!(told, "{} over {}", row.speaker.id, rule.id);
                }
            }
        }
        assert!(pairs > 1000, "{pairs}");
        assert_eq!(milder.into_iter().collect::<Vec<_>>(), MILDER);
    }
}
