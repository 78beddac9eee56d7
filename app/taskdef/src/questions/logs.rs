//! Logs: one answer for all containers that write to CloudWatch Logs, or one for each where they differ; and the roles.

use super::{Question, changes::Changes, names::names, scalar};
use crate::{
    Draft, Edit,
    document::{
        value::text_of,
        view::{self, ContainerView},
    },
    grammar::name::log_group,
};
use serde_json::{Value, json};

names! {
    /// Questions about logs and roles.
    pub enum Logs {
        /// Whether logs go to CloudWatch Logs: `yes` or `no`.
        Keep = "logs",
        /// The log group of all containers.
        Group = "logs-group",
        /// The prefix of their log streams.
        Prefix = "logs-prefix",
        /// Whether the log group is created at the start.
        Create = "logs-create",
        /// The role that ECS pulls images and writes logs with.
        ExecutionRole = "/executionRoleArn",
        /// The role that the containers' programs have.
        TaskRole = "/taskRoleArn",
    }
}

names! {
    /// Questions about the logs of one container, asked where containers differ.
    pub enum LogOption {
        /// Its log group.
        Group = "awslogs-group",
        /// The prefix of its log streams.
        Prefix = "awslogs-stream-prefix",
    }
}

impl Logs {
    /// The log option that it stands for.
    fn option(self) -> Option<&'static str> {
        match self {
            Logs::Group => Some("awslogs-group"),
            Logs::Prefix => Some("awslogs-stream-prefix"),
            Logs::Create => Some("awslogs-create-group"),
            Logs::Keep | Logs::ExecutionRole | Logs::TaskRole => None,
        }
    }

    pub(super) fn rendered(self, draft: &Draft) -> String {
        let aside = || draft.root()["aside"].get(self.as_str()).map(text_of);
        let shared = |usual: &dyn Fn() -> String| {
            if awslogs_containers(draft).is_empty() {
                return aside().unwrap_or_else(usual);
            }
            self.option().and_then(|key| shared_option(draft, key)).unwrap_or_default()
        };
        match self {
            Logs::Keep => {
                let any = view::containers(draft.definition()).iter().any(|c| c.value().get("logConfiguration").is_some_and(|v| !v.is_null()));
                if any { "yes".into() } else { aside().unwrap_or_default() }
            }
            Logs::Create => {
                let on = |text: &str| matches!(text, "true" | "True" | "TRUE" | "1" | "t" | "T");
                let shared = shared_option(draft, "awslogs-create-group").or_else(aside);
                if shared.is_some_and(|s| on(&s)) { "true" } else { "false" }.into()
            }
            Logs::Group => shared(&|| log_group(draft.family())),
            Logs::Prefix => shared(&|| "ecs".into()),
            Logs::ExecutionRole | Logs::TaskRole => scalar::shown(draft, &self.path()),
        }
    }

    pub(super) fn change(self, draft: &Draft, value: &str) -> Edit {
        match self {
            Logs::Keep => match value {
                "yes" => switch_on(draft),
                "no" => switch_off(draft),
                _ => Edit::default(),
            },
            Logs::Group | Logs::Prefix => self.put(draft, value, value.trim()),
            Logs::Create => self.put(draft, value, if value == "true" { value } else { "" }),
            Logs::ExecutionRole | Logs::TaskRole => scalar::text(draft, &self.path(), value),
        }
    }

    /// Puts a log option into all containers that write to CloudWatch Logs; an empty one takes it away. Without such
    /// containers the answer is kept for later, as it was typed.
    fn put(self, draft: &Draft, typed: &str, option: &str) -> Edit {
        let Some(key) = self.option() else { return Edit::default() };
        let mut changes = Changes::of(draft);
        let containers = awslogs_containers(draft);
        if containers.is_empty() {
            changes.set(&format!("/aside/{}", self.as_str()), json!(typed));
        }
        for c in containers {
            scalar::put_text(&mut changes, &format!("/definition{}/logConfiguration/options/{key}", c.place()), option);
        }
        changes.done()
    }

    pub(super) fn place(self) -> &'static str {
        match self {
            Logs::Keep => "/containerDefinitions/0/logConfiguration",
            Logs::Group => "/containerDefinitions/0/logConfiguration/options/awslogs-group",
            Logs::Prefix => "/containerDefinitions/0/logConfiguration/options/awslogs-stream-prefix",
            Logs::Create => "/containerDefinitions/0/logConfiguration/options/awslogs-create-group",
            Logs::ExecutionRole | Logs::TaskRole => self.as_str(),
        }
    }

    fn path(self) -> String {
        format!("/definition{}", self.as_str())
    }
}

impl LogOption {
    pub(super) fn rendered(self, draft: &Draft, i: usize) -> String {
        scalar::shown(draft, &self.path(i))
    }

    pub(super) fn change(self, draft: &Draft, i: usize, value: &str) -> Edit {
        scalar::text(draft, &self.path(i), value)
    }

    fn path(self, i: usize) -> String {
        format!("/definition{}", Question::LogOption(i, self))
    }
}

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

/// The log configuration that a new container shares with the others, if they have one.
pub(super) fn for_new_container(draft: &Draft) -> Option<Value> {
    awslogs_containers(draft).first().map(|c| c.value()["logConfiguration"].clone())
}

/// What a container gets when logs are switched on.
fn proposed(draft: &Draft) -> Value {
    for_new_container(draft).unwrap_or_else(|| {
        let mut options = json!({ "awslogs-group": Logs::Group.rendered(draft) });
        if Logs::Create.rendered(draft) == "true" {
            options["awslogs-create-group"] = json!("true");
        }
        if !draft.region().is_empty() {
            options["awslogs-region"] = json!(draft.region());
        }
        options["awslogs-stream-prefix"] = json!(Logs::Prefix.rendered(draft));
        json!({ "logDriver": "awslogs", "options": options })
    })
}

/// Where a container's log configuration is kept while logs are switched off.
fn kept(draft: &Draft, i: usize) -> String {
    format!("/aside/kept/{}/logConfiguration", draft.container_number(i))
}

fn switch_on(draft: &Draft) -> Edit {
    let mut changes = Changes::of(draft);
    let new = proposed(draft);
    for c in view::containers(draft.definition()) {
        if c.value().is_object() && c.value().get("logConfiguration").is_none_or(Value::is_null) {
            let kept = kept(draft, c.index);
            let value = draft.root().pointer(&kept).cloned().unwrap_or_else(|| new.clone());
            changes.set(&format!("/definition{}/logConfiguration", c.place()), value);
            changes.clear(&kept);
        }
    }
    changes.set("/aside/logs", json!("yes"));
    changes.done()
}

fn switch_off(draft: &Draft) -> Edit {
    let mut changes = Changes::of(draft);
    for c in view::containers(draft.definition()) {
        if let Some(value) = c.value().get("logConfiguration") {
            changes.set(&kept(draft, c.index), value.clone());
            changes.clear(&format!("/definition{}/logConfiguration", c.place()));
        }
    }
    changes.set("/aside/logs", json!("no"));
    changes.done()
}

/// Log options that repeated another answer repeat it after it has changed.
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
