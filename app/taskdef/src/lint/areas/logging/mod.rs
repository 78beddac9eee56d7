//! Log configuration.

mod awslogs;
mod driver_start;
mod drivers;
mod entries;
mod execution_role;
mod firelens;
mod firelens_output;
mod options;

pub(crate) use awslogs::OPTIONS as AWSLOGS_OPTIONS;

use crate::lint::{prelude::*, shared_ids};

rules! { Logging;
    pub static LOG_MISSING: Rule = warning("log-missing", "Security Hub ECS.9");
    pub static LOG_DRIVER_REQUIRED: Rule =
        error("log-driver-required", "API reference: LogConfiguration.logDriver");
    pub static LOG_DRIVER_ENUM: Rule = error("log-driver-enum", "API reference: LogDriver");
    pub static LOG_DRIVER_FARGATE: Rule =
        error("log-driver-fargate", "API reference: LogConfiguration.logDriver");
    pub static LOG_DRIVER_MANAGED_INSTANCES: Rule =
        error("log-driver-managed-instances", "API reference: LogConfiguration.logDriver");
    pub static LOG_AWSLOGS_GROUP: Rule =
        error("log-awslogs-group", "API reference: LogConfiguration.options");
    pub static LOG_AWSLOGS_REGION: Rule =
        error("log-awslogs-region", "API reference: LogConfiguration.options");
    pub static LOG_AWSLOGS_REGION_DIFFERS: Rule =
        warning("log-awslogs-region-differs", "API reference: LogConfiguration.options");
    pub static LOG_AWSLOGS_PREFIX: Rule =
        error("log-awslogs-prefix", "API reference: LogConfiguration.options");
    pub static LOG_AWSLOGS_PREFIX_CHARS: Rule =
        error("log-awslogs-prefix-chars", "API reference: LogStream.logStreamName");
    pub static LOG_AWSLOGS_EXECUTION_ROLE: Rule =
        error(shared_ids::LOG_AWSLOGS_EXECUTION_ROLE, "API reference: RegisterTaskDefinition.executionRoleArn");
    pub static LOG_GROUP_NAME: Rule =
        error("log-group-name", "API reference: CreateLogGroup.logGroupName");
    pub static LOG_GROUP_AWS_PREFIX: Rule =
        advice("log-group-aws-prefix", "CloudWatch Logs: names of groups that AWS services write");
    pub static LOG_CREATE_GROUP_VALUE: Rule =
        error("log-create-group-value", "API reference: LogConfiguration.options");
    pub static LOG_CREATE_GROUP_PERMISSION: Rule =
        warning("log-create-group-permission", "API reference: LogConfiguration.options");
    pub static LOG_CREATE_GROUP_MISSING: Rule =
        advice("log-create-group-missing", "API reference: LogConfiguration.options");
    pub static LOG_AWSLOGS_UNKNOWN_OPTION: Rule =
        error("log-awslogs-unknown-option", "Docker: options of the awslogs driver");
    pub static LOG_OPTION_STRING: Rule =
        error("log-option-string", "API reference: LogConfiguration.options");
    pub static LOG_DATETIME_AND_MULTILINE: Rule =
        error("log-datetime-and-multiline", "API reference: LogConfiguration.options");
    pub static LOG_MODE_ENUM: Rule =
        error("log-mode-enum", "API reference: LogConfiguration.options");
    pub static LOG_MAX_BUFFER_FORM: Rule =
        error("log-max-buffer-form", "Docker: sizes; API reference: LogConfiguration.options");
    pub static LOG_MAX_BUFFER_BLOCKING: Rule =
        warning("log-max-buffer-blocking", "API reference: LogConfiguration.options");
    pub static LOG_MODE_BLOCKING: Rule =
        advice("log-mode-blocking", "API reference: LogConfiguration.options");
    pub static LOG_SPLUNK_OPTIONS: Rule =
        error("log-splunk-options", "API reference: LogConfiguration.options");
    pub static LOG_SPLUNK_TOKEN_PLAIN: Rule =
        warning("log-splunk-token-plain", "Developer Guide: Splunk token as a secret option");
    pub static LOG_FIRELENS_ROUTER_MISSING: Rule =
        error("log-firelens-router-missing", "Developer Guide: FireLens");
    pub static LOG_FIRELENS_UNUSED: Rule =
        error("log-firelens-unused", "Developer Guide: FireLens");
    pub static LOG_FIRELENS_ONE_ROUTER: Rule =
        error("log-firelens-one-router", "Amazon ECS agent: FireLens");
    pub static LOG_FIRELENS_ROUTER_SELF: Rule =
        error("log-firelens-router-self", "Amazon ECS agent: FireLens");
    pub static LOG_FIRELENS_TYPE: Rule =
        error("log-firelens-type", "API reference: FirelensConfiguration.type");
    pub static LOG_FIRELENS_OPTIONS: Rule =
        error("log-firelens-options", "API reference: FirelensConfiguration.options");
    pub static LOG_FIRELENS_FARGATE_S3: Rule =
        error("log-firelens-fargate-s3", "API reference: FirelensConfiguration.options");
    pub static LOG_FIRELENS_ROUTER_USER: Rule =
        advice("log-firelens-router-user", "Amazon ECS: FireLens examples");
    pub static LOG_FIRELENS_OUTPUT_NAME: Rule =
        error("log-firelens-output-name", "Amazon ECS agent: FireLens, output section");
    pub static LOG_FIRELENS_RESERVED_PATH: Rule =
        error("log-firelens-reserved-path", "Developer Guide: FireLens");
    pub static LOG_FIRELENS_ROUTER_OPTIONAL: Rule =
        warning("log-firelens-router-optional", "Developer Guide: FireLens");
    pub static LOG_FIRELENS_TASK_ROLE: Rule =
        warning("log-firelens-task-role", "Developer Guide: FireLens");
    pub static LOG_FIRELENS_MATCH: Rule =
        warning("log-firelens-match", "Developer Guide: FireLens");
    pub static LOG_FIRELENS_TYPE_IMAGE: Rule =
        warning("log-firelens-type-image", "Amazon ECS agent: FireLens, configuration paths");
    pub static LOG_FIRELENS_SECRET_PLAIN: Rule =
        warning("log-firelens-secret-plain", "API reference: LogConfiguration.secretOptions");
    pub static LOG_SPLUNK_URL_FORM: Rule =
        error("log-splunk-url-form", "Docker: options of the splunk driver");
    pub static LOG_DRIVER_OPTION_UNKNOWN: Rule =
        error("log-driver-option-unknown", "Docker: options of the log drivers");
    pub static LOG_GELF_ADDRESS: Rule =
        error("log-gelf-address", "Docker: options of the gelf driver");
    pub static LOG_DATETIME_FORMAT_STRFTIME: Rule =
        warning("log-datetime-format-strftime", "API reference: LogConfiguration.options; Docker: awslogs driver");
    pub static LOG_MULTILINE_PATTERN_FORM: Rule =
        error("log-multiline-pattern-form", "Docker: awslogs driver; RE2 syntax");
    pub static LOG_JSON_FILE_SIZE: Rule =
        advice("log-json-file-size", "Developer Guide: CannotPullContainer task errors, no space left");
    pub static LOG_RETENTION: Rule = advice("log-retention", "CloudWatch Logs: retention");
    pub static LOG_DATETIME_FORMAT_SIGNS: Rule =
        warning("log-datetime-format-signs", "Docker: awslogs driver; RE2 syntax");
    pub static LOG_FLUENTD_ASYNC: Rule =
        warning("log-fluentd-async", "Docker: options of the fluentd driver");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&LOG_MISSING], run: awslogs::missing },
    Pass { reports: &[&LOG_DRIVER_REQUIRED, &LOG_DRIVER_ENUM, &LOG_DRIVER_FARGATE, &LOG_DRIVER_MANAGED_INSTANCES], run: awslogs::driver },
    Pass {
        reports: &[
            &LOG_AWSLOGS_GROUP,
            &LOG_AWSLOGS_REGION,
            &LOG_AWSLOGS_REGION_DIFFERS,
            &LOG_AWSLOGS_PREFIX,
            &LOG_AWSLOGS_PREFIX_CHARS,
            &LOG_GROUP_NAME,
            &LOG_GROUP_AWS_PREFIX,
            &LOG_CREATE_GROUP_VALUE,
            &LOG_CREATE_GROUP_PERMISSION,
            &LOG_CREATE_GROUP_MISSING,
            &LOG_AWSLOGS_UNKNOWN_OPTION,
            &LOG_RETENTION,
        ],
        run: awslogs::awslogs,
    },
    Pass {
        reports: &[
            &LOG_DATETIME_AND_MULTILINE,
            &LOG_MODE_ENUM,
            &LOG_MAX_BUFFER_FORM,
            &LOG_MAX_BUFFER_BLOCKING,
            &LOG_MODE_BLOCKING,
            &LOG_SPLUNK_OPTIONS,
            &LOG_SPLUNK_TOKEN_PLAIN,
            &LOG_JSON_FILE_SIZE,
        ],
        run: options::check,
    },
    Pass {
        reports: &[
            &LOG_FIRELENS_ROUTER_MISSING,
            &LOG_FIRELENS_UNUSED,
            &LOG_FIRELENS_ONE_ROUTER,
            &LOG_FIRELENS_ROUTER_SELF,
            &LOG_FIRELENS_TYPE,
            &LOG_FIRELENS_OPTIONS,
            &LOG_FIRELENS_FARGATE_S3,
            &LOG_FIRELENS_ROUTER_USER,
            &LOG_FIRELENS_RESERVED_PATH,
            &LOG_FIRELENS_ROUTER_OPTIONAL,
            &LOG_FIRELENS_TYPE_IMAGE,
        ],
        run: firelens::check,
    },
    Pass { reports: &[&LOG_FIRELENS_OUTPUT_NAME, &LOG_FIRELENS_MATCH, &LOG_FIRELENS_TASK_ROLE], run: firelens_output::check },
    Pass { reports: &[&LOG_FIRELENS_SECRET_PLAIN], run: firelens_output::plain_secrets },
    Pass { reports: &[&LOG_DRIVER_OPTION_UNKNOWN, &LOG_GELF_ADDRESS, &LOG_SPLUNK_URL_FORM], run: drivers::check },
    Pass { reports: &[&LOG_DATETIME_FORMAT_STRFTIME, &LOG_MULTILINE_PATTERN_FORM], run: entries::check },
    Pass { reports: &[&LOG_AWSLOGS_EXECUTION_ROLE], run: execution_role::missing },
    Pass { reports: &[&LOG_OPTION_STRING], run: options::types },
    Pass { reports: &[&LOG_DATETIME_FORMAT_SIGNS, &LOG_FLUENTD_ASYNC], run: driver_start::check },
];
