//! What an account holds of what a plan needs: what is there, what would be made, and what would change.

use super::{Plan, registered};
use crate::document::compare::Change;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What was found in an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The account's twelve digits.
    pub account: String,
    /// The ARN of the caller.
    pub principal: String,
    /// The cluster.
    pub cluster: Thing,
    /// The log groups, in the plan's order.
    pub groups: Vec<Thing>,
    /// The roles, in the plan's order.
    pub roles: Vec<RoleFound>,
    /// The family's newest revision; `None` where there is none.
    pub newest: Option<Newest>,
}

/// A thing that is made where it is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thing {
    /// It is there and stays as it is.
    There,
    /// It would be made.
    Missing,
}

/// A role that must be there already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleFound {
    /// Its ARN, where it is known.
    pub arn: Option<String>,
    /// How it stands.
    pub state: RoleState,
}

/// How a role stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoleState {
    /// It is there, and ECS may take it on.
    There,
    /// It is missing.
    Missing,
    /// It is there, but its trust policy does not name ECS tasks.
    Untrusting,
    /// The caller has no permission to see it.
    Unseen,
    /// It belongs to another account.
    Elsewhere,
}

/// The newest revision of a family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Newest {
    /// Its ARN.
    pub arn: String,
    /// Its number, from 1.
    pub revision: u64,
    /// The definition as AWS gave it, with its tags.
    pub definition: Value,
    /// What the plan's definition changes; empty where it is the same.
    pub changes: Vec<Change>,
}

impl Newest {
    /// A revision as DescribeTaskDefinition gives it, beside what the plan would register.
    pub fn beside(plan: &Plan, account: &str, definition: Value) -> Newest {
        let changes = registered::changes(&definition, &plan.definition, account);
        Newest {
            arn: definition.get("taskDefinitionArn").and_then(Value::as_str).unwrap_or_default().to_owned(),
            revision: definition.get("revision").and_then(Value::as_u64).unwrap_or_default(),
            definition,
            changes,
        }
    }
}

impl Found {
    /// Whether nothing is left to make.
    pub fn is_complete(&self) -> bool {
        self.cluster == Thing::There && self.groups.iter().all(|g| *g == Thing::There) && !self.needs_revision()
    }

    /// Whether a revision would be registered.
    pub fn needs_revision(&self) -> bool {
        self.newest.as_ref().is_none_or(|n| !n.changes.is_empty())
    }

    /// Whether a role is missing, without which AWS refuses the definition.
    pub fn lacks_role(&self) -> bool {
        self.roles.iter().any(|r| r.state == RoleState::Missing)
    }
}

/// What a person agrees to: the plan and what was found, in 32 hexadecimal digits. It changes with either.
pub fn hash(plan: &Plan, found: &Found) -> String {
    let text = serde_json::to_vec(&(plan, found)).unwrap_or_default();
    Sha256::digest(text).iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// Whether a role's trust policy, as IAM gives it (percent-encoded JSON), lets ECS tasks take the role on. A policy that
/// cannot be read is nobody's fault, so it counts as one that does.
pub fn trusts_tasks(document: &str) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(&decoded(document)) else { return true };
    let is = |value: &Value, wanted: &str| match value {
        Value::String(text) => text == wanted,
        Value::Array(list) => list.iter().any(|v| v == wanted),
        _ => false,
    };
    let allows = |s: &Value| {
        let service = s.get("Principal").is_some_and(|p| is(p, "*") || p.get("Service").is_some_and(|v| is(v, "ecs-tasks.amazonaws.com") || is(v, "*")));
        s.get("Effect").is_some_and(|e| e == "Allow") && service && s.get("Action").is_some_and(|a| is(a, "sts:AssumeRole") || is(a, "sts:*") || is(a, "*"))
    };
    match policy.get("Statement") {
        Some(Value::Array(list)) => list.iter().any(allows),
        Some(one) => allows(one),
        None => false,
    }
}

fn decoded(text: &str) -> String {
    // The only escape of forms that is none here is `+`.
    form_urlencoded::parse(text.replace('+', "%2B").as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use serde_json::json;

    fn found() -> Found {
        let role = RoleFound { arn: Some("arn:aws:iam::123456789012:role/ecsTaskExecutionRole".into()), state: RoleState::There };
        Found {
            account: "123456789012".into(),
            principal: "arn:aws:iam::123456789012:user/ann".into(),
            cluster: Thing::Missing,
            groups: vec![Thing::Missing],
            roles: vec![role],
            newest: None,
        }
    }

    #[test]
    fn the_hash_changes_with_whatever_the_person_agreed_to() {
        let plan = Plan::for_tests(&Draft::tutorial());
        let mut other = plan.clone();
        other.definition["cpu"] = json!("512");
        let mut seen = vec![hash(&plan, &found()), hash(&other, &found())];
        let changes: [fn(&mut Found); 5] = [
            |f| f.account = "210987654321".into(),
            |f| f.cluster = Thing::There,
            |f| f.groups[0] = Thing::There,
            |f| f.roles[0].state = RoleState::Missing,
            |f| f.newest = Some(Newest { arn: "a".into(), revision: 1, definition: json!({}), changes: Vec::new() }),
        ];
        for change in changes {
            let mut found = found();
            change(&mut found);
            seen.push(hash(&plan, &found));
        }
        assert_eq!(hash(&plan, &found()), seen[0]);
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }

    #[test]
    fn nothing_is_left_to_do_only_where_all_of_it_is_there_and_the_same() {
        let mut found = found();
        found.cluster = Thing::There;
        found.groups = vec![Thing::There];
        assert!(!found.is_complete() && found.needs_revision());
        let plan = Plan::for_tests(&Draft::tutorial());
        let mut definition = plan.definition.clone();
        definition["taskDefinitionArn"] = json!("arn:aws:ecs:ap-northeast-2:123456789012:task-definition/my-task:7");
        definition["revision"] = json!(7);
        found.newest = Some(Newest::beside(&plan, "123456789012", definition));
        assert!(found.is_complete());
        assert_eq!(found.newest.map(|n| n.revision), Some(7));
    }

    #[test]
    fn a_role_that_tasks_may_not_take_on_is_seen() {
        let of = |principal: &str, action: &str| {
            let document = format!("{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{principal},\"Action\":{action}}}]}}");
            let encoded: String = document.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
            (trusts_tasks(&document), trusts_tasks(&encoded))
        };
        let assume = "\"sts:AssumeRole\"";
        assert_eq!(of("{\"Service\":\"ecs-tasks.amazonaws.com\"}", assume), (true, true));
        assert_eq!(of("{\"Service\":[\"ec2.amazonaws.com\",\"ecs-tasks.amazonaws.com\"]}", "[\"sts:AssumeRole\"]"), (true, true));
        assert_eq!(of("{\"Service\":\"ec2.amazonaws.com\"}", assume), (false, false));
        assert_eq!(of("{\"Service\":\"ecs-tasks.amazonaws.com\"}", "\"sts:TagSession\""), (false, false));
        assert!(trusts_tasks("not JSON"), "what cannot be read is not held against the role");
    }
}
