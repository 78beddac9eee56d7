//! The task definition as the file that AWS takes.

use serde_json::Value;

/// Two spaces, keys as they stand, final newline.
pub fn to_json(definition: &Value) -> String {
    format!("{definition:#}\n")
}

/// `<family>.json`, with every sign that could disturb a header or a file system taken out.
///
/// ```
/// assert_eq!(taskdef::formats::export::file_name("my-task"), "my-task.json");
/// assert_eq!(taskdef::formats::export::file_name("../\"x\r\n"), "x.json");
/// assert_eq!(taskdef::formats::export::file_name("한글"), "task-definition.json");
/// ```
pub fn file_name(family: &str) -> String {
    let name: String = family.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(255).collect();
    format!("{}.json", if name.is_empty() { "task-definition" } else { &name })
}
