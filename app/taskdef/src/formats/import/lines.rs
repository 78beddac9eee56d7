//! Where in a JSON text pointers lead: for line numbers. One pass over the text, however many are asked for.

use crate::document::pointer;
use std::collections::HashMap;

/// Line and column (characters), both from 1, of the key or the item at a pointer; of what is missing, the
/// nearest object or list around it. Of a key that stands twice, the last one. The text must be valid JSON.
///
/// ```
/// let text = "{\n  \"a\": [1,\n    {\"b\": 2}]\n}";
/// assert_eq!(taskdef::formats::import::line_of(text, "/a/1/b"), (3, 6));
/// assert_eq!(taskdef::formats::import::line_of(text, "/a/1/c"), (3, 5));
/// assert_eq!(taskdef::formats::import::line_of(text, "/x"), (1, 1));
/// ```
pub fn line_of(text: &str, pointer: &str) -> (usize, usize) {
    lines_of(text, [pointer]).pop().unwrap_or((1, 1))
}

/// The same for many pointers, in their order.
///
/// ```
/// assert_eq!(taskdef::formats::import::lines_of("{\"a\": 1,\n \"b\": 2}", ["/b", "/a"]), [(2, 2), (1, 2)]);
/// ```
pub fn lines_of<'p>(text: &str, pointers: impl IntoIterator<Item = &'p str>) -> Vec<(usize, usize)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut wanted = Wanted(vec![Node::default()]);
    let nodes: Vec<usize> = pointers.into_iter().map(|p| wanted.node(p)).collect();
    let mut scan = Scan { text, bytes: text.as_bytes(), at: 0, entered: 0 };
    scan.space();
    wanted.0[0].start = scan.at;
    scan.value(&mut wanted, 0);
    positions(text, &nodes.iter().map(|node| wanted.start(*node)).collect::<Vec<_>>())
}

/// Line and column of each finding in the text that they were found in; `wrapped` where the definition stands in a
/// `taskDefinition`.
#[cfg(feature = "server")]
pub fn places_of(text: &str, wrapped: bool, findings: &[crate::Finding]) -> Vec<(usize, usize)> {
    let paths: Vec<String> = findings.iter().map(|f| if wrapped { format!("/taskDefinition{}", f.path) } else { f.path.clone() }).collect();
    let lines = lines_of(text, paths.iter().map(String::as_str));
    findings.iter().zip(lines).map(|(f, line)| f.at.unwrap_or(line)).collect()
}

/// Line and column of byte offsets, in one pass.
fn positions(text: &str, offsets: &[usize]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_unstable_by_key(|i| offsets[*i]);
    let mut found = vec![(1, 1); offsets.len()];
    let (mut line, mut column, mut signs) = (1, 1, text.char_indices().peekable());
    for i in order {
        while let Some((_, sign)) = signs.next_if(|(at, _)| *at < offsets[i]) {
            (line, column) = if sign == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        found[i] = (line, column);
    }
    found
}

/// The pointers that are asked for, as a tree; the root is number 0.
struct Wanted(Vec<Node>);

#[derive(Default)]
struct Node {
    parent: usize,
    children: HashMap<String, usize>,
    /// Where it was seen last, and in which entry of its parent: of a key that stands twice, the last one counts,
    /// and what was seen inside the first is forgotten.
    start: usize,
    inside: usize,
    entered: usize,
}

impl Wanted {
    fn node(&mut self, pointer: &str) -> usize {
        pointer::parts(pointer).fold(0, |parent, token| match self.0[parent].children.get(&*token) {
            Some(child) => *child,
            None => {
                let child = self.0.len();
                self.0.push(Node { parent, ..Node::default() });
                self.0[parent].children.insert(token.into_owned(), child);
                child
            }
        })
    }

    /// Where a place starts, or else the nearest around it that is there.
    fn start(&self, node: usize) -> usize {
        let mut way = vec![node];
        while let Some(last) = way.last().copied().filter(|n| *n > 0) {
            way.push(self.0[last].parent);
        }
        let mut at = 0;
        for child in way.into_iter().rev().skip(1) {
            if self.0[child].inside == 0 || self.0[child].inside != self.0[at].entered {
                break;
            }
            at = child;
        }
        self.0[at].start
    }
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// How many wanted objects and lists have been entered.
    entered: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t' | b',' | b':') {
            self.at += 1;
        }
    }

    /// Past a value; what is wanted inside it is noted.
    fn value(&mut self, wanted: &mut Wanted, node: usize) {
        self.entered += 1;
        let entered = self.entered;
        wanted.0[node].entered = entered;
        let list = match self.peek() {
            b'{' => false,
            b'[' => true,
            _ => return self.skip(),
        };
        if wanted.0[node].children.is_empty() {
            return self.skip();
        }
        self.at += 1;
        for i in 0usize.. {
            self.space();
            if matches!(self.peek(), b'}' | b']' | 0) {
                self.at += 1;
                return;
            }
            let start = self.at;
            let child = if list {
                wanted.0[node].children.get(&i.to_string()).copied()
            } else {
                self.skip();
                let key = serde_json::from_str::<String>(self.text.get(start..self.at).unwrap_or_default()).unwrap_or_default();
                self.space();
                wanted.0[node].children.get(&key).copied()
            };
            match child {
                Some(child) => {
                    (wanted.0[child].start, wanted.0[child].inside) = (start, entered);
                    self.value(wanted, child);
                }
                None => self.skip(),
            }
        }
    }

    /// Past one value.
    fn skip(&mut self) {
        let mut depth = 0usize;
        loop {
            match self.peek() {
                0 => return,
                b'"' => self.text(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    while !matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | b'}' | b']' | 0) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Past a text in quotes.
    fn text(&mut self) {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.peek() {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{line_of, lines_of};

    #[test]
    fn texts_with_brackets_and_quotes_do_not_lead_astray() {
        let text = r#"{"a": "}]\"{", "b": [[1, 2], "x,y"], "한": {"c": -1.5e3}, "d/e": null}"#;
        assert_eq!(line_of(text, "/a"), (1, 2));
        assert_eq!(line_of(text, "/b/1"), (1, 30));
        assert_eq!(line_of(text, "/한/c"), (1, 44));
        assert_eq!(line_of(text, "/d~1e"), (1, 58));
        assert_eq!(line_of(text, "/b/9"), (1, 16));
    }

    #[test]
    fn the_last_of_two_keys_counts() {
        assert_eq!(line_of("{\"a\": 1,\n \"a\": {\"b\": 2}}", "/a/b"), (2, 8));
    }

    #[test]
    fn many_places_are_found_in_one_pass_as_each_alone() {
        let text = "{\"a\": 1,\n \"a\": {\"b\": [2,\n3], \"한\": [{\"c\": null}]}, \"b\": \"x\"}";
        let pointers = ["/b", "/a/b/1", "/a", "", "/a/한/0/c", "/a/한/0/d", "/a/b/9/z", "/b/c", "/none", "/a/b/01"];
        let each: Vec<_> = pointers.iter().map(|p| line_of(text, p)).collect();
        assert_eq!(lines_of(text, pointers), each);
        assert_eq!(each[1], (3, 1));
    }

    #[test]
    fn what_the_first_of_two_keys_holds_is_forgotten() {
        assert_eq!(line_of("{\"a\": {\"b\": 1},\n \"a\": {}}", "/a/b"), (2, 2));
    }
}
