//! Tolerant reading of values: what is missing, null or of another type is simply not there.

use super::Task;
use crate::document::view::ContainerView;
pub(in crate::lint) use crate::document::view::member;
use crate::lint::work;
use serde_json::Value;

/// What has members: a value, or a container, which knows what it lacks.
pub(in crate::lint) trait Members<'a>: Copy {
    fn member(self, key: &str) -> Option<&'a Value>;
}

impl<'a> Members<'a> for &'a Value {
    fn member(self, key: &str) -> Option<&'a Value> {
        member(self, key)
    }
}

impl<'a> Members<'a> for ContainerView<'a> {
    fn member(self, key: &str) -> Option<&'a Value> {
        self.get(key)
    }
}

impl<'a, T: Members<'a>> Members<'a> for &T {
    fn member(self, key: &str) -> Option<&'a Value> {
        (*self).member(key)
    }
}

/// A member that is there and not null.
pub(in crate::lint) fn present<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    member(value, key).filter(|v| !v.is_null())
}

/// The member at a path of keys (`linuxParameters/maxSwap`) that is there and not null.
// Inlined down to the slash, so that the compiler looks for it: nearly every path is written out where it is asked for.
#[inline(always)]
pub(in crate::lint) fn find<'a>(of: impl Members<'a>, path: &str) -> Option<&'a Value> {
    match path.bytes().position(|b| b == b'/') {
        None => given(of, path),
        Some(slash) => path[slash + 1..].split('/').try_fold(given(of, &path[..slash])?, member).filter(|v| !v.is_null()),
    }
}

/// The member of one key that is there and not null.
fn given<'a>(of: impl Members<'a>, key: &str) -> Option<&'a Value> {
    work::spend(1);
    of.member(key).filter(|v| !v.is_null())
}

/// The same as a text that is not empty.
#[inline(always)]
pub(in crate::lint) fn text<'a>(of: impl Members<'a>, path: &str) -> Option<&'a str> {
    find(of, path)?.as_str().filter(|t| !t.is_empty())
}

/// The same as a list; anything else is an empty one.
#[inline(always)]
pub(in crate::lint) fn list<'a>(of: impl Members<'a>, path: &str) -> &'a [Value] {
    find(of, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The same as a whole number.
#[inline(always)]
pub(in crate::lint) fn integer<'a>(of: impl Members<'a>, path: &str) -> Option<i64> {
    find(of, path)?.as_i64()
}

/// Whether the member is `true`.
#[inline(always)]
pub(in crate::lint) fn flag<'a>(of: impl Members<'a>, path: &str) -> bool {
    find(of, path).and_then(Value::as_bool).unwrap_or(false)
}

/// Whether the member says something: not null, not an empty text, list or object, not `false`.
#[inline(always)]
pub(in crate::lint) fn says<'a>(of: impl Members<'a>, path: &str) -> bool {
    find(of, path).is_some_and(is_said)
}

fn is_said(value: &Value) -> bool {
    match value {
        Value::Bool(b) => *b,
        Value::String(t) => !t.is_empty(),
        Value::Array(l) => !l.is_empty(),
        Value::Object(m) => !m.is_empty(),
        _ => true,
    }
}

/// The texts of a list, with their index.
pub(in crate::lint) fn texts<'a>(of: impl Members<'a>, path: &str) -> impl Iterator<Item = (usize, &'a str)> {
    list(of, path).iter().enumerate().filter_map(|(i, v)| Some((i, v.as_str()?)))
}

/// The containers that are objects.
pub(in crate::lint) fn objects<'t>(task: &'t Task<'_>) -> impl Iterator<Item = ContainerView<'t>> {
    task.containers.iter().copied().filter(|c| c.value().is_object())
}

/// Names in quotes, one after the other: `‘a’, ‘b’`.
pub(in crate::lint) fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|n| format!("‘{n}’")).collect::<Vec<_>>().join(", ")
}
