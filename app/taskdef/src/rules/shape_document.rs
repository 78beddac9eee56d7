//! Documents that are not task definitions, though they mean one: CloudFormation, Terraform, Compose.

use super::{
    Findings,
    shape::{alike, same_word},
};
use crate::{
    Edit,
    edit::Op,
    model::{self, Kind, Node, Task},
};
use serde_json::{Map, Value};

/// Says what the document is; then nothing else can be said of it.
pub(super) fn foreign(task: &Task<'_>, out: &mut Findings) -> bool {
    let Some(map) = task.definition.as_object() else { return false };
    if is_compose(map) {
        out.at("task-compose-file", "");
        return true;
    }
    let members = &model::root().members;
    // Keys that are written alike in every spelling tell nothing.
    let telling: Vec<&String> = map.keys().filter(|k| members.get(k.as_str()).is_none() || k.chars().any(char::is_uppercase)).collect();
    let known = |k: &str| members.iter().any(|(m, _)| same_word(k, m) && m != k);
    let pascal = |k: &str| k.starts_with(|c: char| c.is_ascii_uppercase()) && known(k);
    let snake = |k: &str| k.contains('_') && known(k);
    let spelt = |spelling: &dyn Fn(&str) -> bool| {
        telling.iter().filter(|k| spelling(k)).count() > 0 && telling.iter().all(|k| spelling(k) || members.get(k.as_str()).is_none())
    };
    let variant = if map.keys().all(|k| members.get(k.as_str()).is_none()) && spelt(&pascal) && map.len() > 1 {
        "pascal"
    } else if spelt(&snake) && map.contains_key("container_definitions") {
        "snake"
    } else {
        return false;
    };
    let cure = Edit(vec![Op::Replace { path: String::new(), value: converted(task.definition, model::root()) }]);
    out.at("task-pascal-case-keys", "").variant(variant).fix("fix", Vec::new(), cure);
    true
}

fn is_compose(map: &Map<String, Value>) -> bool {
    const WORDS: [&str; 7] = ["image", "build", "ports", "environment", "depends_on", "volumes", "command"];
    let services = map.get("services").and_then(Value::as_object);
    !map.contains_key("containerDefinitions") && services.is_some_and(|s| s.values().any(|v| WORDS.iter().any(|w| v.get(w).is_some())))
}

/// The document with every known key as the API spells it; values that Terraform keeps as text are read.
fn converted(value: &Value, node: &Node) -> Value {
    match value {
        Value::Object(map) if matches!(node.kind, Kind::Object | Kind::List) => Value::Object(
            map.iter()
                .map(|(key, child)| {
                    match node.members.iter().find(|(name, _)| same_word(key, name)).or_else(|| node.members.iter().find(|(name, _)| alike(key, name))) {
                        Some((name, member)) => (name.to_owned(), converted(child, member)),
                        None => (key.clone(), child.clone()),
                    }
                })
                .collect(),
        ),
        Value::Array(list) if node.kind == Kind::List => Value::Array(list.iter().map(|v| converted(v, node)).collect()),
        Value::String(text) if node.kind == Kind::List => match serde_json::from_str::<Value>(text) {
            Ok(read @ Value::Array(_)) => converted(&read, node),
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}
