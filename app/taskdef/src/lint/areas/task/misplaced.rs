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
    let Some(home) = above(unknown).or_else(|| inside(unknown)).or_else(|| only_container(definition, unknown)) else { return false };
    let variant = if home.name.is_empty() { "top" } else { "place" };
    let finding = report.at(&TASK_MISSPELT_KEY, unknown.place).variant(variant).text("key", unknown.key).text("home", home.name.as_str());
    if let Some(edit) = moved(definition, unknown, &home.at) {
        finding.fix("fix-move", Vec::new(), edit);
    }
    true
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

/// A key of a container at the definition.
fn only_container(definition: &Value, unknown: &Unknown<'_>) -> Option<Home> {
    let containers = schema::root().members.get("containerDefinitions").filter(|_| unknown.parent.is_empty())?;
    containers.members.get(unknown.key)?;
    let one = list(definition, "containerDefinitions").len() == 1;
    Some(Home { at: if one { "/containerDefinitions/0".into() } else { "/containerDefinitions".into() }, name: "containerDefinitions".into() })
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
