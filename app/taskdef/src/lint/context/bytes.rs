//! How long a document is.

use serde_json::Value;

/// How many bytes longer JSON writes each byte of a text: escaped with one sign, or as `\u00..`.
const ESCAPES: [u8; 256] = {
    let mut more = [0; 256];
    let mut b = 0;
    while b < 0x20 {
        more[b] = 5;
        b += 1;
    }
    let short = b"\"\\\n\r\t\x08\x0c";
    let mut i = 0;
    while i < short.len() {
        more[short[i] as usize] = 1;
        i += 1;
    }
    more
};

/// Bytes of a value as compact JSON.
pub(in crate::lint) fn bytes(value: &Value) -> usize {
    // With its quotes.
    let text = |t: &str| t.bytes().fold(t.len() + 2, |sum, b| sum + usize::from(ESCAPES[usize::from(b)]));
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
