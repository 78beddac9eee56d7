//! Keys that stand twice in one object: JSON's readers keep the last one and say nothing.

use crate::document::pointer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::{borrow::Cow, cell::RefCell, collections::HashSet, fmt};

/// Most places that are named, and the most bytes of one: what nobody reads is not written down.
const MOST: usize = 1_000;
const LONGEST: usize = 1_000;

/// Pointers of the second ones, in the order of the text; the first [`MOST`], and none of more than [`LONGEST`] bytes. `read` is what a reader makes of the same text.
///
/// ```
/// let text = r#"{"a": {"b": 1, "b": 2}}"#;
/// assert_eq!(taskdef::formats::import::doubled(text, &serde_json::from_str(text).unwrap()), ["/a/b"]);
/// ```
pub fn doubled(text: &str, read: &Value) -> Vec<String> {
    // A colon outside quotes for each member that was read: then none was lost on the way.
    if colons(text) == members(read) {
        return Vec::new();
    }
    let found = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    match (Place { found: &found, parent: None }).deserialize(&mut reader) {
        Ok(()) => found.into_inner(),
        Err(_) => Vec::new(),
    }
}

fn members(value: &Value) -> usize {
    match value {
        Value::Object(map) => map.len() + map.values().map(members).sum::<usize>(),
        Value::Array(list) => list.iter().map(members).sum(),
        _ => 0,
    }
}

/// Colons of valid JSON that do not stand in a text.
fn colons(text: &str) -> usize {
    let (mut count, mut quoted, mut escaped) = (0, false, false);
    for b in text.bytes() {
        if quoted {
            quoted = escaped || b != b'"';
            escaped = !escaped && b == b'\\';
        } else {
            quoted = b == b'"';
            count += usize::from(b == b':');
        }
    }
    count
}

/// One value on the way; its pointer is written only when something is found there.
#[derive(Clone, Copy)]
struct Place<'p> {
    found: &'p RefCell<Vec<String>>,
    parent: Option<(&'p Place<'p>, &'p Token<'p>)>,
}

enum Token<'p> {
    Key(&'p str),
    Index(usize),
}

impl Place<'_> {
    /// About the bytes of the pointer.
    fn length(&self) -> usize {
        self.parent.map_or(0, |(parent, token)| {
            parent.length()
                + match token {
                    Token::Key(key) => key.len() + 1,
                    Token::Index(_) => 2,
                }
        })
    }

    fn pointer(&self) -> String {
        self.parent.map_or(String::new(), |(parent, token)| match token {
            Token::Key(key) => pointer::join(&parent.pointer(), key),
            Token::Index(i) => pointer::join(&parent.pointer(), i),
        })
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut i = 0;
        loop {
            let token = Token::Index(i);
            if list.next_element_seed(Place { found: self.found, parent: Some((&self, &token)) })?.is_none() {
                return Ok(());
            }
            i += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut keys: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let token = Token::Key(&key);
            let here = Place { found: self.found, parent: Some((&self, &token)) };
            if keys.contains(&key) {
                let mut found = self.found.borrow_mut();
                if found.len() < MOST && here.length() <= LONGEST {
                    found.push(here.pointer());
                }
            }
            map.next_value_seed(here)?;
            keys.insert(key);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_second_key_is_named_where_it_stands() {
        let of = |text: &str| doubled(text, &serde_json::from_str(text).unwrap());
        assert_eq!(of(r#"{"cpu": "256", "a": [{"x/y": 1, "x/y": {"n": 1.50}}], "cpu": "512", "cpu": null}"#), ["/a/0/x~1y", "/cpu", "/cpu"]);
        assert_eq!(of(r#"{"a": 1, "b": {"a": 1e400}}"#), Vec::<String>::new());
        assert_eq!(of(r#"{"a:\"b": "c:\\", "d": ":"}"#), Vec::<String>::new());
        assert_eq!(of(r#"{"a:\"b": "c:\\", "a:\"b": ":"}"#), ["/a:\"b"]);
    }
}
