//! A text of JSON, read once: the document, where its values stand, and the keys that stand twice.

use super::{NotJson, Places};
use crate::document::{bounds, pointer};
use jsonc_parser::{
    CollectOptions, ParseOptions,
    ast::{ObjectPropName, StringLit, Value as Syntax},
    parse_to_ast,
};
use serde_json::{Map, Value};

/// Most duplicate keys that are named, and the most bytes of the pointer of one: what nobody reads is not written down.
const MOST: usize = 1_000;
const LONGEST: usize = 1_000;

/// JSON as RFC 8259 has it. What the parser still forgives, [`Document::parse`] refuses.
pub const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// What a text holds.
pub struct Document<'t> {
    /// The document: keys in their order, of a key that stands twice the last value, numbers as they are spelt.
    pub value: Value,
    /// Pointers of the keys that stand twice, in the order of the text: the second and every further one. At most 1,000, and
    /// none of more than 1,000 bytes.
    pub duplicates: Vec<String>,
    /// Where its places stand.
    pub places: Places<'t>,
}

impl Document<'_> {
    /// Reads a text. A byte-order mark is skipped; nothing else is forgiven.
    ///
    /// # Errors
    /// The text is not JSON, has more levels than a definition may have, or a key that the JSON library keeps for itself.
    ///
    /// ```
    /// use taskdef::formats::import::Document;
    /// let read = Document::parse(r#"{"a": {"b": 1.50, "b": 2.50}}"#).unwrap();
    /// assert_eq!(read.value.to_string(), r#"{"a":{"b":2.50}}"#);
    /// assert_eq!(read.duplicates, ["/a/b"]);
    /// ```
    pub fn parse(text: &str) -> Result<Document<'_>, NotJson> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let syntax = parse_to_ast(text, &CollectOptions::default(), &STRICT).ok().and_then(|parsed| parsed.value);
        let Some(syntax) = syntax else { return Err(NotJson::of(text)) };
        let mut reader = Reader { text, way: Vec::new(), duplicates: Vec::new(), foreign: 0 };
        let value = reader.value(&syntax).filter(|_| !has_foreign_space(text, reader.foreign));
        let Some(value) = value else { return Err(NotJson::of(text)) };
        let duplicates = reader.duplicates;
        Ok(Document { value, duplicates, places: Places::new(text, syntax) })
    }
}

/// Whether white space that JSON does not have stands between the values: form feeds, no-break spaces. `inside` is how many
/// bytes outside ASCII stand in its texts.
fn has_foreign_space(text: &str, inside: usize) -> bool {
    let control = |b: u8| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r');
    text.bytes().fold(false, |any, b| any | control(b)) || foreign(text) != inside
}

/// Bytes outside ASCII.
fn foreign(text: &str) -> usize {
    text.bytes().filter(|b| !b.is_ascii()).count()
}

/// One token of the pointer on the way; it is written only when a key stands twice.
enum Token<'s> {
    Key(&'s str),
    Index(usize),
}

/// Makes the document of the syntax. `None` stands for what is not JSON, or no document that a draft may hold.
struct Reader<'s> {
    text: &'s str,
    way: Vec<Token<'s>>,
    duplicates: Vec<String>,
    /// Bytes outside ASCII in the texts so far.
    foreign: usize,
}

impl<'s> Reader<'s> {
    fn value(&mut self, syntax: &'s Syntax<'_>) -> Option<Value> {
        // Around the definition there is the draft.
        let has_room = self.way.len() < bounds::DEEPEST - 1;
        Some(match syntax {
            Syntax::NullKeyword(_) => Value::Null,
            Syntax::BooleanLit(literal) => Value::Bool(literal.value),
            Syntax::NumberLit(literal) => Value::Number(literal.value.parse().ok()?),
            Syntax::StringLit(literal) => Value::String(self.string(literal)?.to_owned()),
            Syntax::Array(list) if has_room => {
                let mut items = Vec::with_capacity(list.elements.len());
                for (i, item) in list.elements.iter().enumerate() {
                    items.push(self.below(Token::Index(i), item)?);
                }
                Value::Array(items)
            }
            Syntax::Object(object) if has_room => {
                let mut map = Map::with_capacity(object.properties.len());
                for property in &object.properties {
                    let ObjectPropName::String(name) = &property.name else { return None };
                    let key = self.string(name)?;
                    if bounds::is_reserved(key) {
                        return None;
                    }
                    let before = self.duplicates.len();
                    let value = self.below(Token::Key(key), &property.value)?;
                    if map.insert(key.to_owned(), value).is_some() {
                        self.note(key, before);
                    }
                }
                Value::Object(map)
            }
            Syntax::Array(_) | Syntax::Object(_) => return None,
        })
    }

