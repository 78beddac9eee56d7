//! Roles.

use super::{image::is_example_account, prelude::*};
use crate::{catalog, plan::is_role_arn};

pub(super) const RULES: &[Rule] = &[
    rule("iam-execution-role-form", Error, "API reference: RegisterTaskDefinition.executionRoleArn", form),
    rule("iam-task-role-form", Error, "API reference: RegisterTaskDefinition.taskRoleArn", with_another),
    rule("iam-placeholder-account", Warning, "Account numbers of AWS's own examples", account),
    rule("iam-roles-swapped", Warning, "API reference: executionRoleArn and taskRoleArn", swapped),
    rule("iam-execution-role-missing-advice", Advice, "API reference: RegisterTaskDefinition.executionRoleArn", needed),
    waits("iam-task-role-exec", Advice, State::NeedsAccount, "Developer Guide: ECS Exec"),
    waits("iam-pass-role", Warning, State::NeedsAccount, "IAM: permission to pass a role"),
    rule("iam-partition", Warning, "Partitions of the Regions in the SDK's endpoints", with_another),
];

/// The name that the console and most tutorials give the execution role.
pub(super) const USUAL_ROLE: &str = "ecsTaskExecutionRole";

/// Whether the execution role is the usual one, whose policy is known.
pub(super) fn is_usual_role(task: &Task<'_>) -> bool {
    task.text("executionRoleArn").is_some_and(|t| role_name(t).eq_ignore_ascii_case(USUAL_ROLE))
}

/// The role's name, out of an ARN or a path.
fn role_name(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// One message at the missing role: the first reason speaks, the others are named with it.
fn needed(task: &Task<'_>, out: &mut Findings) {
    if task.has_execution_role() {
        return;
    }
    let secrets = task.containers.iter().any(|c| {
        !c.list("secrets").is_empty()
            || find(c, "logConfiguration/secretOptions").and_then(Value::as_array).is_some_and(|l| !l.is_empty())
            || find(c, "repositoryCredentials").is_some()
    });
    let logs = task.fargate() && task.containers.iter().any(|c| c.log_driver() == "awslogs");
    let ecr = task.fargate() && task.containers.iter().any(|c| c.reference().is_some_and(|r| r.ecr().is_some()));
    let reasons = [("secret-needs-execution-role", secrets), ("log-awslogs-execution-role", logs), ("image-ecr-needs-execution-role", ecr)];
    let mut held = reasons.into_iter().filter(|(_, holds)| *holds).map(|(rule, _)| rule);
    let Some(rule) = held.next() else {
        if task.fargate() {
            out.at("iam-execution-role-missing-advice", "/executionRoleArn").set(task.definition, "/executionRoleArn", USUAL_ROLE);
        }
        return;
    };
    // What the others would say: logs (1), images (2), or both.
    let variant = match (rule, held.next(), held.next()) {
        ("secret-needs-execution-role", Some("log-awslogs-execution-role"), None) => "logs",
        ("secret-needs-execution-role", Some("image-ecr-needs-execution-role"), _) => "images",
        ("secret-needs-execution-role", Some(_), Some(_)) => "both",
        ("log-awslogs-execution-role", Some(_), _) => "images",
        _ => "",
    };
    out.at(rule, "/executionRoleArn").variant(variant).set(task.definition, "/executionRoleArn", USUAL_ROLE);
}

/// The role of an instance profile, or the second half of an ARN that was pasted twice.
fn repaired(text: &str) -> Option<String> {
    let last = text.rfind("arn:").map_or(text, |i| &text[i..]);
    let right = last.replacen(":instance-profile/", ":role/", 1).trim().to_owned();
    is_role_arn(&right).then_some(right)
}

fn form(task: &Task<'_>, out: &mut Findings) {
    if let Some(text) = task.text("executionRoleArn").filter(|t| t.starts_with("arn:") && !is_role_arn(t)) {
        let said = out.at("iam-execution-role-form", "/executionRoleArn").text("value", text);
        if let Some(right) = repaired(text) {
            said.set(task.definition, "/executionRoleArn", right);
        }
    }
    let name = |t: &str| role_name(t).len() <= 64 && t.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@/-".contains(c));
    if let Some(text) = task.text("taskRoleArn").filter(|t| !is_role_arn(t) && (t.starts_with("arn:") || !name(t))) {
        let said = out.at("iam-task-role-form", "/taskRoleArn").text("value", text);
        if let Some(right) = repaired(text) {
            said.set(task.definition, "/taskRoleArn", right);
        }
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

fn swapped(task: &Task<'_>, out: &mut Findings) {
    let (execution, own) = (task.text("executionRoleArn"), task.text("taskRoleArn"));
    let usual = |t: &str| {
        let name = role_name(t).to_ascii_lowercase();
        name.contains("taskexecution") || name.contains("task-execution") || name.contains("task_execution")
    };
    let app = |t: &str| {
        let name = role_name(t).to_ascii_lowercase();
        !name.contains("exec") && (name.ends_with("taskrole") || name.ends_with("task-role") || name.ends_with("approle") || name.ends_with("app-role"))
    };
    match (execution, own) {
        (Some(a), Some(b)) if a == b => out.at("iam-roles-swapped", "/taskRoleArn").variant("same").done(),
        (_, Some(b)) if usual(b) => {
            let said = out.at("iam-roles-swapped", "/taskRoleArn").text("value", role_name(b));
            if let Some(a) = execution.filter(|a| app(a)) {
                let mut cure = edit::set(task.definition, "/taskRoleArn", json!(a));
                cure.0.extend(edit::set(task.definition, "/executionRoleArn", json!(b)).0);
                said.fix("fix", Vec::new(), cure);
            }
        }
        (Some(a), _) if app(a) => out.at("iam-roles-swapped", "/executionRoleArn").variant("app").text("value", role_name(a)).done(),
        _ => {}
    }
    let Some(region) = task.region().and_then(catalog::region) else { return };
    for key in ["executionRoleArn", "taskRoleArn"] {
        let partition = task.text(key).filter(|t| is_role_arn(t)).and_then(|t| t.split(':').nth(1));
        if let Some(partition) = partition.filter(|p| *p != region.partition) {
            let path = format!("/{key}");
            let right = task.text(key).unwrap_or("").replacen(&format!("arn:{partition}:"), &format!("arn:{}:", region.partition), 1);
            out.at("iam-partition", &path).text("value", partition).text("partition", region.partition.as_str()).set(task.definition, &path, right);
        }
    }
}
