//! Roles that ECS cannot take: those of AWS services, and of two accounts.

use super::*;
use crate::{
    deploy::is_role_arn,
    lint::context::{USUAL_ROLE, role_name},
};

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for key in ["executionRoleArn", "taskRoleArn"] {
        let Some(role) = task.text(key) else { continue };
        let (path, name) = (format!("/{key}"), role_name(role));
        if role.contains("/aws-service-role/") || name.starts_with("AWSServiceRoleFor") {
            let finding = report.at(&IAM_SERVICE_LINKED_ROLE, &path).text("value", name);
            if key == "executionRoleArn" {
                finding.set(task.definition, &path, USUAL_ROLE);
            } else {
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path)).done();
            }
        } else if name == "ecsInstanceRole" {
            report.at(&IAM_SERVICE_LINKED_ROLE, &path).severity(Warning).variant("instance").text("value", name);
        }
    }
    let account = |key: &str| task.text(key).filter(|role| is_role_arn(role)).and_then(arn_account).filter(|account| !is_example_account(account));
    if let (Some(execution), Some(own)) = (account("executionRoleArn"), account("taskRoleArn"))
        && execution != own
    {
        let moved = |key: &str, from: &str, to: &str| {
            let right = task.text(key).unwrap_or("").replacen(from, to, 1);
            edit::set(task.definition, &format!("/{key}"), json!(right))
        };
        let finding = report.at(&IAM_ACCOUNTS_DIFFER, "/taskRoleArn").text("execution", execution).text("account", own);
        let finding = finding.fix("fix", vec![("value", Param::Text(execution.to_owned()))], moved("taskRoleArn", own, execution));
        finding.fix("fix", vec![("value", Param::Text(own.to_owned()))], moved("executionRoleArn", execution, own)).done();
    }
}
