//! A value as a text field shows it.

use serde_json::Value;

/// Texts bare, anything else as JSON, nothing for nothing.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
