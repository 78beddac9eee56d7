//! What registering a draft does, step by step: one value that the page, the scripts and the calls to AWS read.
//!
//! | file | what |
//! |---|---|
//! | `found.rs` | what an account holds of it already |
//! | `registered.rs` | two definitions compared, without what AWS fills in |
//! | `run.rs` | a run, its steps and its calls |
//! | `trouble.rs` | what can go wrong, in words |
//! | `policy.rs` | the permissions that it takes |
//! | `console.rs` | where to see what was made |

pub mod console;
mod found;
mod policy;
mod registered;
mod run;
mod trouble;

pub use found::{Found, Newest, RoleFound, RoleState, Thing, hash, trusts_tasks};
pub use policy::smallest;
pub use run::{Call, Operation, Run, Step, StepState, What};
pub use trouble::{Kind, Trouble};

use crate::{Draft, Launch, catalog, view};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The tag that what was made from a draft carries.
pub const TAG: &str = "taskwright";

/// Days that the logs of a group are kept which is made here.
pub const RETENTION: u64 = 30;

/// Tags that a task definition can have. Source: API reference, RegisterTaskDefinition.tags.
const MOST_TAGS: usize = 50;

/// What is looked at, and made where it is missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The value of [`TAG`] on what this draft makes.
    pub mark: String,
    /// The Region's code; empty where none was chosen.
    pub region: String,
    /// The partition of its ARNs.
    pub partition: String,
    /// The cluster's name.
    pub cluster: String,
    /// Whether the cluster takes tasks on Fargate.
    pub fargate: bool,
    /// The log groups, in the order of their containers.
    pub groups: Vec<Group>,
    /// The roles that must be there already.
    pub roles: Vec<Role>,
    /// The family.
    pub family: String,
    /// The definition as it is registered, with the tag.
    pub definition: Value,
    /// The tag's value on the revision: the mark, and which definition it is. `None` where all 50 tags are taken.
    pub stamp: Option<String>,
}

/// A log group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its Region, where that is not the plan's.
    pub region: Option<String>,
}

/// A role that the task uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its name, without path.
    pub name: String,
    /// Its account, where an ARN says it.
    pub account: Option<String>,
    /// The ARN, where the definition has one.
    pub arn: Option<String>,
    /// Whether ECS itself uses it to start the task, rather than the program in it.
    pub execution: bool,
}

impl Plan {
    /// The plan of a draft, whether or not AWS would take its definition.
    pub fn of(draft: &Draft) -> Plan {
        let definition = draft.definition();
        let region = draft.region();
        let mark = draft.root().get("mark").and_then(Value::as_str).filter(|m| !m.is_empty()).unwrap_or("draft");
        let mut definition = definition.clone();
        let stamp = format!("{mark}/{}", digest(&definition));
        let stamp = tag(&mut definition, &stamp).then_some(stamp);
        Plan {
            mark: mark.to_owned(),
            region: region.to_owned(),
            partition: catalog::region(region).map_or("aws", |r| r.partition.as_str()).to_owned(),
            cluster: if draft.cluster_name().is_empty() { "default" } else { draft.cluster_name() }.to_owned(),
            fargate: draft.launch() == Some(Launch::Fargate),
            groups: groups(draft.definition(), region),
            roles: roles(draft.definition()),
            family: draft.family().to_owned(),
            definition,
            stamp,
        }
    }

    /// The same for one operation: its id stands behind the stamp, so that what it registered is known again.
    pub fn of_operation(mut self, id: &str) -> Plan {
        if let Some(stamp) = &mut self.stamp {
            *stamp = format!("{stamp}/{id}");
            tag(&mut self.definition, stamp);
        }
        self
    }
}

