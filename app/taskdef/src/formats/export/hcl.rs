//! Terraform's language, in the layout of `terraform fmt`.

use crate::shown;
use std::fmt::Write;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Hcl {
    /// A number, a truth value or a reference, as it is written.
    Bare(String),
    /// A string, quoted already: it can hold references.
    Quoted(String),
    /// A list.
    List(Vec<Hcl>),
    /// An object.
    Object(Vec<(String, Hcl)>),
    /// A function of one argument.
    Call(&'static str, Box<Hcl>),
}

/// A line or a block of a body.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    /// `name = value`
    Attribute(String, Hcl),
    /// `type "label" { … }`
    Block(String, Vec<String>, Vec<Item>),
    /// A block as somebody wrote it.
    Source(String),
}

/// Longest value that is written in one line, in characters.
const LINE: usize = 100;

impl Item {
    /// An attribute.
    pub fn attribute(name: &str, value: Hcl) -> Item {
        Item::Attribute(name.to_owned(), value)
    }

    /// A block.
    pub fn block(kind: &str, labels: &[&str], body: Vec<Item>) -> Item {
        Item::Block(kind.to_owned(), labels.iter().map(|l| (*l).to_owned()).collect(), body)
    }
}

/// A file: blocks with an empty line between them.
pub(super) fn file(items: &[Item]) -> String {
    let mut out = String::new();
    body(&mut out, items, 0);
    out
}

fn body(out: &mut String, items: &[Item], indent: usize) {
    let mut i = 0;
    while i < items.len() {
        match &items[i] {
            Item::Block(kind, labels, inner) => {
                if i > 0 {
                    out.push('\n');
                }
                let labels: String = labels.iter().map(|label| format!(" {}", quoted(label))).collect();
                if inner.is_empty() {
                    let _ = writeln!(out, "{:indent$}{kind}{labels} {{}}", "");
                } else {
                    let _ = writeln!(out, "{:indent$}{kind}{labels} {{", "");
                    body(out, inner, indent + 2);
                    let _ = writeln!(out, "{:indent$}}}", "");
                }
                i += 1;
            }
            Item::Source(text) => {
                if i > 0 {
                    out.push('\n');
                }
                out.push_str(text);
                out.push('\n');
                i += 1;
            }
            Item::Attribute(..) => {
                let run: Vec<(&str, &Hcl)> =
                    items[i..].iter().map_while(|item| if let Item::Attribute(name, value) = item { Some((name.as_str(), value)) } else { None }).collect();
                if i > 0 {
                    out.push('\n');
                }
                i += run.len();
                assignments(out, &run, indent);
            }
        }
    }
}

/// `name = value` lines: the signs of those in one line, one below the other, stand in a column.
fn assignments(out: &mut String, pairs: &[(&str, &Hcl)], indent: usize) {
    let lines: Vec<Option<String>> = pairs.iter().map(|(name, value)| value.line(LINE.saturating_sub(indent + name.len()))).collect();
    let mut i = 0;
    while i < pairs.len() {
        let run = lines[i..].iter().take_while(|line| line.is_some()).count();
        if run == 0 {
            let _ = write!(out, "{:indent$}{} = ", "", pairs[i].0);
            pairs[i].1.write(out, indent);
            out.push('\n');
            i += 1;
            continue;
        }
        let width = pairs[i..i + run].iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for ((name, _), line) in pairs[i..i + run].iter().zip(&lines[i..i + run]) {
            let space = width - name.chars().count();
            let _ = writeln!(out, "{:indent$}{name}{:space$} = {}", "", "", line.as_deref().unwrap_or_default());
        }
        i += run;
    }
}

impl Hcl {
    /// A literal string.
    pub fn text(text: &str) -> Hcl {
        Hcl::Quoted(quoted(text))
    }

    /// A number, a truth value or a reference.
    pub fn bare(text: impl ToString) -> Hcl {
        Hcl::Bare(text.to_string())
    }

    /// In one line, where it is short enough.
    fn line(&self, room: usize) -> Option<String> {
        match self {
            // A string is never broken.
            Hcl::Bare(text) | Hcl::Quoted(text) => return Some(text.clone()),
            Hcl::Call(name, value) if !matches!(**value, Hcl::List(_) | Hcl::Object(_)) => return Some(format!("{name}({})", value.line(room)?)),
            _ => {}
        }
        let line = match self {
            Hcl::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.line(room)).collect::<Option<_>>()?;
                format!("[{}]", items.join(", "))
            }
            Hcl::Object(pairs) if pairs.is_empty() => "{}".to_owned(),
            Hcl::Object(pairs) => {
                let pairs: Vec<String> = pairs.iter().map(|(key, value)| Some(format!("{} = {}", name(key), value.line(room)?))).collect::<Option<_>>()?;
                format!("{{ {} }}", pairs.join(", "))
            }
            _ => return None,
        };
        (line.chars().count() <= room).then_some(line)
    }

    fn write(&self, out: &mut String, indent: usize) {
        match self {
            Hcl::Bare(text) | Hcl::Quoted(text) => out.push_str(text),
            Hcl::Call(name, value) => {
                let _ = write!(out, "{name}(");
                value.write(out, indent);
                out.push(')');
            }
            Hcl::List(items) => {
                out.push_str("[\n");
                for item in items {
                    let _ = write!(out, "{:1$}", "", indent + 2);
                    match item.line(LINE.saturating_sub(indent)) {
                        Some(line) => out.push_str(&line),
                        None => item.write(out, indent + 2),
                    }
                    out.push_str(",\n");
                }
                let _ = write!(out, "{:indent$}]", "");
            }
            Hcl::Object(pairs) => {
                out.push_str("{\n");
                let names: Vec<String> = pairs.iter().map(|(key, _)| name(key)).collect();
                let pairs: Vec<(&str, &Hcl)> = names.iter().map(String::as_str).zip(pairs.iter().map(|(_, value)| value)).collect();
                assignments(out, &pairs, indent + 2);
                let _ = write!(out, "{:indent$}}}", "");
            }
        }
    }
}

/// A key of an object: bare where it is an identifier that means nothing else.
fn name(key: &str) -> String {
    const WORDS: [&str; 6] = ["true", "false", "null", "for", "if", "in"];
    let plain = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    if plain && !WORDS.contains(&key) { key.to_owned() } else { quoted(key) }
}

/// A literal string in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text, false))
}

/// The inside of a quoted string; `before_reference` where a reference follows, whose sign must not join with the last one.
pub(super) fn escaped(text: &str, before_reference: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => out.extend([c, c]),
            // In front of an escaped brace a sign would make another escape, so it is written by its number.
            '$' | '%' if rest.peek() == Some(&c) || (before_reference && rest.peek().is_none()) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c if shown::is_hidden(c) => {
                let code = u32::from(c);
                let _ = if code <= 0xffff { write!(out, "\\u{code:04x}") } else { write!(out, "\\U{code:08x}") };
            }
            c => out.push(c),
        }
    }
    out
}
