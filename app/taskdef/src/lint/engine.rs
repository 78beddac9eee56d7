//! Runs the passes over a definition.
//!
//! All passes report, then [`precedence`](super::precedence) leaves one message for each problem.

use super::{
    Area, Report, Rule,
    areas::{self, limits, task, wizard},
    concern,
    context::{Task, Wizard},
    precedence, work,
};
use crate::{Draft, Finding, Launch, Scope, Severity, document::pointer, facts::Images, formats::import};
use serde_json::Value;
use std::{collections::HashMap, sync::LazyLock};

/// Reads a definition once and reports what breaks some rules of its area.
pub struct Pass {
    /// The rules that it may report.
    pub reports: &'static [&'static Rule],
    /// What it does.
    pub run: fn(&Task<'_>, &mut Report),
}

/// All rules with their area.
pub fn all() -> impl Iterator<Item = (Area, &'static Rule)> {
    areas::ALL.iter().flat_map(|contents| contents.rules.iter().map(|rule| (contents.area, *rule)))
}

static BY_ID: LazyLock<HashMap<&'static str, &'static Rule>> = LazyLock::new(|| all().map(|(_, r)| (r.id, r)).collect());

/// A rule by its id.
pub fn find(id: &str) -> Option<&'static Rule> {
    BY_ID.get(id).copied()
}

/// Whether a rule stands in the way of every script and run: a placeholder is no value yet, the ID of an example is nobody's, and
/// what was not checked may be anything.
pub fn stops(rule: &Rule) -> bool {
    [&task::TASK_TEMPLATE_PLACEHOLDER, &wizard::WIZARD_HUB_ID_REQUIRED, &limits::LIMITS_TOO_MANY].contains(&rule)
}

/// Whether a finding stands in the way of scripts and runs.
pub fn blocks(finding: &Finding) -> bool {
    finding.severity == Severity::Error || stops(finding.rule)
}

/// The passes that can read a document: what is no task definition is only looked at as a document.
fn passes(task: &Task<'_>) -> impl Iterator<Item = (Area, &'static Pass)> {
    let of = |contents: &'static areas::Contents| contents.passes.iter().map(|pass| (contents.area, pass));
    let areas = areas::ALL.iter().filter(|_| task.kind().is_task_definition()).flat_map(of);
    task::OF_ANY_DOCUMENT.iter().map(|pass| (Area::Task, pass)).chain(areas)
}

/// Everything there is to say about a definition: by severity, then by what it would cost to ignore it, then by place in the
/// document.
pub fn check(definition: &Value, wizard: &Wizard) -> Vec<Finding> {
    work::begin();
    let mut findings = precedence::apply(report(&Task::new(definition, wizard)).into_findings());
    let mut positions = Positions::default();
    findings.sort_by_cached_key(|f| (f.severity, f.scope != Scope::Wizard, concern::order(f), positions.of(definition, &f.path), f.rule.id));
    findings
}

/// Every pass, as long as the budget lasts.
fn report(task: &Task<'_>) -> Report {
    let mut report = Report::default();
    report.run(&limits::BOUNDS, task);
    if !report.is_empty() {
        return report;
    }
    for (_, pass) in passes(task) {
        if work::is_over() {
            break;
        }
        report.run(pass, task);
    }
    if work::is_over() {
        report = Report::default();
        limits::say_over(&mut report);
    }
    report
}

/// What one pass reported, before any precedence.
#[cfg(debug_assertions)]
pub struct Ran {
    /// The area that lists the pass.
    pub area: Area,
    /// The pass.
    pub pass: &'static Pass,
    /// The rules that it reported, each with the source file that did it.
    pub reported: Vec<(&'static Rule, &'static str)>,
}

/// Runs each pass alone, for the tests that hold passes to what they declare.
#[cfg(debug_assertions)]
pub fn each_pass(definition: &Value, wizard: &Wizard) -> Vec<Ran> {
    work::begin();
    let task = Task::new(definition, wizard);
    let run = |(area, pass): (Area, &'static Pass)| {
        let mut report = Report::default();
        report.run(pass, &task);
        Ran { area, pass, reported: report.sources().collect() }
    };
    let bounds = run((Area::Limits, &limits::BOUNDS));
    let others = if bounds.reported.is_empty() { passes(&task).map(run).collect() } else { Vec::new() };
    [bounds].into_iter().chain(others).collect()
}

/// The same for a draft, with everything that its wizard was told.
pub fn check_draft(draft: &Draft) -> Vec<Finding> {
    check_draft_with(draft, Images::default())
}

/// The same with what registries answered about its images: the rules about an image are judged by the image itself.
pub fn check_draft_with(draft: &Draft, images: Images) -> Vec<Finding> {
    let wizard = Wizard {
        region: Some(draft.region().to_owned()),
        launch: draft.launch(),
        cluster: Some(draft.root()["cluster"].clone()),
        hub_id: draft.hub_id().map(str::to_owned),
        dropped: Vec::new(),
        duplicate_keys: Vec::new(),
        images,
    };
    check(draft.definition(), &wizard)
}

/// A pasted text: findings with their line and column, and the definition when there is one.
pub fn check_text(text: &str, region: Option<String>, launch: Option<Launch>) -> (Vec<Finding>, Option<Value>) {
    check_text_with(text, region, launch, Images::default())
}

/// The same with what registries answered about its images.
pub fn check_text_with(text: &str, region: Option<String>, launch: Option<Launch>, images: Images) -> (Vec<Finding>, Option<Value>) {
    match import::read(text) {
        Ok((read, places)) => {
            let wizard = Wizard { region, launch, dropped: read.dropped, duplicate_keys: read.duplicate_keys, images, ..Wizard::default() };
            let mut findings = check(&read.definition, &wizard);
            let lines = places.of(findings.iter().map(|f| f.path.as_str()));
            findings.iter_mut().zip(lines).for_each(|(finding, line)| finding.at = Some(line));
            (findings, Some(read.definition))
        }
        Err(error) => (vec![task::not_json(error)], None),
    }
}

/// Keys of an object that are looked through one by one; those of a larger one are numbered. A container of the API has fifty keys
/// at most, and a written one about twenty, so numbering them costs more than a few findings in it.
const FEW: usize = 32;

/// Positions of places in the document. The keys of an object are numbered once, whatever is said inside it.
#[derive(Default)]
struct Positions<'v>(HashMap<*const Value, HashMap<&'v str, usize>>);

impl<'v> Positions<'v> {
    /// What is missing comes after what is there.
    fn of(&mut self, definition: &'v Value, path: &str) -> Vec<usize> {
        let mut at = Some(definition);
        let mut key = Vec::new();
        for token in pointer::parts(path) {
            work::spend(1);
            let index = match at {
                Some(Value::Object(map)) if map.len() <= FEW => map.keys().position(|k| *k == token),
                Some(object @ Value::Object(map)) => {
                    let numbered = || map.keys().enumerate().map(|(i, k)| (k.as_str(), i)).collect();
                    self.0.entry(std::ptr::from_ref(object)).or_insert_with(numbered).get(&*token).copied()
                }
                Some(Value::Array(list)) => pointer::index(&token).filter(|i| *i < list.len()),
                _ => None,
            };
            key.push(index.unwrap_or(usize::MAX));
            at = at.and_then(|v| pointer::step(v, &token));
        }
        key
    }
}
