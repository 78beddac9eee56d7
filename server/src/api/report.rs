//! Findings as the API and `taskwright validate --format json` write them.

use serde::Serialize;
use serde_json::Value;
use taskdef::{
    Finding, Lang, Scope, Severity,
    document::edit::Op,
    finding::{Concern, Fix, Safety},
    lint, messages,
    summary::Summary,
};

/// Summary and findings as the API writes them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The day of the rules, ISO 8601.
    pub rules_as_of: &'static str,
    /// How many of each severity.
    pub summary: Summary,
    /// Errors first, then what it would cost to ignore them, then by place.
    pub findings: Vec<FindingJson>,
}

/// A finding in words.
#[derive(Debug, Serialize)]
pub struct FindingJson {
    rule: &'static str,
    severity: Severity,
    /// `start`, `reach`, `safety`, `cost`, `later`, or `next` for what is true of nearly every definition.
    concern: Concern,
    scope: Scope,
    path: String,
    message: String,
    why: String,
    /// What to do about it.
    #[serde(rename = "do")]
    how: String,
    source: &'static str,
    fixes: Vec<FixJson>,
    /// Line in the text, from 1, where the text was read by us.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Column in the text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Debug, Serialize)]
struct FixJson {
    label: String,
    /// `safe`, `choice` or `risky`.
    safety: Safety,
    patch: Vec<Patch>,
}

/// RFC 6902 only: the position of a key among its siblings stays inside.
#[derive(Debug, Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
enum Patch {
    Add { path: String, value: Value },
    Replace { path: String, value: Value },
    Remove { path: String },
    Move { from: String, path: String },
}

impl From<Op> for Patch {
    fn from(op: Op) -> Patch {
        match op {
            Op::Add { path, value, .. } => Patch::Add { path, value },
            Op::Replace { path, value } => Patch::Replace { path, value },
            Op::Remove { path } => Patch::Remove { path },
            Op::Move { from, path } => Patch::Move { from, path },
        }
    }
}

/// Puts findings into words.
pub fn report(lang: Lang, findings: Vec<Finding>) -> Report {
    let summary = Summary::of(&findings);
    Report { rules_as_of: lint::AS_OF, summary, findings: findings.into_iter().map(|f| finding(lang, f)).collect() }
}

/// Puts one into words.
pub fn finding(lang: Lang, f: Finding) -> FindingJson {
    let words = messages::of_finding(lang, &f);
    let fix = |(f, label): (Fix, String)| FixJson { label, safety: f.safety, patch: f.edit.0.into_iter().map(Patch::from).collect() };
    FindingJson {
        rule: f.rule.id,
        severity: f.severity,
        concern: lint::concern(&f),
        scope: f.scope,
        path: f.path,
        message: words.message,
        why: words.why,
        how: words.how,
        source: f.rule.source,
        fixes: f.fixes.into_iter().zip(words.labels).map(fix).collect(),
        line: f.at.map(|(line, _)| line),
        column: f.at.map(|(_, column)| column),
    }
}
