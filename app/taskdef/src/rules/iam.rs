//! Roles.

use super::{Findings, Rule, image::is_example_account, rule, with_another};
use crate::{
    Severity::{Error, Warning},
    image,
    model::{Task, present},
};
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[
    rule("secret-needs-execution-role", Error, "API reference: RegisterTaskDefinition.executionRoleArn", needed),
    rule("log-awslogs-execution-role", Error, "API reference: RegisterTaskDefinition.executionRoleArn", with_another),
    rule("image-ecr-needs-execution-role", Error, "API reference: RegisterTaskDefinition.executionRoleArn", with_another),
    rule("iam-execution-role-form", Error, "API reference: RegisterTaskDefinition.executionRoleArn", form),
    rule("iam-task-role-form", Error, "API reference: RegisterTaskDefinition.taskRoleArn", with_another),
    rule("iam-placeholder-account", Warning, "Account numbers of AWS's own examples", account),
];

/// One message at the missing role, for the first of the reasons to need it.
fn needed(task: &Task<'_>, out: &mut Findings) {
    if task.has_execution_role() {
        return;
    }
    let secrets = task.containers.iter().any(|c| {
        !c.list("secrets").is_empty()
            || c.value().pointer("/logConfiguration/secretOptions").and_then(Value::as_array).is_some_and(|l| !l.is_empty())
            || present(c.value(), "repositoryCredentials").is_some()
    });
    let logs = task.fargate() && task.containers.iter().any(|c| c.log_driver() == "awslogs");
    let ecr = task.fargate() && task.containers.iter().any(|c| image::parse(c.image()).is_ok_and(|r| r.ecr().is_some()));
    let rule = match (secrets, logs, ecr) {
        (true, ..) => "secret-needs-execution-role",
        (_, true, _) => "log-awslogs-execution-role",
        (.., true) => "image-ecr-needs-execution-role",
        _ => return,
    };
    out.at(rule, "/executionRoleArn").set(task.definition, "/executionRoleArn", "ecsTaskExecutionRole");
}

fn is_role_arn(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = parts.as_slice() else { return false };
    let path = |c: char| c.is_ascii_alphanumeric() || "_+=,.@/-".contains(c);
    *arn == "arn"
        && partition.starts_with("aws")
        && *service == "iam"
        && region.is_empty()
        && account.len() == 12
        && account.bytes().all(|b| b.is_ascii_digit())
        && resource.strip_prefix("role/").is_some_and(|r| !r.is_empty() && r.chars().all(path))
}

fn form(task: &Task<'_>, out: &mut Findings) {
    if let Some(text) = task.text("executionRoleArn").filter(|t| t.starts_with("arn:") && !is_role_arn(t)) {
        out.at("iam-execution-role-form", "/executionRoleArn").text("value", text);
    }
    let name = |t: &str| t.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@/-".contains(c));
    if let Some(text) = task.text("taskRoleArn").filter(|t| !is_role_arn(t) && (t.starts_with("arn:") || !name(t))) {
        out.at("iam-task-role-form", "/taskRoleArn").text("value", text);
    }
}

fn account(task: &Task<'_>, out: &mut Findings) {
    for key in ["executionRoleArn", "taskRoleArn"] {
        let account = task.text(key).filter(|t| is_role_arn(t)).and_then(|t| t.split(':').nth(4));
        if let Some(account) = account.filter(|a| is_example_account(a)) {
            out.at("iam-placeholder-account", format!("/{key}")).text("account", account);
            return;
        }
    }
}
