//! Roles.

use super::*;
use crate::{
    deploy::is_role_arn,
    facts,
    lint::context::{Needs, USUAL_ROLE, role_name},
};

/// A role that nothing needs yet, but sooner or later something will.
pub(super) fn missing(task: &Task<'_>, report: &mut Report) {
    if task.fargate() && Needs::without_role(task).is_some_and(Needs::nothing) {
        report.at(&IAM_EXECUTION_ROLE_MISSING_ADVICE, "/executionRoleArn").set(task.definition, "/executionRoleArn", USUAL_ROLE);
    }
}

/// The role of an instance profile, or the second half of an ARN that was pasted twice.
fn repaired(text: &str) -> Option<String> {
    let last = text.rfind("arn:").map_or(text, |i| &text[i..]);
    let right = last.replacen(":instance-profile/", ":role/", 1).trim().to_owned();
    // IAM has no Regions: the part between the third and the fourth colon is empty.
    let parts: Vec<&str> = right.splitn(6, ':').collect();
    let global = match parts.as_slice() {
        ["arn", partition, "iam", _, account, rest] => format!("arn:{partition}:iam::{account}:{rest}"),
        _ => right.clone(),
    };
    [right, global].into_iter().find(|arn| is_role_arn(arn))
}

/// The name of a role whose account is wrong: ECS looks for it in the account that registers.
fn name_alone(text: &str) -> Option<String> {
    let (_, path) = text.split_once(":role/")?;
    let name = path.rsplit('/').next().filter(|name| (1..=64).contains(&name.len()))?;
    name.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c)).then(|| name.to_owned())
}

pub(super) fn form(task: &Task<'_>, report: &mut Report) {
    if let Some(text) = task.text("executionRoleArn").filter(|t| t.starts_with("arn:") && !is_role_arn(t)) {
        let finding = report.at(&IAM_EXECUTION_ROLE_FORM, "/executionRoleArn").text("value", text);
        let right = repaired(text).or_else(|| name_alone(text)).unwrap_or_else(|| USUAL_ROLE.to_owned());
        finding.set(task.definition, "/executionRoleArn", right);
    }
    let name = |t: &str| role_name(t).len() <= 64 && t.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@/-".contains(c));
    if let Some(text) = task.text("taskRoleArn").filter(|t| !is_role_arn(t) && (t.starts_with("arn:") || !name(t))) {
        let finding = report.at(&IAM_TASK_ROLE_FORM, "/taskRoleArn").text("value", text);
        let name_of = |t: &str| crate::grammar::name::as_name(t).filter(|name| !t.contains(':') && name.len() <= 64);
        match repaired(text).or_else(|| name_alone(text)).or_else(|| name_of(text)) {
            Some(right) => finding.set(task.definition, "/taskRoleArn", right).done(),
            None => finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, "/taskRoleArn")).done(),
        }
    }
}

pub(super) fn account(task: &Task<'_>, report: &mut Report) {
    for key in ["executionRoleArn", "taskRoleArn"] {
        let account = task.text(key).filter(|t| is_role_arn(t)).and_then(|t| t.split(':').nth(4));
        if let Some(account) = account.filter(|a| is_example_account(a)) {
            report.at(&IAM_PLACEHOLDER_ACCOUNT, format!("/{key}")).text("account", account);
            return;
        }
    }
}

pub(super) fn swapped(task: &Task<'_>, report: &mut Report) {
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
        (Some(a), Some(b)) if a == b => report.at(&IAM_ROLES_SWAPPED, "/taskRoleArn").variant("same").done(),
        (_, Some(b)) if usual(b) => {
            let finding = report.at(&IAM_ROLES_SWAPPED, "/taskRoleArn").text("value", role_name(b));
            if let Some(a) = execution.filter(|a| app(a)) {
                let mut fix = edit::set(task.definition, "/taskRoleArn", json!(a));
                fix.0.extend(edit::set(task.definition, "/executionRoleArn", json!(b)).0);
                finding.fix("fix", Vec::new(), fix);
            }
        }
        (Some(a), _) if app(a) => report.at(&IAM_ROLES_SWAPPED, "/executionRoleArn").variant("app").text("value", role_name(a)).done(),
        _ => {}
    }
    let Some(region) = task.region().and_then(facts::region) else { return };
    for key in ["executionRoleArn", "taskRoleArn"] {
        let partition = task.text(key).filter(|t| is_role_arn(t)).and_then(|t| t.split(':').nth(1));
        if let Some(partition) = partition.filter(|p| *p != region.partition) {
            let path = format!("/{key}");
            let right = task.text(key).unwrap_or("").replacen(&format!("arn:{partition}:"), &format!("arn:{}:", region.partition), 1);
            report.at(&IAM_PARTITION, &path).text("value", partition).text("partition", region.partition.as_str()).set(task.definition, &path, right);
        }
    }
}
