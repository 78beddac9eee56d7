//! YAML, on the events of the parser: places, tags and quoting are kept, and no plain text is taken for a number.

use super::{DEEPEST, Key, Kind, MOST, Node};
use crate::{
    formats::{
        import::{LARGEST, Refusal},
        report::{Place, Said},
    },
    messages::all,
};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
};

/// Reads a text with one document.
///
/// # Errors
/// It is no YAML, has several documents, a key twice, or more nodes or levels than any file for people has.
pub fn read(file: usize, text: &str) -> Result<Node, Refusal> {
    let mut all = read_all(file, text)?;
    match (all.pop(), all.pop()) {
        (Some(one), None) => Ok(one),
        (Some(second), Some(_)) => Err(Refusal::at(second.at, &all::IMPORT_YAML_DOCUMENTS).in_text(text)),
        (None, _) => Err(Refusal::new(&all::IMPORT_EMPTY)),
    }
}

/// Reads a text with any number of documents. Empty ones are passed over.
///
/// # Errors
/// As [`read`].
pub fn read_all(file: usize, text: &str) -> Result<Vec<Node>, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = Builder { file, stack: Vec::new(), anchors: HashMap::new(), nodes: 0, bytes: 0, done: Vec::new() };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| broken(file, text, error.marker()))?;
        builder.take(event, place(file, &span.start)).map_err(|refusal| refusal.in_text(text))?;
    }
    builder.done.retain(|node| !node.is_null());
    Ok(builder.done)
}

fn place(file: usize, marker: &Marker) -> Place {
    Place { file, line: marker.line(), column: marker.col() + 1 }
}

/// The usual reasons are named.
fn broken(file: usize, text: &str, marker: &Marker) -> Refusal {
    let at = place(file, marker);
    let indent = |line: &str| line.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t');
    let tab = text.lines().take(at.line).position(indent);
    let refusal = match tab {
        Some(line) => Refusal::at(Place { file, line: line + 1, column: 1 }, &all::IMPORT_YAML_TAB),
        None => Refusal::at(at, Said::of(&all::IMPORT_NOT_YAML).number("line", at.line as u64).number("column", at.column as u64)),
    };
    refusal.in_text(text)
}

/// A list or a map that is not closed yet.
struct Open {
    anchor: usize,
    node: Node,
    /// The key whose value comes next.
    key: Option<Key>,
    /// Maps under `<<`, which give what the map itself does not say.
    merged: Vec<Node>,
    /// Where each key of a map stands.
    known: HashMap<String, Place>,
}

struct Builder {
    file: usize,
    stack: Vec<Open>,
    anchors: HashMap<usize, (Node, Size)>,
    nodes: usize,
    /// Bytes of texts that aliases repeat.
    bytes: usize,
    done: Vec<Node>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, at: Place) -> Result<(), Refusal> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && !tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                self.spend(1, at)?;
                // The text of a block starts a line below its key, where nobody would look for it.
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                let at = self.stack.last().and_then(|open| open.key.as_ref()).filter(|_| block).map_or(at, |key| key.at);
                let node = Node { tag: own(tag), ..Node::new(at, Kind::Scalar { text: text.into_owned(), plain }) };
                self.remember(anchor, &node);
                self.put(node)
            }
            Event::SequenceStart(anchor, tag) => self.open(anchor, Node { tag: own(tag), ..Node::new(at, Kind::List(Vec::new())) }),
            Event::MappingStart(anchor, tag) => self.open(anchor, Node { tag: own(tag), ..Node::new(at, Kind::Map(Vec::new())) }),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => {
                let Some(size) = self.anchors.get(&anchor).map(|(_, size)| *size) else { return Err(Refusal::at(at, &all::IMPORT_YAML_ALIAS)) };
                self.spend(size.nodes, at)?;
                self.bytes += size.bytes;
                if self.stack.len() + size.levels > DEEPEST || self.bytes > LARGEST {
                    return Err(Refusal::at(at, &all::IMPORT_TOO_DEEP));
                }
                match self.anchors.get(&anchor).map(|(node, _)| node.clone()) {
                    Some(node) => self.put(node),
                    None => Ok(()),
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => Ok(()),
        }
    }

    fn spend(&mut self, nodes: usize, at: Place) -> Result<(), Refusal> {
        self.nodes += nodes;
        if self.nodes > MOST { Err(Refusal::at(at, Said::of(&all::IMPORT_TOO_MANY).number("most", MOST as u64))) } else { Ok(()) }
    }

    fn remember(&mut self, anchor: usize, node: &Node) {
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), measure(node)));
        }
    }

    fn open(&mut self, anchor: usize, node: Node) -> Result<(), Refusal> {
        self.spend(1, node.at)?;
        if self.stack.len() >= DEEPEST {
            return Err(Refusal::at(node.at, &all::IMPORT_TOO_DEEP));
        }
        self.stack.push(Open { anchor, node, key: None, merged: Vec::new(), known: HashMap::new() });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let Some(mut open) = self.stack.pop() else { return Ok(()) };
        if let Kind::Map(pairs) = &mut open.node.kind {
            for (key, value) in open.merged.into_iter().flat_map(|map| if let Kind::Map(pairs) = map.kind { pairs } else { Vec::new() }) {
                if let Entry::Vacant(place) = open.known.entry(key.text.clone()) {
                    place.insert(key.at);
                    pairs.push((key, value));
                }
            }
        }
        self.remember(open.anchor, &open.node);
        self.put(open.node)
    }

    fn put(&mut self, node: Node) -> Result<(), Refusal> {
        let Some(open) = self.stack.last_mut() else {
            self.done.push(node);
            return Ok(());
        };
        match (&mut open.node.kind, open.key.take()) {
            (Kind::List(items), _) => items.push(node),
            (Kind::Map(pairs), Some(key)) => {
                if key.text == "<<" && node.is_map() {
                    open.merged.push(node);
                } else if key.text == "<<" && node.is_list() && node.items().iter().all(Node::is_map) {
                    if let Kind::List(items) = node.kind {
                        open.merged.extend(items);
                    }
                } else if let Some(first) = open.known.insert(key.text.clone(), key.at) {
                    let said = Said::of(&all::IMPORT_KEY_TWICE).text("key", crate::formats::report::masked("", &key.text)).number("first", first.line as u64);
                    return Err(Refusal::at(key.at, said));
                } else {
                    pairs.push((key, node));
                }
            }
            (Kind::Map(_), None) => {
                let Kind::Scalar { text, .. } = node.kind else { return Err(Refusal::at(node.at, &all::IMPORT_YAML_KEY)) };
                open.key = Some(Key { text, at: Place { file: self.file, ..node.at } });
            }
            (Kind::Scalar { .. }, _) => {}
        }
        Ok(())
    }
}

