//! The task definition as a whole.

mod convert;
mod definition;
mod foreign;
mod keys;
mod misplaced;
mod shape;

use crate::lint::{prelude::*, shared_ids};

pub(in crate::lint) use shape::not_json;

rules! { Task;
    pub static TASK_JSON_SHAPE: Rule =
        error("task-json-shape", "API reference: RegisterTaskDefinition");
    pub static TASK_MISSPELT_KEY: Rule =
        error("task-misspelt-key", "API reference: members of each shape");
    pub static TASK_UNKNOWN_KEY: Rule =
        warning("task-unknown-key", "API reference: members of each shape");
    pub static TASK_REQUIRED_MEMBER: Rule =
        error("task-required-member", "API reference: required members of each shape");
    pub static TASK_DUPLICATE_JSON_KEY: Rule =
        warning("task-duplicate-json-key", "RFC 8259: names within an object should be unique");
    pub static TASK_TEMPLATE_PLACEHOLDER: Rule =
        warning(shared_ids::TASK_TEMPLATE_PLACEHOLDER, "Definitions that CodePipeline and other tools fill in");
    pub static TASK_IMPORT_READ_ONLY_FIELDS: Rule =
        warning("task-import-read-only-fields", "API reference: TaskDefinition against RegisterTaskDefinition");
    pub static TASK_NULL_VALUES: Rule =
        warning("task-null-values", "API reference: RegisterTaskDefinition");
    pub static TASK_PASCAL_CASE_KEYS: Rule =
        warning("task-pascal-case-keys", "CloudFormation: AWS::ECS::TaskDefinition; Terraform: aws_ecs_task_definition");
    pub static TASK_COMPOSE_FILE: Rule = warning("task-compose-file", "Compose specification");
    pub static TASK_DAEMON_DEFINITION: Rule =
        error("task-daemon-definition", "API reference: RegisterDaemonTaskDefinition, CreateDaemon");
    pub static TASK_EXPRESS_SERVICE: Rule =
        error("task-express-service", "API reference: CreateExpressGatewayService");
    pub static TASK_FAMILY_REQUIRED: Rule =
        error("task-family-required", "API reference: RegisterTaskDefinition.family");
    pub static TASK_FAMILY_FORMAT: Rule =
        error("task-family-format", "API reference: RegisterTaskDefinition.family");
    pub static TASK_FAMILY_HAS_REVISION: Rule =
        warning("task-family-has-revision", "API reference: TaskDefinition.revision");
    pub static TASK_CONTAINERS_REQUIRED: Rule =
        error("task-containers-required", "API reference: RegisterTaskDefinition.containerDefinitions");
    pub static TASK_CONTAINERS_MAX: Rule =
        error("task-containers-max", "Amazon ECS service quotas");
    pub static TASK_ESSENTIAL_AT_LEAST_ONE: Rule =
        error("task-essential-at-least-one", "API reference: ContainerDefinition.essential");
    pub static TASK_ESSENTIAL_SIDECAR_CHOICE: Rule =
        advice("task-essential-sidecar-choice", "API reference: ContainerDefinition.essential");
    pub static TASK_REQUIRES_COMPATIBILITIES_MISSING: Rule =
        warning("task-requires-compatibilities-missing", "API reference: RegisterTaskDefinition.requiresCompatibilities");
    pub static TASK_REQUIRES_COMPATIBILITIES_ENUM: Rule =
        error("task-requires-compatibilities-enum", "API reference: Compatibility");
    pub static TASK_REQUIRES_COMPATIBILITIES_MIXED: Rule =
        advice("task-requires-compatibilities-mixed", "API reference: RegisterTaskDefinition.requiresCompatibilities");
    pub static TASK_REVISION_IMMUTABLE: Rule =
        advice("task-revision-immutable", "API reference: TaskDefinition.revision");
    pub static TASK_ENABLE_FAULT_INJECTION_OFF: Rule =
        advice("task-enable-fault-injection-off", "API reference: RegisterTaskDefinition.enableFaultInjection");
    pub static TASK_FAULT_INJECTION_MODE: Rule =
        warning("task-fault-injection-mode", "Developer Guide: fault injection with Amazon ECS and Fargate workloads");
    pub static TASK_TRUSTED_EXECUTION_MANAGED_ONLY: Rule =
        error("task-trusted-execution-managed-only", "API reference: TrustedExecutionConfiguration");
}

/// What finds them in any document.
pub static OF_ANY_DOCUMENT: &[Pass] = &[
    Pass { reports: &[&TASK_IMPORT_READ_ONLY_FIELDS, &TASK_DUPLICATE_JSON_KEY], run: shape::imported },
    Pass { reports: &[&TASK_COMPOSE_FILE, &TASK_DAEMON_DEFINITION, &TASK_EXPRESS_SERVICE, &TASK_PASCAL_CASE_KEYS], run: foreign::kind },
    Pass {
        reports: &[&TASK_JSON_SHAPE, &TASK_MISSPELT_KEY, &TASK_UNKNOWN_KEY, &TASK_REQUIRED_MEMBER, &TASK_TEMPLATE_PLACEHOLDER, &TASK_NULL_VALUES],
        run: shape::check,
    },
];

/// What finds them in a task definition.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&TASK_FAMILY_REQUIRED, &TASK_FAMILY_FORMAT, &TASK_FAMILY_HAS_REVISION], run: definition::family },
    Pass { reports: &[&TASK_CONTAINERS_REQUIRED, &TASK_CONTAINERS_MAX], run: definition::containers },
    Pass { reports: &[&TASK_ESSENTIAL_AT_LEAST_ONE, &TASK_ESSENTIAL_SIDECAR_CHOICE], run: definition::essential },
    Pass {
        reports: &[&TASK_REQUIRES_COMPATIBILITIES_MISSING, &TASK_REQUIRES_COMPATIBILITIES_ENUM, &TASK_REQUIRES_COMPATIBILITIES_MIXED],
        run: definition::compatibilities,
    },
    Pass { reports: &[&TASK_REVISION_IMMUTABLE], run: definition::revision },
    Pass { reports: &[&TASK_ENABLE_FAULT_INJECTION_OFF, &TASK_FAULT_INJECTION_MODE], run: definition::faults },
    Pass { reports: &[&TASK_TRUSTED_EXECUTION_MANAGED_ONLY], run: definition::trusted },
];
