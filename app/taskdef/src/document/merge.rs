//! Two people changed the same draft: what differs, and what can be put together.

use crate::{
    Edit,
    document::{edit::Op, pointer},
};
use serde_json::Value;
use std::collections::HashSet;

/// A place that both sides changed, to different values.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// Pointer from the draft's root.
    pub path: String,
    /// What it was, what this side made of it, what the other side did; `None` is "not there".
    pub base: Option<Value>,
    /// This side's value.
    pub mine: Option<Value>,
    /// The other side's value.
    pub theirs: Option<Value>,
}

/// The edit that turns `from` into `to`: key by key in objects, and in lists that kept their length.
pub fn diff(from: &Value, to: &Value) -> Edit {
    let mut ops = Vec::new();
    walk(from, to, "", &mut ops);
    Edit(ops)
}

fn walk(from: &Value, to: &Value, path: &str, ops: &mut Vec<Op>) {
    match (from, to) {
        (Value::Object(a), Value::Object(b)) => {
            let kept: Vec<&String> = a.keys().filter(|k| b.contains_key(*k)).collect();
            let order: Vec<&String> = b.keys().filter(|k| a.contains_key(*k)).collect();
            if kept != order {
                ops.push(Op::Replace { path: path.to_owned(), value: to.clone() });
                return;
            }
            ops.extend(a.keys().filter(|k| !b.contains_key(*k)).map(|k| Op::Remove { path: pointer::join(path, k) }));
            for (at, (key, value)) in b.iter().enumerate() {
                let here = pointer::join(path, key);
                match a.get(key) {
                    Some(old) => walk(old, value, &here, ops),
                    None => ops.push(Op::Add { path: here, value: value.clone(), at: Some(at) }),
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (i, (x, y)) in a.iter().zip(b).enumerate() {
                walk(x, y, &pointer::join(path, i), ops);
            }
        }
        _ if crate::document::edit::same(from, to) => {}
        _ => ops.push(Op::Replace { path: path.to_owned(), value: to.clone() }),
    }
}

/// Puts `mine` onto `theirs`, both made from `base`.
///
/// Edits of different places merge; where both changed one place to different values, nothing is
/// merged and the clashes are returned. What only the wizard remembers never clashes.
pub fn merge(base: &Value, mine: &Value, theirs: &Value) -> Result<Value, Vec<Clash>> {
    resolve(base, mine, theirs, |_| None)
}

/// The same, where a person has chosen for some of the places that clash: `true` is mine.
pub fn resolve(base: &Value, mine: &Value, theirs: &Value, choice: impl Fn(&str) -> Option<bool>) -> Result<Value, Vec<Clash>> {
    let ours = diff(base, mine);
    let others = diff(base, theirs);
    // Places that the other side touched, and all above them: no place is held against each other.
    let theirs_at: HashSet<&str> = others.0.iter().map(Op::path).collect();
    let theirs_above: HashSet<&str> = others.0.iter().flat_map(|op| pointer::upwards(op.path())).collect();
    let mut clashes = Vec::new();
    let (mut wanted, mut chosen) = (Vec::new(), Vec::new());
    for op in &ours.0 {
        let path = op.path();
        let touched = theirs_above.contains(path) || pointer::upwards(path).any(|place| theirs_at.contains(place));
        let (here, there) = (pointer::get(mine, path), pointer::get(theirs, path));
        let same = match (here, there) {
            (Some(a), Some(b)) => crate::document::edit::same(a, b),
            (None, None) => true,
            _ => false,
        };
        if !touched {
            wanted.push(op.clone());
        } else if !same && !pointer::contains("/aside", path) {
            if let Some(mine) = choice(path) {
                chosen.extend(mine.then(|| (path.to_owned(), here.cloned())));
                continue;
            }
            clashes.push(Clash { path: path.to_owned(), base: pointer::get(base, path).cloned(), mine: here.cloned(), theirs: there.cloned() });
        }
    }
    if !clashes.is_empty() {
        return Err(clashes);
    }
    let mut merged = theirs.clone();
    match Edit(wanted).apply(&mut merged) {
        Ok(_) => {
            for (path, value) in chosen {
                let edit = value.map_or_else(|| crate::document::edit::clear(&merged, &path), |value| crate::document::edit::set(&merged, &path, value));
                // A place that neither side has any more needs no choice.
                let _ = edit.apply(&mut merged);
            }
            Ok(merged)
        }
        Err(_) => Err(vec![Clash { path: "/definition".into(), base: None, mine: mine.get("definition").cloned(), theirs: theirs.get("definition").cloned() }]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn different_fields_merge() {
        let base = json!({ "a": 1, "b": { "x": 1, "y": 2 }, "l": [{ "n": 1 }, { "n": 2 }] });
        let mine = json!({ "a": 2, "b": { "x": 1, "y": 2 }, "l": [{ "n": 9 }, { "n": 2 }] });
        let theirs = json!({ "a": 1, "b": { "x": 1, "y": 3 }, "l": [{ "n": 1 }, { "n": 8 }], "c": 4 });
        let merged = merge(&base, &mine, &theirs).unwrap();
        assert_eq!(merged, json!({ "a": 2, "b": { "x": 1, "y": 3 }, "l": [{ "n": 9 }, { "n": 8 }], "c": 4 }));
    }

    #[test]
    fn the_same_field_clashes_and_the_same_answer_does_not() {
        let base = json!({ "a": 1 });
        let clashes = merge(&base, &json!({ "a": 2 }), &json!({ "a": 3 })).unwrap_err();
        assert_eq!((clashes.len(), clashes[0].path.as_str()), (1, "/a"));
        assert_eq!(merge(&base, &json!({ "a": 2 }), &json!({ "a": 2 })).unwrap(), json!({ "a": 2 }));
    }

    #[test]
    fn a_choice_settles_its_clash_and_keeps_what_did_not_clash() {
        let base = json!({ "a": 1, "b": 1, "c": 1, "d": 1 });
        let (mine, theirs) = (json!({ "a": 2, "b": 2, "c": 2, "d": 1 }), json!({ "a": 3, "b": 3, "c": 1, "d": 4 }));
        let both = resolve(&base, &mine, &theirs, |path| Some(path == "/a")).unwrap();
        assert_eq!(both, json!({ "a": 2, "b": 3, "c": 2, "d": 4 }));
        let left = resolve(&base, &mine, &theirs, |path| (path == "/a").then_some(true)).unwrap_err();
        assert_eq!(left.iter().map(|c| c.path.as_str()).collect::<Vec<_>>(), ["/b"]);
    }

    #[test]
    fn diff_then_apply_gives_the_target_to_the_byte() {
        for (a, b) in [
            (json!({ "a": 1, "b": 2 }), json!({ "b": 2, "a": 1 })),
            (json!([1, 2]), json!([2])),
            (json!({ "x": { "y": 1 } }), json!({ "z": 0, "x": { "y": 1, "w": [1] } })),
        ] {
            let mut v = a.clone();
            diff(&a, &b).apply(&mut v).unwrap();
            assert_eq!(v.to_string(), b.to_string());
        }
    }
}
