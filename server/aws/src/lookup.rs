//! What an account holds of a plan. Changes nothing.

use crate::{
    Account,
    failure::{code, problem},
};
use aws_sdk_ecs::types::TaskDefinitionField;
use serde_json::{Value, json};
use taskdef::{
    deploy::{Found, Kind, Newest, Plan, Problem, Role, RoleFound, RoleState, TAG, Thing, trusts_tasks},
    facts,
};

/// How many of the newest revisions are looked through for one of ours.
const NEWEST: i32 = 10;

/// Looks at everything that the plan needs.
///
/// # Errors
/// The first thing that went wrong. A role that cannot be seen is no error.
pub async fn lookup(account: &Account, plan: &Plan) -> Result<Found, Problem> {
    let (number, principal) = who(account, plan).await?;
    let cluster = cluster(account, plan).await?;
    let mut groups = Vec::with_capacity(plan.groups.len());
    for group in &plan.groups {
        groups.push(self::group(account, plan, &group.name, group.region.as_deref()).await?);
    }
    let mut roles = Vec::with_capacity(plan.roles.len());
    for role in &plan.roles {
        roles.push(self::role(account, plan, role, &number).await?);
    }
    let newest = newest(account, plan).await?.map(|definition| Newest::beside(plan, &number, definition));
    Ok(Found { account: number, principal, cluster, groups, roles, newest })
}

/// The account's number, and the ARN of the caller.
async fn who(account: &Account, plan: &Plan) -> Result<(String, String), Problem> {
    match account.sts(None).get_caller_identity().send().await {
        Ok(said) => Ok((said.account().unwrap_or_default().to_owned(), said.arn().unwrap_or_default().to_owned())),
        Err(error) => {
            let mut problem = problem(account, plan, "sts:GetCallerIdentity", &error);
            // A Region that is not enabled knows no keys at all; the partition's oldest Region does.
            if problem.kind == Kind::UnknownKeys
                && let Some(home) = home(plan)
                && account.sts(Some(home)).get_caller_identity().send().await.is_ok()
            {
                problem.kind = Kind::OptIn;
            }
            Err(problem)
        }
    }
}

/// A Region of the plan's partition that is enabled in every account; `None` where the plan's Region is that one.
fn home(plan: &Plan) -> Option<&'static str> {
    let home = match plan.partition.as_str() {
        "aws" => "us-east-1",
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => return None,
    };
    (home != plan.region.as_str() && facts::region(home).is_some()).then_some(home)
}

async fn cluster(account: &Account, plan: &Plan) -> Result<Thing, Problem> {
    let said = account.ecs().describe_clusters().clusters(plan.cluster.as_str()).send().await;
    let said = said.map_err(|e| problem(account, plan, "ecs:DescribeClusters", &e))?;
    // One that was deleted is named for a while, as INACTIVE; its name is free.
    let there = said.clusters().iter().any(|c| matches!(c.status(), Some("ACTIVE" | "PROVISIONING")));
    Ok(if there { Thing::There } else { Thing::Missing })
}

async fn group(account: &Account, plan: &Plan, name: &str, region: Option<&str>) -> Result<Thing, Problem> {
    // In order of their names, so the one that is the prefix itself comes first.
    let said = account.logs(region).describe_log_groups().log_group_name_prefix(name).send().await;
    let said = said.map_err(|e| problem(account, plan, "logs:DescribeLogGroups", &e))?;
    let there = said.log_groups().iter().any(|g| g.log_group_name() == Some(name));
    Ok(if there { Thing::There } else { Thing::Missing })
}

async fn role(account: &Account, plan: &Plan, role: &Role, number: &str) -> Result<RoleFound, Problem> {
    if role.account.as_deref().is_some_and(|a| a != number) {
        return Ok(RoleFound { arn: role.arn.as_deref().map(str::to_owned), state: RoleState::Elsewhere });
    }
    match account.iam().get_role().role_name(role.name.as_str()).send().await {
        Ok(said) => {
            let found = said.role();
            let trusts = found.and_then(|r| r.assume_role_policy_document()).is_none_or(trusts_tasks);
            let state = if trusts { RoleState::There } else { RoleState::Untrusting };
            Ok(RoleFound { arn: found.map(|r| r.arn().to_owned()), state })
        }
        Err(error) => {
            let code = code(&error);
            if code.starts_with("NoSuchEntity") {
                return Ok(RoleFound { arn: role.arn.as_deref().map(str::to_owned), state: RoleState::Missing });
            }
            let problem = problem(account, plan, "iam:GetRole", &error);
            // Many may use a role that they cannot read.
            if problem.kind == Kind::Denied { Ok(RoleFound { arn: role.arn.as_deref().map(str::to_owned), state: RoleState::Unseen }) } else { Err(problem) }
        }
    }
}

/// The newest revision of the family as AWS gives it, with its tags; `None` where there is none.
async fn newest(account: &Account, plan: &Plan) -> Result<Option<Value>, Problem> {
    revision(account, plan, &plan.family).await
}

async fn revision(account: &Account, plan: &Plan, name: &str) -> Result<Option<Value>, Problem> {
    let call = account.ecs().describe_task_definition().task_definition(name).include(TaskDefinitionField::Tags);
    match call.send().await {
        Ok(_) => {
            let answer: Value = serde_json::from_slice(&account.answer()).unwrap_or_default();
            let mut definition = answer.get("taskDefinition").cloned().unwrap_or_default();
            if definition.is_object() {
                definition["tags"] = answer.get("tags").cloned().unwrap_or_else(|| json!([]));
            }
            Ok(Some(definition).filter(Value::is_object))
        }
        Err(error) => {
            let problem = problem(account, plan, "ecs:DescribeTaskDefinition", &error);
            // There is no such family: AWS calls this a fault of the caller's.
            if problem.kind == Kind::Refused { Ok(None) } else { Err(problem) }
        }
    }
}

/// The revision that carries the plan's stamp, among the newest: the truth about a registration whose answer was lost.
pub(crate) async fn ours(account: &Account, plan: &Plan) -> Result<Option<String>, Problem> {
    let is_ours = |definition: &Value| {
        let tags = definition.get("tags").and_then(Value::as_array);
        let value = tags.into_iter().flatten().find(|t| t.get("key").and_then(Value::as_str) == Some(TAG)).and_then(|t| t.get("value")?.as_str());
        value.is_some() && value == plan.stamp.as_deref()
    };
    let list = account.ecs().list_task_definitions().family_prefix(plan.family.as_str()).sort(aws_sdk_ecs::types::SortOrder::Desc).max_results(NEWEST);
    let said = list.send().await.map_err(|e| problem(account, plan, "ecs:ListTaskDefinitions", &e))?;
    for arn in said.task_definition_arns() {
        // The prefix finds families with a longer name too.
        let of_family =
            arn.split_once(":task-definition/").is_some_and(|(_, name)| name.rsplit_once(':').is_some_and(|(family, _)| family == plan.family.as_str()));
        if of_family && revision(account, plan, arn).await?.as_ref().is_some_and(is_ours) {
            return Ok(Some(arn.clone()));
        }
    }
    Ok(None)
}
