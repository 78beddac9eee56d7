//! A tree of another format's keys, walked along the API's fields: keys are renamed, values get the type that the API wants.

use super::{
    expressions::{self, Expression},
    marks::mark_in,
    tree::{Kind, Node},
};
use crate::{
    document::pointer,
    formats::report::{Ledger, Said},
    grammar::size,
    lint::schema::{self, Kind as Type, root},
    messages::all,
};
use serde_json::{Map, Value, json};

/// How a format writes a definition.
pub(super) trait Dialect {
    /// The API's name of a key below the field `parent`; none where the format has such a key and the API has not.
    fn key(&self, parent: &str, written: &str, members: &schema::Node) -> Option<String>;

    /// What a node is once its expressions are computed.
    fn resolve(&mut self, node: &Node) -> Resolved;

    /// The expression of a node in the format's own words; none where it has none.
    fn expression(&self, node: &Node) -> Option<String>;
}

/// A node whose expressions are computed.
pub(super) enum Resolved {
    /// It has none.
    Same,
    /// Something else, and why.
    Other(Node, Option<Said>),
    /// Nothing.
    Absent,
}

/// The walk.
pub(super) struct Along<'a, D> {
    /// The format.
    pub dialect: &'a mut D,
    /// What is said of each leaf.
    pub ledger: &'a mut Ledger,
    /// Places whose value was computed, each with its expression: outer ones before what is in them.
    pub expressions: Vec<(String, String)>,
}

