//! One control of a field: its name, what it shows, what an answer does.

use super::{
    list::specs,
    spec::{Kind, Spec},
};
use crate::{
    Draft, Edit, Step,
    document::{edit::Op, pointer, value::text_of},
    grammar::{amount::typed_amount, command},
    questions::changes::Changes,
};
use serde_json::{Value, json};
use std::fmt;

/// Most indexes in the place of a field: container, row, word.
const DEPTH: usize = 2;

/// A control of a field. Its name on the wire is the field's place, and what part of it the control shows:
/// `/tags/0/key`, `/containerDefinitions/0/command` (all words on one line), `/containerDefinitions/0/command/2` (one of them),
/// `/containerDefinitions/0/dockerLabels~key/0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Index in [`specs`].
    spec: u16,
    /// Container and row.
    at: [u16; DEPTH],
    /// What the control shows.
    pub part: Part,
}

/// What of a field a control shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The value.
    Whole,
    /// One word of a list.
    Item(u16),
    /// One key of a map.
    Key(u16),
    /// The text under one key.
    Value(u16),
    /// Whether a list has one of the allowed words.
    Has(u16),
}

impl Field {
    /// The whole field at `index` of [`specs`]; `at` are container and row, where its place has them.
    pub fn new(index: usize, at: &[usize]) -> Field {
        let mut of = [0; DEPTH];
        of.iter_mut().zip(at).for_each(|(to, from)| *to = small(*from));
        Field { spec: small(index), at: of, part: Part::Whole }
    }

    /// The same field, another part.
    pub fn part(self, part: Part) -> Field {
        Field { part, ..self }
    }

