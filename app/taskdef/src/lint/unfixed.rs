//! Rules without a fix, and why only a person can fix what they find.

use super::{Rule, areas::*};
use serde::Serialize;

/// Why no button fixes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unfixed {
    /// Only the person knows the value that is right.
    Value,
    /// It is changed elsewhere: in the account, the image, the program or the tool that wrote the file.
    Elsewhere,
    /// It depends on how the program is built or meant to run.
    Design,
    /// Nothing has to change.
    Nothing,
}

/// Every rule that is decided from a draft and has no fix.
static TABLE: &[(Unfixed, &[&Rule])] = &[
    (
        Unfixed::Value,
        &[
            &task::TASK_UNKNOWN_KEY,
            &task::TASK_TEMPLATE_PLACEHOLDER,
            &wizard::WIZARD_HUB_ID_REQUIRED,
            &task::TASK_CONTAINERS_REQUIRED,
            &cluster::CLUSTER_DEFAULT_NAME,
            &region::REGION_FARGATE_UNKNOWN,
            &region::REGION_WINDOWS,
            &region::REGION_ARN_MIX,
            &container::CONTAINER_NAME_RESERVED,
            &container::CONTAINER_IMAGE_REQUIRED,
            &container::CONTAINER_NO_COMMAND,
            &container::CONTAINER_USER_ROOT,
            &image::IMAGE_LENGTH,
            &image::IMAGE_LATEST_TAG,
            &image::IMAGE_ECR_REGION_DIFFERS,
            &image::IMAGE_ECR_PLACEHOLDER,
            &image::IMAGE_WINDOWS_LINUX_MISMATCH,
            &image::IMAGE_BARE_DIGEST,
            &health_check::HEALTH_CONSOLE_COMMAS,
            &health_check::HEALTH_TOTAL_TIME,
            &health_check::HEALTH_URL_PATH,
            &environment::ENV_NAME_POSIX,
            &environment::ENV_INTERPOLATION,
            &environment::ENV_LOCALHOST_DB,
            &secrets::SECRET_JSON_KEY_NEEDS_FULL_ARN,
            &secrets::SECRET_BARE_NAME_IS_SSM,
            &secrets::SECRET_REGION_DIFFERS,
            &secrets::SECRET_PLACEHOLDER,
            &logging::LOG_SPLUNK_OPTIONS,
            &logging::LOG_FIRELENS_TASK_ROLE,
            &iam::IAM_PLACEHOLDER_ACCOUNT,
            &windows::WINDOWS_VERSION_MATCH,
            &tags::TAG_MISSING,
        ],
    ),
    (
        Unfixed::Elsewhere,
        &[
            &task::TASK_DAEMON_DEFINITION,
            &task::TASK_EXPRESS_SERVICE,
            &task::TASK_COMPOSE_FILE,
            &cluster::CLUSTER_CONTAINER_INSIGHTS,
            &region::REGION_ZONE_LIMITS,
            &sizing::SIZING_FARGATE_LARGE_QUOTA,
            &container::CONTAINER_SECRET_IN_COMMAND,
            &image::IMAGE_HUB_NEEDS_INTERNET,
            &health_check::HEALTH_SECRET_IN_COMMAND,
            &secrets::SECRET_PLAIN_VALUE,
            &secrets::SECRET_NESTED_JSON_KEY,
            &secrets::SECRET_ROLE_PERMISSIONS,
            &logging::LOG_CREATE_GROUP_PERMISSION,
            &logging::LOG_CREATE_GROUP_MISSING,
            &logging::LOG_RETENTION,
            &dependencies::DEP_EC2_AGENT,
            &volumes::VOLUME_EFS_PLATFORM,
            &volumes::VOLUME_BIND_NONROOT,
            &network::NETWORK_SERVICE_NEEDS_CONFIG,
            &network::NETWORK_SECURITY_GROUP_PORT,
            &windows::WINDOWS_USER,
            &runtime_platform::PLATFORM_ARM_REGION,
            &runtime_platform::PLATFORM_APPLE_SILICON,
            &limits::LIMITS_FARGATE_VCPU,
        ],
    ),
    (
        Unfixed::Design,
        &[
            &task::TASK_ESSENTIAL_SIDECAR_CHOICE,
            &task::TASK_REQUIRES_COMPATIBILITIES_MIXED,
            &sizing::SIZING_EC2_AWSVPC_DENSITY,
            &sizing::SIZING_WINDOWS_TASK_IGNORED,
            &container::CONTAINER_CPU_RANGE,
            &container::CONTAINER_NPM_SIGNALS,
            &container::CONTAINER_USER_LOWPORT,
            &container::CONTAINER_READONLY_ROOT,
            &container::CONTAINER_READONLY_ROOT_BREAKS,
            &image::IMAGE_SAME_FOR_ALL,
            &port::PORT_TWO_PROTOCOLS,
            &port::PORT_CONFLICT_UNDECLARED,
            &resources::RESOURCES_HARD_SUM,
            &resources::RESOURCES_NO_CONTAINER_LIMIT_MULTI,
            &resources::RESOURCES_LOG_BUFFER,
            &resources::RESOURCES_EFS_SUPERVISOR,
            &resources::RESOURCES_TMPFS_OVER_MEMORY,
            &health_check::HEALTH_NONESSENTIAL_NOTE,
            &environment::ENV_FILES_OVERRIDE,
            &volumes::VOLUME_MOUNT_SHADOW,
            &volumes::VOLUME_MOUNT_FILE_PATH,
            &volumes::VOLUME_BIND_LOST,
            &network::NETWORK_HOST_ROOT,
            &network::NETWORK_SYSCTL_SHARED,
            &fargate::FARGATE_DOCKER_IN_DOCKER,
            &linux::LINUX_CAPABILITY_ALL,
            &ec2::EC2_MEMORY_HEADROOM,
            &ec2::EC2_T_BURST,
            &ec2::MANAGED_PLACEMENT_ATTRIBUTE,
            &limits::LIMITS_DEFINITION_SIZE,
            &limits::LIMITS_DEFINITION_SIZE_NEAR,
            &limits::LIMITS_TOO_MANY,
            &limits::LIMITS_RESERVED_PORTS,
            &proxy::PROXY_RETIRED,
        ],
    ),
    (
        Unfixed::Nothing,
        &[
            &task::TASK_DUPLICATE_JSON_KEY,
            &task::TASK_IMPORT_READ_ONLY_FIELDS,
            &task::TASK_REVISION_IMMUTABLE,
            &port::PORT_RANGE_CONSOLE_NOTE,
            &secrets::SECRET_NOT_REFRESHED,
            &fargate::FARGATE_TMPFS_ALLOWED,
            &windows::WINDOWS_LOCALHOST_MAPPED,
            &ephemeral_storage::EPHEMERAL_COST,
            &runtime_platform::PLATFORM_ARM_SPOT,
        ],
    ),
];

impl Rule {
    /// Why the rule has no fix; `None` where it has one, or where only the account or the registry decides it.
    pub fn unfixed(&self) -> Option<Unfixed> {
        TABLE.iter().find(|(_, rules)| rules.contains(&self)).map(|(why, _)| *why)
    }
}
