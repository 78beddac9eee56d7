//! Buttons that add, remove, move, copy or paste rows.

use super::{changes::Changes, logs};
use crate::{
    Draft, Edit,
    document::{pointer, view},
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// What a row button does, and where the focus goes next.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The change.
    pub edit: Edit,
    /// The place whose control gets the focus.
    pub focus: String,
}

/// Reads a button's value: `add:/containerDefinitions`, `remove:…/environment/1`, `duplicate:…`,
/// `up:…`, `down:…`. `None` for any other word, or when there is nothing to do it to.
pub fn row(draft: &Draft, op: &str) -> Option<Row> {
    let (verb, place) = op.split_once(':')?;
    match verb {
        "add" => add(draft, place),
        "remove" => remove(draft, place),
        "duplicate" => duplicate(draft, place),
        "up" | "down" => shift(draft, place, verb == "down"),
        _ => None,
    }
}

fn is_container(place: &str) -> Option<usize> {
    match pointer::tokens(place).as_slice() {
        [list, i] if list == "containerDefinitions" => pointer::index(i),
        _ => None,
    }
}

fn list<'a>(draft: &'a Draft, place: &str) -> Option<&'a Vec<Value>> {
    pointer::get(draft.definition(), place)?.as_array()
}

fn add(draft: &Draft, place: &str) -> Option<Row> {
    let tokens = pointer::tokens(place);
    let new = match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["containerDefinitions"] => {
            let mut map = Map::new();
            map.insert("essential".into(), Value::Bool(true));
            if let Some(log) = logs::for_new_container(draft) {
                map.insert("logConfiguration".into(), log);
            }
            Value::Object(map)
        }
        ["containerDefinitions", _, "environment"] => json!({ "name": "", "value": "" }),
        ["containerDefinitions", _, "secrets"] => json!({ "name": "", "valueFrom": "" }),
        ["containerDefinitions", _, "portMappings"] => json!({ "protocol": "tcp" }),
        ["containerDefinitions", i, "dependsOn"] => waits_for(draft, pointer::index(i)?)?,
        _ => return None,
    };
    let at = list(draft, place).map_or(0, Vec::len);
    insert(draft, place, at, new)
}

/// The first container that container `i` does not wait for yet; whoever has a check is waited for until it is healthy.
fn waits_for(draft: &Draft, i: usize) -> Option<Value> {
    let all = view::containers(draft.definition());
    let waited: Vec<&str> = all.get(i)?.list("dependsOn").iter().filter_map(|d| d.get("containerName")?.as_str()).collect();
    let next = all.iter().find(|c| c.index != i && !c.name().is_empty() && !waited.contains(&c.name()))?;
    let condition = if next.value().get("healthCheck").is_some() { "HEALTHY" } else { "START" };
    Some(json!({ "containerName": next.name(), "condition": condition }))
}

/// The control of a new row that gets the focus.
fn first(list: &str) -> &'static str {
    match list.rsplit('/').next() {
        Some("portMappings") => "containerPort",
        Some("dependsOn") => "containerName",
        _ => "name",
    }
}

fn insert(draft: &Draft, place: &str, at: usize, new: Value) -> Option<Row> {
    let mut changes = Changes::of(draft);
    let is_containers = place == "/containerDefinitions";
    if is_containers && at >= super::MAX_CONTAINERS {
        return None;
    }
    let path = format!("/definition{place}");
    if pointer::get(draft.definition(), place).is_none_or(Value::is_null) {
        changes.set(&path, json!([]));
    }
    if is_containers {
        let numbers: Vec<u64> = (0..list(draft, place).map_or(0, Vec::len)).map(|i| draft.container_number(i)).collect();
        let next = numbers.iter().max().map_or(1, |n| n + 1);
        let mut numbers = numbers;
        numbers.insert(at.min(numbers.len()), next);
        changes.set("/aside/containers", json!(numbers));
        if new.get("name").is_none() {
            changes.set("/aside/fresh", json!([draft.fresh_numbers(), vec![next]].concat()));
        }
    }
    let before = changes.draft().clone();
    changes.push(Edit(vec![crate::document::edit::Op::Add { path: format!("{path}/{at}"), value: new, at: None }]));
    if *changes.draft() == before {
        return None;
    }
    Some(Row { edit: changes.done(), focus: format!("{place}/{at}/{}", first(place)) })
}

