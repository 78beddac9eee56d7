//! Rows that are added, removed, copied and moved.

use super::{Action, List, MAX_CONTAINERS, Question, changes::Changes, fields, logs};
use crate::{
    Draft, Edit,
    document::{edit::Op, pointer, view},
};
use serde_json::{Map, Value, json};
use std::fmt;

/// What a row button does, and where the focus goes next.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The change.
    pub edit: Edit,
    /// The control that gets the focus.
    pub focus: Focus,
}

/// A control that gets the focus.
#[derive(Clone, Debug, PartialEq)]
pub enum Focus {
    /// A question.
    Question(Question),
    /// A button.
    Button(Action),
}

/// The control's name.
impl fmt::Display for Focus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Focus::Question(question) => question.fmt(f),
            Focus::Button(action) => action.fmt(f),
        }
    }
}

/// What a row button does to the draft. `None` for other actions, and when there is nothing to do it to.
pub fn row(draft: &Draft, action: &Action) -> Option<Row> {
    match action {
        Action::Add(List::Field(field)) => fields::add(draft, *field),
        Action::Remove(List::Field(field), at) => fields::remove(draft, *field, *at),
        Action::Add(list) => add(draft, *list),
        Action::Remove(list, at) => remove(draft, *list, *at),
        Action::Duplicate(i) => duplicate(draft, *i),
        Action::Up(i) => shift(draft, *i, false),
        Action::Down(i) => shift(draft, *i, true),
        Action::GoOn | Action::Exit | Action::Update | Action::Undo | Action::Redo | Action::Fix(_) | Action::PasteEnv(_) => None,
    }
}

fn rows(draft: &Draft, list: List) -> Option<&Vec<Value>> {
    pointer::get(draft.definition(), &list.to_string())?.as_array()
}

/// The numbers that the containers keep for life, in order.
fn numbers(draft: &Draft) -> Vec<u64> {
    (0..rows(draft, List::Containers).map_or(0, Vec::len)).map(|i| draft.container_number(i)).collect()
}

fn add(draft: &Draft, list: List) -> Option<Row> {
    let new = match list {
        List::Containers => {
            let mut map = Map::new();
            map.insert("essential".into(), Value::Bool(true));
            if let Some(log) = logs::for_new_container(draft) {
                map.insert("logConfiguration".into(), log);
            }
            Value::Object(map)
        }
        List::Environment(_) => json!({ "name": "", "value": "" }),
        List::Secrets(_) => json!({ "name": "", "valueFrom": "" }),
        List::PortMappings(_) => json!({ "protocol": "tcp" }),
        List::DependsOn(i) => waits_for(draft, i)?,
        List::Field(_) => return None,
    };
    insert(draft, list, rows(draft, list).map_or(0, Vec::len), new)
}

/// The first container that container `i` does not wait for yet; one with a health check is waited for until it is healthy.
fn waits_for(draft: &Draft, i: usize) -> Option<Value> {
    let all = view::containers(draft.definition());
    let waited: Vec<&str> = all.get(i)?.list("dependsOn").iter().filter_map(|d| d.get("containerName")?.as_str()).collect();
    let next = all.iter().find(|c| c.index != i && !c.name().is_empty() && !waited.contains(&c.name()))?;
    let condition = if next.value().get("healthCheck").is_some() { "HEALTHY" } else { "START" };
    Some(json!({ "containerName": next.name(), "condition": condition }))
}

fn insert(draft: &Draft, list: List, at: usize, new: Value) -> Option<Row> {
    if list == List::Containers && at >= MAX_CONTAINERS {
        return None;
    }
    let mut changes = Changes::of(draft);
    let path = format!("/definition{list}");
    if pointer::get(draft.root(), &path).is_none_or(Value::is_null) {
        changes.set(&path, json!([]));
    }
    if list == List::Containers {
        let mut numbers = numbers(draft);
        let next = numbers.iter().max().map_or(1, |n| n + 1);
        numbers.insert(at.min(numbers.len()), next);
        changes.set("/aside/containers", json!(numbers));
        if new.get("name").is_none() {
            changes.set("/aside/fresh", json!([draft.fresh_numbers(), vec![next]].concat()));
        }
    }
    let before = changes.draft().clone();
    changes.push(Edit(vec![Op::Add { path: format!("{path}/{at}"), value: new, at: None }]));
    (*changes.draft() != before).then(|| Row { edit: changes.done(), focus: Focus::Question(list.first(at)) })
}

fn remove(draft: &Draft, list: List, at: usize) -> Option<Row> {
    let all = rows(draft, list)?;
    all.get(at)?;
    let left = all.len() - 1;
    let mut changes = Changes::of(draft);
    if list == List::Containers {
        let mut numbers = numbers(draft);
        numbers.remove(at);
        changes.set("/aside/containers", json!(numbers));
    }
    if left == 0 && list != List::Containers {
        changes.clear(&format!("/definition{list}"));
    } else {
        changes.clear(&format!("/definition{}", list.row(at)));
    }
    let focus = match left.checked_sub(1) {
        None => Focus::Button(Action::Add(list)),
        Some(last) => Focus::Question(list.first(at.min(last))),
    };
    Some(Row { edit: changes.done(), focus })
}

fn duplicate(draft: &Draft, i: usize) -> Option<Row> {
    let mut copy = rows(draft, List::Containers)?.get(i)?.clone();
    if let Some(name) = copy.get("name").and_then(Value::as_str) {
        copy["name"] = json!(free_name(draft, name));
    }
    insert(draft, List::Containers, i + 1, copy)
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

fn shift(draft: &Draft, i: usize, down: bool) -> Option<Row> {
    let mut numbers = numbers(draft);
    let count = numbers.len();
    let to = if down { i + 1 } else { i.checked_sub(1)? };
    if i >= count || to >= count {
        return None;
    }
    numbers.swap(i, to);
    let mut changes = Changes::of(draft);
    changes.set("/aside/containers", json!(numbers));
    let path = |n: usize| format!("/definition{}", List::Containers.row(n));
    changes.push(Edit(vec![Op::Move { from: path(i), path: path(to) }]));
    // The same button again, or the other one where the way ends.
    let further_down = if down { to + 1 < count } else { to == 0 };
    let again = if further_down { Action::Down(to) } else { Action::Up(to) };
    Some(Row { edit: changes.done(), focus: Focus::Button(again) })
}
