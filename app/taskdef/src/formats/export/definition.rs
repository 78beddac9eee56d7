//! A definition as every writer reads it: typed along the API's fields, without what AWS would not read.

use super::{
    expr::{Due, Expr, Text},
    loss::{Loss, Losses},
    parameters::{self, Parameters},
};
use crate::{
    Draft,
    document::pointer,
    finding::Param,
    formats::{Format, import::Language},
    lint::schema::{Kind, Node, root},
    messages::all::*,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The definition, its parameters and what was lost.
#[derive(Debug)]
pub(super) struct Definition {
    /// An object with the API's keys, in the order of [`TOP`].
    pub root: Expr,
    /// What the file must ask for.
    pub parameters: Parameters,
    /// What is not in it.
    pub losses: Losses,
    /// What its expressions refer to, by name: its declaration.
    pub declared: BTreeMap<String, String>,
}

/// The order of the definition's own keys in files.
const TOP: [&str; 18] = [
    "family",
    "requiresCompatibilities",
    "networkMode",
    "cpu",
    "memory",
    "executionRoleArn",
    "taskRoleArn",
    "runtimePlatform",
    "ephemeralStorage",
    "pidMode",
    "ipcMode",
    "enableFaultInjection",
    "volumes",
    "placementConstraints",
    "proxyConfiguration",
    "inferenceAccelerators",
    "containerDefinitions",
    "tags",
];

/// Reads the definition of a draft for a format. Placeholders that an import left are placeholders wherever they are, also where
/// such characters usually belong to a program; what was imported from the same format has its expressions.
pub(super) fn read(draft: &Draft, format: Format) -> Definition {
    let language = Language::of(draft, format);
    let mut reader = Reader { parameters: Parameters::default(), losses: Losses::default(), language: &language };
    reader.parameters.remember(&language);
    let root = reader.value(draft.definition(), root(), "").unwrap_or(Expr::Object(Vec::new()));
    let root = match root {
        Expr::Object(mut pairs) => {
            pairs.sort_by_key(|(key, _)| rank(key));
            Expr::Object(pairs)
        }
        other => other,
    };
    let declared = language.declared.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Definition { root, parameters: reader.parameters, losses: reader.losses, declared }
}

/// Where a key of the definition goes in a file.
pub(super) fn rank(key: &str) -> usize {
    TOP.iter().position(|k| *k == key).unwrap_or(TOP.len())
}

struct Reader<'a> {
    parameters: Parameters,
    losses: Losses,
    language: &'a Language<'a>,
}

