//! Rules that stay silent together.

use crate::lint::{Rule, areas::*};

/// What a health command does; said only where its form is right.
pub(super) static HEALTH_DEEDS: &[&Rule] = &[
    &health_check::HEALTH_TOOL_MISSING,
    &health_check::HEALTH_NOT_HTTP,
    &health_check::HEALTH_SHELL_MISSING,
    &health_check::HEALTH_BASH_MISSING,
    &health_check::HEALTH_PORT_NOT_DECLARED,
    &health_check::HEALTH_OTHER_CONTAINER_PORT,
    &health_check::HEALTH_HOST_NOT_LOCAL,
    &health_check::HEALTH_CURL_WITHOUT_F,
    &health_check::HEALTH_EXIT_CODE,
    &health_check::HEALTH_NEVER_FAILS,
    &health_check::HEALTH_CMD_VARIABLE,
    &health_check::HEALTH_HTTPS_LOCALHOST,
    &health_check::HEALTH_LOCALHOST_IPV6,
    &health_check::HEALTH_URL_PATH,
    &health_check::HEALTH_CONSOLE_COMMAS,
    &health_check::HEALTH_HEAVY_COMMAND,
];

/// What a key that was meant for another leaves open, besides volumes and log options.
pub(super) static MISSING: &[&Rule] = &[
    &task::TASK_REQUIRED_MEMBER,
    &container::CONTAINER_IMAGE_REQUIRED,
    &container::CONTAINER_NAME_REQUIRED,
    &health_check::HEALTH_COMMAND_REQUIRED,
    &health_check::HEALTH_MISSING_ESSENTIAL,
    &logging::LOG_DRIVER_REQUIRED,
    &logging::LOG_MISSING,
    &environment::ENV_NAME_REQUIRED,
    &environment::ENV_VALUE_MISSING,
    &port::PORT_CONTAINER_PORT_REQUIRED,
    &port::PORT_NO_MAPPING_FRONT,
    &secrets::SECRET_NAME_REQUIRED,
    &secrets::SECRET_VALUE_FROM_REQUIRED,
    &ephemeral_storage::EPHEMERAL_REQUIRED,
    &timeouts::RESTART_ENABLED_REQUIRED,
    &resources::RESOURCES_NO_CONTAINER_LIMIT_MULTI,
    &sizing::SIZING_EC2_MEMORY_SOMEWHERE,
    &container::CONTAINER_READONLY_ROOT,
    &container::CONTAINER_USER_ROOT,
];

/// What is said of a size that can be read.
pub(super) static SIZES: &[&Rule] = &[
    &sizing::SIZING_FARGATE_PAIR,
    &sizing::SIZING_FARGATE_32VCPU_EXACT,
    &sizing::SIZING_FARGATE_LARGE_QUOTA,
    &sizing::SIZING_CPU_FORM,
    &sizing::SIZING_MEMORY_FORM,
    &sizing::SIZING_UNIT_MISTAKE,
    &sizing::SIZING_SWAPPED,
    &sizing::SIZING_EC2_CPU_RANGE,
    &sizing::SIZING_EC2_MEMORY_SOMEWHERE,
    &sizing::SIZING_EC2_FITS_INSTANCE,
    &sizing::SIZING_EC2_AWSVPC_DENSITY,
    &sizing::SIZING_WINDOWS_TASK_IGNORED,
    &sizing::SIZING_NODE_MINIMUM,
    &sizing::SIZING_COST_NOTE,
];

/// What is said of an EFS volume.
pub(super) static EFS: &[&Rule] = &[
    &volumes::VOLUME_EFS_ID,
    &volumes::VOLUME_EFS_ENUM,
    &volumes::VOLUME_EFS_AP_ROOT,
    &volumes::VOLUME_EFS_IAM_TLS,
    &volumes::VOLUME_EFS_AP_TLS,
    &volumes::VOLUME_EFS_PORT_TLS,
    &volumes::VOLUME_EFS_IAM_TASK_ROLE,
    &volumes::VOLUME_EFS_ENCRYPTION,
    &volumes::VOLUME_EFS_EXTERNAL,
    &volumes::VOLUME_EFS_PLATFORM,
];

/// What is said of the options of awslogs.
pub(super) static AWSLOGS: &[&Rule] = &[
    &logging::LOG_AWSLOGS_GROUP,
    &logging::LOG_AWSLOGS_REGION,
    &logging::LOG_AWSLOGS_REGION_DIFFERS,
    &logging::LOG_AWSLOGS_PREFIX,
    &logging::LOG_AWSLOGS_PREFIX_CHARS,
    &logging::LOG_AWSLOGS_EXECUTION_ROLE,
    &logging::LOG_AWSLOGS_UNKNOWN_OPTION,
];

/// What is said of FireLens.
pub(super) static FIRELENS: &[&Rule] = &[
    &logging::LOG_FIRELENS_ROUTER_MISSING,
    &logging::LOG_FIRELENS_UNUSED,
    &logging::LOG_FIRELENS_ONE_ROUTER,
    &logging::LOG_FIRELENS_ROUTER_SELF,
    &logging::LOG_FIRELENS_TYPE,
    &logging::LOG_FIRELENS_OPTIONS,
    &logging::LOG_FIRELENS_FARGATE_S3,
    &logging::LOG_FIRELENS_ROUTER_USER,
];
