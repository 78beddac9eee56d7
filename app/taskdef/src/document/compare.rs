//! What changed between two documents, as a person would say it: a container that was added is one change, not
//! a new list; an empty list and no list are the same; what only the wizard remembers does not count.

use crate::document::{edit, pointer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// One place that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Pointer from the root; into the newer document, or into the older one where the place is gone.
    pub path: String,
    /// The older value; `None` is "not there".
    pub before: Option<Value>,
    /// The newer value; `None` is "not there".
    pub after: Option<Value>,
    /// Whether only the order changed: the values are then the names of the items.
    pub order: bool,
}

impl Change {
    fn new(path: String, before: Option<Value>, after: Option<Value>) -> Change {
        Change { path, before, after, order: false }
    }
}

/// Keys that name an item of a list, in the order in which they are tried.
const NAMES: [&str; 7] = ["name", "containerPort", "sourceVolume", "containerName", "key", "hostname", "sourceContainer"];

/// What AWS takes where a key is absent, for keys that have such a default.
fn default(key: &str) -> Option<Value> {
    match key {
        "protocol" => Some("tcp".into()),
        "essential" => Some(true.into()),
        "privileged" | "readonlyRootFilesystem" | "interactive" | "pseudoTerminal" | "readOnly" => Some(false.into()),
        _ => None,
    }
}

/// The changes from `before` to `after`, in the order of the newer document.
pub fn diff(before: &Value, after: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    both(before, after, "", &mut changes);
    changes.retain(|c| !pointer::contains("/aside", &c.path) && !["/schema", "/mark"].contains(&c.path.as_str()));
    changes
}

/// Whether AWS reads the value as if the key were not there.
fn is_nothing(key: &str, value: &Value) -> bool {
    let empty = match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.iter().all(|(k, v)| is_nothing(k, v)),
        _ => false,
    };
    empty || default(key).as_ref() == Some(value)
}

fn both(before: &Value, after: &Value, path: &str, changes: &mut Vec<Change>) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => objects(a, b, path, changes),
        (Value::Array(a), Value::Array(b)) => lists(a, b, path, changes),
        _ if edit::same(before, after) => {}
        _ => changes.push(Change::new(path.to_owned(), Some(before.clone()), Some(after.clone()))),
    }
}

fn objects(a: &Map<String, Value>, b: &Map<String, Value>, path: &str, changes: &mut Vec<Change>) {
    let there = |map: &'_ Map<String, Value>, key: &str| map.get(key).filter(|v| !is_nothing(key, v)).cloned();
    for (key, _) in b {
        let here = pointer::join(path, key);
        match (there(a, key), there(b, key)) {
            (Some(x), Some(y)) => both(&x, &y, &here, changes),
            (None, None) => {}
            // A default that somebody wrote is no absence.
            (before, None) => changes.push(Change::new(here, before, b.get(key).filter(|v| default(key).as_ref() == Some(*v)).cloned())),
            (before, after) => changes.push(Change::new(here, before, after)),
        }
    }
    for key in a.keys().filter(|k| !b.contains_key(*k)) {
        if let Some(before) = there(a, key) {
            changes.push(Change::new(pointer::join(path, key), Some(before), None));
        }
    }
}

/// What an item is called, where all items of both lists are called something, and no two the same.
fn names<'v>(a: &'v [Value], b: &'v [Value]) -> Option<(Vec<&'v Value>, Vec<&'v Value>)> {
    let key = NAMES.into_iter().find(|key| a.iter().chain(b).all(|item| item.get(key).is_some()))?;
    let of = |list: &'v [Value]| -> Option<Vec<&'v Value>> {
        let names: Vec<&Value> = list.iter().filter_map(|item| item.get(key)).collect();
        let mut seen = HashSet::with_capacity(names.len());
        names.iter().all(|n| seen.insert(n.to_string())).then_some(names)
    };
    Some((of(a)?, of(b)?))
}