    fn below(&mut self, token: Token<'s>, syntax: &'s Syntax<'_>) -> Option<Value> {
        self.way.push(token);
        let value = self.value(syntax);
        self.way.pop();
        value
    }

    /// A text without raw control characters, which the parser lets pass.
    fn string(&mut self, literal: &'s StringLit<'_>) -> Option<&'s str> {
        let raw = self.text.get(literal.range.start..literal.range.end)?;
        let (control, foreign) = raw.bytes().fold((false, 0), |(control, foreign), b| (control | (b < b' '), foreign + usize::from(!b.is_ascii())));
        self.foreign += foreign;
        (!control).then_some(&*literal.value)
    }

    /// Notes a key that stands twice, before the `before`th of the others: what it holds was read already.
    fn note(&mut self, key: &str, before: usize) {
        let length = |token: &Token<'_>| match token {
            Token::Key(key) => key.len() + 1,
            Token::Index(_) => 2,
        };
        if before >= MOST || self.way.iter().map(length).sum::<usize>() + key.len() + 1 > LONGEST {
            return;
        }
        let parent = self.way.iter().fold(String::new(), |at, token| match token {
            Token::Key(key) => pointer::join(&at, key),
            Token::Index(i) => pointer::join(&at, i),
        });
        self.duplicates.insert(before, pointer::join(&parent, key));
        self.duplicates.truncate(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Hint, Document};

    fn duplicates(text: &str) -> Vec<String> {
        Document::parse(text).unwrap().duplicates
    }

    #[test]
    fn every_second_key_is_named_where_it_stands() {
        assert_eq!(duplicates(r#"{"cpu": "256", "a": [{"x/y": 1, "x/y": {"n": 1.50}}], "cpu": "512", "cpu": null}"#), ["/a/0/x~1y", "/cpu", "/cpu"]);
        assert_eq!(duplicates(r#"{"a": 1, "b": {"a": 1e400}}"#), Vec::<String>::new());
        assert_eq!(duplicates(r#"{"a:\"b": "c:\\", "d": ":"}"#), Vec::<String>::new());
        assert_eq!(duplicates(r#"{"a:\"b": "c:\\", "a:\"b": ":"}"#), ["/a:\"b"]);
    }

    #[test]
    fn a_second_key_comes_before_those_inside_it() {
        assert_eq!(duplicates(r#"{"a": 1, "a": {"b": 1, "b": 2}, "c": 1, "c": 2}"#), ["/a", "/a/b", "/c"]);
    }

    /// The parser forgives all of these; JSON does not, and the AWS CLI refuses such a file.
    #[test]
    fn what_only_looks_like_white_space_is_refused() {
        for text in [
            "{\"a\":\u{a0}1}",
            "{\"a\":\u{b}1}",
            "{\"a\":\u{c}1}",
            "\u{2003}{}",
            "{\"a\": \"b\tc\"}",
            "{\"a\": \"b\nc\"}",
            "{\"a\n\": 1}",
            "{\"a\": \"\u{1}\"}",
        ] {
            assert!(Document::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(Document::parse("{\"a\u{a0}\": \"\u{a0}\u{7f}한\"}").unwrap().value.to_string(), "{\"a\u{a0}\":\"\u{a0}\u{7f}한\"}");
    }

    #[test]
    fn depth_is_counted_outside_of_texts() {
        let nested = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        assert!(Document::parse(&nested(63)).is_ok());
        for levels in [64, 65, 600, 100_000] {
            assert_eq!(Document::parse(&nested(levels)).err().map(|e| e.hint), Some(Hint::Deep), "{levels}");
        }
        assert!(Document::parse(&format!("[{:?}]", "[".repeat(100))).is_ok());
    }

    #[test]
    fn an_unclosed_text_of_brackets_is_too_deep_and_not_a_crash() {
        for open in ["[", "{\"a\":"] {
            assert_eq!(Document::parse(&open.repeat(200_000)).err().map(|e| e.hint), Some(Hint::Deep));
        }
    }
}
