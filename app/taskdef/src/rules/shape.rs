//! The document against the API model: types, keys, nulls, and marks of templates.

use super::Findings;
use crate::{
    Edit, Finding, Scope, Severity,
    edit::Op,
    finding::Param,
    import::NotJson,
    model::{self, Kind, Node, Task},
    pointer,
};
use serde_json::{Value, json};

/// Compose words and what they are called here.
const COMPOSE: &[(&str, &str)] = &[
    ("ports", "portMappings"),
    ("env", "environment"),
    ("args", "command"),
    ("depends_on", "dependsOn"),
    ("labels", "dockerLabels"),
    ("healthcheck", "healthCheck"),
    ("restart", "restartPolicy"),
    ("volumes", "mountPoints"),
];

/// The text is not JSON at all.
pub(super) fn not_json(error: NotJson) -> Finding {
    Finding {
        rule: "task-json-shape",
        severity: Severity::Error,
        scope: Scope::Definition,
        path: String::new(),
        variant: "not-json",
        params: vec![("line", Param::Number(error.line as u64)), ("column", Param::Number(error.column as u64))],
        fixes: Vec::new(),
        at: Some((error.line, error.column)),
    }
}

pub(super) fn check(task: &Task<'_>, out: &mut Findings) {
    for key in &task.wizard.dropped {
        out.at("task-import-read-only-fields", key.clone()).text("key", key.trim_start_matches('/'));
    }
    walk(task, task.definition, model::root(), "", out);
}

fn walk(task: &Task<'_>, value: &Value, node: &Node, path: &str, out: &mut Findings) {
    if value.is_null() {
        out.at("task-null-values", path).text("key", last(path)).clear(task.definition, path);
        return;
    }
    match (node.kind, value) {
        (Kind::Object, Value::Object(_)) => members(task, value, node, path, out),
        (Kind::List, Value::Array(list)) => {
            for (i, item) in list.iter().enumerate() {
                let here = pointer::join(path, i);
                if item.is_object() {
                    members(task, item, node, &here, out);
                } else {
                    wrong_type(task, item, Kind::Object, &here, out);
                }
            }
        }
        (Kind::Texts | Kind::OneOfs(_), Value::Array(list)) => {
            each(task, list, Kind::Text, path, out);
            if matches!(node.kind, Kind::OneOfs(_)) {
                list.iter().enumerate().filter_map(|(i, v)| Some((i, v.as_str()?))).for_each(|(i, text)| template(text, &pointer::join(path, i), out));
            }
        }
        (Kind::Integers, Value::Array(list)) => each(task, list, Kind::Integer, path, out),
        (Kind::Map, Value::Object(map)) => {
            for (key, item) in map.iter().filter(|(_, v)| !v.is_null()) {
                let here = pointer::join(path, key);
                match item {
                    Value::String(text) => template(text, &here, out),
                    _ if path.ends_with("/options") => {
                        let shown = crate::form::text_of(item);
                        out.at("log-option-string", &here).text("key", key.as_str()).set(task.definition, &here, shown);
                    }
                    _ => wrong_type(task, item, Kind::Text, &here, out),
                }
            }
        }
        (Kind::Text | Kind::OneOf(_), Value::String(text)) => template(text, path, out),
        (Kind::Boolean, Value::Bool(_)) => {}
        (Kind::Integer, Value::Number(n)) if n.as_i64().is_some() || n.as_f64().is_some_and(|f| f.fract() == 0.0) => {}
        (kind, _) => wrong_type(task, value, kind, path, out),
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
        (_, Value::String(text)) if has_mark(text) => {
            out.at("task-template-placeholder", path).text("value", text.as_str());
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
            let said = out.at("env-value-string", path).text("value", shown.as_str());
            if !value.is_object() && !value.is_array() {
                said.set(task.definition, path, shown);
            }
        }
        _ => {
            let said = out.at("task-json-shape", path).variant(variant(kind)).text("key", key).text("value", shown.as_str());
            if let Some(better) = converted(kind, value) {
                said.set(task.definition, path, better);
            }
        }
    }
}

