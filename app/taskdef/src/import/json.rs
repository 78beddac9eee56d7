//! JSON: a task definition, a DescribeTaskDefinition output, either wrapped in `taskDefinition`.

use serde_json::{Map, Value};

/// Keys that DescribeTaskDefinition adds and RegisterTaskDefinition does not take.
/// Source: Amazon ECS API reference, TaskDefinition against RegisterTaskDefinition.
pub const READ_ONLY: [&str; 9] =
    ["taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt", "registeredBy", "deregisteredAt", "deleteRequestedAt"];

/// A definition and what was left out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The definition, every other key as it stood.
    pub definition: Value,
    /// Pointers (in the text's own definition object) of the keys that were dropped.
    pub dropped: Vec<String>,
    /// Whether a `{"taskDefinition": …}` wrapper was taken off.
    pub unwrapped: bool,
}

/// The text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not JSON at line {line}, column {column}")]
pub struct NotJson {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

/// Reads a text. A byte-order mark is skipped; nothing else is forgiven.
pub fn from_json(text: &str) -> Result<Imported, NotJson> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map(from_value).map_err(|e| NotJson { line: e.line().max(1), column: e.column().max(1) })
}

/// Takes off the wrapper and drops the read-only keys; any other value is kept as it is.
///
/// ```
/// let read = taskdef::import::from_value(serde_json::json!({ "taskDefinition": { "family": "a", "revision": 3 }, "tags": [] }));
/// assert_eq!(read.dropped, ["/revision"]);
/// assert_eq!(read.definition.to_string(), r#"{"family":"a","tags":[]}"#);
/// ```
pub fn from_value(value: Value) -> Imported {
    let (value, unwrapped) = unwrap(value);
    let Value::Object(mut map) = value else { return Imported { definition: value, dropped: Vec::new(), unwrapped } };
    let dropped = map.keys().filter(|k| READ_ONLY.contains(&k.as_str())).map(|k| format!("/{k}")).collect();
    map.retain(|key, _| !READ_ONLY.contains(&key.as_str()));
    Imported { definition: Value::Object(map), dropped, unwrapped }
}

/// A wrapper is an object whose only keys are `taskDefinition` (an object) and, as
/// DescribeTaskDefinition answers, `tags`; the tags then move inside.
fn unwrap(value: Value) -> (Value, bool) {
    let Value::Object(mut map) = value else { return (value, false) };
    let is_wrapper =
        map.get("taskDefinition").is_some_and(Value::is_object) && map.keys().all(|k| matches!(k.as_str(), "taskDefinition" | "tags" | "ResponseMetadata"));
    if !is_wrapper {
        return (Value::Object(map), false);
    }
    let Some(Value::Object(mut inner)) = map.shift_remove("taskDefinition") else { return (Value::Object(Map::new()), true) };
    if let (Some(tags), false) = (map.shift_remove("tags"), inner.contains_key("tags")) {
        inner.insert("tags".into(), tags);
    }
    (Value::Object(inner), true)
}
