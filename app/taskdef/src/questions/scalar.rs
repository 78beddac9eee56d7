//! What questions about one place have in common: a text or a whole number.

use super::changes::Changes;
use crate::{
    Draft, Edit,
    document::{pointer, value::text_of},
    grammar::amount::typed_amount,
};
use serde_json::{Number, Value};

/// What stands at a pointer from the draft's root, as a text field shows it.
pub(super) fn found(draft: &Draft, path: &str) -> Option<String> {
    pointer::get(draft.root(), path).map(text_of)
}

/// The same; nothing for nothing.
pub(super) fn shown(draft: &Draft, path: &str) -> String {
    found(draft, path).unwrap_or_default()
}

/// Puts a text at a pointer; an empty one takes the member away.
pub(super) fn put_text(changes: &mut Changes<'_>, path: &str, typed: &str) {
    if typed.is_empty() {
        changes.clear(path);
    } else {
        changes.set(path, Value::String(typed.to_owned()));
    }
}

/// The edit that puts a text at a pointer.
pub(super) fn text(draft: &Draft, path: &str, typed: &str) -> Edit {
    let mut changes = Changes::of(draft);
    put_text(&mut changes, path, typed);
    changes.done()
}

/// The edit that puts a number at a pointer, read in the units of the member `key`; what is no number stays as it was typed.
pub(super) fn number(draft: &Draft, path: &str, key: &str, typed: &str) -> Edit {
    let typed = typed.trim();
    match typed_amount(key, typed) {
        Some(n) => {
            let mut changes = Changes::of(draft);
            changes.set(path, Value::Number(Number::from(n)));
            changes.done()
        }
        None => text(draft, path, typed),
    }
}
