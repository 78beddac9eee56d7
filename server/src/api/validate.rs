//! `POST /validate`: the findings of a definition.

use super::{ApiError, Common, text};
use axum::{
    Json,
    extract::{Query, Request},
};
use serde_json::{Value, json};
use taskdef::{Finding, Lang, Launch, edit::Op, finding::Summary, rules, texts};

/// Takes a definition, or what DescribeTaskDefinition prints, wrapped or not.
pub async fn validate(Query(query): Query<Common>, request: Request) -> Result<Json<Value>, ApiError> {
    let (headers, text) = text(request).await?;
    let launch = query.launch_type.as_deref().and_then(Launch::parse);
    let (findings, _) = rules::check_text(&text, query.region.clone().filter(|r| !r.is_empty()), launch);
    Ok(Json(report(query.lang(&headers), &findings)))
}

/// Summary and findings as the API writes them.
pub fn report(lang: Lang, findings: &[Finding]) -> Value {
    json!({ "summary": Summary::of(findings.iter().map(|f| f.severity)), "findings": findings.iter().map(|f| finding(lang, f)).collect::<Vec<_>>() })
}

fn finding(lang: Lang, f: &Finding) -> Value {
    let words = texts::of_finding(lang, f);
    let source = rules::find(f.rule).map_or("", |r| r.source);
    let fixes: Vec<Value> =
        f.fixes.iter().zip(words.labels).map(|(fix, label)| json!({ "label": label, "patch": fix.edit.0.iter().map(patch).collect::<Vec<_>>() })).collect();
    let mut out = json!({
        "rule": f.rule, "severity": f.severity, "scope": f.scope, "path": f.path,
        "message": words.message, "why": words.why, "source": source, "fixes": fixes
    });
    if let Some((line, column)) = f.at {
        out["line"] = json!(line);
        out["column"] = json!(column);
    }
    out
}

/// RFC 6902 alone: where a key stands among its siblings is ours, and not told.
fn patch(op: &Op) -> Value {
    let mut value = json!(op);
    if let Some(map) = value.as_object_mut() {
        map.shift_remove("at");
    }
    value
}
