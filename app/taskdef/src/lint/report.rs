//! How a pass reports a finding.

use super::{Pass, Rule, safety, work};
use crate::{
    Edit, Finding, Scope, Severity,
    document::{edit, pointer, value::text_of},
    facts::secret,
    finding::{Fix, Param, Safety},
    shown::{is_hidden, visible},
};
use serde_json::Value;

/// Most findings of one definition: more than anybody reads, and a bound for what a request can cost.
const MOST: usize = 1000;

/// What the passes have reported so far.
#[derive(Default)]
pub struct Report {
    findings: Vec<Finding>,
    /// The pass that is running; it reports only what it declares.
    pass: Option<&'static Pass>,
    /// Where in the source each finding was reported.
    #[cfg(debug_assertions)]
    sources: Vec<&'static std::panic::Location<'static>>,
}

impl Report {
    /// Runs a pass.
    pub(super) fn run(&mut self, pass: &'static Pass, task: &super::Task<'_>) {
        self.pass = Some(pass);
        #[cfg(debug_assertions)]
        let before = self.findings.len();
        (pass.run)(task, self);
        #[cfg(debug_assertions)]
        for (finding, source) in self.findings.iter().zip(&self.sources).skip(before) {
            if let Some(problem) = crate::messages::values::problem(finding) {
                panic!("{source} reports {}: {problem}", finding.rule);
            }
        }
    }

    /// A finding at a place of the definition, with the rule's usual severity.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn at(&mut self, rule: &'static Rule, path: impl Into<String>) -> Reporter<'_> {
        debug_assert!(self.pass.is_none_or(|pass| pass.reports.contains(&rule)), "a pass of {:?} reports {rule} without declaring it", rule.area);
        work::spend(4);
        if self.findings.len() >= MOST {
            return Reporter(None);
        }
        #[cfg(debug_assertions)]
        self.sources.push(std::panic::Location::caller());
        self.findings.push(Finding {
            rule,
            severity: rule.severity,
            scope: Scope::Definition,
            path: path.into(),
            variant: "",
            params: Vec::new(),
            fixes: Vec::new(),
            at: None,
        });
        Reporter(self.findings.last_mut())
    }

    /// Whether nothing was reported yet.
    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// All of them.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The rules that were reported, each with the source file that did it.
    #[cfg(debug_assertions)]
    pub(super) fn sources(&self) -> impl Iterator<Item = (&'static Rule, &'static str)> {
        self.findings.iter().zip(&self.sources).map(|(finding, source)| (finding.rule, source.file()))
    }
}

/// The finding that was just added, to be completed; `None` once there are too many.
pub struct Reporter<'a>(Option<&'a mut Finding>);

impl Reporter<'_> {
    fn with(mut self, f: impl FnOnce(&mut Finding)) -> Self {
        if let Some(finding) = self.0.as_deref_mut() {
            f(finding);
        }
        self
    }

    /// Ends the sentence, where a value is due.
    pub fn done(self) {}

    /// Another of the rule's messages.
    pub fn variant(self, variant: &'static str) -> Self {
        self.with(|f| f.variant = variant)
    }

    /// Another severity than the usual.
    pub fn severity(self, severity: Severity) -> Self {
        self.with(|f| f.severity = severity)
    }

    /// The place belongs to the wizard's answers.
    pub fn wizard(self) -> Self {
        self.with(|f| f.scope = Scope::Wizard)
    }

    /// A value of the message.
    pub fn param(self, name: &'static str, value: Param) -> Self {
        self.with(|f| f.params.push((name, value)))
    }

    /// A text of the message, shortened where it is very long and left out where it holds a secret.
    pub fn text(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(|f| f.params.push((name, Param::Text(shown(value.into())))))
    }

    /// A number of the message.
    pub fn number(self, name: &'static str, value: u64) -> Self {
        self.param(name, Param::Number(value))
    }

    /// A fix: an edit whose pointers start at the finding's document. An empty one is left out.
    pub fn fix(self, label: &'static str, params: Vec<(&'static str, Param)>, edit: Edit) -> Self {
        self.with(|f| {
            if !edit.is_empty() {
                let short = |(name, value)| match value {
                    Param::Text(text) => (name, Param::Text(shown(text))),
                    other => (name, other),
                };
                let safety = safety::of(f.rule, label);
                f.fixes.push(Fix { label, params: params.into_iter().map(short).collect(), edit, safety });
            }
        })
    }

    /// The usual fix: one value at one place of `document`, named in the label as `value`.
    pub fn set(self, document: &Value, path: &str, value: impl Into<Value>) -> Self {
        if self.0.is_none() {
            return self;
        }
        let value = value.into();
        let text = text_of(&value);
        let respelt = pointer::get(document, path).is_some_and(|old| safety::is_respelt(old, &value));
        let fixed = self.fix("fix", vec![("value", Param::Text(text))], edit::set(document, path, value));
        fixed.with(|f| f.fixes.iter_mut().rev().take(usize::from(respelt)).for_each(|fix| fix.safety = Safety::Safe))
    }

    /// The usual fix: take something out.
    pub fn clear(self, document: &Value, path: &str) -> Self {
        if self.0.is_none() {
            return self;
        }
        self.fix("fix", Vec::new(), edit::clear(document, path))
    }
}

/// Characters of a value that are looked through for a secret.
const SEEN: usize = 1_000;

/// Most characters of a value in a message.
const LONGEST: usize = 80;

/// A value as a message may show it.
fn shown(value: String) -> String {
    // A secret that begins further on is cut off anyway.
    let head = if value.len() > SEEN { value.char_indices().nth(SEEN).map_or(value.as_str(), |(i, _)| &value[..i]) } else { &value };
    work::spend(head.len() / 16);
    if secret::of_value(head).is_some() {
        return "•••".to_owned();
    }
    let long = value.len() > LONGEST && value.chars().nth(LONGEST).is_some();
    let short = if long { value.chars().take(LONGEST - 1).chain(['…']).collect() } else { value };
    if short.chars().any(is_hidden) { visible(&short) } else { short }
}
