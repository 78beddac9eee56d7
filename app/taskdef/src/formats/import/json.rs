//! JSON: a task definition, a DescribeTaskDefinition output, either wrapped in `taskDefinition`.

use crate::document::bounds::{self, Unfit};
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
    pub doubled: Vec<String>,
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
    /// What it probably is.
    pub hint: Hint,
}

/// The usual reasons why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// None that we know.
    Unknown,
    /// A comma that is missing, or one before a closing bracket.
    Comma,
    /// Single quotes.
    SingleQuotes,
    /// `//`, `/*` or `#`.
    Comment,
    /// A mark of a template outside quotes.
    Template,
    /// The text ends too early.
    Cut,
    /// Compose or another YAML file.
    Yaml,
    /// Objects and lists inside one another, deeper than a draft may be.
    Deep,
    /// A key that the JSON library keeps for itself.
    Reserved,
}

impl Hint {
    /// Which of the rule's messages says it.
    pub fn variant(self) -> &'static str {
        match self {
            Hint::Unknown => "not-json",
            Hint::Comma => "comma",
            Hint::SingleQuotes => "quotes",
            Hint::Comment => "comment",
            Hint::Template => "template",
            Hint::Cut => "cut",
            Hint::Yaml => "yaml",
            Hint::Deep => "deep",
            Hint::Reserved => "reserved",
        }
    }

    fn of(text: &str, error: &serde_json::Error) -> Hint {
        if error.is_eof() {
            return Hint::Cut;
        }
        let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or("");
        // serde counts bytes; the sign it stumbled over is the one before the column.
        let at = error.column().saturating_sub(1).min(line.len());
        let rest = line.get(at..).unwrap_or("");
        let before = text.lines().take(error.line()).collect::<Vec<_>>().join("\n");
        let before = before.get(..before.len().saturating_sub(line.len() - at)).unwrap_or("").trim_end();
        if text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic()) && text.lines().any(|l| l.trim_end().ends_with(':')) {
            Hint::Yaml
        } else if rest.starts_with('\'') {
            Hint::SingleQuotes
        } else if rest.starts_with('/') || rest.starts_with('#') {
            Hint::Comment
        } else if before.ends_with(',') && rest.starts_with(['}', ']'])
            || rest.starts_with('"') && before.ends_with(['"', '}', ']', 'e', 'l'])
            || rest.starts_with('"') && before.ends_with(|c: char| c.is_ascii_digit())
        {
            Hint::Comma
        } else if rest.starts_with(['$', '<', '%']) || rest.starts_with("{{") || before.ends_with('{') && rest.starts_with('{') {
            Hint::Template
        } else {
            Hint::Unknown
        }
    }
}

/// Reads a text. A byte-order mark is skipped; nothing else is forgiven.
pub fn from_json(text: &str) -> Result<Imported, NotJson> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Around the definition there is the draft.
    bounds::look(text, bounds::DEEPEST - 1).map_err(|(why, at)| {
        let before = text.get(..at).unwrap_or_default();
        let hint = if why == Unfit::Deep { Hint::Deep } else { Hint::Reserved };
        NotJson { line: before.matches('\n').count() + 1, column: before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1, hint }
    })?;
    let read = |value| {
        let doubled = super::doubled(text, &value);
        let mut read = from_value(value);
        let inside = |p: String| if read.unwrapped { p.strip_prefix("/taskDefinition").map(str::to_owned) } else { Some(p) };
        read.doubled = doubled.into_iter().filter_map(inside).collect();
        read
    };
    serde_json::from_str(text).map(read).map_err(|e| NotJson { line: e.line().max(1), column: e.column().max(1), hint: Hint::of(text, &e) })
}

/// Takes off the wrapper and drops the read-only keys; any other value is kept as it is.
///
/// ```
/// let read = taskdef::formats::import::from_value(serde_json::json!({ "taskDefinition": { "family": "a", "revision": 3 }, "tags": [] }));
/// assert_eq!(read.dropped, ["/revision"]);
/// assert_eq!(read.definition.to_string(), r#"{"family":"a","tags":[]}"#);
/// ```
pub fn from_value(value: Value) -> Imported {
    let (value, unwrapped) = unwrap(value);
    let Value::Object(mut map) = value else { return Imported { definition: value, dropped: Vec::new(), doubled: Vec::new(), unwrapped } };
    let dropped = map.keys().filter(|k| READ_ONLY.contains(&k.as_str())).map(|k| format!("/{k}")).collect();
    map.retain(|key, _| !READ_ONLY.contains(&key.as_str()));
    Imported { definition: Value::Object(map), dropped, doubled: Vec::new(), unwrapped }
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
