//! Roles.

mod roles;
mod unset;
mod used;

use crate::lint::prelude::*;

rules! { Iam;
    pub static IAM_EXECUTION_ROLE_FORM: Rule =
        error("iam-execution-role-form", "API reference: RegisterTaskDefinition.executionRoleArn");
    pub static IAM_TASK_ROLE_FORM: Rule =
        error("iam-task-role-form", "API reference: RegisterTaskDefinition.taskRoleArn");
    pub static IAM_PLACEHOLDER_ACCOUNT: Rule =
        warning("iam-placeholder-account", "Account numbers of AWS's own examples");
    pub static IAM_ROLES_SWAPPED: Rule =
        warning("iam-roles-swapped", "API reference: executionRoleArn and taskRoleArn");
    pub static IAM_SERVICE_LINKED_ROLE: Rule =
        error("iam-service-linked-role", "IAM: service-linked roles");
    pub static IAM_ACCOUNTS_DIFFER: Rule =
        error("iam-accounts-differ", "IAM: passing a role to a service");
    pub static IAM_EXECUTION_ROLE_MISSING_ADVICE: Rule =
        advice("iam-execution-role-missing-advice", "API reference: RegisterTaskDefinition.executionRoleArn");
    pub static IAM_TASK_ROLE_EXEC: Rule =
        advice("iam-task-role-exec", "Developer Guide: ECS Exec").waits(NeedsAccount);
    pub static IAM_PASS_ROLE: Rule =
        warning("iam-pass-role", "IAM: permission to pass a role").waits(NeedsAccount);
    pub static IAM_PARTITION: Rule =
        warning("iam-partition", "Partitions of the Regions in the SDK's endpoints");
    pub static IAM_ROLE_UNSET: Rule =
        warning("iam-role-unset", "Reports of roles called null or undefined");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&IAM_EXECUTION_ROLE_FORM, &IAM_TASK_ROLE_FORM], run: roles::form },
    Pass { reports: &[&IAM_PLACEHOLDER_ACCOUNT], run: roles::account },
    Pass { reports: &[&IAM_ROLES_SWAPPED, &IAM_PARTITION], run: roles::swapped },
    Pass { reports: &[&IAM_SERVICE_LINKED_ROLE, &IAM_ACCOUNTS_DIFFER], run: used::check },
    Pass { reports: &[&IAM_EXECUTION_ROLE_MISSING_ADVICE], run: roles::missing },
    Pass { reports: &[&IAM_ROLE_UNSET], run: unset::check },
];
