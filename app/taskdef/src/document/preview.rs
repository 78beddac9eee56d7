//! The definition as lines of JSON, each tied to its place.

use crate::document::pointer;
use serde_json::Value;

/// One coloured piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its text.
    pub text: String,
}

/// The kinds that are coloured apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Braces, commas, colons.
    Punctuation,
    /// A key with its quotes.
    Key,
    /// A text with its quotes.
    String,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Literal,
}

/// One line of the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Depth of indentation, two spaces each.
    pub depth: usize,
    /// The place (inside the definition) that the line shows; a closing brace has its object's.
    pub place: String,
    /// Whether the line only closes what an earlier line opened.
    pub closes: bool,
    /// The pieces.
    pub tokens: Vec<Token>,
}

impl Line {
    /// The line as text.
    pub fn text(&self) -> String {
        let mut text = "  ".repeat(self.depth);
        for token in &self.tokens {
            text.push_str(&token.text);
        }
        text
    }
}

/// The first `most` lines of `value`, whose own place is `place`, and whether there are more. They are those of the exported file, so
/// that a line has one number everywhere.
pub fn lines(value: &Value, place: &str, most: usize) -> (Vec<Line>, bool) {
    let mut out = Vec::new();
    walk(value, place, 0, None, false, most, &mut out);
    let more = out.len() > most;
    out.truncate(most);
    (out, more)
}

fn walk(value: &Value, place: &str, depth: usize, key: Option<&str>, comma: bool, most: usize, out: &mut Vec<Line>) {
    if out.len() > most {
        return;
    }
    let mut tokens = Vec::new();
    if let Some(key) = key {
        push(&mut tokens, TokenKind::Key, quoted(key));
        push(&mut tokens, TokenKind::Punctuation, ": ".into());
    }
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    let is_object = value.is_object();
    if children.is_empty() {
        inline(value, &mut tokens);
        if comma {
            push(&mut tokens, TokenKind::Punctuation, ",".into());
        }
        out.push(Line { depth, place: place.to_owned(), closes: false, tokens });
        return;
    }
    push(&mut tokens, TokenKind::Punctuation, if is_object { "{" } else { "[" }.into());
    out.push(Line { depth, place: place.to_owned(), closes: false, tokens });
    let last = children.len() - 1;
    for (i, (name, child)) in children.iter().enumerate() {
        walk(child, &pointer::join(place, name), depth + 1, is_object.then_some(name.as_str()), i < last, most, out);
    }
    let close = format!("{}{}", if is_object { "}" } else { "]" }, if comma { "," } else { "" });
    out.push(Line { depth, place: place.to_owned(), closes: true, tokens: vec![Token { kind: TokenKind::Punctuation, text: close }] });
}

/// A value without members.
fn inline(value: &Value, tokens: &mut Vec<Token>) {
    let (kind, text) = match value {
        Value::Null | Value::Bool(_) => (TokenKind::Literal, value.to_string()),
        Value::Number(n) => (TokenKind::Number, n.to_string()),
        Value::String(s) => (TokenKind::String, quoted(s)),
        Value::Object(_) => (TokenKind::Punctuation, "{}".into()),
        Value::Array(_) => (TokenKind::Punctuation, "[]".into()),
    };
    push(tokens, kind, text);
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn push(tokens: &mut Vec<Token>, kind: TokenKind, text: String) {
    tokens.push(Token { kind, text });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lines_are_the_same_json_and_know_their_place() {
        let value = json!({ "a/b": [1, 2], "env": [{ "name": "NODE_ENV", "value": "production and more text" }], "n": null, "e": {}, "l": [] });
        let (lines, more) = lines(&value, "", 100);
        assert!(!more);
        let text: String = lines.iter().map(|l| l.text() + "\n").collect();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert!(lines.iter().any(|l| l.place == "/a~1b/1" && l.text() == "    2"));
        assert!(lines.iter().all(|l| value.pointer(&l.place).is_some()));
    }

    #[test]
    fn no_more_lines_are_made_than_were_asked_for() {
        let value = json!({ "a": vec![json!({ "name": "a name that needs a line" }); 1_000] });
        let (all, more) = lines(&value, "", usize::MAX - 1);
        assert_eq!((all.len(), more), (2 + 2 + 3 * 1_000, false));
        for most in [1, 2, 500, all.len() - 1] {
            assert_eq!(lines(&value, "", most), (all[..most].to_vec(), true));
        }
        assert_eq!(lines(&value, "", all.len()), (all, false));
    }
}
