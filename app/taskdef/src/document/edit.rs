//! Changes of the document: small patches (RFC 6902) that give back their inverse.
//!
//! Key order is part of the document, and RFC 6902 cannot say where a key stood. So `add` carries
//! an optional `at` (the key's position); everything that removes a key keeps its position in the
//! inverse, and nothing ever swaps keys.

use crate::document::{order, pointer};
use serde::Serialize;
use serde_json::{Map, Value};

/// One operation. Paths are JSON Pointers from the root that the edit is applied to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Op {
    /// Adds a key (or replaces its value), or inserts before an array index; `-` appends.
    Add {
        /// Where.
        path: String,
        /// What.
        value: Value,
        /// Position of a new key among its siblings; without it the field's usual place.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<usize>,
    },
    /// Replaces the value at a place that exists; its key stays where it is.
    Replace {
        /// Where.
        path: String,
        /// What.
        value: Value,
    },
    /// Removes a key or an array element.
    Remove {
        /// Where.
        path: String,
    },
    /// Moves an array element to another index of the same array.
    Move {
        /// From where.
        from: String,
        /// To where, in the array without the moved element.
        path: String,
    },
}

/// Several operations that succeed or fail together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Edit(pub Vec<Op>);

impl Op {
    /// Where it works; of a move, where to.
    pub fn path(&self) -> &str {
        match self {
            Op::Add { path, .. } | Op::Replace { path, .. } | Op::Remove { path } | Op::Move { path, .. } => path,
        }
    }

    /// The value that it puts there.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Op::Add { value, .. } | Op::Replace { value, .. } => Some(value),
            Op::Remove { .. } | Op::Move { .. } => None,
        }
    }
}

/// Why an edit cannot be applied. The document is then unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The place, or the object or list that should hold it, does not exist.
    #[error("no such place in the document")]
    NoPlace,
}

impl Edit {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Applies all operations and returns the inverse: applied next, it gives back the same bytes.
    pub fn apply(&self, root: &mut Value) -> Result<Edit, EditError> {
        let mut inverse = Vec::with_capacity(self.0.len());
        for op in &self.0 {
            match apply_op(root, op) {
                Ok(back) => inverse.push(back),
                Err(error) => {
                    for back in inverse.iter().rev() {
                        apply_op(root, back)?;
                    }
                    return Err(error);
                }
            }
        }
        inverse.reverse();
        Ok(Edit(inverse))
    }

