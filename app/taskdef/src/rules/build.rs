//! How a rule says something.

use super::find;
use crate::{
    Edit, Finding, Scope, Severity, edit,
    finding::{Fix, Param},
    secret,
};
use serde_json::Value;

/// Most findings of one definition: more than anybody reads, and a bound for what a request can cost.
const MOST: usize = 1000;

/// What the rules have said so far.
#[derive(Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// A finding at a place of the definition, with the rule's usual severity.
    pub fn at(&mut self, rule: &'static str, path: impl Into<String>) -> Said<'_> {
        self.0.truncate(MOST - 1);
        let severity = find(rule).map_or(Severity::Error, |r| r.severity);
        self.0.push(Finding { rule, severity, scope: Scope::Definition, path: path.into(), variant: "", params: Vec::new(), fixes: Vec::new(), at: None });
        Said(&mut self.0)
    }

    /// All of them.
    pub fn into_inner(self) -> Vec<Finding> {
        self.0
    }
}

/// The finding that was just added, to be completed.
pub struct Said<'a>(&'a mut Vec<Finding>);

impl Said<'_> {
    fn with(self, f: impl FnOnce(&mut Finding)) -> Self {
        if let Some(last) = self.0.last_mut() {
            f(last);
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
        self.param(name, Param::Text(shown(value.into())))
    }

    /// A number of the message.
    pub fn number(self, name: &'static str, value: u64) -> Self {
        self.param(name, Param::Number(value))
    }

    /// A cure: an edit whose pointers start at the finding's document. An empty one is left out.
    pub fn fix(self, label: &'static str, params: Vec<(&'static str, Param)>, edit: Edit) -> Self {
        self.with(|f| {
            if !edit.is_empty() {
                f.fixes.push(Fix { label, params, edit });
            }
        })
    }

    /// The usual cure: one value at one place of `document`, named in the label as `value`.
    pub fn set(self, document: &Value, path: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let shown = shown(crate::form::text_of(&value));
        self.fix("fix", vec![("value", Param::Text(shown))], edit::set(document, path, value))
    }

    /// The usual cure: take something out.
    pub fn clear(self, document: &Value, path: &str) -> Self {
        self.fix("fix", Vec::new(), edit::clear(document, path))
    }
}

/// A value as a message may show it.
fn shown(value: String) -> String {
    if secret::of_value(&value).is_some() {
        return "•••".to_owned();
    }
    match value.char_indices().nth(80) {
        Some(_) => value.chars().take(79).chain(['…']).collect(),
        None => value,
    }
}
