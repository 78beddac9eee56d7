//! Controls that edit one place: texts, whole numbers, yes or no.

use super::{changes::Changes, logs};
use crate::{
    Draft, Edit,
    document::{pointer, view},
    grammar::amount::{typed_amount, typed_number},
};
use serde_json::{Number, Value, json};

const NUMBERS: [&str; 6] = ["containerPort", "hostPort", "interval", "timeout", "retries", "startPeriod"];
const CONTAINER_NUMBERS: [&str; 3] = ["cpu", "memory", "memoryReservation"];

/// A value as a text field shows it: texts bare, anything else as JSON, nothing for nothing.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

pub(super) fn rendered(draft: &Draft, name: &str) -> String {
    let path = pointer::from_place(name);
    match pointer::get(draft.root(), &path) {
        Some(value) => text_of(value),
        None => default(draft, name),
    }
}

/// What an absent member means, where the page shows that as the answer.
fn default(draft: &Draft, name: &str) -> String {
    let Some((parent, key)) = pointer::split_last(name) else { return String::new() };
    match key.as_str() {
        "essential" => "true".into(),
        "protocol" => "tcp".into(),
        _ if parent.ends_with("/healthCheck") && pointer::get(draft.definition(), parent).is_none() => {
            super::TIMING.iter().find(|(k, _)| *k == key).map_or(String::new(), |(_, n)| n.to_string())
        }
        _ => String::new(),
    }
}

pub(super) fn change(draft: &Draft, name: &str, typed: &str) -> Edit {
    let path = pointer::from_place(name);
    let Some((parent, key)) = pointer::split_last(name) else { return Edit::default() };
    let mut changes = Changes::of(draft);
    let in_list = ["/environment/", "/secrets/"].iter().any(|l| name.contains(l));
    let number = NUMBERS.contains(&key.as_str())
        || (CONTAINER_NUMBERS.contains(&key.as_str()) && name.starts_with("/containerDefinitions/"))
        || name == "/cluster/count";
    let text = if number || name.starts_with("/cluster") { typed.trim() } else { typed };
    if text.is_empty() && !in_list {
        if name == "/family" {
            logs::follow_family(&mut changes, draft.family(), "");
        }
        changes.clear(&path);
    } else if key == "containerPort"
        && let Some((port, protocol @ ("tcp" | "udp"))) = text.split_once('/')
        && let Some(port) = typed_number(port)
    {
        // As Docker writes it.
        changes.set(&path, json!(port));
        changes.set(&format!("/definition{parent}/protocol"), json!(protocol));
    } else if number {
        let value = typed_amount(&key, text).map_or(Value::String(text.to_owned()), |n| Value::Number(Number::from(n)));
        changes.set(&path, value);
    } else if key == "essential" && matches!(text, "true" | "false") {
        changes.set(&path, Value::Bool(text == "true"));
    } else {
        if key == "name" && parent.matches('/').count() == 2 {
            rename(&mut changes, parent, text);
        }
        if name == "/family" {
            logs::follow_family(&mut changes, draft.family(), text);
        }
        changes.set(&path, Value::String(text.to_owned()));
    }
    changes.done()
}

/// A container's new name is used where other containers wait for it.
fn rename(changes: &mut Changes<'_>, container: &str, name: &str) {
    let definition = changes.base().definition();
    let containers = view::containers(definition);
    let Some(old) = containers.iter().find(|c| c.place() == container).map(|c| c.name()) else { return };
    if old.is_empty() || containers.iter().filter(|c| c.name() == old).count() != 1 {
        return;
    }
    for c in &containers {
        for (j, dependency) in c.list("dependsOn").iter().enumerate() {
            if dependency.get("containerName").and_then(Value::as_str) == Some(old) {
                let path = format!("/definition{}/dependsOn/{j}/containerName", c.place());
                changes.set(&path, Value::String(name.to_owned()));
            }
        }
    }
}
