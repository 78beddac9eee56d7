//! Pasted `.env` lines as rows of environment variables.

use super::{Focus, List, Row, changes::Changes};
use crate::{
    Draft, Edit,
    document::{edit::Op, pointer},
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Most variables that a `.env` text may have; the others are left out.
const MOST_VARIABLES: usize = 1_000;

/// Adds the variables of a `.env` text to the container `i`; a variable that it has already gets the new value. Blank lines,
/// comments, `export` and one pair of quotes around a value are understood. `None` when the text has no variable, or the
/// container no place for one.
pub fn paste_env(draft: &Draft, i: usize, text: &str) -> Option<Row> {
    let list = List::Environment(i);
    pointer::get(draft.definition(), &List::Containers.row(i))?;
    let typed = variables(text);
    if typed.is_empty() {
        return None;
    }
    let path = format!("/definition{list}");
    let now = pointer::get(draft.root(), &path);
    let rows = now.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (j, name) in rows.iter().enumerate().filter_map(|(j, r)| Some((j, r.get("name")?.as_str()?))) {
        known.entry(name).or_insert(j);
    }
    let mut changes = Changes::of(draft);
    if now.is_none_or(Value::is_null) {
        changes.set(&path, json!([]));
    }
    for (name, value) in typed {
        match known.get(name) {
            Some(j) => changes.set(&format!("{path}/{j}/value"), json!(value)),
            None => {
                let value = json!({ "name": name, "value": value });
                changes.push(Edit(vec![Op::Add { path: format!("{path}/-"), value, at: None }]));
            }
        }
    }
    let edit = changes.done();
    // A container or a list that is something else has no place for rows.
    edit.apply(&mut draft.root().clone()).is_ok().then(|| Row { edit, focus: Focus::Question(list.first(0)) })
}

/// Names and values, each name once with its last value.
fn variables(text: &str) -> Vec<(&str, &str)> {
    let mut all: Vec<(&str, &str)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for line in text.lines() {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else { continue };
        let (name, value) = (name.trim(), unquoted(value.trim()));
        match known.get(name) {
            Some(i) => all[*i].1 = value,
            None if all.len() < MOST_VARIABLES => {
                known.insert(name, all.len());
                all.push((name, value));
            }
            None => {}
        }
    }
    all
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}