fn own(tag: Option<Cow<'_, Tag>>) -> Option<String> {
    tag.filter(|tag| !tag.is_yaml_core_schema()).map(|tag| tag.suffix.clone())
}

/// How large a node is.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
    levels: usize,
}

fn measure(node: &Node) -> Size {
    let below = |children: &mut dyn Iterator<Item = (usize, &Node)>| {
        children.fold(Size { nodes: 1, bytes: 0, levels: 1 }, |all, (key, child)| {
            let own = measure(child);
            Size { nodes: all.nodes + own.nodes, bytes: all.bytes + own.bytes + key, levels: all.levels.max(own.levels + 1) }
        })
    };
    match &node.kind {
        Kind::Scalar { text, .. } => Size { nodes: 1, bytes: text.len(), levels: 1 },
        Kind::List(items) => below(&mut items.iter().map(|item| (0, item))),
        Kind::Map(pairs) => below(&mut pairs.iter().map(|(key, value)| (key.text.len(), value))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_stays_as_it_is_written() {
        let node = read(0, "a: 0440\nb: yes\nc: '24.10'\nd: |\n  x\n  y\n").unwrap();
        let texts: Vec<_> = node.pairs().iter().map(|(key, value)| (key.text.as_str(), value.text().unwrap(), value.at.line)).collect();
        assert_eq!(texts, [("a", "0440", 1), ("b", "yes", 2), ("c", "24.10", 3), ("d", "x\ny\n", 4)]);
    }

    #[test]
    fn own_keys_win_over_merged_ones_and_earlier_maps_over_later() {
        let node = read(0, "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 3\n").unwrap();
        assert_eq!(node.get("z").unwrap().to_value().to_string(), r#"{"a":3,"b":1,"c":2}"#);
    }

    #[test]
    fn a_key_that_stands_twice_is_told_with_both_places() {
        let refusal = read(0, "a: 1\nb: 2\na: 3\n").unwrap_err();
        assert_eq!((refusal.place.line, refusal.said.message.id), (3, "import-key-twice"));
        assert!(refusal.words(crate::Lang::En).contains('1'));
    }

    #[test]
    fn a_bomb_of_aliases_is_refused_before_it_is_built() {
        let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for i in 1..12 {
            text += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(","));
        }
        assert_eq!(read(0, &text).unwrap_err().said.message.id, "import-too-many");
    }

    #[test]
    fn a_long_text_that_is_repeated_is_refused_too() {
        let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 1_000].join(","));
        assert!(read(0, &text).is_err());
    }

    #[test]
    fn twenty_thousand_brackets_are_refused() {
        for open in ["[", "{a: ", "- "] {
            assert!(read(0, &open.repeat(20_000)).is_err(), "{open}");
        }
    }
}
