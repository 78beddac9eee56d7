//! Keys that the API knows, one level too high or too low.

use super::*;
use crate::{
    document::pointer,
    lint::schema::{self, Kind, Node, Unknown},
};

/// Where a key belongs.
struct Home {
    /// Pointer of the object.
    at: String,
    /// The key that holds the object; empty for the definition itself.
    name: String,
}

/// Says where a key belongs, and moves it there. False where no place near it has such a key.
pub(super) fn report(definition: &Value, unknown: &Unknown<'_>, report: &mut Report) -> bool {
    if unknown.parent.is_empty() && is_of_container(unknown.key) {
        of_container(definition, unknown, report);
        return true;
    }
    let Some(home) = log_option(unknown).or_else(|| above(unknown)).or_else(|| inside(unknown)) else { return false };
    let variant = if home.name.is_empty() { "top" } else { "place" };
    let finding = report.at(&TASK_MISSPELT_KEY, unknown.place).variant(variant).text("key", unknown.key).text("home", home.name.as_str());
    if let Some(edit) = moved(definition, unknown, &home.at) {
        finding.fix("fix-move", Vec::new(), edit);
    }
    true
}

/// Whether a container has such a key.
fn is_of_container(key: &str) -> bool {
    schema::root().members.get("containerDefinitions").is_some_and(|node| node.members.get(key).is_some())
}

/// A key of a container beside `family`: it goes to the container that lacks it; where there is no container yet, all such keys
/// become one.
fn of_container(definition: &Value, unknown: &Unknown<'_>, report: &mut Report) {
    let finding = report.at(&TASK_MISSPELT_KEY, unknown.place).variant("place").text("key", unknown.key).text("home", "containerDefinitions");
    let containers = list(definition, "containerDefinitions");
    if containers.is_empty() {
        if let Some(edit) = as_container(definition, unknown) {
            finding.fix("fix-container", Vec::new(), edit).done();
        }
        return;
    }
    let home = |i: usize| moved(definition, unknown, &format!("/containerDefinitions/{i}"));
    if let [_] = containers {
        if let Some(edit) = home(0) {
            finding.fix("fix-move", Vec::new(), edit).done();
        }
        return;
    }
    let lacking: Vec<(usize, &str)> =
        containers.iter().enumerate().filter(|(_, c)| present(c, unknown.key).is_none()).filter_map(|(i, c)| Some((i, text(c, "name")?))).take(3).collect();
    if lacking.is_empty() {
        finding.fix("fix-remove", Vec::new(), Edit(vec![Op::Remove { path: unknown.place.to_owned() }])).done();
        return;
    }
    let mut finding = finding;
    for (i, name) in lacking {
        finding = finding.fix("fix-to", vec![("value", Param::Text(name.to_owned()))], home(i).unwrap_or_default());
    }
}

/// All keys of a container that stand at the definition, as its first container, named after the family.
fn as_container(definition: &Value, unknown: &Unknown<'_>) -> Option<Edit> {
    let there = find(definition, "containerDefinitions");
    if there.is_some_and(|list| !list.is_array()) {
        return None;
    }
    let own = |key: &&String| schema::root().members.get(key).is_none() && is_of_container(key);
    let keys: Vec<&String> = unknown.object.keys().filter(own).collect();
    let mut container = serde_json::Map::new();
    if !keys.iter().any(|key| *key == "name") {
        container.insert("name".into(), json!(text(definition, "family").and_then(crate::grammar::name::as_name).unwrap_or_else(|| "app".into())));
    }
    let mut ops = Vec::new();
    for key in keys {
        container.insert(key.clone(), unknown.object[key].clone());
        ops.push(Op::Remove { path: pointer::join("", key) });
    }
    ops.extend(edit::set(definition, "/containerDefinitions", json!([container])).0);
    Some(Edit(ops))
}

/// An option of a log driver beside the driver.
fn log_option(unknown: &Unknown<'_>) -> Option<Home> {
    const DRIVERS: [&str; 6] = ["awslogs-", "splunk-", "gelf-", "fluentd-", "syslog-", "max-"];
    let (_, of) = pointer::split_last(unknown.parent)?;
    let is_option = DRIVERS.iter().any(|driver| unknown.key.starts_with(driver)) || matches!(unknown.key, "mode" | "tag" | "env" | "labels");
    (of == "logConfiguration" && is_option).then(|| Home { at: pointer::join(unknown.parent, "options"), name: "options".into() })
}

/// An object around that has such a key: the nearest one.
fn above(unknown: &Unknown<'_>) -> Option<Home> {
    let tokens = pointer::tokens(unknown.parent);
    let mut chain: Vec<(Home, &Node)> = Vec::new();
    let (mut node, mut at, mut name) = (schema::root(), String::new(), String::new());
    for token in &tokens {
        let is_item = node.kind == Kind::List && pointer::index(token).is_some();
        // A list has the members of its items, and is no object itself.
        if node.kind == Kind::Object || at.rsplit('/').next().is_some_and(|last| pointer::index(last).is_some()) {
            chain.push((Home { at: at.clone(), name: name.clone() }, node));
        }
        at = pointer::join(&at, token);
        if !is_item {
            node = node.members.get(token)?;
            name.clone_from(token);
        }
    }
    chain.into_iter().rev().find(|(_, node)| node.members.get(unknown.key).is_some()).map(|(home, _)| home)
}

/// The one object inside that has such a key; of several the one that is there.
fn inside(unknown: &Unknown<'_>) -> Option<Home> {
    let children: Vec<&str> =
        unknown.node.members.iter().filter(|(_, child)| child.kind == Kind::Object && child.members.get(unknown.key).is_some()).map(|(name, _)| name).collect();
    let there: Vec<&str> = children.iter().copied().filter(|name| unknown.object.get(*name).is_some_and(Value::is_object)).collect();
    let name = match (children.as_slice(), there.as_slice()) {
        ([only], _) | (_, [only]) => *only,
        _ => return None,
    };
    Some(Home { at: pointer::join(unknown.parent, name), name: name.to_owned() })
}

/// Takes the key out and puts it where it belongs, unless something else is there.
fn moved(definition: &Value, unknown: &Unknown<'_>, home: &str) -> Option<Edit> {
    let path = pointer::join(home, unknown.key);
    let remove = Op::Remove { path: unknown.place.to_owned() };
    let add = |ops: Vec<Op>, value: Value| Edit([vec![remove.clone()], ops, vec![Op::Add { path: path.clone(), value, at: None }]].concat());
    match pointer::get(definition, home) {
        Some(Value::Object(map)) => match map.get(unknown.key) {
            None => Some(add(Vec::new(), unknown.value.clone())),
            // It is there already: the copy goes.
            Some(same) if same == unknown.value => Some(Edit(vec![remove])),
            Some(_) => None,
        },
        None => Some(add(vec![Op::Add { path: home.to_owned(), value: json!({}), at: None }], unknown.value.clone())),
        Some(_) => None,
    }
}
