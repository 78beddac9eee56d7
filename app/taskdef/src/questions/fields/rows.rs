//! Rows, words and keys of a field that are added and removed.

use super::{
    field::{Field, Part, clear},
    list::specs,
    spec::Kind,
};
use crate::Edit;
use crate::{
    Draft,
    document::{edit::Op, pointer},
    questions::{Action, Focus, List, Question, Row, changes::Changes},
};
use serde_json::{Value, json};

impl Field {
    /// The control that a row begins with.
    pub fn first(self, row: usize) -> Field {
        let at = u16::try_from(row).unwrap_or(u16::MAX);
        match self.spec().kind {
            Kind::Map => self.part(Part::Key(at)),
            Kind::List | Kind::Rows => self.members(row).next().unwrap_or(self),
            _ => self.part(Part::Item(at)),
        }
    }

    /// The fields of a row of a list, objects without their own line.
    pub fn members(self, row: usize) -> impl Iterator<Item = Field> {
        let prefix = format!("{}[].", self.spec().path);
        let at: Vec<usize> = self.container().into_iter().chain([row]).collect();
        let below = specs().iter().enumerate().filter(move |(_, spec)| spec.path.starts_with(&prefix) && spec.kind != Kind::Object);
        below.map(move |(i, _)| Field::new(i, &at))
    }
}

impl Field {
    /// The controls of one of its rows, words or keys.
    pub fn controls(self, row: usize) -> Vec<Field> {
        let at = u16::try_from(row).unwrap_or(u16::MAX);
        match self.spec().kind {
            Kind::Map => vec![self.part(Part::Key(at)), self.part(Part::Value(at))],
            Kind::Words => vec![self.part(Part::Item(at))],
            Kind::List | Kind::Rows => self.members(row).collect(),
            _ => Vec::new(),
        }
    }

    /// The controls of the whole field, its rows included.
    fn shown(self, draft: &Draft, all: &mut Vec<Field>) {
        let kind = self.spec().kind;
        if kind.has_line() {
            all.push(self);
        }
        if kind == Kind::OneOfs {
            all.extend((0..self.spec().words.len()).map(|i| self.part(Part::Has(u16::try_from(i).unwrap_or(u16::MAX)))));
        }
        for row in (0..self.rows(draft)).take(MOST_ROWS).flat_map(|row| self.controls(row)) {
            if row.part == Part::Whole { row.shown(draft, all) } else { all.push(row) }
        }
    }
}

/// Most rows of a field that a page shows; the rest is edited as JSON.
pub const MOST_ROWS: usize = 100;

/// Every control that the pages of a draft have for fields.
pub(in crate::questions) fn all(draft: &Draft) -> Vec<Field> {
    let containers = draft.definition().get("containerDefinitions").and_then(Value::as_array).map_or(0, Vec::len);
    let mut all = Vec::new();
    for (i, spec) in specs().iter().enumerate() {
        // What stands in a row comes with its list.
        let own = spec.path.strip_prefix("containerDefinitions[].").unwrap_or(&spec.path);
        if matches!(spec.kind, Kind::Group | Kind::Object) || own.contains("[].") {
            continue;
        }
        let at: Vec<[usize; 1]> = if spec.of_container() { (0..containers).map(|c| [c]).collect() } else { vec![[0]] };
        at.iter().for_each(|at| Field::new(i, at).shown(draft, &mut all));
    }
    all
}

/// Adds a row, a word or a key at the end.
pub(in crate::questions) fn add(draft: &Draft, field: Field) -> Option<Row> {
    let path = field.path();
    let rows = field.rows(draft);
    let mut changes = Changes::of(draft);
    let focus = Focus::Question(Question::Field(field.first(rows)));
    if field.spec().kind == Kind::Map {
        // A key that has no name yet is the one to go on with.
        let map = field.found(draft).and_then(Value::as_object);
        if let Some(i) = map.and_then(|map| map.keys().position(String::is_empty)) {
            return Some(Row { edit: Edit::default(), focus: Focus::Question(Question::Field(field.first(i))) });
        }
        if map.is_none() {
            changes.set(&path, json!({}));
        }
        changes.push(Edit(vec![Op::Add { path: format!("{path}/"), value: json!(""), at: Some(rows) }]));
    } else {
        let new = if field.spec().kind == Kind::List { json!({}) } else { json!("") };
        if pointer::get(draft.root(), &path).is_none_or(Value::is_null) {
            changes.set(&path, json!([]));
        }
        changes.push(Edit(vec![Op::Add { path: format!("{path}/{rows}"), value: new, at: None }]));
    }
    let edit = changes.done();
    (!edit.is_empty()).then_some(Row { edit, focus })
}

/// Removes a row, a word or a key; the last takes the field with it.
pub(in crate::questions) fn remove(draft: &Draft, field: Field, at: usize) -> Option<Row> {
    let path = field.path();
    let rows = field.rows(draft);
    let left = rows.checked_sub(1).filter(|_| at < rows)?;
    let mut changes = Changes::of(draft);
    if left == 0 {
        clear(&mut changes, &path);
    } else if field.spec().kind == Kind::Map {
        let key = field.found(draft)?.as_object()?.keys().nth(at)?;
        changes.clear(&pointer::join(&path, key));
    } else {
        changes.clear(&format!("{path}/{at}"));
    }
    let focus = match left.checked_sub(1) {
        None => Focus::Button(Action::Add(List::Field(field))),
        Some(last) => Focus::Question(Question::Field(field.first(at.min(last)))),
    };
    Some(Row { edit: changes.done(), focus })
}
