//! How long a document is.

use serde_json::Value;

/// Bytes of a value as compact JSON.
pub(in crate::lint) fn bytes(value: &Value) -> usize {
    // A text's quotes; what JSON escapes with one sign or with `\u00..`. Most texts have nothing of it, which is seen at a glance.
    let text = |t: &str| {
        let plain = !t.bytes().fold(false, |any, b| any | (b < 0x20) | (b == b'"') | (b == b'\\'));
        let escapes = |b| match b {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
            0..0x20 => 5,
            _ => 0,
        };
        t.len() + 2 + if plain { 0 } else { t.bytes().map(escapes).sum::<usize>() }
    };
    match value {
        Value::Null | Value::Bool(true) => 4,
        Value::Bool(false) => 5,
        Value::Number(n) => n.as_str().len(),
        Value::String(t) => text(t),
        Value::Array(list) => list.iter().map(|v| bytes(v) + 1).sum::<usize>().max(1) + 1,
        Value::Object(map) => map.iter().map(|(k, v)| text(k) + bytes(v) + 2).sum::<usize>().max(1) + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bytes_are_those_of_compact_json() {
        for value in [json!({}), json!([]), json!([1, -2.5, true, false, null]), json!({"a\n\u{1}\"": ["한", {"b": "\\"}], "": {}}), json!("\u{8}\u{c}\u{7f}/")]
        {
            assert_eq!(bytes(&value), value.to_string().len(), "{value}");
        }
    }
}
