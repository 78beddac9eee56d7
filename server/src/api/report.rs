//! Findings as the API and `taskwright validate --format json` write them.

use serde::Serialize;
use serde_json::Value;
use taskdef::{
    Draft, Finding, Lang, Scope, Severity,
    document::edit::Op,
    finding::{Concern, Fix, Safety},
    formats::{
        Checked, CheckedTask, Format,
        import::{Origin, Provenance},
    },
    lint, messages,
    summary::Summary,
};

/// Summary and findings as the API writes them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The day of the rules, ISO 8601.
    pub rules_as_of: &'static str,
    /// What the text was read as, where it was a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
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
    /// The task, where the text has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    /// Where it comes from, in a draft that was imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<OriginJson>,
    /// Line in the text, from 1, where the text was read by us.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Column in the text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

/// A place of an imported text.
#[derive(Debug, Serialize)]
struct OriginJson {
    format: Format,
    /// Empty where the text was pasted.
    file: String,
    line: usize,
}

impl From<Origin> for OriginJson {
    fn from(Origin { format, file, line }: Origin) -> Self {
        OriginJson { format, file, line }
    }
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
    Report { rules_as_of: lint::AS_OF, format: None, summary, findings: findings.into_iter().map(|f| finding(lang, f)).collect() }
}

/// Puts the findings of a draft into words, each with where it comes from.
pub fn of_draft(lang: Lang, draft: &Draft, found: Vec<Finding>) -> Report {
    let provenance = Provenance::of(draft);
    let origins: Vec<Option<OriginJson>> = found.iter().map(|f| provenance.as_ref()?.of_finding(f).map(OriginJson::from)).collect();
    let mut report = report(lang, found);
    report.findings.iter_mut().zip(origins).for_each(|(finding, origin)| finding.origin = origin);
    report
}

/// Puts what was found in a text into words.
pub fn of_text(lang: Lang, found: Checked) -> Report {
    let several = found.tasks.len() > 1;
    let summary = Summary::of(found.tasks.iter().flat_map(|task| &task.findings));
    let of_task = |task: CheckedTask| {
        let name = several.then_some(task.name);
        task.findings.into_iter().map(move |f| FindingJson { task: name.clone(), ..finding(lang, f) })
    };
    let mut findings: Vec<FindingJson> = found.tasks.into_iter().flat_map(of_task).collect();
    findings.sort_by_key(|f| f.severity);
    Report { rules_as_of: lint::AS_OF, format: Some(found.format), summary, findings }
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
        task: None,
        origin: None,
        line: f.at.map(|(line, _)| line),
        column: f.at.map(|(_, column)| column),
    }
}
