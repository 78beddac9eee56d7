//! What registering a draft does, step by step: one value that the page, the scripts and the calls to AWS read.
//!
//! | file | what |
//! |---|---|
//! | `words.rs` | names and numbers that were read by AWS's rules |
//! | `refusal.rs` | why there is no plan |
//! | `found.rs` | what an account holds of it already |
//! | `registered.rs` | two definitions compared, without what AWS fills in |
//! | `run.rs` | a run, its steps and its calls |
//! | `problem.rs` | what can go wrong, in words |
//! | `policy.rs` | the permissions that it takes |
//! | `console.rs` | where to see what was made |
//! | `next/` | what comes after it, as commands |
//! | `scripts/` | `deploy.sh` and `teardown.sh` |

pub mod console;
mod found;
pub mod next;
pub mod policy;
mod problem;
mod refusal;
mod registered;
mod run;
pub mod scripts;
mod words;

pub use found::{Found, Newest, RoleFound, RoleState, Thing, hash, trusts_tasks};
pub use policy::smallest;
pub use problem::{Kind, Problem};
pub use refusal::{Obstacle, PlanError};
pub use run::{Call, Operation, Run, Step, StepState, What};
pub(crate) use words::is_role_arn;
pub use words::{AccountId, ClusterName, DraftTag, Family, GroupName, NotA, Partition, RegionName, RoleArn, RoleName, Stamp};

use crate::{Draft, Launch, document::view};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The tag that what was made from a draft carries.
pub const TAG: &str = "taskwright";

/// Days that the logs of a group are kept which is made here.
pub const RETENTION: u64 = 30;

/// Tags that a task definition can have. Source: API reference, RegisterTaskDefinition.tags.
const MOST_TAGS: usize = 50;

/// What is looked at, and made where it is missing. Every name in it was read by AWS's rules for it, also when the plan
/// itself was read from somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The value of [`TAG`] on what this draft makes.
    pub mark: DraftTag,
    /// The Region's code; empty where none was chosen.
    pub region: RegionName,
    /// The partition of its ARNs.
    pub partition: Partition,
    /// The cluster's name.
    pub cluster: ClusterName,
    /// Whether the cluster takes tasks on Fargate.
    pub fargate: bool,
    /// The log groups, in the order of their containers.
    pub groups: Vec<Group>,
    /// The roles that must be there already.
    pub roles: Vec<Role>,
    /// The family.
    pub family: Family,
    /// The definition as it is registered, with the tag.
    pub definition: Value,
    /// The tag's value on the revision: the mark, and which definition it is. `None` where all 50 tags are taken.
    pub stamp: Option<Stamp>,
}

/// A log group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name.
    pub name: GroupName,
    /// Its Region, where that is not the plan's.
    pub region: Option<RegionName>,
}

/// A role that the task uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its name, without path.
    pub name: RoleName,
    /// Its account, where an ARN says it.
    pub account: Option<AccountId>,
    /// The ARN, where the definition has one.
    pub arn: Option<RoleArn>,
    /// Whether ECS itself uses it to start the task, rather than the program in it.
    pub execution: bool,
}

impl Plan {
    /// The plan of a draft, whether or not AWS would take its definition. `mark` tells this draft's things on AWS from
    /// those of others; what the document says of itself is not asked.
    ///
    /// # Errors
    /// A name that AWS could not have, a placeholder, or a definition that was not checked.
    pub fn new(draft: &Draft, mark: &DraftTag) -> Result<Plan, PlanError> {
        let definition = draft.definition();
        if !definition.is_object() {
            return Err(Obstacle::Definition.at(""));
        }
        refusal::by_rules(draft)?;
        let region = RegionName::parse(draft.region()).map_err(|_| Obstacle::Region.at("/region"))?;
        let cluster = if draft.cluster_name().is_empty() { "default" } else { draft.cluster_name() };
        let mut plan = Plan {
            mark: mark.clone(),
            partition: Partition::of(&region),
            cluster: ClusterName::parse(cluster).map_err(|_| Obstacle::Cluster.at("/cluster/name"))?,
            fargate: draft.launch() == Some(Launch::Fargate),
            groups: groups(definition, &region)?,
            roles: roles(definition)?,
            family: Family::parse(draft.family()).map_err(|_| Obstacle::Family.at("/family"))?,
            definition: definition.clone(),
            stamp: None,
            region,
        };
        plan.stamp(&format!("{mark}/{}", digest(definition)));
        Ok(plan)
    }