impl<'a, D: Dialect> Along<'a, D> {
    /// A walk that is still to be made.
    pub fn new(dialect: &'a mut D, ledger: &'a mut Ledger) -> Along<'a, D> {
        Along { dialect, ledger, expressions: Vec::new() }
    }

    /// A whole definition, and the expressions in it.
    pub fn definition(mut self, node: &Node) -> (Value, Vec<Expression>) {
        let value = self.value(node, Some(root()), "", "").unwrap_or_else(|| json!({}));
        let expressions = expressions::at_stable_places(&value, self.expressions);
        (value, expressions)
    }

    /// A node whose expressions are computed, and why it is what it is; none where a condition takes it away.
    fn resolved(&mut self, node: &Node, at: &str) -> Option<(Node, Option<Said>)> {
        let inside = self.expressions.last().is_some_and(|(outer, _)| pointer::contains(outer, at));
        if let Some(expression) = self.dialect.expression(node).filter(|_| !inside && !at.is_empty()) {
            self.expressions.push((at.to_owned(), expression));
        }
        match self.dialect.resolve(node) {
            Resolved::Same => Some((node.clone(), None)),
            Resolved::Other(other, said) => Some((other, said)),
            Resolved::Absent => {
                self.ledger.dropped(node, &all::IMPORT_BRANCH);
                None
            }
        }
    }

    fn value(&mut self, node: &Node, field: Option<&schema::Node>, name: &str, at: &str) -> Option<Value> {
        let (resolved, said) = self.resolved(node, at)?;
        let kind = field.map(|field| field.kind);
        let value = match (&resolved.kind, kind) {
            _ if resolved.is_null() => None,
            (Kind::Map(pairs), Some(Type::Map)) => {
                let text = |(key, value): &(super::tree::Key, Node)| {
                    let text = self.scalar(value, Some(Type::Text), &pointer::join(at, &key.text));
                    Some((key.text.clone(), text?))
                };
                Some(Value::Object(pairs.iter().filter_map(text).collect()))
            }
            (Kind::Map(pairs), Some(Type::Object | Type::List)) => Some(self.members(pairs, field, name, at)),
            (Kind::List(items), Some(Type::List)) => {
                let mut list = Vec::new();
                for item in items {
                    // An item that a condition takes away leaves no gap.
                    let below = format!("{at}/{}", list.len());
                    list.extend(self.item(item, field, name, &below));
                }
                Some(Value::Array(list))
            }
            (Kind::List(items), _) => {
                let item_kind = match kind {
                    Some(Type::Integers) => Some(Type::Integer),
                    Some(Type::Texts | Type::OneOfs(_)) => Some(Type::Text),
                    other => other,
                };
                let mut list = Vec::new();
                for item in items {
                    let below = format!("{at}/{}", list.len());
                    list.extend(self.scalar(item, item_kind, &below));
                }
                Some(Value::Array(list))
            }
            (Kind::Scalar { .. }, _) => self.scalar(&resolved, kind, at),
            (Kind::Map(_), _) => Some(resolved.to_value()),
        };
        self.rest(node, said, value.as_ref(), at);
        value
    }

    /// An item of a list of objects.
    fn item(&mut self, node: &Node, field: Option<&schema::Node>, name: &str, at: &str) -> Option<Value> {
        let (resolved, said) = self.resolved(node, at)?;
        let value = match &resolved.kind {
            Kind::Map(pairs) => self.members(pairs, field, name, at),
            _ => resolved.to_value(),
        };
        self.rest(node, said, Some(&value), at);
        Some(value)
    }

    fn members(&mut self, pairs: &[(super::tree::Key, Node)], field: Option<&schema::Node>, name: &str, at: &str) -> Value {
        let mut map = Map::new();
        for (key, value) in pairs {
            let Some(field) = field else { continue };
            let Some(own) = self.dialect.key(name, &key.text, field) else {
                self.ledger.dropped(value, &all::IMPORT_READ_ONLY);
                continue;
            };
            if crate::document::bounds::is_reserved(&own) {
                continue;
            }
            let below = pointer::join(at, &own);
            let known = field.members.get(&own);
            if known.is_none() {
                if own == key.text {
                    // The rules say what they think of it.
                    super::definition::exact(value, &below, self.ledger);
                } else {
                    self.ledger.changed(
                        value,
                        Said::of(&all::IMPORT_CASE).text("key", crate::formats::report::masked("", &key.text)).text("right", own.clone()),
                        &below,
                    );
                }
                map.insert(own, value.to_value());
                continue;
            }
            if let Some(value) = self.value(value, known, &own, &below) {
                map.insert(own, value);
            }
        }
        Value::Object(map)
    }

    /// A text, a number or a switch, as the field wants it.
    fn scalar(&mut self, node: &Node, kind: Option<Type>, at: &str) -> Option<Value> {
        let (resolved, said) = self.resolved(node, at)?;
        let Kind::Scalar { text, plain } = &resolved.kind else {
            self.rest(node, said, None, at);
            return Some(resolved.to_value());
        };
        if resolved.is_null() {
            self.ledger.exact(node, at);
            return None;
        }
        let value = match kind {
            Some(Type::Integer) => match text.parse::<i64>() {
                Ok(number) => {
                    if !plain && said.is_none() {
                        self.ledger.changed(node, &all::IMPORT_TYPE, at);
                    }
                    json!(number)
                }
                Err(_) => json!(text),
            },
            Some(Type::Boolean) => match text.to_ascii_lowercase().as_str() {
                "true" => json!(true),
                "false" => json!(false),
                _ => json!(text),
            },
            Some(Type::Text | Type::OneOf(_)) if at == "/cpu" => json!(size::parse_cpu(text).map_or_else(|| text.clone(), |n| n.to_string())),
            Some(Type::Text | Type::OneOf(_)) if at == "/memory" => json!(size::parse_memory(text).map_or_else(|| text.clone(), |n| n.to_string())),
            Some(Type::Text | Type::OneOf(_)) => json!(text),
            _ => resolved.to_value(),
        };
        self.rest(&resolved, said.clone(), Some(&value), at);
        self.rest(node, said, Some(&value), at);
        Some(value)
    }

    /// What no member was said of: the leaf itself, or what an expression was made of.
    fn rest(&mut self, node: &Node, said: Option<Said>, value: Option<&Value>, at: &str) {
        let mark = value.and_then(Value::as_str).and_then(mark_in);
        match (mark, said) {
            (Some(mark), _) => self.ledger.asked(node, Said::of(&all::IMPORT_PLACEHOLDER).text("mark", crate::formats::report::masked("", mark)), at),
            (None, Some(said)) => self.ledger.changed(node, said, at),
            (None, None) => self.ledger.exact(node, at),
        }
    }
}

/// Keys that are the API's already, and values without expressions.
pub(super) struct Api;

impl Dialect for Api {
    fn key(&self, _: &str, written: &str, _: &schema::Node) -> Option<String> {
        Some(written.to_owned())
    }

    fn resolve(&mut self, _: &Node) -> Resolved {
        Resolved::Same
    }

    fn expression(&self, _: &Node) -> Option<String> {
        None
    }
}
