//! Documents that mean a task definition and are none, and other resources of ECS.

use super::*;
use crate::lint::{
    context::DocumentKind,
    schema::{self, Kind, Node},
    spelling::{alike, same_word},
};

/// Says what the document is; then nothing else can be said of it.
pub(super) fn kind(task: &Task<'_>, report: &mut Report) {
    let variant = match task.kind() {
        DocumentKind::Compose => return report.at(&TASK_COMPOSE_FILE, "").done(),
        DocumentKind::Daemon => return report.at(&TASK_DAEMON_DEFINITION, "").done(),
        DocumentKind::Express => return report.at(&TASK_EXPRESS_SERVICE, "").done(),
        DocumentKind::PascalCase => "pascal",
        DocumentKind::SnakeCase => "snake",
        DocumentKind::TaskDefinition | DocumentKind::NotAnObject => return,
    };
    let fix = Edit(vec![Op::Replace { path: String::new(), value: converted(task.definition, schema::root()) }]);
    report.at(&TASK_PASCAL_CASE_KEYS, "").variant(variant).fix("fix", Vec::new(), fix);
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
