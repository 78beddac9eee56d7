//! YAML as files have it: block style, short lists in one line, strings quoted where YAML could read them as something else.

use crate::shown;
use std::fmt::Write;

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Yaml {
    /// A number or a truth value, as it is written.
    Bare(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Yaml>),
    /// Keys and values.
    Map(Vec<(String, Yaml)>),
    /// A value with a tag in front: `!Ref`.
    Tagged(&'static str, Box<Yaml>),
}

/// Longest list that is written in one line, in characters.
const LINE: usize = 120;

/// Longest key before a colon, in bytes: YAML has a sign for those that are longer than 1,024 characters.
const KEY: usize = 1_000;

impl Yaml {
    /// A string.
    pub fn text(text: impl Into<String>) -> Yaml {
        Yaml::Text(text.into())
    }

    /// A number or a truth value.
    pub fn bare(value: impl ToString) -> Yaml {
        Yaml::Bare(value.to_string())
    }

    /// A map.
    pub fn map<'k>(pairs: impl IntoIterator<Item = (&'k str, Yaml)>) -> Yaml {
        Yaml::Map(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
    }

    /// Strings in a list.
    pub fn texts(texts: impl IntoIterator<Item = impl Into<String>>) -> Yaml {
        Yaml::List(texts.into_iter().map(Yaml::text).collect())
    }

    /// The document, with a final newline. The root is a map.
    pub fn document(&self) -> String {
        let mut out = String::new();
        if let Yaml::Map(pairs) = self {
            map(&mut out, pairs, 0);
        }
        out
    }

    /// In one line, where it is a scalar, or a list of scalars that is short enough.
    fn inline(&self) -> Option<String> {
        match self {
            Yaml::Bare(text) => Some(text.clone()),
            Yaml::Text(text) => Some(scalar(text)),
            Yaml::List(items) => {
                let items: Vec<String> = items.iter().map(Yaml::inline).collect::<Option<_>>()?;
                let line = format!("[{}]", items.join(", "));
                (line.chars().count() <= LINE).then_some(line)
            }
            Yaml::Map(pairs) => pairs.is_empty().then(|| "{}".to_owned()),
            Yaml::Tagged(tag, value) => value.inline().map(|value| format!("{tag} {value}")),
        }
    }
}

fn map(out: &mut String, pairs: &[(String, Yaml)], indent: usize) {
    for (key, value) in pairs {
        let key = scalar(key);
        let _ = if key.len() > KEY { write!(out, "{:indent$}? {key}\n{:indent$}:", "", "") } else { write!(out, "{:indent$}{key}:", "") };
        below(out, value, indent);
    }
}

/// Comment lines; whatever they quote, each stays one line.
pub(super) fn comments(out: &mut String, lines: &[String], indent: usize) {
    for line in lines {
        let line = shown::visible(line);
        let _ = writeln!(out, "{:indent$}#{}{line}", "", if line.is_empty() { "" } else { " " });
    }
}

/// The value behind a key's colon.
fn below(out: &mut String, value: &Yaml, indent: usize) {
    match value {
        Yaml::Text(text) if is_block(text) => {
            out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
            for line in text.lines() {
                let _ = if line.is_empty() { writeln!(out) } else { writeln!(out, "{:1$}{line}", "", indent + 2) };
            }
        }
        value => match (value.inline(), value) {
            (Some(line), _) => {
                let _ = writeln!(out, " {line}");
            }
            (None, Yaml::Tagged(tag, value)) => {
                let _ = write!(out, " {tag}");
                below(out, value, indent);
            }
            (None, Yaml::Map(pairs)) => {
                out.push('\n');
                map(out, pairs, indent + 2);
            }
            (None, Yaml::List(items)) => {
                out.push('\n');
                list(out, items, indent + 2);
            }
            (None, other) => {
                let _ = writeln!(out, " {}", other.inline().unwrap_or_default());
            }
        },
    }
}

fn list(out: &mut String, items: &[Yaml], indent: usize) {
    for item in items {
        match (item.inline(), item) {
            (Some(line), _) => {
                let _ = writeln!(out, "{:indent$}- {line}", "");
            }
            (None, Yaml::Map(pairs)) => {
                // The first key stands behind the dash.
                let start = out.len();
                map(out, pairs, indent + 2);
                out.replace_range(start + indent..start + indent + 2, "- ");
            }
            (None, Yaml::List(inner)) => {
                let start = out.len();
                list(out, inner, indent + 2);
                out.replace_range(start + indent..start + indent + 2, "- ");
            }
            (None, other) => {
                let _ = write!(out, "{:indent$}-", "");
                below(out, other, indent);
            }
        }
    }
}

/// Whether a string of several lines can be written as a block, in which nothing is escaped.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n'])
        && !text.chars().any(|c| c != '\n' && shown::is_hidden(c))
        && text.lines().all(|line| line.trim_end().len() == line.len())
}

/// A string in one line.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether no reader of YAML takes the characters for anything but this string.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_./@+-:".contains(&b))
        && !text.ends_with(':')
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A string in double quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if shown::is_hidden(c) || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{a0}') => {
                let code = u32::from(c);
                let _ = if code <= 0xffff { write!(out, "\\u{code:04X}") } else { write!(out, "\\U{code:08X}") };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