/// The same for the same definition, in whatever order its keys stand.
fn digest(definition: &Value) -> String {
    let hash = Sha256::digest(sorted(definition).to_string());
    hash.iter().take(16).map(|b| format!("{b:02x}")).collect()
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut all: Vec<(&String, &Value)> = map.iter().collect();
            all.sort_unstable_by_key(|(k, _)| *k);
            Value::Object(all.into_iter().map(|(k, v)| (k.clone(), sorted(v))).collect())
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// Adds the tag; whether there was room for it.
fn tag(definition: &mut Value, stamp: &str) -> bool {
    let Value::Object(map) = definition else { return false };
    let tags = map.entry("tags").or_insert_with(|| json!([]));
    match tags {
        Value::Array(list) => {
            list.retain(|t| t.get("key").and_then(Value::as_str) != Some(TAG));
            if list.len() >= MOST_TAGS {
                return false;
            }
            list.push(json!({ "key": TAG, "value": stamp }));
            true
        }
        _ => false,
    }
}

fn groups(definition: &Value, home: &str) -> Vec<Group> {
    let group = |g: view::LogGroup<'_>| Group { name: g.name.to_owned(), region: (g.region != home).then(|| g.region.to_owned()) };
    view::log_groups(definition, home).into_iter().map(group).collect()
}

fn roles(definition: &Value) -> Vec<Role> {
    let role = |key: &str, execution: bool| {
        let text = definition.get(key)?.as_str().filter(|t| !t.is_empty())?;
        let name = text.rsplit('/').next().unwrap_or(text).to_owned();
        let account = text.strip_prefix("arn:").and_then(|arn| arn.split(':').nth(3)).map(str::to_owned);
        Some(Role { name, arn: account.as_ref().map(|_| text.to_owned()), account, execution })
    };
    let mut roles: Vec<Role> = role("executionRoleArn", true).into_iter().collect();
    roles.extend(role("taskRoleArn", false).filter(|t| !roles.iter().any(|r| r.name == t.name && r.account == t.account)));
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Map;

    #[test]
    fn the_tutorial_makes_a_cluster_a_group_and_a_revision() {
        let plan = Plan::of(&Draft::tutorial());
        assert_eq!((plan.cluster.as_str(), plan.fargate, plan.partition.as_str()), ("my-first-cluster", true, "aws"));
        assert_eq!(plan.groups, [Group { name: "/ecs/my-task".into(), region: None }]);
        assert_eq!(plan.roles, [Role { name: "ecsTaskExecutionRole".into(), account: None, arn: None, execution: true }]);
        assert_eq!(plan.definition["tags"], json!([{ "key": TAG, "value": plan.stamp }]));
    }

    #[test]
    fn the_stamp_changes_with_the_definition_and_not_with_the_order_of_its_keys() {
        let draft = Draft::tutorial();
        let stamp = |change: &dyn Fn(&mut Map<String, Value>)| {
            let mut draft = draft.clone();
            if let Value::Object(map) = &mut draft.root_mut()["definition"] {
                change(map);
            }
            Plan::of(&draft).stamp.unwrap()
        };
        let as_it_is = stamp(&|_| {});
        assert_eq!(as_it_is, stamp(&|map| *map = map.clone().into_iter().rev().collect()));
        assert_ne!(as_it_is, stamp(&|map| map["cpu"] = json!("512")));
    }

    #[test]
    fn fifty_tags_leave_no_room_for_ours_and_lose_none() {
        let mut draft = Draft::tutorial();
        let tags: Vec<Value> = (0..50).map(|i| json!({ "key": format!("k{i}"), "value": "v" })).collect();
        draft.root_mut()["definition"]["tags"] = json!(tags);
        let plan = Plan::of(&draft);
        assert_eq!((plan.stamp, plan.definition["tags"].clone()), (None, json!(tags)));
    }

    #[test]
    fn an_operations_id_stands_behind_the_stamp_that_the_script_knows() {
        let plan = Plan::of(&Draft::tutorial());
        let of = plan.clone().of_operation("0123456789abcdef");
        assert_eq!(of.stamp, plan.stamp.map(|s| format!("{s}/0123456789abcdef")));
        assert_eq!(of.definition["tags"], json!([{ "key": TAG, "value": of.stamp }]));
        assert_eq!(of.definition["tags"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn a_role_of_another_account_keeps_its_account_and_loses_its_path() {
        let mut draft = Draft::tutorial();
        draft.root_mut()["definition"]["executionRoleArn"] = json!("arn:aws:iam::123456789012:role/team/runs");
        let arn = Some("arn:aws:iam::123456789012:role/team/runs".into());
        let role = Role { name: "runs".into(), account: Some("123456789012".into()), arn, execution: true };
        assert_eq!(Plan::of(&draft).roles, [role]);
    }
}
