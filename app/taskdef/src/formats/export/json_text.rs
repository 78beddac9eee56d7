//! JSON that is filled in later: each tool has its own marks for what comes from outside.

use super::expr::{Expr, Part, Ref, Text};
use crate::shown;
use serde_json::Value;

/// How a tool's marks are written.
pub(super) trait Marks {
    /// The characters of a literal, inside a JSON string that is escaped already.
    fn literal(&self, escaped: &str) -> String;
    /// A reference inside a JSON string.
    fn inside(&self, reference: &Ref) -> String;
    /// A reference where a number or a truth value is due.
    fn bare(&self, reference: &Ref) -> String;
}

/// The value as JSON: two spaces, keys as they stand, final newline.
pub(super) fn document(expr: &Expr, marks: &impl Marks) -> String {
    let mut out = String::new();
    write(&mut out, expr, marks, 0);
    out.push('\n');
    out
}

fn write(out: &mut String, expr: &Expr, marks: &impl Marks, indent: usize) {
    match expr {
        Expr::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Expr::Number(digits) => out.push_str(digits),
        Expr::Text(text) => out.push_str(&string(text, marks)),
        Expr::Open(reference, _) => out.push_str(&marks.bare(reference)),
        Expr::Own(text) => out.push_str(&string(&Text::literal(text), marks)),
        Expr::List(items) if items.is_empty() => out.push_str("[]"),
        Expr::Object(pairs) | Expr::Map(pairs) if pairs.is_empty() => out.push_str("{}"),
        Expr::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                line(out, i, indent);
                write(out, item, marks, indent + 2);
            }
            end(out, ']', indent);
        }
        Expr::Object(pairs) | Expr::Map(pairs) => {
            out.push('{');
            for (i, (key, value)) in pairs.iter().enumerate() {
                line(out, i, indent);
                out.push_str(&format!("\"{}\": ", marks.literal(&escaped(key))));
                write(out, value, marks, indent + 2);
            }
            end(out, '}', indent);
        }
    }
}

fn line(out: &mut String, i: usize, indent: usize) {
    out.push_str(if i == 0 { "\n" } else { ",\n" });
    out.extend(std::iter::repeat_n(' ', indent + 2));
}

fn end(out: &mut String, close: char, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
    out.push(close);
}

fn string(text: &Text, marks: &impl Marks) -> String {
    let inside: String = text
        .0
        .iter()
        .map(|part| match part {
            Part::Literal(text) => marks.literal(&escaped(text)),
            Part::Ref(reference) => marks.inside(reference),
        })
        .collect();
    format!("\"{inside}\"")
}

/// The inside of a JSON string; hidden characters by their numbers.
fn escaped(text: &str) -> String {
    let quoted = shown::json(&Value::String(text.to_owned()).to_string());
    quoted[1..quoted.len() - 1].to_owned()
}
