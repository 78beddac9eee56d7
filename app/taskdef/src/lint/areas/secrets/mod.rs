//! Secrets: where ECS fetches them from.

mod execution_role;
mod repair;
mod value_from;

use crate::lint::{prelude::*, shared_ids};
use value_from::read;

rules! { Secrets;
    pub static SECRET_NAME_REQUIRED: Rule =
        error("secret-name-required", "API reference: Secret.name");
    pub static SECRET_VALUE_FROM_REQUIRED: Rule =
        error("secret-value-from-required", "API reference: Secret.valueFrom");
    pub static SECRET_VALUE_FROM_FORM: Rule =
        error("secret-value-from-form", "API reference: Secret.valueFrom");
    pub static SECRET_PLAIN_VALUE: Rule =
        error("secret-plain-value", "API reference: Secret.valueFrom");
    pub static SECRET_JSON_KEY_COLONS: Rule =
        error("secret-json-key-colons", "Developer Guide: secrets from Secrets Manager");
    pub static SECRET_JSON_KEY_NEEDS_FULL_ARN: Rule =
        warning("secret-json-key-needs-full-arn", "Developer Guide: secrets from Secrets Manager");
    pub static SECRET_NESTED_JSON_KEY: Rule =
        warning("secret-nested-json-key", "Developer Guide: secrets from Secrets Manager");
    pub static SECRET_STAGE_AS_VERSION: Rule =
        warning("secret-stage-as-version", "Developer Guide: secrets from Secrets Manager; API reference: GetSecretValue.VersionId");
    pub static SECRET_BARE_NAME_IS_SSM: Rule =
        advice("secret-bare-name-is-ssm", "API reference: Secret.valueFrom");
    pub static SECRET_REGION_DIFFERS: Rule =
        warning("secret-region-differs", "API reference: Secret.valueFrom");
    pub static SECRET_PLACEHOLDER: Rule =
        warning("secret-placeholder", "Account numbers of AWS's own examples");
    pub static SECRET_NEEDS_EXECUTION_ROLE: Rule =
        error(shared_ids::SECRET_NEEDS_EXECUTION_ROLE, "API reference: RegisterTaskDefinition.executionRoleArn");
    pub static SECRET_RDS_NEEDS_JSON_KEY: Rule =
        warning("secret-rds-needs-json-key", "Secrets Manager: secrets managed by Amazon RDS");
    pub static SECRET_ROLE_PERMISSIONS: Rule =
        advice("secret-role-permissions", "Developer Guide: secrets from Secrets Manager");
    pub static SECRET_NOT_REFRESHED: Rule =
        advice("secret-not-refreshed", "Developer Guide: secrets from Secrets Manager");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &SECRET_NAME_REQUIRED,
            &SECRET_VALUE_FROM_REQUIRED,
            &SECRET_VALUE_FROM_FORM,
            &SECRET_PLAIN_VALUE,
            &SECRET_JSON_KEY_COLONS,
            &SECRET_JSON_KEY_NEEDS_FULL_ARN,
            &SECRET_NESTED_JSON_KEY,
            &SECRET_STAGE_AS_VERSION,
            &SECRET_BARE_NAME_IS_SSM,
            &SECRET_REGION_DIFFERS,
            &SECRET_RDS_NEEDS_JSON_KEY,
            &SECRET_PLACEHOLDER,
        ],
        run: value_from::check,
    },
    Pass { reports: &[&SECRET_ROLE_PERMISSIONS, &SECRET_NOT_REFRESHED], run: value_from::permissions },
    Pass { reports: &[&SECRET_NEEDS_EXECUTION_ROLE], run: execution_role::missing },
];
