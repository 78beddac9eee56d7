//! The commands that make the roles of a task where they are missing.

use crate::{
    Draft,
    deploy::{Partition, Plan, RegionName, Role, RoleName, roles},
    grammar::shell::{call, quoted},
};
use serde_json::json;

/// The commands that make a role which ECS tasks may take on.
pub fn making(plan: &Plan, role: &Role) -> Vec<String> {
    commands(role, &plan.partition, &plan.region)
}

/// The same for all roles that a draft names, each only where the account does not have it. `None` where it names none, or none that
/// AWS could have.
pub fn making_missing(draft: &Draft) -> Option<String> {
    let region = RegionName::parse(draft.region()).ok()?;
    let roles = roles(draft.definition()).ok()?;
    let all: Vec<String> = roles.iter().map(|role| missing(role, &region)).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

/// The same for the role that the console makes, where there is no draft.
pub fn making_the_usual() -> Option<String> {
    let role = Role { name: RoleName::parse(USUAL).ok()?, account: None, arn: None, execution: true };
    Some(missing(&role, &RegionName::parse("").ok()?))
}

/// The task execution role, by the name that the console gives it.
const USUAL: &str = "ecsTaskExecutionRole";

fn missing(role: &Role, region: &RegionName) -> String {
    let make: Vec<String> = commands(role, &Partition::of(region), region).into_iter().map(|command| format!("  {command}")).collect();
    format!("if ! aws iam get-role --role-name={} >/dev/null 2>&1; then\n{}\nfi", quoted(&role.name), make.join("\n"))
}

/// Source: Amazon ECS developer guide, task execution IAM role.
fn commands(role: &Role, partition: &Partition, region: &RegionName) -> Vec<String> {
    let trust = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] });
    let make = call("iam create-role", &json!({ "RoleName": role.name, "AssumeRolePolicyDocument": trust.to_string() }));
    let policy = format!("arn:{partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy");
    let attach = call("iam attach-role-policy", &json!({ "RoleName": role.name, "PolicyArn": policy }));
    // They may be run outside the script, by somebody whose CLI has no Region set.
    let region = if region.is_empty() { String::new() } else { format!(" --region {}", quoted(region)) };
    [make, attach].into_iter().take(if role.execution { 2 } else { 1 }).map(|c| c + &region).collect()
}
