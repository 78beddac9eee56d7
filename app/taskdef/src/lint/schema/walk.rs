//! The walk of a document along the tree of fields.

use super::{Kind, Node};
use crate::{
    document::pointer,
    lint::{context::read::member, work},
};
use serde_json::{Map, Value};

/// What is told of the places on the way. Each is a JSON Pointer.
pub(in crate::lint) trait Visitor {
    /// A null in the place of a value.
    fn null(&mut self, place: &str);
    /// An empty text where one of several words is due.
    fn empty_choice(&mut self, place: &str);
    /// A text where a text is due, unless it is the program's own ([`Node::is_free`]).
    fn text(&mut self, text: &str, place: &str);
    /// A value of another type than is due.
    fn wrong_type(&mut self, value: &Value, due: Kind, place: &str);
    /// A key that the object at `parent` does not have in the API.
    fn unknown_key(&mut self, unknown: Unknown<'_>);
    /// A required member that an object lacks.
    fn missing(&mut self, object: &Value, place: &str, name: &str);
}

/// A key that the API does not know.
#[derive(Clone, Copy)]
pub(in crate::lint) struct Unknown<'a> {
    /// The object that has it.
    pub object: &'a Map<String, Value>,
    /// What the API knows of that object.
    pub node: &'a Node,
    /// The key.
    pub key: &'a str,
    /// Its value.
    pub value: &'a Value,
    /// Pointer of the object.
    pub parent: &'a str,
    /// Pointer of the value.
    pub place: &'a str,
}

/// Shows `visitor` every place of `value`, in the order of the document.
pub(in crate::lint) fn walk(value: &Value, node: &Node, visitor: &mut impl Visitor) {
    Walk { place: String::new(), visitor }.value(value, node);
}

/// The whole way is one text, so that a place where nothing is said costs nothing.
struct Walk<'v, V> {
    place: String,
    visitor: &'v mut V,
}

impl<V: Visitor> Walk<'_, V> {
    /// Does something one step further down, below a key that has nothing to escape.
    fn at(&mut self, key: &str, look: impl FnOnce(&mut Self)) {
        let length = self.place.len();
        self.place.push('/');
        self.place.push_str(key);
        look(self);
        self.place.truncate(length);
    }

    /// The same below any key.
    fn below(&mut self, token: &str, look: impl FnOnce(&mut Self)) {
        let length = self.place.len();
        self.place.push('/');
        if token.bytes().any(|b| matches!(b, b'~' | b'/')) {
            self.place.push_str(&token.replace('~', "~0").replace('/', "~1"));
        } else {
            self.place.push_str(token);
        }
        look(self);
        self.place.truncate(length);
    }

    fn wrong_type(&mut self, value: &Value, due: Kind) {
        if value.is_null() && !self.place.is_empty() {
            self.visitor.null(&self.place);
        } else {
            self.visitor.wrong_type(value, due, &self.place);
        }
    }

    fn value(&mut self, value: &Value, node: &Node) {
        work::spend(1);
        match (node.kind, value) {
            (Kind::Object, Value::Object(map)) => self.members(value, map, node),
            (Kind::List, Value::Array(list)) => self.items(list, |walk, item| match item {
                Value::Object(map) => walk.members(item, map, node),
                _ => walk.wrong_type(item, Kind::Object),
            }),
            (Kind::Texts, Value::Array(list)) => self.items(list, |walk, item| {
                if !item.is_string() {
                    walk.wrong_type(item, Kind::Text);
                }
            }),
            (Kind::OneOfs(_), Value::Array(list)) => self.items(list, |walk, item| match item {
                Value::String(text) => walk.visitor.text(text, &walk.place),
                _ => walk.wrong_type(item, Kind::Text),
            }),
            (Kind::Integers, Value::Array(list)) => self.items(list, |walk, item| {
                if item.as_i64().is_none() {
                    walk.wrong_type(item, Kind::Integer);
                }
            }),
            (Kind::Map, Value::Object(map)) => {
                for (key, item) in map.iter().filter(|(_, v)| !v.is_null()) {
                    self.below(key, |walk| match item {
                        Value::String(_) if node.is_free => {}
                        Value::String(text) => walk.visitor.text(text, &walk.place),
                        _ => walk.wrong_type(item, Kind::Text),
                    });
                }
            }
            (Kind::OneOf(_), Value::String(text)) if text.is_empty() => self.visitor.empty_choice(&self.place),
            (Kind::Text, Value::String(_)) if node.is_free => {}
            (Kind::Text | Kind::OneOf(_), Value::String(text)) => self.visitor.text(text, &self.place),
            (Kind::Boolean, Value::Bool(_)) => {}
            (Kind::Integer, Value::Number(n)) if n.as_i64().is_some() || n.as_f64().is_some_and(|f| f.fract() == 0.0) => {}
            (kind, _) => self.wrong_type(value, kind),
        }
    }

    fn items(&mut self, list: &[Value], mut look: impl FnMut(&mut Self, &Value)) {
        for (i, item) in list.iter().enumerate() {
            let length = self.place.len();
            self.place.push('/');
            pointer::push_index(&mut self.place, i);
            look(self, item);
            self.place.truncate(length);
        }
    }

    fn members(&mut self, object: &Value, map: &Map<String, Value>, node: &Node) {
        for (key, child) in map {
            let parent = self.place.len();
            match node.members.get(key) {
                Some(member) => self.at(key, |walk| walk.value(child, member)),
                None => self.below(key, |walk| {
                    let (place, parent) = (walk.place.as_str(), &walk.place[..parent]);
                    walk.visitor.unknown_key(Unknown { object: map, node, key, value: child, parent, place });
                }),
            }
        }
        for name in &node.required {
            let choice = || matches!(node.members.get(name).map(|m| m.kind), Some(Kind::OneOf(_)));
            if member(object, name).is_none_or(|v| v.is_null() || (v.as_str() == Some("") && choice())) {
                self.visitor.missing(object, &self.place, name);
            }
        }
    }
}
