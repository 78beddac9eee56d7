//! `POST /validate`: the findings of a definition.

use super::{ApiError, Common, text};
use axum::{
    Json,
    extract::{Query, Request},
};
use serde::Serialize;
use serde_json::Value;
use taskdef::{Finding, Lang, Launch, Scope, Severity, document::edit::Op, finding::Summary, formats::import, lint, texts};

/// Takes a definition, or what DescribeTaskDefinition prints, wrapped or not.
pub async fn validate(Query(query): Query<Common>, request: Request) -> Result<Json<Report>, ApiError> {
    let (headers, text) = text(request).await?;
    let launch = query.launch_type.as_deref().and_then(Launch::parse);
    let (findings, _) = lint::check_text(&text, query.region.clone().filter(|r| !r.is_empty()), launch);
    let wrapped = import::from_json(&text).is_ok_and(|read| read.unwrapped);
    let places = import::places_of(&text, wrapped, &findings);
    let mut said = report(query.lang(&headers), findings);
    for (finding, (line, column)) in said.findings.iter_mut().zip(places) {
        (finding.line, finding.column) = (Some(line), Some(column));
    }
    Ok(Json(said))
}

/// Summary and findings as the API writes them.
#[derive(Debug, Serialize)]
pub struct Report {
    /// How many of each severity.
    pub summary: Summary,
    /// Errors first, then by place.
    pub findings: Vec<Said>,
}

/// A finding in words.
#[derive(Debug, Serialize)]
pub struct Said {
    rule: &'static str,
    severity: Severity,
    scope: Scope,
    path: String,
    message: String,
    why: String,
    /// What to do about it.
    #[serde(rename = "do")]
    how: String,
    source: &'static str,
    fixes: Vec<Cure>,
    /// Line in the text, from 1, where the text was read by us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column in the text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Cure {
    label: String,
    patch: Vec<Patch>,
}

/// RFC 6902 alone: where a key stands among its siblings is ours, and not told.
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
    let summary = Summary::of(findings.iter().map(|f| f.severity));
    Report { summary, findings: findings.into_iter().map(|f| said(lang, f)).collect() }
}

fn said(lang: Lang, f: Finding) -> Said {
    let words = texts::of_finding(lang, &f);
    let cure = |(fix, label): (taskdef::finding::Fix, String)| Cure { label, patch: fix.edit.0.into_iter().map(Patch::from).collect() };
    Said {
        rule: f.rule.id,
        severity: f.severity,
        scope: f.scope,
        path: f.path,
        message: words.message,
        why: words.why,
        how: words.how,
        source: f.rule.source,
        fixes: f.fixes.into_iter().zip(words.labels).map(cure).collect(),
        line: f.at.map(|(line, _)| line),
        column: f.at.map(|(_, column)| column),
    }
}