fn lists(a: &[Value], b: &[Value], path: &str, changes: &mut Vec<Change>) {
    let Some((old, new)) = names(a, b) else {
        if a.len() == b.len() && a.iter().chain(b).all(Value::is_object) {
            a.iter().zip(b).enumerate().for_each(|(i, (x, y))| both(x, y, &pointer::join(path, i), changes));
        } else if a.len() != b.len() || !a.iter().zip(b).all(|(x, y)| edit::same(x, y)) {
            let list = |l: &[Value]| Some(Value::Array(l.to_vec()));
            changes.push(Change::new(path.to_owned(), list(a), list(b)));
        }
        return;
    };
    let renamed = a.len() == b.len() && old.iter().zip(&new).filter(|(x, y)| x != y).count() == 1;
    let places = |names: &[&Value]| -> HashMap<String, usize> { names.iter().enumerate().map(|(i, n)| (n.to_string(), i)).collect() };
    let (old_at, new_at) = (places(&old), places(&new));
    for (i, item) in b.iter().enumerate() {
        let from = if renamed { Some(i) } else { old_at.get(&new[i].to_string()).copied() };
        let here = pointer::join(path, i);
        match from {
            Some(j) => both(&a[j], item, &here, changes),
            None => changes.push(Change::new(here, None, Some(item.clone()))),
        }
    }
    if renamed {
        return;
    }
    for (j, item) in a.iter().enumerate().filter(|(j, _)| !new_at.contains_key(&old[*j].to_string())) {
        changes.push(Change::new(pointer::join(path, j), Some(item.clone()), None));
    }
    let kept: Vec<&Value> = old.iter().filter(|n| new_at.contains_key(&n.to_string())).copied().collect();
    let now: Vec<&Value> = new.iter().filter(|n| old_at.contains_key(&n.to_string())).copied().collect();
    if kept != now {
        let order = |names: Vec<&Value>| Some(Value::Array(names.into_iter().cloned().collect()));
        changes.push(Change { order: true, ..Change::new(path.to_owned(), order(kept), order(now)) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(before: Value, after: Value) -> Vec<String> {
        let text = |v: &Option<Value>| v.as_ref().map_or("–".into(), Value::to_string);
        diff(&before, &after).iter().map(|c| format!("{} {} → {}", c.path, text(&c.before), text(&c.after))).collect()
    }

    #[test]
    fn a_default_that_is_written_is_not_called_nothing() {
        let port = |protocol: &str| serde_json::json!({ "portMappings": [{ "containerPort": 80, "protocol": protocol }] });
        let told = diff(&port("TCP"), &port("tcp"));
        assert_eq!((told.len(), told[0].before.clone(), told[0].after.clone()), (1, Some("TCP".into()), Some("tcp".into())));
        assert!(diff(&port("tcp"), &serde_json::json!({ "portMappings": [{ "containerPort": 80 }] })).is_empty());
    }

    #[test]
    fn an_item_is_known_by_its_name_wherever_it_stands() {
        let (a, b) = (json!({ "l": [{ "name": "a", "cpu": 1 }, { "name": "b", "cpu": 2 }] }), json!({ "l": [{ "name": "b", "cpu": 3 }] }));
        assert_eq!(said(a.clone(), b.clone()), ["/l/0/cpu 2 → 3", "/l/0 {\"name\":\"a\",\"cpu\":1} → –"]);
        assert_eq!(said(b, a.clone()), ["/l/0 – → {\"name\":\"a\",\"cpu\":1}", "/l/1/cpu 3 → 2"]);
        let swapped = json!({ "l": [{ "name": "b", "cpu": 2 }, { "name": "a", "cpu": 1 }] });
        assert_eq!(said(a.clone(), swapped), ["/l [\"a\",\"b\"] → [\"b\",\"a\"]"]);
        let renamed = json!({ "l": [{ "name": "x", "cpu": 1 }, { "name": "b", "cpu": 2 }] });
        assert_eq!(said(a, renamed), ["/l/0/name \"a\" → \"x\""]);
    }

    #[test]
    fn what_aws_reads_the_same_is_no_change() {
        let a = json!({ "a": [], "b": null, "c": { "x": {} }, "p": { "protocol": "tcp" }, "essential": true, "aside": { "tried": 1 }, "n": 1 });
        assert_eq!(said(a, json!({ "c": {}, "p": {}, "n": 1 })), Vec::<String>::new());
        assert_eq!(said(json!({ "essential": true }), json!({ "essential": false })), ["/essential – → false"]);
    }

    #[test]
    fn words_change_as_a_whole_and_objects_place_by_place() {
        assert_eq!(said(json!({ "command": ["a", "b"] }), json!({ "command": ["a", "c"] })), ["/command [\"a\",\"b\"] → [\"a\",\"c\"]"]);
        assert_eq!(said(json!([{ "x": 1 }, { "x": 2 }]), json!([{ "x": 1 }, { "x": 3 }])), ["/1/x 2 → 3"]);
        assert_eq!(said(json!({ "a": 1 }), json!({ "b": "1" })), ["/b – → \"1\"", "/a 1 → –"]);
        assert_eq!(said(json!([]), json!({})), [" [] → {}"]);
    }
}
