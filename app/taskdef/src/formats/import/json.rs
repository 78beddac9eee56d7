//! JSON: a task definition, a DescribeTaskDefinition output, either wrapped in `taskDefinition`.

use super::{Document, NotJson, Places};
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
    /// Pointers of keys that stood twice; the last one is kept. Relative to the definition.
    pub duplicate_keys: Vec<String>,
    /// Whether a `{"taskDefinition": …}` wrapper was taken off.
    pub unwrapped: bool,
}

/// Reads a text: the definition, and where in the text its places stand. A byte-order mark is skipped; nothing else is
/// forgiven.
///
/// # Errors
/// The text is not JSON, or no draft may hold it.
pub fn read(text: &str) -> Result<(Imported, Places<'_>), NotJson> {
    let Document { value, duplicates, places } = Document::parse(text)?;
    let mut imported = from_value(value);
    if !imported.unwrapped {
        imported.duplicate_keys = duplicates;
        return Ok((imported, places));
    }
    imported.duplicate_keys = duplicates.iter().filter_map(|place| place.strip_prefix(WRAPPER)).map(str::to_owned).collect();
    Ok((imported, places.inside(WRAPPER)))
}

/// The same without the places.
///
/// # Errors
/// As [`read`].
pub fn from_json(text: &str) -> Result<Imported, NotJson> {
    read(text).map(|(imported, _)| imported)
}

/// Pointer of a definition in its wrapper.
const WRAPPER: &str = "/taskDefinition";

/// Takes off the wrapper and drops the read-only keys; any other value is kept as it is.
///
/// ```
/// let read = taskdef::formats::import::from_value(serde_json::json!({ "taskDefinition": { "family": "a", "revision": 3 }, "tags": [] }));
/// assert_eq!(read.dropped, ["/revision"]);
/// assert_eq!(read.definition.to_string(), r#"{"family":"a","tags":[]}"#);
/// ```
pub fn from_value(value: Value) -> Imported {
    let (value, unwrapped) = unwrap(value);
    let Value::Object(mut map) = value else { return Imported { definition: value, dropped: Vec::new(), duplicate_keys: Vec::new(), unwrapped } };
    let dropped = map.keys().filter(|k| READ_ONLY.contains(&k.as_str())).map(|k| format!("/{k}")).collect();
    map.retain(|key, _| !READ_ONLY.contains(&key.as_str()));
    Imported { definition: Value::Object(map), dropped, duplicate_keys: Vec::new(), unwrapped }
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