    /// The edit as a JSON Patch, for [`Edit::parse`].
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Edit::to_text`] wrote. By hand, since a derived reader of tagged operations would be
    /// a twentieth of the browser's program.
    pub fn parse(text: &str) -> Option<Edit> {
        crate::document::bounds::check(text).ok()?;
        let list: Vec<Value> = serde_json::from_str(text).ok()?;
        let read = |mut op: Value| {
            let path = op.get("path")?.as_str()?.to_owned();
            let value = op.get_mut("value").map(Value::take);
            Some(match op.get("op")?.as_str()? {
                "add" => Op::Add { path, value: value?, at: op.get("at").and_then(Value::as_u64).map(|n| n as usize) },
                "replace" => Op::Replace { path, value: value? },
                "remove" => Op::Remove { path },
                "move" => Op::Move { from: op.get("from")?.as_str()?.to_owned(), path },
                _ => return None,
            })
        };
        list.into_iter().map(read).collect::<Option<_>>().map(Edit)
    }

    /// The same edit with `prefix` in front of every path.
    pub fn prefixed(&self, prefix: &str) -> Edit {
        let p = |path: &String| format!("{prefix}{path}");
        Edit(
            self.0
                .iter()
                .map(|op| match op {
                    Op::Add { path, value, at } => Op::Add { path: p(path), value: value.clone(), at: *at },
                    Op::Replace { path, value } => Op::Replace { path: p(path), value: value.clone() },
                    Op::Remove { path } => Op::Remove { path: p(path) },
                    Op::Move { from, path } => Op::Move { from: p(from), path: p(path) },
                })
                .collect(),
        )
    }
}

/// Sets a value; objects on the way that are missing are made, new keys stand at their usual place.
/// Nothing is done when the value is there already, or when something on the way is no object or list.
pub fn set(root: &Value, path: &str, value: Value) -> Edit {
    if let Some(now) = pointer::get(root, path) {
        return if same(now, &value) { Edit::default() } else { Edit(vec![Op::Replace { path: path.to_owned(), value }]) };
    }
    let mut ops = Vec::new();
    let mut at = Some(root);
    let mut end = 0;
    for token in pointer::parts(path) {
        end = path[end + 1..].find('/').map_or(path.len(), |i| end + 1 + i);
        match at {
            Some(Value::Object(_)) | None => {}
            Some(Value::Array(list)) if token == "-" || pointer::index(&token).is_some_and(|i| i <= list.len()) => {}
            Some(_) => return Edit::default(),
        }
        at = at.and_then(|v| pointer::step(v, &token));
        if at.is_none() {
            let value = if end == path.len() { value.clone() } else { Value::Object(Map::new()) };
            ops.push(Op::Add { path: path[..end].to_owned(), value, at: None });
        }
    }
    Edit(ops)
}

/// Removes what is at a place, if anything is.
pub fn clear(root: &Value, path: &str) -> Edit {
    match pointer::get(root, path) {
        Some(_) => Edit(vec![Op::Remove { path: path.to_owned() }]),
        None => Edit::default(),
    }
}

/// Whether two values are the same to the byte, key order and spelling of numbers included.
pub fn same(a: &Value, b: &Value) -> bool {
    let (a, b) = (a.to_string(), b.to_string());
    a == b
}

fn apply_op(root: &mut Value, op: &Op) -> Result<Op, EditError> {
    match op {
        Op::Add { path, value, at } => add(root, path, value.clone(), *at),
        Op::Replace { path, value } => {
            let place = root.pointer_mut(path).ok_or(EditError::NoPlace)?;
            Ok(Op::Replace { path: path.clone(), value: std::mem::replace(place, value.clone()) })
        }
        Op::Remove { path } => remove(root, path),
        Op::Move { from, path } => move_element(root, from, path),
    }
}

fn add(root: &mut Value, path: &str, value: Value, at: Option<usize>) -> Result<Op, EditError> {
    let Some((parent, token)) = pointer::split_last(path) else {
        return Ok(Op::Replace { path: String::new(), value: std::mem::replace(root, value) });
    };
    match root.pointer_mut(parent).ok_or(EditError::NoPlace)? {
        Value::Object(map) => {
            if let Some(place) = map.get_mut(&token) {
                return Ok(Op::Replace { path: path.to_owned(), value: std::mem::replace(place, value) });
            }
            let at = at.unwrap_or_else(|| order::position(parent, &token, map)).min(map.len());
            map.shift_insert(at, token, value);
            Ok(Op::Remove { path: path.to_owned() })
        }
        Value::Array(list) => {
            let i = if token == "-" { list.len() } else { pointer::index(&token).ok_or(EditError::NoPlace)? };
            if i > list.len() {
                return Err(EditError::NoPlace);
            }
            list.insert(i, value);
            Ok(Op::Remove { path: pointer::join(parent, i) })
        }
        _ => Err(EditError::NoPlace),
    }
}

fn remove(root: &mut Value, path: &str) -> Result<Op, EditError> {
    let (parent, token) = pointer::split_last(path).ok_or(EditError::NoPlace)?;
    match root.pointer_mut(parent).ok_or(EditError::NoPlace)? {
        Value::Object(map) => {
            let at = map.keys().position(|k| *k == token).ok_or(EditError::NoPlace)?;
            let value = map.shift_remove(&token).ok_or(EditError::NoPlace)?;
            Ok(Op::Add { path: path.to_owned(), value, at: Some(at) })
        }
        Value::Array(list) => {
            let i = pointer::index(&token).filter(|i| *i < list.len()).ok_or(EditError::NoPlace)?;
            Ok(Op::Add { path: path.to_owned(), value: list.remove(i), at: None })
        }
        _ => Err(EditError::NoPlace),
    }
}

fn move_element(root: &mut Value, from: &str, path: &str) -> Result<Op, EditError> {
    let (parent, source) = pointer::split_last(from).ok_or(EditError::NoPlace)?;
    let (other, target) = pointer::split_last(path).ok_or(EditError::NoPlace)?;
    let (Some(source), Some(target), true) = (pointer::index(&source), pointer::index(&target), parent == other) else {
        return Err(EditError::NoPlace);
    };
    let list = root.pointer_mut(parent).and_then(Value::as_array_mut).ok_or(EditError::NoPlace)?;
    if source >= list.len() || target >= list.len() {
        return Err(EditError::NoPlace);
    }
    let value = list.remove(source);
    list.insert(target, value);
    Ok(Op::Move { from: path.to_owned(), path: from.to_owned() })
}
