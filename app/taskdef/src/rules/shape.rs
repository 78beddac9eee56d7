//! The document against the API model: types, keys, required members, nulls.

use super::{Findings, marks, shape_document, work};
use crate::{
    Edit, Finding, Scope, Severity,
    edit::Op,
    finding::Param,
    import::NotJson,
    model::{self, Kind, Node, Task},
    pointer,
};
use serde_json::{Value, json};

/// Longest word that is compared letter by letter, bytes: the longest name that AWS takes anywhere.
const LONGEST: usize = 255;
/// Most names that are looked through for one that was meant.
const CANDIDATES: usize = 100;

/// Compose words and what they are called here.
const COMPOSE: &[(&str, &str)] = &[
    ("ports", "portMappings"),
    ("env", "environment"),
    ("args", "command"),
    ("build", "image"),
    ("depends_on", "dependsOn"),
    ("labels", "dockerLabels"),
    ("healthcheck", "healthCheck"),
    ("restart", "restartPolicy"),
    ("volumes", "mountPoints"),
];

/// Required members that a rule of their own asks for.
const OWN_RULE: &[&str] = &[
    "family",
    "containerDefinitions",
    "healthCheck/command",
    "logConfiguration/logDriver",
    "firelensConfiguration/type",
    "restartPolicy/enabled",
    "efsVolumeConfiguration/fileSystemId",
    "s3filesVolumeConfiguration/fileSystemArn",
    "ephemeralStorage/sizeInGiB",
];

/// The text is not JSON at all.
pub(super) fn not_json(error: NotJson) -> Finding {
    Finding {
        rule: "task-json-shape",
        severity: Severity::Error,
        scope: Scope::Definition,
        path: String::new(),
        variant: error.hint.variant(),
        params: vec![("line", Param::Number(error.line as u64)), ("column", Param::Number(error.column as u64))],
        fixes: Vec::new(),
        at: Some((error.line, error.column)),
    }
}

/// Whether the document is one that the other rules can judge.
pub(super) fn check(task: &Task<'_>, out: &mut Findings) -> bool {
    for key in &task.wizard.dropped {
        out.at("task-import-read-only-fields", key.clone()).text("key", key.trim_start_matches('/'));
    }
    for path in &task.wizard.doubled {
        out.at("task-duplicate-json-key", path.clone()).text("key", last(path));
    }
    if shape_document::foreign(task, out) {
        return false;
    }
    walk(task, task.definition, model::root(), &mut String::new(), out);
    task.definition.is_object()
}

/// One token more on the way. The whole way is one text, so that a place where nothing is said costs nothing.
fn push(path: &mut String, token: &str) -> usize {
    let length = path.len();
    path.push('/');
    if token.contains(['~', '/']) {
        path.push_str(&token.replace('~', "~0").replace('/', "~1"))
    } else {
        path.push_str(token)
    }
    length
}

fn push_index(path: &mut String, i: usize) -> usize {
    let length = path.len();
    path.push('/');
    path.push_str(&i.to_string());
    length
}

fn walk(task: &Task<'_>, value: &Value, node: &Node, path: &mut String, out: &mut Findings) {
    work::spend(1);
    if value.is_null() && !path.is_empty() {
        out.at("task-null-values", path.as_str()).text("key", last(path)).clear(task.definition, path);
        return;
    }
    match (node.kind, value) {
        (Kind::Object, Value::Object(_)) => members(task, value, node, path, out),
        (Kind::List, Value::Array(list)) => {
            for (i, item) in list.iter().enumerate() {
                let length = push_index(path, i);
                if item.is_object() {
                    members(task, item, node, path, out);
                } else {
                    wrong_type(task, item, Kind::Object, path, out);
                }
                path.truncate(length);
            }
        }
        (Kind::Texts, Value::Array(list)) => each(task, list, Kind::Text, path, out),
        (Kind::OneOfs(_), Value::Array(list)) => {
            each(task, list, Kind::Text, path, out);
            list.iter().enumerate().filter_map(|(i, v)| Some((i, v.as_str()?))).for_each(|(i, text)| marks::template(text, &pointer::join(path, i), out));
        }
        (Kind::Integers, Value::Array(list)) => each(task, list, Kind::Integer, path, out),
        (Kind::Map, Value::Object(map)) => {
            for (key, item) in map.iter().filter(|(_, v)| !v.is_null()) {
                let length = push(path, key);
                match item {
                    Value::String(text) => marks::template(text, path, out),
                    _ => not_a_text(task, item, key, path, out),
                }
                path.truncate(length);
            }
        }
        (Kind::OneOf(_), Value::String(text)) if text.is_empty() => {
            out.at("task-null-values", path.as_str()).variant("empty").text("key", last(path)).clear(task.definition, path);
        }
        (Kind::Text | Kind::OneOf(_), Value::String(text)) => marks::template(text, path, out),
        (Kind::Boolean, Value::Bool(_)) => {}
        (Kind::Integer, Value::Number(n)) if n.as_i64().is_some() || n.as_f64().is_some_and(|f| f.fract() == 0.0) => {}
        (kind, _) => wrong_type(task, value, kind, path, out),
    }
}

