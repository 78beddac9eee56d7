//! Variables in values: `$NAME`, `${NAME:-default}` and their kin. Source: compose-go `template`.

use crate::{
    formats::{
        import::{
            LARGEST, MOST_FILES, Refusal,
            tree::{Kind, Node},
        },
        report::{Place, Said},
    },
    messages::all,
};
use std::collections::BTreeMap;

/// Most levels of defaults inside defaults.
const DEEPEST: usize = 16;

/// A variable of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Where it is used first.
    pub at: Place,
    /// Its default, where the file gives one.
    pub default: Option<String>,
    /// Whether it has a value: given, or by default.
    pub known: bool,
}

/// Puts values in, and keeps a list of the variables.
#[derive(Debug, Default)]
pub struct Variables {
    given: BTreeMap<String, String>,
    /// Bytes that variables brought.
    grown: usize,
    /// Every variable by its name.
    pub used: BTreeMap<String, Variable>,
}

impl Variables {
    /// With the values that are given.
    pub fn new(given: BTreeMap<String, String>) -> Variables {
        Variables { given, grown: 0, used: BTreeMap::new() }
    }

    /// Puts values into every text of the tree. Keys are never touched.
    ///
    /// # Errors
    /// A text that Compose does not read either.
    pub fn fill(&mut self, node: &mut Node) -> Result<(), Refusal> {
        let at = node.at;
        match &mut node.kind {
            Kind::Scalar { text, plain } if text.contains('$') => {
                let filled = self.text(text, at, 0)?;
                self.grown += filled.len().saturating_sub(text.len());
                if self.grown > LARGEST {
                    return Err(Refusal::at(at, Said::of(&all::IMPORT_TOO_LARGE).number("files", MOST_FILES as u64)));
                }
                // A number that a variable brings is a number.
                *plain = *plain && filled != *text;
                *text = filled;
                Ok(())
            }
            Kind::Scalar { .. } => Ok(()),
            Kind::List(items) => items.iter_mut().try_for_each(|item| self.fill(item)),
            Kind::Map(pairs) => pairs.iter_mut().try_for_each(|(_, value)| self.fill(value)),
        }
    }

    fn text(&mut self, text: &str, at: Place, depth: usize) -> Result<String, Refusal> {
        let wrong = || Refusal::at(at, Said::of(&all::IMPORT_BAD_VARIABLE).number("line", at.line as u64));
        if depth > DEEPEST {
            return Err(wrong());
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('$') {
            if out.len() > 2 * LARGEST {
                return Err(wrong());
            }
            out.push_str(&rest[..start]);
            rest = &rest[start + 1..];
            if let Some(after) = rest.strip_prefix('$') {
                out.push('$');
                rest = after;
            } else if let Some(after) = rest.strip_prefix('{') {
                let end = closing(after).ok_or_else(wrong)?;
                let inner = &after[..end];
                rest = &after[end + 1..];
                out += &self.braced(inner, at, depth).ok_or_else(wrong)??;
            } else {
                let name = name_of(rest);
                if name.is_empty() {
                    out.push('$');
                } else {
                    out += &self.value(name, None, at);
                    rest = &rest[name.len()..];
                }
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    fn braced(&mut self, inner: &str, at: Place, depth: usize) -> Option<Result<String, Refusal>> {
        let name = name_of(inner);
        let rest = &inner[name.len()..];
        if name.is_empty() {
            return None;
        }
        let (operator, argument) = [":-", ":?", ":+", "-", "?", "+"].into_iter().find_map(|op| Some((op, rest.strip_prefix(op)?))).unwrap_or(("", rest));
        if operator.is_empty() {
            return rest.is_empty().then(|| Ok(self.value(name, None, at)));
        }
        let given = self.given.get(name).filter(|value| !(operator.starts_with(':') && value.is_empty())).cloned();
        match operator.trim_start_matches(':') {
            "-" => Some(match given {
                Some(value) => {
                    self.note(name, at, None, true);
                    Ok(value)
                }
                None => self.text(argument, at, depth + 1).inspect(|default| self.note(name, at, Some(default.clone()), true)),
            }),
            "+" => {
                let set = given.is_some();
                self.note(name, at, Some(String::new()), true);
                Some(if set { self.text(argument, at, depth + 1) } else { Ok(String::new()) })
            }
            _ => Some(Ok(self.value(name, None, at))),
        }
    }

    /// Its value, or the mark that stands for it.
    fn value(&mut self, name: &str, default: Option<String>, at: Place) -> String {
        let given = self.given.get(name).cloned();
        self.note(name, at, default, given.is_some());
        given.unwrap_or_else(|| format!("${{{name}}}"))
    }

    fn note(&mut self, name: &str, at: Place, default: Option<String>, known: bool) {
        let variable = self.used.entry(name.to_owned()).or_insert(Variable { at, default: None, known: true });
        variable.known &= known;
        if variable.default.is_none() {
            variable.default = default;
        }
    }
}

fn name_of(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    if text.starts_with(|c: char| c.is_ascii_digit()) { "" } else { &text[..end] }
}

/// The bracket that closes, past those inside.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(i),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(text: &str) -> Option<String> {
        let given = [("A", "1"), ("EMPTY", "")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        Variables::new(given.into()).text(text, Place::default(), 0).ok()
    }

    /// Source: the cases of compose-go's `template_test.go`.
    #[test]
    fn values_are_put_in_as_compose_does() {
        for (text, seen) in [
            ("x", "x"),
            ("$A-${A}", "1-1"),
            ("${EMPTY:-d}", "d"),
            ("${EMPTY-d}", ""),
            ("${B-d}", "d"),
            ("${B:-${A}}", "1"),
            ("${B:-${C:-x}}", "x"),
            ("${A:+r}", "1".replace('1', "r").as_str()),
            ("${B:+r}", ""),
            ("$$A", "$A"),
            ("a $ b", "a $ b"),
            ("$1", "$1"),
            ("${B}", "${B}"),
            ("${B:?needed}", "${B}"),
            ("${B:-a:-b}", "a:-b"),
        ] {
            assert_eq!(fill(text).as_deref(), Some(seen), "{text}");
        }
        for text in ["${", "${}", "${A/x/y}", "${A", "${ A}", &format!("{}x{}", "${A1:-".repeat(40), "}".repeat(40))] {
            assert_eq!(fill(text), None, "{text}");
        }
    }

    #[test]
    fn a_mebibyte_of_dollars_is_read_in_one_pass() {
        assert_eq!(fill(&"$".repeat(1 << 20)).map(|text| text.len()), Some(1 << 19));
    }
}
