//! `environment`, `env_file` and `secrets`.

use super::{
    reader::{Making, Reader, Shared},
    scalar,
};
use crate::{
    formats::{
        Format,
        import::{
            dotenv::{self, Grammar},
            guard::placeholder,
            tree::Node,
        },
        report::{Outcome, Place, Said},
    },
    messages::all,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The extension that says where a variable's value comes from on ECS.
const SECRETS: &str = "x-ecs-secrets";

/// Variables of the file that only stand for a secret whose source the file names.
pub fn of_secrets(root: &Node) -> Vec<String> {
    let services = root.get("services").map_or(&[][..], Node::pairs).iter();
    let of = |service: &Node| {
        let environment = service.get("environment")?;
        let names = service.get(SECRETS)?.pairs().iter();
        let variable = |name: &str| environment.get(name)?.text()?.strip_prefix("${")?.strip_suffix('}').map(str::to_owned);
        Some(names.filter_map(|(name, _)| variable(&name.text)).collect::<Vec<_>>())
    };
    services.filter_map(|(_, service)| of(service)).flatten().collect()
}

/// A variable on its way.
struct Variable {
    name: String,
    value: Option<String>,
    from: Option<Node>,
    place: Place,
}

impl Reader<'_> {
    pub(super) fn environment(&mut self, making: &mut Making<'_>, shared: &mut Shared) {
        let node = making.service.node.clone();
        let mut list: Vec<Option<Variable>> = Vec::new();
        let mut known = HashMap::new();
        if let Some(files) = node.get("env_file") {
            let items = if files.is_list() { files.items() } else { std::slice::from_ref(files) };
            for item in items {
                self.env_file(item, &mut list, &mut known);
            }
        }
        if let Some(environment) = node.get("environment") {
            for (name, value, from) in pairs(environment) {
                put(&mut list, &mut known, Variable { name, value, from: Some(from.clone()), place: from.at });
            }
        }
        let mut list: Vec<Variable> = list.into_iter().flatten().collect();
        self.own_secrets(making, shared, &node, &mut list);
        self.secrets(making, shared, &node, &mut list);
        for variable in list {
            self.variable(making, variable);
        }
    }

    fn variable(&mut self, making: &mut Making<'_>, variable: Variable) {
        let Variable { name, value, from, place } = variable;
        if name.is_empty() || name.ends_with(char::is_whitespace) || name.contains('\0') {
            if let Some(node) = &from {
                self.ledger.breaks(node, Said::of(&all::IMPORT_ENV_NAME).text("name", crate::formats::report::masked("", &name)));
            }
            return;
        }
        let Some(value) = value else {
            let said = Said::of(&all::IMPORT_ENV_SHELL).text("name", crate::formats::report::masked("", &name));
            match &from {
                Some(node) if name.contains(':') => {
                    self.ledger.breaks(node, Said::of(&all::IMPORT_ENV_COLON).text("name", crate::formats::report::masked("", &name)))
                }
                Some(node) => self.ledger.asked(node, said, &making.place("environment")),
                None => self.note(place, "env_file", Outcome::Asked, said, &making.place("environment")),
            }
            return;
        };
        let target = making.add("environment", json!({ "name": name, "value": value }));
        let Some(node) = &from else { return };
        let written = node.text().map(|text| text.split_once('=').filter(|(n, _)| *n == name).map_or(text, |(_, v)| v));
        if written == Some(value.as_str()) {
            self.ledger.exact(node, &target);
        } else {
            self.ledger.changed(node, Said::of(&all::IMPORT_SCALAR).text("seen", crate::formats::report::masked(&name, &value)), &target);
        }
    }

    fn env_file(&mut self, item: &Node, list: &mut Vec<Option<Variable>>, known: &mut HashMap<String, usize>) {
        let path = item.get("path").unwrap_or(item);
        let Some(name) = path.text() else { return self.unreadable(item, "env_file") };
        let is = |source: &str| !source.is_empty() && (source == name || name.rsplit('/').next() == source.rsplit('/').next());
        let raw = self.format == Format::DockerRun || item.get("format").and_then(Node::text) == Some("raw");
        let Some((source, lines)) = self.beside.iter().find(|(source, _)| is(&source.name)) else {
            let optional = item.get("required").and_then(scalar::switch) == Some(false);
            let said = Said::of(&all::IMPORT_ENV_FILE).text("file", crate::formats::report::masked("", name));
            return if optional { self.ledger.dropped(item, said) } else { self.ledger.asked(item, said, "") };
        };
        if raw {
            // Docker keeps quotes and comments; the leaves are those of the same lines.
            let at: HashMap<usize, &Node> = lines.pairs().iter().map(|(_, value)| (value.at.line, value)).collect();
            for line in dotenv::read(&source.text, Grammar::Docker) {
                let from = at.get(&line.line).map(|node| (*node).clone());
                put(list, known, Variable { name: line.name, value: line.value, place: from.as_ref().map_or(item.at, |n| n.at), from });
            }
        } else {
            for (key, value) in lines.pairs() {
                let text = if value.is_null() { None } else { value.text().map(str::to_owned) };
                put(list, known, Variable { name: key.text.clone(), value: text, from: Some(value.clone()), place: value.at });
            }
        }
        self.ledger.changed(item, &all::IMPORT_ENV_INLINED, "");
    }

    /// Variables whose source is known, as our own Compose files have them.
    fn own_secrets(&mut self, making: &mut Making<'_>, shared: &mut Shared, node: &Node, list: &mut Vec<Variable>) {
        for (name, source) in node.get(SECRETS).map_or(&[][..], Node::pairs) {
            let Some(text) = source.text() else { continue };
            let place = making.push("secrets", json!({ "name": name.text, "valueFrom": text }));
            shared.has_secrets = true;
            self.ledger.exact(source, &place);
            if let Some(i) = list.iter().position(|v| v.name == name.text)
                && let Some(node) = list.remove(i).from
            {
                self.ledger.exact(&node, &place);
            }
        }
        if let Some(node) = node.get(SECRETS) {
            self.unreadable(node, SECRETS);
        }
    }

    /// Files of secrets become variables: `X_FILE` becomes `X`.
    fn secrets(&mut self, making: &mut Making<'_>, shared: &mut Shared, node: &Node, list: &mut Vec<Variable>) {
        let Some(secrets) = node.get("secrets") else { return };
        for item in secrets.items() {
            let Some(source) = item.get("source").unwrap_or(item).text() else { continue };
            let target = item.get("target").and_then(Node::text).unwrap_or(source);
            let path = if target.starts_with('/') { target.to_owned() } else { format!("/run/secrets/{target}") };
            let top = self.root.get("secrets").and_then(|all| all.get(source)).cloned();
            let named = top.as_ref().and_then(|top| top.get("name")).and_then(Node::text);
            let arn = named.filter(|name| name.starts_with("arn:")).map(str::to_owned);
            let reads = list.iter().position(|v| v.name.ends_with("_FILE") && v.value.as_deref() == Some(path.as_str()));
            let name = match reads {
                Some(i) => list[i].name.trim_end_matches("_FILE").to_owned(),
                None => {
                    target.rsplit('/').next().unwrap_or(target).chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
                }
            };
            let place = making.push("secrets", json!({ "name": name, "valueFrom": arn.clone().unwrap_or_else(|| placeholder(source)) }));
            shared.has_secrets = true;
            match reads {
                Some(i) => {
                    let variable = list.remove(i);
                    let said = Said::of(&all::IMPORT_SECRET_FILE).text("file", variable.name).text("name", name.clone());
                    if let Some(node) = &variable.from {
                        self.ledger.changed(node, said.clone(), &place);
                    }
                    if arn.is_some() { self.ledger.changed(item, said, &place) } else { self.ledger.asked(item, said, &place) }
                }
                None => self.ledger.asked(item, Said::of(&all::IMPORT_SECRET_NO_FILE).text("path", path).text("name", name), &place),
            }
        }
    }
}