    /// What is known of it.
    pub fn spec(self) -> &'static Spec {
        &specs()[usize::from(self.spec)]
    }

    /// Index in [`specs`].
    pub fn index(self) -> usize {
        usize::from(self.spec)
    }

    /// Reads the name of a control.
    pub fn parse(name: &str) -> Option<Field> {
        let (place, part) = name.split_once('~').map_or((name, None), |(place, part)| (place, Some(part)));
        let Some(part) = part else {
            return Field::of_place(place).or_else(|| {
                let (list, item) = place.rsplit_once('/')?;
                let field = Field::of_place(list).filter(|f| f.spec().kind == Kind::Words)?;
                Some(field.part(Part::Item(number(item)?)))
            });
        };
        let field = Field::of_place(place)?;
        let (what, which) = part.split_once('/')?;
        let part = match (field.spec().kind, what) {
            (Kind::Map, "key") => Part::Key(number(which)?),
            (Kind::Map, "value") => Part::Value(number(which)?),
            (Kind::OneOfs, "has") => Part::Has(small(field.spec().words.iter().position(|word| word == which)?)),
            _ => return None,
        };
        Some(field.part(part))
    }

    /// The field whose value stands at a place.
    fn of_place(place: &str) -> Option<Field> {
        let mut path = String::with_capacity(place.len() + 8);
        let (mut at, mut depth) = ([0; DEPTH], 0);
        for token in place.strip_prefix('/')?.split('/') {
            if token.starts_with(|c: char| c.is_ascii_digit()) {
                *at.get_mut(depth)? = number(token)?;
                depth += 1;
                path.push_str("[]");
            } else {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(token);
            }
        }
        let spec = specs().iter().position(|spec| spec.path == path && spec.kind != Kind::Group)?;
        Some(Field { spec: small(spec), at, part: Part::Whole })
    }

    /// The control that shows what a finding says of a place: the field's own, or that of what the place stands in.
    pub fn nearest(draft: &Draft, place: &str) -> Option<Field> {
        let mut at = place;
        loop {
            if let Some(field) = Field::parse(at) {
                return Some(field);
            }
            let (above, token) = pointer::split_last(at)?;
            if let Some(map) = Field::of_place(above).filter(|f| f.spec().kind == Kind::Map) {
                let key = map.found(draft)?.as_object()?.keys().position(|key| *key == token);
                return Some(key.map_or(map, |i| map.part(Part::Value(small(i)))));
            }
            at = above;
        }
    }

    /// Whether its control is a text area: words of a command can be whole scripts.
    pub fn is_area(self) -> bool {
        self.spec().kind == Kind::Words && matches!(self.part, Part::Whole | Part::Item(_))
    }

    /// The container that it belongs to.
    pub fn container(self) -> Option<usize> {
        self.spec().of_container().then(|| self.at[0].into())
    }

    /// The step whose page has it.
    pub fn step(self) -> Step {
        self.spec().step
    }

    /// The place of its value.
    pub fn place(self) -> String {
        let mut place = String::from("/");
        let mut at = self.at.iter();
        for part in self.spec().path.split('.') {
            if place.len() > 1 {
                place.push('/');
            }
            let mut names = part.split("[]");
            place.push_str(names.next().unwrap_or(""));
            for _ in names {
                place.push('/');
                pointer::push_index(&mut place, at.next().copied().unwrap_or(0).into());
            }
        }
        place
    }

    pub(super) fn path(self) -> String {
        format!("/definition{}", self.place())
    }

    /// Its value in a draft, if there is one.
    pub fn found(self, draft: &Draft) -> Option<&Value> {
        pointer::get(draft.definition(), &self.place())
    }

    /// How many rows, words or keys it has.
    pub fn rows(self, draft: &Draft) -> usize {
        match self.found(draft) {
            Some(Value::Array(list)) => list.len(),
            Some(Value::Object(map)) if self.spec().kind == Kind::Map => map.len(),
            _ => 0,
        }
    }

    /// Whether the draft has a value for it that is neither null nor empty.
    pub fn is_set(self, draft: &Draft) -> bool {
        match self.found(draft) {
            None | Some(Value::Null) => false,
            Some(Value::Array(list)) => !list.is_empty(),
            Some(Value::Object(map)) => !map.is_empty(),
            Some(_) => true,
        }
    }

    /// What its control shows for this draft.
    pub fn rendered(self, draft: &Draft) -> String {
        let Some(value) = self.found(draft) else { return if matches!(self.part, Part::Has(_)) { "false".into() } else { String::new() } };
        let nth = |i: u16| value.as_object().and_then(|map| map.iter().nth(i.into()));
        match self.part {
            Part::Whole => match (self.spec().kind, value) {
                (Kind::Words | Kind::Integers, Value::Array(list)) if list.iter().all(|word| !word.is_array() && !word.is_object()) => {
                    let words: Vec<String> = list.iter().map(text_of).collect();
                    command::line(words.iter().map(String::as_str))
                }
                (Kind::Group | Kind::Map | Kind::Object | Kind::List | Kind::Rows | Kind::OneOfs, Value::Array(_) | Value::Object(_)) => String::new(),
                _ => text_of(value),
            },
            Part::Item(i) => value.get(usize::from(i)).map(text_of).unwrap_or_default(),
            Part::Key(i) => nth(i).map(|(key, _)| key.clone()).unwrap_or_default(),
            Part::Value(i) => nth(i).map(|(_, text)| text_of(text)).unwrap_or_default(),
            Part::Has(i) => {
                let word = self.word(i);
                value.as_array().is_some_and(|list| list.iter().any(|item| item.as_str() == Some(word))).to_string()
            }
        }
    }

    /// The edit that makes its control show `typed`. What cannot be right is kept as it was typed; an empty answer takes the
    /// field away, and the object around it that would be empty.
    pub fn change(self, draft: &Draft, typed: &str) -> Edit {
        let answered = self.part != Part::Whole || self.spec().kind.has_line();
        if !answered || self.rendered(draft) == typed || !self.is_asked(draft) {
            return Edit::default();
        }
        let mut changes = Changes::of(draft);
        let path = self.path();
        match self.part {
            Part::Whole if typed.trim().is_empty() && self.spec().kind != Kind::Text => clear(&mut changes, &path),
            Part::Whole if typed.is_empty() => clear(&mut changes, &path),
            Part::Whole => changes.set(&path, self.read(typed)),
            Part::Item(i) if self.rows(draft) > i.into() => changes.set(&format!("{path}/{i}"), json!(typed)),
            Part::Key(i) => self.rename(&mut changes, i.into(), typed),
            Part::Value(i) => {
                if let Some(key) = self.found(draft).and_then(|map| map.as_object()?.keys().nth(i.into())) {
                    changes.set(&pointer::join(&path, key), json!(typed));
                }
            }
            Part::Has(i) => self.toggle(&mut changes, self.word(i), typed == "true"),
            Part::Item(_) => {}
        }
        changes.done()
    }

    fn word(self, i: u16) -> &'static str {
        self.spec().words.get(usize::from(i)).map_or("", String::as_str)
    }

    /// A typed answer as a value.
    fn read(self, typed: &str) -> Value {
        match self.spec().kind {
            Kind::Integer => whole(self.spec().key(), typed),
            Kind::Boolean if matches!(typed, "true" | "false") => Value::Bool(typed == "true"),
            Kind::Words => command::words(typed).map_or_else(|| json!(typed), |words| json!(words)),
            Kind::Integers => Value::Array(typed.split([',', ' ']).filter(|n| !n.is_empty()).map(|n| whole("", n)).collect()),
            _ => json!(typed),
        }
    }

    /// Another key in the same position. A key that the map has already would swallow its text, so nothing is done then.
    fn rename(self, changes: &mut Changes<'_>, i: usize, key: &str) {
        let Some(map) = self.found(changes.base()).and_then(Value::as_object) else { return };
        let Some((old, value)) = map.iter().nth(i).filter(|_| !map.contains_key(key)) else { return };
        let (from, to) = (pointer::join(&self.path(), old), pointer::join(&self.path(), key));
        changes.push(Edit(vec![Op::Remove { path: from }, Op::Add { path: to, value: value.clone(), at: Some(i) }]));
    }

    fn toggle(self, changes: &mut Changes<'_>, word: &str, on: bool) {
        let path = self.path();
        let now = self.found(changes.base()).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut list: Vec<Value> = now.into_iter().filter(|item| item.as_str() != Some(word)).collect();
        if on {
            list.push(json!(word));
        }
        if list.is_empty() { clear(changes, &path) } else { changes.set(&path, Value::Array(list)) }
    }

    /// Whether the draft has the container and the row.
    fn is_asked(self, draft: &Draft) -> bool {
        let place = self.place();
        let rows = place.match_indices('/').map(|(end, _)| &place[..end]).filter(|above| above.ends_with(|c: char| c.is_ascii_digit()));
        rows.into_iter().all(|row| pointer::get(draft.definition(), row).is_some_and(Value::is_object))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place())?;
        match self.part {
            Part::Whole => Ok(()),
            Part::Item(i) => write!(f, "/{i}"),
            Part::Key(i) => write!(f, "~key/{i}"),
            Part::Value(i) => write!(f, "~value/{i}"),
            Part::Has(i) => write!(f, "~has/{}", self.word(i)),
        }
    }
}

fn small(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// An index that a page can have.
fn number(token: &str) -> Option<u16> {
    pointer::index(token).filter(|n| *n < 1_000).map(small)
}

/// A whole number, also below zero; what is none stays a text.
fn whole(key: &str, typed: &str) -> Value {
    let typed = typed.trim();
    let number = match typed.strip_prefix('-') {
        Some(rest) => typed_amount(key, rest).and_then(|n| i64::try_from(n).ok()).map(|n| json!(-n)),
        None => typed_amount(key, typed).map(|n| json!(n)),
    };
    number.unwrap_or_else(|| json!(typed))
}

/// Removes a value, and the objects around it that then would be empty; a row of a list stays.
pub(super) fn clear(changes: &mut Changes<'_>, path: &str) {
    let mut gone = path;
    while let Some((above, _)) = pointer::split_last(gone) {
        let last = above.rsplit('/').next().unwrap_or("");
        let lone = pointer::get(changes.draft().root(), above).and_then(Value::as_object).is_some_and(|map| map.len() == 1);
        if !lone || above == "/definition" || last.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        gone = above;
    }
    changes.clear(gone);
}
