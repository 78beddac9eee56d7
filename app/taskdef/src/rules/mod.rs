//! The table of all rules, and their evaluation.
//!
//! One file per area of the rule book, one rule one function. A rule that another rule's function
//! speaks for (they read the same value once) has the function [`with_another`]. What each rule says
//! stands in `texts/`, never here.
//!
//! Order: shape, then each area, then [`suppress`]: one problem, one message.

mod bounds;
mod build;
mod cluster;
mod container;
mod container_rights;
mod dependencies;
mod ec2;
mod env_files;
mod env_values;
mod environment;
mod fargate;
mod health;
mod health_image;
mod health_target;
mod health_words;
mod iam;
mod image;
mod limits;
mod linux;
mod log_router;
mod log_settings;
mod logging;
mod marks;
mod mounts;
mod network;
mod port;
mod port_image;
mod port_range;
mod prelude;
mod proxy;
mod read;
mod region;
mod resources;
mod runtime_platform;
mod secrets;
mod service;
mod shape;
mod shape_document;
mod sizing;
mod storage;
mod suppress;
mod tags;
mod task;
mod timeouts;
mod volume_efs;
mod volumes;
mod windows;
mod work;

pub use bounds::{BYTES, ITEMS, KEYS, VALUES};
pub use build::Findings;
pub use work::{BUDGET, spent};

use crate::{
    Draft, Finding, Launch, Scope, Severity, import,
    model::{Task, Wizard},
    pointer,
};
use serde_json::Value;
use std::{collections::HashMap, sync::LazyLock};

/// Whether a rule can speak now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Decided from the draft.
    Active,
    /// Needs a look into the image's registry.
    NeedsRegistry,
    /// Needs a look into the AWS account.
    NeedsAccount,
}

impl State {
    /// The API's word.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Active => "active",
            State::NeedsRegistry => "needs-registry",
            State::NeedsAccount => "needs-account",
        }
    }
}

/// One rule of the rule book.
pub struct Rule {
    /// Stable id, kebab case.
    pub id: &'static str,
    /// Usual severity.
    pub severity: Severity,
    /// Where the rule comes from.
    pub source: &'static str,
    /// Whether it can speak.
    pub state: State,
    check: fn(&Task<'_>, &mut Findings),
}

/// A row of an area's table.
const fn rule(id: &'static str, severity: Severity, source: &'static str, check: fn(&Task<'_>, &mut Findings)) -> Rule {
    Rule { id, severity, source, state: State::Active, check }
}

/// A row for a rule that only the outside world decides; it says nothing yet.
const fn waits(id: &'static str, severity: Severity, state: State, source: &'static str) -> Rule {
    Rule { id, severity, source, state, check: with_another }
}

/// For a rule whose words are spoken by another rule's function.
fn with_another(_: &Task<'_>, _: &mut Findings) {}

/// Area and rules, in the order in which they are evaluated and listed.
pub static AREAS: &[(&str, &[Rule])] = &[
    ("task", task::RULES),
    ("wizard", cluster::WIZARD),
    ("cluster", cluster::RULES),
    ("region", region::RULES),
    ("sizing", sizing::RULES),
    ("container", container::RULES),
    ("image", image::RULES),
    ("port", port::RULES),
    ("resources", resources::RULES),
    ("health-check", health::RULES),
    ("environment", environment::RULES),
    ("secrets", secrets::RULES),
    ("logging", logging::RULES),
    ("dependencies", dependencies::RULES),
    ("timeouts", timeouts::RULES),
    ("volumes", volumes::RULES),
    ("network", network::RULES),
    ("iam", iam::RULES),
    ("fargate", fargate::RULES),
    ("linux", linux::RULES),
    ("windows", windows::RULES),
    ("ec2", ec2::RULES),
    ("ephemeral-storage", storage::RULES),
    ("runtime-platform", runtime_platform::RULES),
    ("tags", tags::RULES),
    ("limits", limits::RULES),
    ("service-connect", service::CONNECT),
    ("proxy", proxy::RULES),
    ("service", service::RULES),
];

/// All rules with their area.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Rule)> {
    AREAS.iter().flat_map(|(area, rules)| rules.iter().map(move |r| (*area, r)))
}

static BY_ID: LazyLock<HashMap<&'static str, &'static Rule>> = LazyLock::new(|| all().map(|(_, r)| (r.id, r)).collect());

/// Whether a rule stands in the way of every script and run: a mark of a template is no value yet, and what was not
/// checked may be anything.
pub fn stops(rule: &str) -> bool {
    matches!(rule, "task-template-placeholder" | "limits-too-many")
}

/// Whether a script or a run can be made of a draft with such a finding.
pub fn blocks(finding: &Finding) -> bool {
    finding.severity == Severity::Error || stops(finding.rule)
}

/// A rule by its id.
pub fn find(id: &str) -> Option<&'static Rule> {
    BY_ID.get(id).copied()
}

/// Everything there is to say about a definition: by severity, then by place in the document.
pub fn check(definition: &Value, wizard: &Wizard) -> Vec<Finding> {
    work::begin();
    let mut findings = Findings::default();
    if bounds::check(definition, wizard.cluster.as_ref(), &mut findings) {
        evaluate(&Task::new(definition, wizard), &mut findings);
        if work::is_over() {
            findings = Findings::default();
            bounds::say_over(&mut findings);
        }
    }
    let mut findings = suppress::apply(findings.into_inner());
    let mut positions = Positions::default();
    findings.sort_by_cached_key(|f| (f.severity, f.scope != Scope::Wizard, positions.of(definition, &f.path), f.rule));
    findings
}

/// Every rule, as long as the budget lasts.
fn evaluate(task: &Task<'_>, findings: &mut Findings) {
    if shape::check(task, findings) {
        for (_, rule) in all() {
            if work::is_over() {
                return;
            }
            (rule.check)(task, findings);
        }
    }
}

/// The same for a draft, with everything that its wizard was told.
pub fn check_draft(draft: &Draft) -> Vec<Finding> {
    let wizard = Wizard {
        region: Some(draft.region().to_owned()),
        launch: draft.launch(),
        cluster: Some(draft.root()["cluster"].clone()),
        dropped: Vec::new(),
        doubled: Vec::new(),
    };
    check(draft.definition(), &wizard)
}

/// A pasted text: findings, and the definition when there is one.
pub fn check_text(text: &str, region: Option<String>, launch: Option<Launch>) -> (Vec<Finding>, Option<Value>) {
    match import::from_json(text) {
        Ok(read) => {
            let wizard = Wizard { region, launch, cluster: None, dropped: read.dropped, doubled: read.doubled };
            (check(&read.definition, &wizard), Some(read.definition))
        }
        Err(error) => (vec![shape::not_json(error)], None),
    }
}

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
