//! Any input as one tree: texts, lists and maps, each with its place. What a plain text means is for the format to say.

mod json;
mod yaml;

pub use json::read as read_json;
pub use yaml::{read as read_yaml, read_all as read_all_yaml};

use crate::formats::report::{NO_LEAF, Place};
use serde_json::{Map, Value};

/// Most nodes after aliases are followed. Source: a Compose file of 7 services has fewer than 1,000.
pub const MOST: usize = 50_000;

/// Most lists and maps inside one another.
pub const DEEPEST: usize = 60;

/// Part of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its number among the leaves; `NO_LEAF` where it is none.
    pub leaf: usize,
    /// Where it starts.
    pub at: Place,
    /// A YAML tag such as `!Sub`, without its mark.
    pub tag: Option<String>,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A text as it is written; `plain` where no quotes are around it, so that `true` can be a switch.
    Scalar {
        /// The text, with escapes resolved.
        text: String,
        /// Whether it had no quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the text. Keys are unique.
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its text.
    pub text: String,
    /// Where it starts.
    pub at: Place,
}

impl Node {
    /// A node that stands nowhere in the input.
    pub fn new(at: Place, kind: Kind) -> Node {
        Node { leaf: NO_LEAF, at, tag: None, kind }
    }

    /// A quoted text that stands for the leaf of another node.
    pub fn like(&self, text: impl Into<String>) -> Node {
        Node { leaf: self.leaf, at: self.at, tag: None, kind: Kind::Scalar { text: text.into(), plain: false } }
    }

    /// What is under a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pairs().iter().find(|(k, _)| k.text == key).map(|(_, value)| value)
    }

    /// The members of a map; none where it is no map.
    pub fn pairs(&self) -> &[(Key, Node)] {
        if let Kind::Map(pairs) = &self.kind { pairs } else { &[] }
    }

    /// The items of a list; none where it is no list.
    pub fn items(&self) -> &[Node] {
        if let Kind::List(items) = &self.kind { items } else { &[] }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        if let Kind::Scalar { text, .. } = &self.kind { Some(text) } else { None }
    }

    /// Whether it says nothing: an empty plain scalar, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// Whether it is a map.
    pub fn is_map(&self) -> bool {
        matches!(self.kind, Kind::Map(_))
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(_))
    }

    /// As a document, with numbers and switches as JSON spells them.
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Scalar { text, plain: true } => match text.as_str() {
                "" | "~" | "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                other if is_json_number(other) => other.parse().map_or_else(|_| Value::String(other.to_owned()), Value::Number),
                other => Value::String(other.to_owned()),
            },
            Kind::Scalar { text, .. } => Value::String(text.clone()),
            Kind::List(items) => Value::Array(items.iter().map(Node::to_value).collect()),
            Kind::Map(pairs) => {
                let pairs = pairs.iter().filter(|(key, _)| !crate::document::bounds::is_reserved(&key.text));
                Value::Object(pairs.map(|(key, value)| (key.text.clone(), value.to_value())).collect::<Map<_, _>>())
            }
        }
    }
}

/// Whether JSON would read it as a number.
fn is_json_number(text: &str) -> bool {
    text.bytes().next().is_some_and(|b| b.is_ascii_digit() || b == b'-') && serde_json::from_str::<serde_json::Number>(text).is_ok()
}