    #[cfg(test)]
    pub(crate) fn for_tests(draft: &Draft) -> Plan {
        Plan::new(draft, &DraftTag::parse("0a1b2c").unwrap()).unwrap()
    }

    /// The same for one operation: its id, 16 hexadecimal digits, stands behind the stamp, so that what it registered is
    /// known again.
    pub fn of_operation(mut self, id: &str) -> Plan {
        if let Some(stamp) = self.stamp.take() {
            self.stamp(&format!("{stamp}/{id}"));
        }
        self
    }

    /// Writes the tag on the revision, where there is room for it.
    fn stamp(&mut self, stamp: &str) {
        self.stamp = Stamp::parse(stamp).ok().filter(|stamp| tag(&mut self.definition, stamp));
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

fn groups(definition: &Value, home: &RegionName) -> Result<Vec<Group>, PlanError> {
    let at = |g: &view::LogGroup<'_>, option: &str| format!("/containerDefinitions/{}/logConfiguration/options/{option}", g.container);
    let group = |g: view::LogGroup<'_>| {
        let name = GroupName::parse(g.name).map_err(|_| Obstacle::Group.at(at(&g, "awslogs-group")))?;
        let region = RegionName::parse(g.region).map_err(|_| Obstacle::GroupRegion.at(at(&g, "awslogs-region")))?;
        Ok(Group { name, region: Some(region).filter(|r| r != home) })
    };
    view::log_groups(definition, home).into_iter().map(group).collect()
}

fn roles(definition: &Value) -> Result<Vec<Role>, PlanError> {
    let mut roles: Vec<Role> = Vec::new();
    for (key, execution) in [("executionRoleArn", true), ("taskRoleArn", false)] {
        let Some(text) = definition.get(key).and_then(Value::as_str).filter(|t| !t.is_empty()) else { continue };
        let role = role(text, execution).ok_or_else(|| Obstacle::Role.at(format!("/{key}")))?;
        if !roles.iter().any(|r| r.name == role.name && r.account == role.account) {
            roles.push(role);
        }
    }
    Ok(roles)
}

/// A role by its name, with or without its path, or by its ARN.
fn role(text: &str, execution: bool) -> Option<Role> {
    if text.starts_with("arn:") {
        let arn = RoleArn::parse(text).ok()?;
        return Some(Role { name: arn.name()?, account: Some(arn.account()?), arn: Some(arn), execution });
    }
    let name = text.rsplit('/').next().filter(|_| text.split('/').filter(|part| !part.is_empty()).all(|part| RoleName::parse(part).is_ok()))?;
    Some(Role { name: RoleName::parse(name).ok()?, account: None, arn: None, execution })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Map;

    #[test]
    fn the_tutorial_makes_a_cluster_a_group_and_a_revision() {
        let plan = Plan::for_tests(&Draft::tutorial());
        assert_eq!((plan.cluster.as_str(), plan.fargate, plan.partition.as_str()), ("my-first-cluster", true, "aws"));
        assert_eq!(plan.groups, [Group { name: GroupName::parse("/ecs/my-task").unwrap(), region: None }]);
        assert_eq!(plan.roles, [Role { name: RoleName::parse("ecsTaskExecutionRole").unwrap(), account: None, arn: None, execution: true }]);
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
            Plan::for_tests(&draft).stamp.unwrap()
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
        let plan = Plan::for_tests(&draft);
        assert_eq!((plan.stamp, plan.definition["tags"].clone()), (None, json!(tags)));
    }

    #[test]
    fn an_operations_id_stands_behind_the_stamp_that_the_script_knows() {
        let plan = Plan::for_tests(&Draft::tutorial());
        let one = plan.clone().of_operation("0123456789abcdef");
        assert_eq!(one.stamp.as_deref(), plan.stamp.map(|s| format!("{s}/0123456789abcdef")).as_deref());
        assert_eq!(one.definition["tags"], json!([{ "key": TAG, "value": one.stamp }]));
        assert_eq!(one.definition["tags"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn a_role_of_another_account_keeps_its_account_and_loses_its_path() {
        let mut draft = Draft::tutorial();
        draft.root_mut()["definition"]["executionRoleArn"] = json!("arn:aws:iam::123456789012:role/team/runs");
        let arn = RoleArn::parse("arn:aws:iam::123456789012:role/team/runs").unwrap();
        let role = Role { name: RoleName::parse("runs").unwrap(), account: arn.account(), arn: Some(arn), execution: true };
        assert_eq!(Plan::for_tests(&draft).roles, [role]);
    }
}