impl Reader<'_> {
    /// The value as its type wants it; nothing for what is empty or does not fit.
    fn value(&mut self, value: &Value, node: &Node, place: &str) -> Option<Expr> {
        if let Some(text) = self.language.expression(place, value) {
            return Some(Expr::Own(text.to_owned()));
        }
        match (node.kind, value) {
            (_, Value::Null) => None,
            (Kind::Object, Value::Object(map)) => self.object(map, node, place),
            (Kind::List, Value::Array(list)) => {
                let items = self.items(list, place, |reader, item, place| match item {
                    Value::Object(map) => Some(reader.object(map, node, place).unwrap_or(Expr::Object(Vec::new()))),
                    other => reader.misfit(other, place),
                });
                // An empty list of containers stays: without the key, no file would be read at all.
                (!items.is_empty() || place == "/containerDefinitions").then_some(Expr::List(items))
            }
            (Kind::Texts | Kind::OneOfs(_), Value::Array(list)) => {
                let items = self.items(list, place, |reader, item, place| reader.text(item, place));
                (!items.is_empty()).then_some(Expr::List(items))
            }
            (Kind::Integers, Value::Array(list)) => {
                let items = self.items(list, place, |reader, item, place| reader.integer(item, place));
                (!items.is_empty()).then_some(Expr::List(items))
            }
            (Kind::Map, Value::Object(map)) => {
                let mut pairs = Vec::new();
                for (key, item) in map.iter().filter(|(_, v)| !v.is_null()) {
                    let place = pointer::join(place, key);
                    let own = self.language.expression(&place, item).map(|text| Expr::Own(text.to_owned()));
                    pairs.extend(own.or_else(|| self.text(item, &place)).map(|text| (key.clone(), text)));
                }
                (!pairs.is_empty()).then_some(Expr::Map(pairs))
            }
            (Kind::Text | Kind::OneOf(_), other) => self.text(other, place),
            (Kind::Integer, other) => self.integer(other, place),
            (Kind::Boolean, Value::Bool(value)) => Some(Expr::Bool(*value)),
            (Kind::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") => {
                self.losses.add(Loss::changed(&EXPORT_CONVERTED, place));
                Some(Expr::Bool(text.eq_ignore_ascii_case("true")))
            }
            (Kind::Boolean, Value::String(text)) => self.placeholder(text, Due::Bool, place),
            (_, other) => self.misfit(other, place),
        }
    }

    fn items(&mut self, list: &[Value], place: &str, mut read: impl FnMut(&mut Self, &Value, &str) -> Option<Expr>) -> Vec<Expr> {
        let mut one = |(i, item): (usize, &Value)| {
            let place = pointer::join(place, i);
            self.language.expression(&place, item).map(|text| Expr::Own(text.to_owned())).or_else(|| read(self, item, &place))
        };
        list.iter().enumerate().filter_map(&mut one).collect()
    }

    fn object(&mut self, map: &Map<String, Value>, node: &Node, place: &str) -> Option<Expr> {
        let mut pairs = Vec::new();
        for (key, value) in map {
            let place = pointer::join(place, key);
            match node.members.get(key) {
                Some(member) => pairs.extend(self.value(value, member, &place).map(|value| (key.clone(), value))),
                None => self.losses.add(Loss::dropped(&EXPORT_UNKNOWN_KEY, &place).with("key", Param::Text(key.clone()))),
            }
        }
        (!pairs.is_empty()).then_some(Expr::Object(pairs))
    }

    fn text(&mut self, value: &Value, place: &str) -> Option<Expr> {
        match value {
            Value::String(text) => Some(Expr::Text(self.parts(text, place))),
            Value::Number(_) | Value::Bool(_) => {
                self.losses.add(Loss::changed(&EXPORT_CONVERTED, place));
                Some(Expr::text(value.to_string()))
            }
            other => self.misfit(other, place),
        }
    }

    fn integer(&mut self, value: &Value, place: &str) -> Option<Expr> {
        match value {
            Value::Number(n) => match (n.as_i64(), n.as_f64()) {
                (Some(n), _) => Some(Expr::number(n)),
                // Beyond 15 digits a float is no longer exact.
                (None, Some(n)) if n.fract() == 0.0 && n.abs() < 1e15 => Some(Expr::number(n as i64)),
                _ => self.misfit(value, place),
            },
            Value::String(text) => match text.trim().parse::<i64>() {
                Ok(n) => {
                    self.losses.add(Loss::changed(&EXPORT_CONVERTED, place));
                    Some(Expr::number(n))
                }
                Err(_) => self.placeholder(text, Due::Number, place),
            },
            other => self.misfit(other, place),
        }
    }

    /// A placeholder where a number or a truth value is due.
    fn placeholder(&mut self, text: &str, due: Due, place: &str) -> Option<Expr> {
        match self.parts(text, place).single() {
            Some(reference) => Some(Expr::Open(reference.clone(), due)),
            None => self.misfit(&Value::Null, place),
        }
    }

    fn parts(&mut self, text: &str, place: &str) -> Text {
        /// Places where such characters belong to a program, a shell or a template of another kind.
        const NORMAL: [&str; 6] = ["/environment/", "/command", "/entryPoint", "/dockerLabels", "/logConfiguration/options", "/firelensConfiguration"];
        let open = !NORMAL.iter().any(|part| place.contains(part)) || self.language.placeholders.keys().any(|name| text.contains(&format!("${{{name}}}")));
        if !open {
            return Text::literal(text);
        }
        let (before, read) = (self.parameters.all().len(), parameters::read(text, &mut self.parameters));
        for parameter in &self.parameters.all()[before..] {
            self.losses.add(Loss::asked(&EXPORT_PLACEHOLDER, place).with("name", Param::Text(parameter.screaming())));
        }
        read
    }

    fn misfit(&mut self, value: &Value, place: &str) -> Option<Expr> {
        let empty = matches!(value, Value::Array(list) if list.is_empty()) || matches!(value, Value::Object(map) if map.is_empty());
        if !empty {
            self.losses.add(Loss::dropped(&EXPORT_WRONG_TYPE, place));
        }
        None
    }
}
