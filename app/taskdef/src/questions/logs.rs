//! Logs: one answer for all containers that write to CloudWatch Logs.

use super::changes::Changes;
use crate::{
    Draft, Edit,
    document::{view, view::ContainerView},
    grammar::name::log_group,
};
use serde_json::{Value, json};

/// The containers whose driver is awslogs.
pub fn awslogs_containers(draft: &Draft) -> Vec<ContainerView<'_>> {
    view::containers(draft.definition()).into_iter().filter(|c| c.log_driver() == "awslogs").collect()
}

/// An awslogs option that all of them share; `None` when they differ.
pub fn shared_option(draft: &Draft, key: &str) -> Option<String> {
    let containers = awslogs_containers(draft);
    let first = containers.first()?.log_option(key);
    containers.iter().all(|c| c.log_option(key) == first).then(|| first.to_owned())
}

fn option_key(name: &str) -> &'static str {
    match name {
        "logs-prefix" => "awslogs-stream-prefix",
        "logs-create" => "awslogs-create-group",
        _ => "awslogs-group",
    }
}

/// What a container gets when logs are switched on.
fn proposed(draft: &Draft) -> Value {
    if let Some(other) = awslogs_containers(draft).first() {
        return other.value()["logConfiguration"].clone();
    }
    let option = |name: &str| rendered(draft, name);
    let mut options = json!({ "awslogs-group": option("logs-group") });
    if option("logs-create") == "true" {
        options["awslogs-create-group"] = json!("true");
    }
    if !draft.region().is_empty() {
        options["awslogs-region"] = json!(draft.region());
    }
    options["awslogs-stream-prefix"] = json!(option("logs-prefix"));
    json!({ "logDriver": "awslogs", "options": options })
}

/// The log configuration that a new container shares with the others, if they have one.
pub(super) fn for_new_container(draft: &Draft) -> Option<Value> {
    awslogs_containers(draft).first().map(|c| c.value()["logConfiguration"].clone())
}

pub(super) fn rendered(draft: &Draft, name: &str) -> String {
    let any = view::containers(draft.definition()).iter().any(|c| c.value().get("logConfiguration").is_some_and(|v| !v.is_null()));
    let aside = |key: &str| draft.root()["aside"].get(key).map(super::text_of);
    match name {
        "logs" if any => "yes".into(),
        "logs" => aside("logs").unwrap_or_default(),
        "logs-create" => {
            let on = |text: &str| matches!(text, "true" | "True" | "TRUE" | "1" | "t" | "T");
            let shared = shared_option(draft, "awslogs-create-group").or_else(|| aside(name));
            if shared.is_some_and(|s| on(&s)) { "true" } else { "false" }.into()
        }
        _ if !awslogs_containers(draft).is_empty() => shared_option(draft, option_key(name)).unwrap_or_default(),
        _ => aside(name).unwrap_or_else(|| match name {
            "logs-prefix" => "ecs".into(),
            _ => log_group(draft.family()),
        }),
    }
}

/// Log options that said what another answer said say it again after that has changed.
pub(super) fn follow(changes: &mut Changes<'_>, keys: &[&str], old: &str, new: &str) {
    let definition = changes.draft().definition().clone();
    for c in view::containers(&definition) {
        for key in keys.iter().filter(|key| c.log_option(key) == old) {
            changes.set(&format!("/definition{}/logConfiguration/options/{key}", c.place()), json!(new));
        }
    }
}

/// A log group that is called like the family gets its new name.
pub(super) fn follow_family(changes: &mut Changes<'_>, old: &str, new: &str) {
    let (old, new) = (log_group(old), log_group(new));
    if old != new {
        follow(changes, &["awslogs-group", "log_group_name"], &old, &new);
        if changes.draft().root().pointer("/aside/logs-group").is_some_and(|g| g.as_str() == Some(&old)) {
            changes.set("/aside/logs-group", json!(new));
        }
    }
}

pub(super) fn change(draft: &Draft, name: &str, value: &str) -> Edit {
    let mut changes = Changes::of(draft);
    match (name, value) {
        ("logs", "yes") => {
            let new = proposed(draft);
            for c in view::containers(draft.definition()) {
                if c.value().is_object() && c.value().get("logConfiguration").is_none_or(Value::is_null) {
                    let kept = format!("/aside/kept/{}/logConfiguration", draft.container_number(c.index));
                    let value = draft.root().pointer(&kept).cloned().unwrap_or_else(|| new.clone());
                    changes.set(&format!("/definition{}/logConfiguration", c.place()), value);
                    changes.clear(&kept);
                }
            }
            changes.set("/aside/logs", json!("yes"));
        }
        ("logs", "no") => {
            for c in view::containers(draft.definition()) {
                if let Some(value) = c.value().get("logConfiguration") {
                    changes.set(&format!("/aside/kept/{}/logConfiguration", draft.container_number(c.index)), value.clone());
                    changes.clear(&format!("/definition{}/logConfiguration", c.place()));
                }
            }
            changes.set("/aside/logs", json!("no"));
        }
        ("logs", _) => {}
        _ => {
            let containers = awslogs_containers(draft);
            if containers.is_empty() {
                changes.set(&format!("/aside/{name}"), json!(value));
            }
            for c in containers {
                let path = format!("/definition{}/logConfiguration/options/{}", c.place(), option_key(name));
                if (name == "logs-create" && value != "true") || value.trim().is_empty() {
                    changes.clear(&path);
                } else {
                    changes.set(&path, json!(value.trim()));
                }
            }
        }
    }
    changes.done()
}

pub(super) fn control_of(draft: &Draft, container: &str, rest: &[&str]) -> String {
    let ours = view::containers(draft.definition()).get(container.parse().unwrap_or(usize::MAX)).is_some_and(|c| c.log_driver() == "awslogs");
    match rest {
        ["options", key @ ("awslogs-group" | "awslogs-stream-prefix")] if ours => {
            if shared_option(draft, key).is_some() {
                if *key == "awslogs-group" { "logs-group" } else { "logs-prefix" }.into()
            } else {
                format!("/containerDefinitions/{container}/logConfiguration/options/{key}")
            }
        }
        ["options", "awslogs-create-group"] | ["options"] if ours => "logs-create".into(),
        ["options", "awslogs-region"] if ours => "/logs-region".into(),
        _ => "logs".into(),
    }
}
