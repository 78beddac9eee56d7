//! What a text of JSON must keep to before it is read: whatever is accepted is stored, and opens again.

use serde_json::Value;

/// Most objects and lists inside one another, in a draft.
pub const DEEPEST: usize = 64;

/// Beginning of the keys by which the JSON library hands numbers and raw texts through: an object with such a key would be
/// read as something else.
const RESERVED: &str = "$serde_json::private::";

/// Why a text is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Objects and lists inside one another, deeper than allowed.
    #[error("more than {DEEPEST} levels")]
    Deep,
    /// A key that the JSON library keeps for itself.
    #[error("a reserved key")]
    Reserved,
}

/// Whether a text of a whole draft, or of a request that carries one, may be read.
///
/// # Errors
/// What it has that no draft may have.
pub fn check(text: &str) -> Result<(), Unfit> {
    look(text, DEEPEST).map_err(|(why, _)| why)
}

/// Looks at a text, in one pass: at most `deepest` levels, no reserved key; else what is wrong, and at which byte.
pub(crate) fn look(text: &str, deepest: usize) -> Result<(), (Unfit, usize)> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                depth += 1;
                if depth > deepest {
                    return Err((Unfit::Deep, at));
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at;
                at = end_of_text(bytes, at);
                let is_key = bytes[at.min(bytes.len())..].iter().skip(1).find(|b| !b.is_ascii_whitespace()) == Some(&b':');
                if is_key && text.get(start..=at).is_some_and(is_reserved_text) {
                    return Err((Unfit::Reserved, start));
                }
            }
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

/// The byte of the closing quote; the end of the text where there is none.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Whether the JSON library keeps a key for itself.
pub(crate) fn is_reserved(key: &str) -> bool {
    key.starts_with(RESERVED)
}

/// The same for a key in its quotes, escapes and all.
fn is_reserved_text(quoted: &str) -> bool {
    let plain = quoted.trim_matches('"');
    is_reserved(plain) || (plain.contains('\\') && serde_json::from_str::<String>(quoted).is_ok_and(|key| is_reserved(&key)))
}

/// Whether a value has more levels than that.
pub fn is_deeper(value: &Value, levels: usize) -> bool {
    let deeper = |v: &Value| levels.checked_sub(1).is_none_or(|left| is_deeper(v, left));
    match value {
        Value::Array(list) => levels == 0 || list.iter().any(deeper),
        Value::Object(map) => levels == 0 || map.values().any(deeper),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn depth_is_counted_outside_of_texts() {
        let nested = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(look(&nested(64), DEEPEST), Ok(()));
        assert_eq!(look(&nested(65), DEEPEST), Err((Unfit::Deep, 64)));
        assert_eq!(look(r#"{"[[[[": "{{{{\"[[", "a": [{"b": "]"}]}"#, 3), Ok(()));
        assert!(!is_deeper(&json!([{ "a": 1 }]), 2) && is_deeper(&json!([{ "a": [] }]), 2) && !is_deeper(&json!("x"), 0));
    }

    #[test]
    fn a_key_that_the_library_keeps_for_itself_is_found_however_it_is_written() {
        for key in ["$serde_json::private::Number", "$serde_json::private::RawValue", r"\u0024serde_json::private::Number", r"$serde_json\u003a:private::x"] {
            let text = format!(r#"{{"a": {{"{key}" : "7"}}}}"#);
            assert_eq!(look(&text, DEEPEST), Err((Unfit::Reserved, 7)), "{key}");
        }
        assert_eq!(look(r#"{"a": "$serde_json::private::Number", "serde_json": 1}"#, DEEPEST), Ok(()));
    }
}