fn variant(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::OneOf(_) => "text",
        Kind::Integer => "integer",
        Kind::Boolean => "boolean",
        Kind::Object | Kind::Map => "object",
        _ => "list",
    }
}

/// The same value in the right type, where there is no doubt.
fn converted(kind: Kind, value: &Value) -> Option<Value> {
    match (kind, value) {
        (Kind::Text | Kind::OneOf(_), Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        (Kind::Integer, Value::String(text)) => crate::form::typed_number(text).map(|n| json!(n)),
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

fn members(task: &Task<'_>, value: &Value, node: &Node, path: &str, out: &mut Findings) {
    for (key, child) in value.as_object().into_iter().flatten() {
        let here = pointer::join(path, key);
        match node.members.get(key.as_str()) {
            Some(member) => walk(task, child, member, &here, out),
            None => unknown(value, node, key, child, path, &here, out),
        }
    }
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
    let meant = compose.or(swapped).or_else(|| node.members.keys().copied().find(|k| alike(key, k)));
    match meant.filter(free) {
        Some(right) => {
            let said = out.at("task-misspelt-key", here).text("key", key).text("right", right);
            if compose.is_none() {
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

fn position(object: &Value, key: &str) -> Option<usize> {
    object.as_object()?.keys().position(|k| k == key)
}

/// Equal when case, `_` and `-` do not count, or one or two letters apart in words of five and more.
fn alike(a: &str, b: &str) -> bool {
    let bare = |t: &str| t.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (bare(a), bare(b));
    a == b || (b.len() >= 5 && a.len() >= 5 && distance(&a, &b) <= 2)
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

fn last(path: &str) -> String {
    pointer::split_last(path).map_or(String::new(), |(_, key)| key)
}

/// Places where a template's marks are normal text.
fn template(text: &str, path: &str, out: &mut Findings) {
    let normal = ["/environment/", "/command", "/entryPoint", "/dockerLabels", "/options/splunk", "/firelensConfiguration"];
    if !normal.iter().any(|n| path.contains(n)) && has_mark(text) {
        out.at("task-template-placeholder", path).text("value", text);
    }
}

fn has_mark(text: &str) -> bool {
    let pair = |open: &str, close: &str| text.find(open).is_some_and(|i| text[i + open.len()..].find(close).is_some_and(|n| n > 0));
    let word = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let parts = || text.split(['/', ':', '.', '@']);
    pair("<", ">")
        || pair("${", "}")
        || pair("$(", ")")
        || pair("{{", "}}")
        || pair("#{", "}")
        || (pair("%", "%") && word(text.trim_matches('%')))
        || (text.len() > 4 && text.starts_with("__") && text.ends_with("__"))
        || parts().any(|p| p.len() > 1 && p.starts_with('$') && word(p.trim_matches('$')))
        || parts().any(|p| {
            word(p)
                && (p.contains("PLACEHOLDER")
                    || p.starts_with("YOUR_")
                    || p.starts_with("REPLACE_")
                    || matches!(p, "ACCOUNT" | "ACCOUNT_ID" | "AWS_ACCOUNT_ID" | "REGION" | "AWS_REGION"))
        })
        || parts().any(|p| p.starts_with("your-") || matches!(p, "aws_account_id" | "region") || masked(p))
}

/// An account number that somebody made unreadable: signs, crosses, or one digit ten times and more.
fn masked(part: &str) -> bool {
    let same = |c: char| part.chars().all(|x| x == c);
    let digit = part.chars().next().filter(char::is_ascii_digit);
    (part.len() >= 4 && same('#')) || (part.len() >= 8 && (same('x') || same('X'))) || (part.len() >= 10 && part != "000000000000" && digit.is_some_and(same))
}
