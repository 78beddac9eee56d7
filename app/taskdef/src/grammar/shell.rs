//! Values in a shell script: as the shell reads them back, whatever they hold.

/// A word as a POSIX shell reads it back unchanged. A NUL, which no shell can hold, is left out.
///
/// ```
/// assert_eq!(taskdef::grammar::shell::quoted("my-task"), "my-task");
/// assert_eq!(taskdef::grammar::shell::quoted("it's $(x)"), r"'it'\''s $(x)'");
/// ```
pub fn quoted(text: &str) -> String {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:=,@".contains(&b));
    if plain { text.to_owned() } else { always(text) }
}

/// The same, in quotes even where none are needed: for assignments, which stand in a column.
pub(crate) fn always(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', r"'\''"))
}

/// A call of the AWS CLI. Its input is JSON, always: no value is taken for a file name (`file://…`), a list or a map.
#[cfg(feature = "server")]
pub(crate) fn call(operation: &str, input: &serde_json::Value) -> String {
    format!("aws {operation} --cli-input-json {}", always(&input.to_string()))
}
