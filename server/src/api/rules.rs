//! `GET /rules`: every rule with its texts, and the day of the rules.

use super::extract::Lang;
use axum::Json;
use serde_json::{Value, json};
use taskdef::{
    lint::{self, Area, Rule},
    messages,
};

/// The table of rules.
pub async fn rules(Lang(lang): Lang) -> Json<Value> {
    Json(table(lang))
}

/// All rules, as `taskwright rules --json` prints them too.
pub fn table(lang: taskdef::Lang) -> Value {
    let rules: Vec<Value> = lint::all().map(|(area, rule)| entry(lang, area, rule)).collect();
    json!({ "rulesAsOf": lint::AS_OF, "rules": rules })
}

fn entry(lang: taskdef::Lang, area: Area, rule: &Rule) -> Value {
    let (title, why, fix) = messages::of_rule(lang, rule.id);
    json!({ "rule": rule.id, "area": area.as_str(), "severity": rule.severity, "title": title, "why": why, "fix": fix, "source": rule.source, "state": rule.state.as_str(), "unfixed": rule.unfixed() })
}