fn remove(draft: &Draft, place: &str) -> Option<Row> {
    pointer::get(draft.definition(), place)?;
    let (parent, token) = pointer::split_last(place)?;
    let at = pointer::index(&token)?;
    let count = list(draft, parent)?.len();
    let mut changes = Changes::of(draft);
    if let Some(i) = is_container(place) {
        let numbers: Vec<u64> = (0..count).filter(|n| *n != i).map(|n| draft.container_number(n)).collect();
        changes.set("/aside/containers", json!(numbers));
    }
    if count == 1 && is_container(place).is_none() {
        changes.clear(&format!("/definition{parent}"));
    } else {
        changes.clear(&format!("/definition{place}"));
    }
    let focus = match count - 1 {
        0 => format!("add:{parent}"),
        left => format!("{parent}/{}/{}", at.min(left - 1), first(parent)),
    };
    Some(Row { edit: changes.done(), focus })
}

fn duplicate(draft: &Draft, place: &str) -> Option<Row> {
    let i = is_container(place)?;
    let mut copy = pointer::get(draft.definition(), place)?.clone();
    if let Some(name) = copy.get("name").and_then(Value::as_str) {
        copy["name"] = json!(free_name(draft, name));
    }
    insert(draft, "/containerDefinitions", i + 1, copy)
}

/// `web-2`, or the first higher number that no container has.
fn free_name(draft: &Draft, name: &str) -> String {
    let names: Vec<&str> = view::containers(draft.definition()).iter().map(|c| c.name()).collect();
    let stem = match name.rsplit_once('-') {
        Some((stem, n)) if !stem.is_empty() && !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => stem,
        _ => name,
    };
    (2..).map(|n| format!("{stem}-{n}")).find(|n| !names.contains(&n.as_str())).unwrap_or_default()
}

fn shift(draft: &Draft, place: &str, down: bool) -> Option<Row> {
    let i = is_container(place)?;
    let count = list(draft, "/containerDefinitions")?.len();
    let to = if down { i + 1 } else { i.checked_sub(1)? };
    if i >= count || to >= count {
        return None;
    }
    let mut numbers: Vec<u64> = (0..count).map(|n| draft.container_number(n)).collect();
    numbers.swap(i, to);
    let mut changes = Changes::of(draft);
    changes.set("/aside/containers", json!(numbers));
    let path = |n: usize| format!("/definition/containerDefinitions/{n}");
    changes.push(Edit(vec![crate::document::edit::Op::Move { from: path(i), path: path(to) }]));
    let verb = match (down, to) {
        (true, to) if to + 1 == count => "up",
        (false, 0) => "down",
        (true, _) => "down",
        (false, _) => "up",
    };
    Some(Row { edit: changes.done(), focus: format!("{verb}:/containerDefinitions/{to}") })
}

/// Most variables that a `.env` text may have; the others are left out.
const MOST_VARIABLES: usize = 1_000;

/// Adds the variables of a `.env` text to the list at `place`, a container's `environment`; a name that is there gets the
/// new value. Blank lines, comments, `export` and one pair of quotes around a value are understood.
pub fn dotenv(draft: &Draft, place: &str, text: &str) -> Option<Row> {
    let tokens = pointer::tokens(place);
    let ["containerDefinitions", i, "environment"] = tokens.iter().map(String::as_str).collect::<Vec<_>>()[..] else { return None };
    pointer::get(draft.definition(), &format!("/containerDefinitions/{i}"))?;
    let mut typed: Vec<(&str, &str)> = Vec::new();
    let mut last: HashMap<&str, usize> = HashMap::new();
    for line in text.lines() {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else { continue };
        let (name, value) = (name.trim(), unquoted(value.trim()));
        // Of a name that stands twice, the last value counts.
        match last.get(name) {
            Some(i) => typed[*i].1 = value,
            None if typed.len() < MOST_VARIABLES => {
                last.insert(name, typed.len());
                typed.push((name, value));
            }
            None => {}
        }
    }
    if typed.is_empty() {
        return None;
    }
    let path = format!("/definition{place}");
    let rows = list(draft, place).map_or(&[][..], Vec::as_slice);
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (i, name) in rows.iter().enumerate().filter_map(|(i, r)| Some((i, r.get("name")?.as_str()?))) {
        known.entry(name).or_insert(i);
    }
    let mut changes = Changes::of(draft);
    if pointer::get(draft.definition(), place).is_none_or(Value::is_null) {
        changes.set(&path, json!([]));
    }
    for (name, value) in typed {
        match known.get(name) {
            Some(i) => changes.set(&format!("{path}/{i}/value"), json!(value)),
            None => {
                let value = json!({ "name": name, "value": value });
                changes.push(Edit(vec![crate::document::edit::Op::Add { path: format!("{path}/-"), value, at: None }]));
            }
        }
    }
    Some(Row { edit: changes.done(), focus: format!("{place}/0/name") })
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}
