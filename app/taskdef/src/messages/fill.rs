//! Fills in the values of a text, for rules and interface, on the server and in the browser.
//!
//! Texts are compiled from Fluent by the crate `messages`: `{0}` is the first value, `{0|one|many|}` a plural by it, and `{{` a
//! curly bracket. Values are put in as they are and never read.

use std::fmt::{Display, Write};

/// A value of a text.
pub struct Value<'a> {
    shown: &'a dyn Display,
    is_one: bool,
}

impl<'a> Value<'a> {
    /// Words or a number on which no plural depends.
    pub fn text(shown: &'a dyn Display) -> Value<'a> {
        Value { shown, is_one: false }
    }

    /// A number on which a plural may depend, as it is written.
    pub fn number(shown: &'a dyn Display, is_one: bool) -> Value<'a> {
        Value { shown, is_one }
    }

    /// A number on which a plural depends.
    pub fn count(count: &'a dyn Count) -> Value<'a> {
        Value { is_one: count.is_one(), shown: count.as_display() }
    }
}

/// How many: what a plural can depend on.
pub trait Count {
    /// Whether English says it in the singular.
    fn is_one(&self) -> bool;

    /// As it is written.
    fn as_display(&self) -> &dyn Display;
}

macro_rules! counts {
    ($($number:ty)+) => {$(
        impl Count for $number {
            fn is_one(&self) -> bool {
                *self == 1
            }

            fn as_display(&self) -> &dyn Display {
                self
            }
        }
    )+};
}

counts!(i64 u32 u64 usize);

/// A text with its values, in the order of their numbers. A value that is missing leaves nothing behind.
pub fn fill(text: &str, values: &[Value<'_>]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    put(&mut out, text, values);
    out
}

fn put(out: &mut String, mut text: &str, values: &[Value<'_>]) {
    while let Some((words, rest)) = text.split_once('{') {
        out.push_str(words);
        let mut chars = rest.chars();
        let sign = chars.next().unwrap_or('{');
        text = chars.as_str();
        let Some(number) = sign.to_digit(10) else {
            out.push('{');
            continue;
        };
        let value = values.get(number as usize);
        if let Some(rest) = text.strip_prefix('|') {
            let (one, rest) = rest.split_once('|').unwrap_or_default();
            let (many, rest) = rest.split_once("|}").unwrap_or_default();
            put(out, if value.is_some_and(|v| v.is_one) { one } else { many }, values);
            text = rest;
        } else {
            if let Some(value) = value {
                // Writing to a string cannot fail.
                let _ = write!(out, "{}", value.shown);
            }
            text = text.strip_prefix('}').unwrap_or(text);
        }
    }
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_once() {
        assert_eq!(fill("{0} and {1}!{2}", &[Value::text(&"{1}"), Value::count(&2_u64)]), "{1} and 2!");
        assert_eq!(fill("{{\"a\": {0}}", &[Value::text(&"{0|x|y|}")]), "{\"a\": {0|x|y|}}");
    }

    #[test]
    fn a_plural_follows_its_number() {
        let said = |n: usize| fill("{1}: {0|1 file|{0} files of {1}|} left", &[Value::count(&n), Value::text(&"a|b}")]);
        assert_eq!((said(0), said(1), said(2)), ("a|b}: 0 files of a|b} left".into(), "a|b}: 1 file left".into(), "a|b}: 2 files of a|b} left".into()));
    }

    /// A browser that holds another version's text shows something, and does not stop.
    #[test]
    fn a_text_that_is_cut_off_is_no_danger() {
        let text = "{0|1 file|{0} files|} {{ {1}";
        for (at, _) in text.char_indices() {
            let _ = fill(&text[..at], &[Value::count(&1_usize)]);
        }
        assert_eq!(fill("{", &[]), "{");
    }
}