/// A value of a map that is no text: log options and labels each have a rule for it.
fn not_a_text(task: &Task<'_>, item: &Value, key: &str, here: &str, out: &mut Findings) {
    let rule = if here.contains("/logConfiguration/options/") {
        "log-option-string"
    } else if here.contains("/dockerLabels/") {
        "container-docker-labels-strings"
    } else {
        return wrong_type(task, item, Kind::Text, here, out);
    };
    let said = out.at(rule, here).text("key", key);
    if !item.is_object() && !item.is_array() {
        said.set(task.definition, here, crate::form::text_of(item));
    }
}

fn each(task: &Task<'_>, list: &[Value], kind: Kind, path: &str, out: &mut Findings) {
    for (i, item) in list.iter().enumerate() {
        let ok = match kind {
            Kind::Integer => item.as_i64().is_some(),
            _ => item.is_string(),
        };
        if !ok {
            wrong_type(task, item, kind, &pointer::join(path, i), out);
        }
    }
}

fn wrong_type(task: &Task<'_>, value: &Value, kind: Kind, path: &str, out: &mut Findings) {
    let shown = crate::form::text_of(value);
    let key = last(path);
    let in_container = path.starts_with("/containerDefinitions/");
    match (kind, value) {
        // A mark in quotes where a number is due is filled in later, like any other.
        (_, Value::String(text)) if marks::has_mark(text) => {
            out.at("task-template-placeholder", path).text("value", text.as_str());
        }
        (_, Value::Null) if !path.is_empty() => {
            out.at("task-null-values", path).text("key", key).clear(task.definition, path);
        }
        (Kind::Texts, Value::String(text)) if in_container && matches!(key.as_str(), "command" | "entryPoint") => {
            let health = path.ends_with("/healthCheck/command");
            let fixed = if health { super::health::split_keyword(text) } else { json!(text.split_whitespace().collect::<Vec<_>>()) };
            let rule = if health { "health-command-list" } else { "container-command-string" };
            let said = out.at(rule, path).text("value", text.as_str());
            if health || !text.contains(['"', '\'', '\\']) {
                said.set(task.definition, path, fixed);
            }
        }
        (Kind::Text, _) if path.contains("/environment/") && key == "value" => {
            let said = out.at("env-value-string", path);
            if !value.is_object() && !value.is_array() {
                said.set(task.definition, path, shown);
            }
        }
        _ => {
            // Values of variables and secrets are never shown.
            let shown = if path.contains("/environment/") || path.contains("/secrets/") { "…" } else { shown.as_str() };
            let said = out.at("task-json-shape", path).variant(variant(kind, value)).text("key", key.as_str()).text("value", shown);
            if let Some(better) = converted(kind, &key, value) {
                said.set(task.definition, path, better);
            }
        }
    }
}

fn variant(kind: Kind, value: &Value) -> &'static str {
    match kind {
        Kind::Text | Kind::OneOf(_) => "text",
        // Quotes are what is wrong only with a number that stands in them.
        Kind::Integer if value.as_str().is_some_and(|text| crate::form::typed_number(text).is_none()) => "whole",
        Kind::Integer => "integer",
        Kind::Boolean => "boolean",
        Kind::Object | Kind::Map => "object",
        _ => "list",
    }
}