/// Adds a variable; an earlier one of its name goes.
fn put(list: &mut Vec<Option<Variable>>, known: &mut HashMap<String, usize>, variable: Variable) {
    if let Some(i) = known.insert(variable.name.clone(), list.len()) {
        list[i] = None;
    }
    list.push(Some(variable));
}

/// Names and values of a map or a list, each name once with its last value.
pub fn pairs(node: &Node) -> Vec<(String, Option<String>, &Node)> {
    let mut out: Vec<(String, Option<String>, &Node)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut put = |name: String, value: Option<String>, node| match known.get(&name) {
        Some(i) => out[*i] = (name, value, node),
        None => {
            known.insert(name.clone(), out.len());
            out.push((name, value, node));
        }
    };
    for (key, value) in node.pairs() {
        put(key.text.clone(), if value.is_null() { None } else { scalar::text(value) }, value);
    }
    for item in node.items() {
        let text = item.text().unwrap_or("");
        match text.split_once('=') {
            Some((name, value)) => put(name.to_owned(), Some(value.to_owned()), item),
            None => put(text.to_owned(), None, item),
        }
    }
    out
}

/// Labels: a name without a value has an empty one.
pub fn labels(node: &Node) -> Vec<(String, Value, &Node)> {
    pairs(node).into_iter().map(|(name, value, node)| (name, json!(value.unwrap_or_default()), node)).collect()
}
