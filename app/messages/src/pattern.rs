//! A Fluent pattern, compiled to the text that is filled at run time.
//!
//! `{0}` is the first value, `{0|one|many|}` a plural by it. Values are numbered by the order of their names, so that both
//! languages number them alike. A text without values is itself, as it is.

use crate::{Error, place::Place};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::BTreeMap;

/// Most values of a text: one digit numbers them.
const MOST_VALUES: usize = 10;

/// A compiled text, with what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// The text.
    pub text: String,
    /// Its values by name, and whether a plural depends on it.
    pub values: BTreeMap<String, bool>,
}

/// Compiles a pattern of the text named `key`.
pub(crate) fn compile(pattern: &Pattern<&str>, place: Place<'_>, key: &str, lang: &str) -> Result<Compiled, Error> {
    let mut values = BTreeMap::new();
    collect(pattern, place, key, &mut values)?;
    if values.len() > MOST_VALUES {
        return Err(place.error(key, format!("{key} has more than {MOST_VALUES} values")));
    }
    let compiler = Compiler { place, key, lang, values: &values };
    let text = compiler.pattern(pattern, false)?;
    if text.trim().is_empty() {
        return Err(place.error(key, format!("{key} is empty")));
    }
    Ok(Compiled { text, values })
}

/// The values of a pattern, at any depth.
fn collect(pattern: &Pattern<&str>, place: Place<'_>, key: &str, values: &mut BTreeMap<String, bool>) -> Result<(), Error> {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                values.entry(id.name.to_owned()).or_default();
            }
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                values.insert(id.name.to_owned(), true);
                for variant in variants {
                    collect(&variant.value, place, key, values)?;
                }
            }
            _ => return Err(place.error(key, format!("{key}: only values, plurals and quoted texts can be in curly brackets"))),
        }
    }
    Ok(())
}

struct Compiler<'a> {
    place: Place<'a>,
    key: &'a str,
    lang: &'a str,
    values: &'a BTreeMap<String, bool>,
}

impl Compiler<'_> {
    fn pattern(&self, pattern: &Pattern<&str>, in_plural: bool) -> Result<String, Error> {
        let mut out = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.push(&mut out, value, in_plural)?,
                PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => {
                    if value.contains('\\') {
                        return Err(self.error("write the character itself instead of its escape"));
                    }
                    self.push(&mut out, value, in_plural)?;
                }
                PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
                    out += &format!("{{{}}}", self.number(id.name));
                }
                PatternElement::Placeable { expression: Expression::Select { selector: InlineExpression::VariableReference { id }, variants } } => {
                    if in_plural {
                        return Err(self.error("a plural inside a plural: write both out"));
                    }
                    if self.lang == "ko" {
                        return Err(self.error("Korean has no plural: write one text"));
                    }
                    let [one, other] = variants.as_slice() else { return Err(self.error("a plural has [one] and *[other]")) };
                    let named = |key: &VariantKey<&str>, name| matches!(key, VariantKey::Identifier { name: n } if *n == name);
                    if !named(&one.key, "one") || !named(&other.key, "other") || !other.default {
                        return Err(self.error("a plural has [one] and *[other]"));
                    }
                    let (one, other) = (self.pattern(&one.value, true)?, self.pattern(&other.value, true)?);
                    out += &format!("{{{}|{one}|{other}|}}", self.number(id.name));
                }
                PatternElement::Placeable { .. } => return Err(self.error("only values, plurals and quoted texts can be in curly brackets")),
            }
        }
        Ok(out)
    }

    /// The words between values. In a text with values `{{` is a bracket.
    fn push(&self, out: &mut String, words: &str, in_plural: bool) -> Result<(), Error> {
        if words.contains(|c: char| c.is_control()) {
            return Err(self.error("one line: a text has no line break and no control character"));
        }
        if in_plural && words.contains(['|', '{', '}']) {
            return Err(self.error("a plural cannot contain ‘|’ or a curly bracket: write it before or after the plural"));
        }
        *out += &if self.values.is_empty() { words.to_owned() } else { words.replace('{', "{{") };
        Ok(())
    }

    fn number(&self, name: &str) -> usize {
        self.values.keys().position(|n| n == name).unwrap_or_default()
    }

    fn error(&self, problem: &str) -> Error {
        self.place.error(self.key, format!("{}: {problem}", self.key))
    }
}