/// The same value in the right type, where there is no doubt.
fn converted(kind: Kind, key: &str, value: &Value) -> Option<Value> {
    match (kind, value) {
        (Kind::Text | Kind::OneOf(_), Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        (Kind::Integer, Value::String(text)) => crate::form::typed_amount(key, text).map(|n| json!(n)),
        (Kind::Boolean, Value::String(text)) => match text.to_ascii_lowercase().as_str() {
            "true" => Some(json!(true)),
            "false" => Some(json!(false)),
            _ => None,
        },
        (Kind::Texts | Kind::OneOfs(_), Value::String(_)) => Some(json!([value])),
        (Kind::List, Value::Object(_)) => Some(json!([value])),
        _ => None,
    }
}

fn members(task: &Task<'_>, value: &Value, node: &Node, path: &mut String, out: &mut Findings) {
    let parent = path.len();
    for (key, child) in value.as_object().into_iter().flatten() {
        push(path, key);
        match node.members.get(key.as_str()) {
            Some(member) => walk(task, child, member, path, out),
            None => unknown(value, node, key, child, &path[..parent], path, out),
        }
        path.truncate(parent);
    }
    for name in &node.required {
        let kind = || node.members.get(name).map(|m| m.kind);
        let missing = value.get(name).is_none_or(|v| v.is_null() || (v.as_str() == Some("") && matches!(kind(), Some(Kind::OneOf(_)))));
        if missing && !has_own_rule(path, name) {
            required(task, value, path, name, out);
        }
    }
}

fn has_own_rule(path: &str, name: &str) -> bool {
    let own = |rule: &&str| rule.rsplit_once('/').map_or(path.is_empty() && *rule == name, |(parent, key)| key == name && path.ends_with(parent));
    OWN_RULE.iter().any(own)
        || path.contains("/secrets/")
        || path.contains("/tmpfs/")
        || path.contains("/fsxWindowsFileServerVolumeConfiguration")
        || (path.contains("/resourceRequirements/") && name == "type")
}

/// A member that the API model asks for; the cure where its value is known.
fn required(task: &Task<'_>, object: &Value, path: &str, name: &str, out: &mut Findings) {
    let here = pointer::join(path, name);
    let said = out.at("task-required-member", &here).text("key", name).text("parent", parent(path));
    let other = |key: &str| object.get(key).filter(|v| v.is_i64() || v.is_u64()).cloned();
    let value = match name {
        "softLimit" => other("hardLimit"),
        "hardLimit" => other("softLimit"),
        "type" if path.contains("/environmentFiles/") => Some(json!("s3")),
        "condition" => Some(json!("START")),
        _ => None,
    };
    if let Some(value) = value {
        said.set(task.definition, &here, value);
    }
}

/// The name of the object that a pointer leads to, without its index.
fn parent(path: &str) -> String {
    pointer::tokens(path).into_iter().rev().find(|t| pointer::index(t).is_none()).unwrap_or_default()
}

fn unknown(object: &Value, node: &Node, key: &str, child: &Value, parent: &str, here: &str, out: &mut Findings) {
    let free = |k: &&str| object.get(*k).is_none_or(|v| v.is_null());
    let in_container = parent.strip_prefix("/containerDefinitions/").is_some_and(|rest| !rest.contains('/'));
    let compose = COMPOSE.iter().find(|(word, _)| in_container && *word == key).map(|(_, k)| *k);
    let swapped = match (parent.contains("/environment/"), parent.contains("/secrets/"), key) {
        (true, _, "valueFrom") => Some("value"),
        (_, true, "value") => Some("valueFrom"),
        _ => None,
    };
    let meant = compose.or(swapped).or_else(|| node.members.iter().map(|(k, _)| k).find(|k| alike(key, k)));
    if let (None, Some(home)) = (meant.filter(free), home(key, in_container, parent)) {
        out.at("task-misspelt-key", here).variant("place").text("key", key).text("home", home);
        return;
    }
    match meant.filter(free) {
        Some(right) => {
            let said = out.at("task-misspelt-key", here).text("key", key).text("right", right);
            // Compose's values have other shapes; only the key is not enough.
            if compose.is_none() || matches!((right, child), ("command", Value::Array(_)) | ("dockerLabels", Value::Object(_))) {
                let edit = Edit(vec![
                    Op::Remove { path: here.to_owned() },
                    Op::Add { path: pointer::join(parent, right), value: child.clone(), at: position(object, key) },
                ]);
                said.fix("fix", vec![("right", Param::Text(right.to_owned()))], edit);
            }
        }
        None => {
            out.at("task-unknown-key", here).text("key", key);
        }
    }
}

/// Keys that people put on the wrong floor: of a container at the task, and the other way round.
fn home(key: &str, in_container: bool, parent: &str) -> Option<&'static str> {
    const OF_TASK: [&str; 9] = [
        "executionRoleArn",
        "taskRoleArn",
        "networkMode",
        "requiresCompatibilities",
        "runtimePlatform",
        "ephemeralStorage",
        "family",
        "pidMode",
        "placementConstraints",
    ];
    const OF_CONTAINER: [&str; 11] = [
        "image",
        "portMappings",
        "environment",
        "logConfiguration",
        "healthCheck",
        "essential",
        "secrets",
        "mountPoints",
        "command",
        "entryPoint",
        "dependsOn",
    ];
    if in_container && OF_TASK.contains(&key) {
        Some("the task definition")
    } else if parent.is_empty() && OF_CONTAINER.contains(&key) {
        Some("containerDefinitions")
    } else {
        None
    }
}

fn position(object: &Value, key: &str) -> Option<usize> {
    object.as_object()?.keys().position(|k| k == key)
}

/// The same word, whatever its capitals and hyphens.
pub(super) fn same_word(a: &str, b: &str) -> bool {
    let bare = |t: &str| t.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect::<String>();
    bare(a) == bare(b)
}

/// Equal when case, `_` and `-` do not count, or one or two letters apart in words of five and more.
/// A word of more than [`LONGEST`] bytes is like no other.
pub(super) fn alike(a: &str, b: &str) -> bool {
    work::spend(1);
    if a.len().max(b.len()) > LONGEST {
        return false;
    }
    let bare = |t: &str| t.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (bare(a), bare(b));
    work::spend((a.len() + b.len()) / 8);
    // Each letter of difference in length is one in distance.
    if a == b || a.len().abs_diff(b.len()) > 2 || a.len().min(b.len()) < 5 {
        return a == b;
    }
    work::spend(a.len() * b.len() / 8);
    strsim::generic_levenshtein(&a, &b) <= 2
}

/// The first of the names that is spelt like `word`. Only so many are looked at: what a suggestion costs has a bound.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names.take(CANDIDATES).find(|name| alike(name, word))
}

fn last(path: &str) -> String {
    pointer::split_last(path).map_or(String::new(), |(_, key)| key)
}
