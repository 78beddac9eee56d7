//! Line and column of places in a text of JSON.

use crate::document::pointer;
use jsonc_parser::{
    ast::{Object, Value as Syntax},
    common::Ranged,
};
use std::collections::HashMap;

/// Line and column (characters), both from 1.
pub type LineColumn = (usize, usize);

/// Properties of an object that are looked through one by one; those of a larger one are numbered once.
const FEW: usize = 16;

/// Where in a text the places of its document stand.
pub struct Places<'t> {
    text: &'t str,
    syntax: Syntax<'t>,
    /// Pointer of the document that is asked about, in the whole text.
    base: &'static str,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, syntax: Syntax<'t>) -> Places<'t> {
        Places { text, syntax, base: "" }
    }

    /// The same for what stands at `base`.
    pub(super) fn inside(self, base: &'static str) -> Places<'t> {
        Places { base, ..self }
    }

    /// Line and column of the key or the item at each pointer, in their order; of what is missing, of the nearest object or
    /// list around it. Of a key that stands twice, the last one counts.
    ///
    /// ```
    /// use taskdef::formats::import::Document;
    /// let places = Document::parse("{\n  \"a\": [1,\n    {\"b\": 2}]\n}").unwrap().places;
    /// assert_eq!(places.of(["/a/1/b", "/a/1/c", "/x"]), [(3, 6), (3, 5), (1, 1)]);
    /// ```
    pub fn of<'p>(&self, pointers: impl IntoIterator<Item = &'p str>) -> Vec<LineColumn> {
        let mut index = Index::default();
        let offsets: Vec<usize> = pointers.into_iter().map(|pointer| self.offset(pointer, &mut index)).collect();
        lines(self.text, &offsets)
    }

    fn offset<'s>(&'s self, pointer: &str, index: &mut Index<'s>) -> usize {
        let mut at = (self.syntax.start(), &self.syntax);
        for token in pointer::parts(self.base).chain(pointer::parts(pointer)) {
            let below = match at.1 {
                Syntax::Object(object) => index.last(object, &token).map(|i| (object.properties[i].start(), &object.properties[i].value)),
                Syntax::Array(list) => pointer::index(&token).and_then(|i| list.elements.get(i)).map(|item| (item.start(), item)),
                _ => None,
            };
            match below {
                Some(below) => at = below,
                None => break,
            }
        }
        at.0
    }
}

/// The keys of large objects, numbered when the first of them is asked for.
#[derive(Default)]
struct Index<'s>(HashMap<*const Object<'s>, HashMap<&'s str, usize>>);

impl<'s> Index<'s> {
    /// Number of the last property with a key.
    fn last(&mut self, object: &'s Object<'_>, key: &str) -> Option<usize> {
        if object.properties.len() <= FEW {
            return object.properties.iter().rposition(|property| property.name.as_str() == key);
        }
        let numbered = || object.properties.iter().enumerate().map(|(i, property)| (property.name.as_str(), i)).collect();
        self.0.entry(std::ptr::from_ref(object)).or_insert_with(numbered).get(key).copied()
    }
}

/// Line and column of byte offsets, in one pass over the text.
fn lines(text: &str, offsets: &[usize]) -> Vec<LineColumn> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_unstable_by_key(|i| offsets[*i]);
    let mut found = vec![(1, 1); offsets.len()];
    let (mut line, mut column, mut at) = (1, 1, 0);
    for i in order {
        let passed = &text[at..offsets[i]];
        (line, column) = match passed.rfind('\n') {
            Some(end) => (line + passed.bytes().filter(|b| *b == b'\n').count(), passed[end + 1..].chars().count() + 1),
            None => (line, column + passed.chars().count()),
        };
        at = offsets[i];
        found[i] = (line, column);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Document;

    fn of(text: &str, pointer: &str) -> (usize, usize) {
        Document::parse(text).unwrap().places.of([pointer])[0]
    }

    #[test]
    fn texts_with_brackets_and_quotes_do_not_lead_astray() {
        let text = r#"{"a": "}]\"{", "b": [[1, 2], "x,y"], "한": {"c": -1.5e3}, "d/e": null}"#;
        assert_eq!(of(text, "/a"), (1, 2));
        assert_eq!(of(text, "/b/1"), (1, 30));
        assert_eq!(of(text, "/한/c"), (1, 44));
        assert_eq!(of(text, "/d~1e"), (1, 58));
        assert_eq!(of(text, "/b/9"), (1, 16));
    }

    #[test]
    fn the_last_of_two_keys_counts() {
        assert_eq!(of("{\"a\": 1,\n \"a\": {\"b\": 2}}", "/a/b"), (2, 8));
    }

    #[test]
    fn what_the_first_of_two_keys_holds_is_forgotten() {
        assert_eq!(of("{\"a\": {\"b\": 1},\n \"a\": {}}", "/a/b"), (2, 2));
    }

    #[test]
    fn many_places_are_found_in_one_pass_as_each_alone() {
        let text = "{\"a\": 1,\n \"a\": {\"b\": [2,\n3], \"한\": [{\"c\": null}]}, \"b\": \"x\"}";
        let pointers = ["/b", "/a/b/1", "/a", "", "/a/한/0/c", "/a/한/0/d", "/a/b/9/z", "/b/c", "/none", "/a/b/01"];
        let each: Vec<_> = pointers.iter().map(|p| of(text, p)).collect();
        assert_eq!(Document::parse(text).unwrap().places.of(pointers), each);
        assert_eq!(each[1], (3, 1));
    }

    #[test]
    fn a_large_object_is_searched_like_a_small_one() {
        let keys: String = (0..100).map(|i| format!("\"k{i}\": 1,\n")).collect();
        let text = format!("{{{keys}\"k5\": {{\"x\": 2}}}}");
        assert_eq!((of(&text, "/k7"), of(&text, "/k5/x"), of(&text, "/none")), ((8, 1), (101, 8), (1, 1)));
    }
}
