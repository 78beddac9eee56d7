//! Values as TypeScript.

use crate::shown;
use std::fmt::Write;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ts {
    /// A number, a truth value or code of ours.
    Bare(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Ts>),
    /// An object.
    Object(Vec<(String, Ts)>),
}

/// Longest value that is written in one line, in characters.
const LINE: usize = 140;

impl Ts {
    /// Code of ours.
    pub fn bare(text: impl ToString) -> Ts {
        Ts::Bare(text.to_string())
    }

    /// A string.
    pub fn text(text: impl Into<String>) -> Ts {
        Ts::Text(text.into())
    }

    /// An object with keys of ours.
    pub fn object<'k>(pairs: impl IntoIterator<Item = (&'k str, Ts)>) -> Ts {
        Ts::Object(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
    }

    /// The expression, its later lines `indent` spaces deep.
    pub fn written(&self, indent: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, indent);
        out
    }

    fn line(&self, room: usize) -> Option<String> {
        let line = match self {
            Ts::Bare(text) => return Some(text.clone()),
            Ts::Text(text) => return Some(quoted(text)),
            Ts::List(items) => format!("[{}]", items.iter().map(|item| item.line(room)).collect::<Option<Vec<_>>>()?.join(", ")),
            Ts::Object(pairs) if pairs.is_empty() => "{}".to_owned(),
            Ts::Object(pairs) => {
                let pairs = pairs.iter().map(|(key, value)| Some(format!("{}: {}", name(key), value.line(room)?))).collect::<Option<Vec<_>>>()?;
                format!("{{ {} }}", pairs.join(", "))
            }
        };
        (line.chars().count() <= room).then_some(line)
    }

    fn write(&self, out: &mut String, indent: usize) {
        if let Some(line) = self.line(LINE.saturating_sub(indent)) {
            out.push_str(&line);
            return;
        }
        match self {
            Ts::List(items) => {
                out.push_str("[\n");
                for item in items {
                    let _ = write!(out, "{:1$}", "", indent + 2);
                    item.write(out, indent + 2);
                    out.push_str(",\n");
                }
                let _ = write!(out, "{:indent$}]", "");
            }
            Ts::Object(pairs) => {
                out.push_str("{\n");
                for (key, value) in pairs {
                    let _ = write!(out, "{:1$}{2}: ", "", indent + 2, name(key));
                    value.write(out, indent + 2);
                    out.push_str(",\n");
                }
                let _ = write!(out, "{:indent$}}}", "");
            }
            Ts::Bare(text) | Ts::Text(text) => out.push_str(text),
        }
    }
}

/// A key. `__proto__` in quotes would set what an object inherits from, so it is computed.
fn name(key: &str) -> String {
    let plain = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    match key {
        "__proto__" => "['__proto__']".to_owned(),
        key if plain => key.to_owned(),
        key => quoted(key),
    }
}

/// A string literal: single quotes, no line break, nothing that is read as a template.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if shown::is_hidden(c) => {
                let mut units = [0; 2];
                c.encode_utf16(&mut units).iter().for_each(|unit| {
                    let _ = write!(out, "\\u{unit:04x}");
                });
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Read back as JSON, whose escapes are the same but for the quotes.
        #[test]
        fn any_string_is_read_back_as_it_was(text in any::<String>()) {
            let literal = quoted(&text);
            let inner = &literal[1..literal.len() - 1];
            prop_assert!(literal.starts_with('\'') && literal.ends_with('\'') && !inner.contains('\n'));
            let json = format!("\"{}\"", inner.replace('"', "\\\"").replace("\\'", "'"));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
