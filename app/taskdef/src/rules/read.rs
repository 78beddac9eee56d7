//! Tolerant reading of values: what is missing, null or of another type is simply not there.

use super::work;
use crate::{model::Task, view::ContainerView};
use serde_json::Value;

/// What has members: a value, or a container, which knows what it lacks.
pub(super) trait Members<'a>: Copy {
    fn member(self, key: &str) -> Option<&'a Value>;
}

impl<'a> Members<'a> for &'a Value {
    fn member(self, key: &str) -> Option<&'a Value> {
        self.get(key)
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

/// The member at a path of keys (`linuxParameters/maxSwap`) that is there and not null.
pub(super) fn find<'a>(of: impl Members<'a>, path: &str) -> Option<&'a Value> {
    work::spend(1);
    let found = match path.split_once('/') {
        None => of.member(path),
        Some((first, rest)) => rest.split('/').try_fold(of.member(first)?, |v, key| v.get(key)),
    };
    found.filter(|v| !v.is_null())
}

/// The same as a text that is not empty.
pub(super) fn text<'a>(of: impl Members<'a>, path: &str) -> Option<&'a str> {
    find(of, path)?.as_str().filter(|t| !t.is_empty())
}

/// The same as a list; anything else is an empty one.
pub(super) fn list<'a>(of: impl Members<'a>, path: &str) -> &'a [Value] {
    find(of, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The same as a whole number.
pub(super) fn integer<'a>(of: impl Members<'a>, path: &str) -> Option<i64> {
    find(of, path)?.as_i64()
}

/// Whether the member is `true`.
pub(super) fn flag<'a>(of: impl Members<'a>, path: &str) -> bool {
    find(of, path).and_then(Value::as_bool).unwrap_or(false)
}

/// Whether the member says something: not null, not an empty text, list or object, not `false`.
pub(super) fn says<'a>(of: impl Members<'a>, path: &str) -> bool {
    find(of, path).is_some_and(|v| match v {
        Value::Bool(b) => *b,
        Value::String(t) => !t.is_empty(),
        Value::Array(l) => !l.is_empty(),
        Value::Object(m) => !m.is_empty(),
        _ => true,
    })
}

/// The texts of a list, with their index.
pub(super) fn texts<'a>(of: impl Members<'a>, path: &str) -> impl Iterator<Item = (usize, &'a str)> {
    list(of, path).iter().enumerate().filter_map(|(i, v)| Some((i, v.as_str()?)))
}

/// The containers that are objects.
pub(super) fn objects<'t>(task: &'t Task<'_>) -> impl Iterator<Item = ContainerView<'t>> {
    task.containers.iter().copied().filter(|c| c.value().is_object())
}

/// Names in quotes, one after the other: `‘a’, ‘b’`.
pub(super) fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|n| format!("‘{n}’")).collect::<Vec<_>>().join(", ")
}

/// Whether a text is a whole ARN of `service` with a resource that `resource` takes.
pub(super) fn is_arn(text: &str, services: &[&str], resource: impl Fn(&str) -> bool) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    matches!(parts.as_slice(), ["arn", partition, service, _, _, rest] if partition.starts_with("aws") && services.contains(service) && resource(rest))
}

/// Region of an ARN, where it has one.
pub(super) fn arn_region(text: &str) -> Option<&str> {
    text.starts_with("arn:").then(|| text.split(':').nth(3)).flatten().filter(|r| !r.is_empty())
}

/// Account of an ARN, where it has one.
pub(super) fn arn_account(text: &str) -> Option<&str> {
    text.starts_with("arn:").then(|| text.split(':').nth(4)).flatten().filter(|a| !a.is_empty())
}
