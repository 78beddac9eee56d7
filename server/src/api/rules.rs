//! `GET /rules`: every rule with its texts.

use super::extract::Lang;
use axum::Json;
use serde_json::{Value, json};
use taskdef::{lint, messages};

/// The table of rules.
pub async fn rules(Lang(lang): Lang) -> Json<Value> {
    let list = lint::all().map(|(area, rule)| {
        let (title, why, fix) = messages::of_rule(lang, rule.id);
        json!({ "rule": rule.id, "area": area.as_str(), "severity": rule.severity, "title": title, "why": why, "fix": fix, "source": rule.source, "state": rule.state.as_str() })
    });
    Json(list.collect())
}
