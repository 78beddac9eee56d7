//! The rules that speak, and those that stay silent near them.

use crate::lint::{Rule, areas::*};

/// How near the silent finding must be.
#[derive(Clone, Copy)]
pub(super) enum Near {
    /// The same place, or one inside the other.
    Place,
    /// The same place, or inside it.
    Inside,
    /// The same container.
    Container,
    /// Anywhere in the definition.
    Anywhere,
}

use Near::{Anywhere, Container, Inside, Place};

/// A rule that speaks, and the rules that stay silent near it; without a list, all others.
pub(super) struct Row {
    pub speaker: &'static Rule,
    pub near: Near,
    pub silent: Option<&'static [&'static Rule]>,
}

const fn row(speaker: &'static Rule, near: Near, silent: &'static [&'static Rule]) -> Row {
    Row { speaker, near, silent: Some(silent) }
}

/// A rule near which no other speaks.
const fn alone(speaker: &'static Rule, near: Near) -> Row {
    Row { speaker, near, silent: None }
}

/// What a health command does; said only where its form is right.
static HEALTH_DEEDS: &[&Rule] = &[
    &health_check::HEALTH_TOOL_MISSING,
    &health_check::HEALTH_NOT_HTTP,
    &health_check::HEALTH_SHELL_MISSING,
    &health_check::HEALTH_BASH_MISSING,
    &health_check::HEALTH_PORT_NOT_DECLARED,
    &health_check::HEALTH_OTHER_CONTAINER_PORT,
    &health_check::HEALTH_HOST_NOT_LOCAL,
    &health_check::HEALTH_CURL_WITHOUT_F,
    &health_check::HEALTH_EXIT_CODE,
    &health_check::HEALTH_LOCALHOST_IPV6,
    &health_check::HEALTH_URL_PATH,
    &health_check::HEALTH_CONSOLE_COMMAS,
    &health_check::HEALTH_HEAVY_COMMAND,
];

/// What a key that was meant for another leaves open, besides volumes and log options.
static MISSING: &[&Rule] = &[
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
static SIZES: &[&Rule] = &[
    &sizing::SIZING_FARGATE_PAIR,
    &sizing::SIZING_FARGATE_32VCPU_EXACT,
    &sizing::SIZING_FARGATE_LARGE_PLATFORM,
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
static EFS: &[&Rule] = &[
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
static AWSLOGS: &[&Rule] = &[
    &logging::LOG_AWSLOGS_GROUP,
    &logging::LOG_AWSLOGS_REGION,
    &logging::LOG_AWSLOGS_REGION_DIFFERS,
    &logging::LOG_AWSLOGS_PREFIX,
    &logging::LOG_AWSLOGS_PREFIX_CHARS,
    &logging::LOG_AWSLOGS_EXECUTION_ROLE,
    &logging::LOG_AWSLOGS_UNKNOWN_OPTION,
];

/// What is said of FireLens.
static FIRELENS: &[&Rule] = &[
    &logging::LOG_FIRELENS_ROUTER_MISSING,
    &logging::LOG_FIRELENS_UNUSED,
    &logging::LOG_FIRELENS_ONE_ROUTER,
    &logging::LOG_FIRELENS_ROUTER_SELF,
    &logging::LOG_FIRELENS_TYPE,
    &logging::LOG_FIRELENS_OPTIONS,
    &logging::LOG_FIRELENS_FARGATE_S3,
    &logging::LOG_FIRELENS_ROUTER_USER,
];

/// The left one speaks; the right ones stay silent. The order of the rule book's list.
pub(super) static TABLE: &[Row] = &[
    alone(&task::TASK_JSON_SHAPE, Inside),
    alone(&task::TASK_TEMPLATE_PLACEHOLDER, Place),
    alone(&container::CONTAINER_COMMAND_STRING, Place),
    alone(&container::CONTAINER_DOCKER_LABELS_STRINGS, Place),
    alone(&environment::ENV_VALUE_STRING, Place),
    alone(&health_check::HEALTH_COMMAND_LIST, Place),
    alone(&logging::LOG_OPTION_STRING, Place),
    row(&task::TASK_MISSPELT_KEY, Container, MISSING),
    row(&task::TASK_MISSPELT_KEY, Container, volumes::RULES),
    row(&task::TASK_MISSPELT_KEY, Container, AWSLOGS),
    row(&task::TASK_MISSPELT_KEY, Container, FIRELENS),
    row(
        &task::TASK_MISSPELT_KEY,
        Anywhere,
        &[&task::TASK_CONTAINERS_REQUIRED, &task::TASK_FAMILY_REQUIRED, &sizing::TASK_FARGATE_CPU_REQUIRED, &sizing::TASK_FARGATE_MEMORY_REQUIRED],
    ),
    row(&cluster::CLUSTER_NOT_IN_TASK_DEFINITION, Place, &[&task::TASK_UNKNOWN_KEY]),
    row(&network::NETWORK_ENUM, Anywhere, &[&network::NETWORK_FARGATE_AWSVPC]),
    row(&task::TASK_REQUIRES_COMPATIBILITIES_ENUM, Anywhere, &[&task::TASK_REQUIRES_COMPATIBILITIES_MISSING]),
    row(&fargate::FARGATE_PID_TASK_ONLY, Anywhere, &[&linux::LINUX_PID_ENUM, &linux::LINUX_PID_HOST, &windows::WINDOWS_UNSUPPORTED]),
    row(&fargate::FARGATE_NO_IPC, Anywhere, &[&linux::LINUX_IPC_ENUM, &windows::WINDOWS_UNSUPPORTED]),
    row(&sizing::SIZING_CPU_FORM, Anywhere, &[&windows::WINDOWS_MIN_1VCPU, &limits::LIMITS_FARGATE_VCPU]),
    row(&sizing::SIZING_CPU_FORM, Anywhere, SIZES),
    row(&sizing::SIZING_MEMORY_FORM, Anywhere, &[&windows::WINDOWS_MIN_1VCPU, &limits::LIMITS_FARGATE_VCPU]),
    row(&sizing::SIZING_MEMORY_FORM, Anywhere, SIZES),
    row(
        &windows::WINDOWS_MIN_1VCPU,
        Anywhere,
        &[&sizing::SIZING_FARGATE_PAIR, &sizing::SIZING_UNIT_MISTAKE, &sizing::SIZING_SWAPPED, &sizing::SIZING_FARGATE_LARGE_QUOTA],
    ),
    row(&sizing::SIZING_FARGATE_PAIR, Anywhere, &[&limits::LIMITS_FARGATE_VCPU, &sizing::SIZING_NODE_MINIMUM]),
    row(
        &sizing::SIZING_UNIT_MISTAKE,
        Anywhere,
        &[
            &sizing::SIZING_EC2_CPU_RANGE,
            &sizing::SIZING_EC2_MEMORY_SOMEWHERE,
            &sizing::SIZING_EC2_FITS_INSTANCE,
            &sizing::SIZING_EC2_AWSVPC_DENSITY,
            &limits::LIMITS_FARGATE_VCPU,
            &sizing::SIZING_NODE_MINIMUM,
        ],
    ),
    row(&sizing::SIZING_UNIT_MISTAKE, Anywhere, resources::RULES),
    row(&sizing::SIZING_SWAPPED, Anywhere, &[&limits::LIMITS_FARGATE_VCPU, &sizing::SIZING_NODE_MINIMUM, &container::CONTAINER_CPU_SUM]),
    row(&sizing::SIZING_SWAPPED, Anywhere, resources::RULES),
    row(
        &sizing::SIZING_FARGATE_32VCPU_EXACT,
        Anywhere,
        &[&limits::LIMITS_FARGATE_VCPU, &sizing::SIZING_FARGATE_LARGE_PLATFORM, &sizing::SIZING_FARGATE_LARGE_QUOTA],
    ),
    row(&resources::RESOURCES_MEMORY_OVER_TASK, Container, &[&resources::RESOURCES_RESERVATION_OVER_MEMORY]),
    row(
        &resources::RESOURCES_MEMORY_OVER_TASK,
        Anywhere,
        &[&resources::RESOURCES_RESERVED_SUM, &resources::RESOURCES_HARD_SUM, &resources::RESOURCES_LOG_BUFFER],
    ),
    row(&resources::RESOURCES_RESERVED_SUM, Anywhere, &[&resources::RESOURCES_HARD_SUM, &resources::RESOURCES_LOG_BUFFER]),
    row(&resources::RESOURCES_MEMORY_MIN, Place, &[&resources::RESOURCES_MEMORY_SMALL_RUNTIME]),
    row(&logging::LOG_AWSLOGS_GROUP, Container, &[&logging::LOG_CREATE_GROUP_MISSING, &logging::LOG_RETENTION]),
    row(&logging::LOG_GROUP_NAME, Container, &[&logging::LOG_CREATE_GROUP_MISSING, &logging::LOG_RETENTION]),
    row(&logging::LOG_OPTION_STRING, Container, &[&logging::LOG_CREATE_GROUP_MISSING]),
    row(&logging::LOG_MODE_ENUM, Container, &[&logging::LOG_MAX_BUFFER_BLOCKING]),
    row(&logging::LOG_MAX_BUFFER_BLOCKING, Container, &[&logging::LOG_MODE_BLOCKING]),
    row(&logging::LOG_FIRELENS_ROUTER_SELF, Container, &[&logging::LOG_FIRELENS_UNUSED]),
    row(&logging::LOG_FIRELENS_FARGATE_S3, Container, &[&logging::LOG_FIRELENS_OPTIONS]),
    row(&logging::LOG_SPLUNK_OPTIONS, Place, &[&logging::LOG_SPLUNK_TOKEN_PLAIN]),
    row(&image::IMAGE_WHITESPACE, Place, &[&image::IMAGE_LATEST_TAG, &image::IMAGE_REFERENCE_GRAMMAR]),
    row(&image::IMAGE_NO_SCHEME, Place, &[&image::IMAGE_LATEST_TAG, &image::IMAGE_REFERENCE_GRAMMAR]),
    row(
        &image::IMAGE_ECR_FORM,
        Place,
        &[&image::IMAGE_ECR_FORM, &image::IMAGE_ECR_REGION_DIFFERS, &image::IMAGE_ECR_PLACEHOLDER, &image::IMAGE_ECR_NEEDS_EXECUTION_ROLE],
    ),
    row(&environment::ENV_FILES_ARN, Place, &[&region::REGION_ARN_MIX]),
    row(&image::IMAGE_ARCH_MISMATCH, Anywhere, &[&runtime_platform::PLATFORM_APPLE_SILICON]),
    row(&image::IMAGE_OFFICIAL_TYPO, Place, &[&image::IMAGE_DOCKER_HUB_RATE_LIMIT, &image::IMAGE_LATEST_TAG]),
    row(&image::IMAGE_WINDOWS_LINUX_MISMATCH, Anywhere, &[&windows::WINDOWS_VERSION_MATCH, &runtime_platform::PLATFORM_APPLE_SILICON]),
    row(&port::PORT_CONFLICT_UNDECLARED, Anywhere, &[&image::IMAGE_SAME_FOR_ALL]),
    row(&port::PORT_CONFLICT_ACROSS_CONTAINERS, Anywhere, &[&port::PORT_CONFLICT_UNDECLARED, &image::IMAGE_SAME_FOR_ALL]),
    row(&port::PORT_NONE_MODE, Anywhere, &[&port::PORT_RANGE_NETWORK_MODE, &network::NETWORK_SECURITY_GROUP_PORT]),
    row(
        &port::PORT_HOST_PORT_RANGE,
        Place,
        &[&port::PORT_HOST_PORT_AWSVPC, &port::PORT_HOST_PORT_HOST_MODE, &port::PORT_HOST_PORT_BRIDGE_RANGE, &port::PORT_HOST_PORT_RANGE],
    ),
    row(
        &port::PORT_RANGE_AND_SINGLE,
        Place,
        &[
            &port::PORT_CONTAINER_PORT_REQUIRED,
            &port::PORT_CONTAINER_PORT_RANGE,
            &port::PORT_HOST_PORT_AWSVPC,
            &port::PORT_HOST_PORT_HOST_MODE,
            &port::PORT_HOST_PORT_BRIDGE_RANGE,
            &port::PORT_HOST_PORT_RANGE,
            &port::PORT_IMAGE_DEFAULT_MISMATCH,
        ],
    ),
    row(&port::PORT_DUPLICATE_IN_CONTAINER, Anywhere, &[&network::NETWORK_SECURITY_GROUP_PORT]),
    row(&port::PORT_IMAGE_DEFAULT_MISMATCH, Container, &[&health_check::HEALTH_OTHER_CONTAINER_PORT]),
    row(
        &health_check::HEALTH_COMMAND_COMMA_IN_ONE,
        Container,
        &[&health_check::HEALTH_COMMAND_FIRST_WORD, &health_check::HEALTH_COMMAND_NO_KEYWORD, &health_check::HEALTH_CONSOLE_BRACKETS],
    ),
    row(
        &health_check::HEALTH_CONSOLE_BRACKETS,
        Container,
        &[&health_check::HEALTH_COMMAND_FIRST_WORD, &health_check::HEALTH_COMMAND_NO_KEYWORD, &health_check::HEALTH_CMD_SHELL_EXTRA_ARGS],
    ),
    row(&health_check::HEALTH_COMMAND_REQUIRED, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_COMMAND_LIST, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_COMMAND_FIRST_WORD, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_COMMAND_NO_KEYWORD, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_COMMAND_COMMA_IN_ONE, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_CONSOLE_BRACKETS, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_CMD_SHELL_EMPTY, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_CMD_WITH_SHELL_SYNTAX, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_CMD_SHELL_EXTRA_ARGS, Container, HEALTH_DEEDS),
    row(&health_check::HEALTH_CMD_OPERATOR_ARGUMENT, Container, &[&health_check::HEALTH_CURL_WITHOUT_F, &health_check::HEALTH_EXIT_CODE]),
    row(&health_check::HEALTH_NONE_EXTRA, Container, &[&dependencies::DEP_HEALTHY_NEEDS_CHECK, &health_check::HEALTH_NONESSENTIAL_NOTE]),
    row(&health_check::HEALTH_HOST_NOT_LOCAL, Container, &[&health_check::HEALTH_URL_PATH]),
    row(
        &health_check::HEALTH_NOT_HTTP,
        Container,
        &[&health_check::HEALTH_EXIT_CODE, &health_check::HEALTH_CURL_WITHOUT_F, &health_check::HEALTH_LOCALHOST_IPV6, &health_check::HEALTH_URL_PATH],
    ),
    row(
        &health_check::HEALTH_TOOL_MISSING,
        Container,
        &[&health_check::HEALTH_EXIT_CODE, &health_check::HEALTH_CURL_WITHOUT_F, &health_check::HEALTH_LOCALHOST_IPV6, &health_check::HEALTH_URL_PATH],
    ),
    row(
        &health_check::HEALTH_SHELL_MISSING,
        Container,
        &[
            &health_check::HEALTH_EXIT_CODE,
            &health_check::HEALTH_CURL_WITHOUT_F,
            &health_check::HEALTH_LOCALHOST_IPV6,
            &health_check::HEALTH_URL_PATH,
            &health_check::HEALTH_TOOL_MISSING,
        ],
    ),
    row(&health_check::HEALTH_BASH_MISSING, Container, &[&health_check::HEALTH_EXIT_CODE]),
    row(&health_check::HEALTH_SECRET_IN_COMMAND, Container, &[&health_check::HEALTH_EXIT_CODE, &health_check::HEALTH_URL_PATH]),
    row(
        &health_check::HEALTH_INTERVAL_RANGE,
        Container,
        &[&health_check::HEALTH_HEAVY_COMMAND, &health_check::HEALTH_TOTAL_TIME, &dependencies::DEP_HEALTHY_TIME],
    ),
    row(&health_check::HEALTH_START_PERIOD_RANGE, Container, &[&dependencies::DEP_HEALTHY_TIME]),
    row(&health_check::HEALTH_RETRIES_RANGE, Container, &[&dependencies::DEP_HEALTHY_TIME]),
    row(&secrets::SECRET_PLAIN_VALUE, Place, &[&secrets::SECRET_VALUE_FROM_FORM, &secrets::SECRET_BARE_NAME_IS_SSM]),
    row(&secrets::SECRET_JSON_KEY_COLONS, Place, &[&secrets::SECRET_VALUE_FROM_FORM, &secrets::SECRET_BARE_NAME_IS_SSM]),
    row(&environment::ENV_AWS_KEYS, Place, &[&environment::ENV_SECRET_BY_VALUE, &environment::ENV_SECRET_BY_NAME]),
    row(&environment::ENV_SECRET_BY_VALUE, Place, &[&environment::ENV_SECRET_BY_NAME]),
    row(&environment::ENV_AND_SECRET_DUPLICATE, Place, &[&environment::ENV_SECRET_BY_NAME, &environment::ENV_SECRET_BY_VALUE, &environment::ENV_AWS_KEYS]),
    row(&environment::ENV_NAME_CHARS, Place, &[&environment::ENV_NAME_POSIX, &environment::ENV_SECRET_BY_NAME]),
    row(&environment::ENV_RESERVED_NAMES, Place, &[&environment::ENV_SECRET_BY_NAME]),
    row(&environment::ENV_HOST_BINDING, Place, &[&environment::ENV_LOCALHOST_DB]),
    row(&environment::ENV_FILES_EXECUTION_ROLE, Place, &[&iam::IAM_EXECUTION_ROLE_MISSING_ADVICE]),
    row(&environment::ENV_FILES_COUNT, Container, &[&environment::ENV_FILES_OVERRIDE]),
    row(&dependencies::DEP_SELF, Anywhere, &[&dependencies::DEP_CYCLE]),
    row(
        &dependencies::DEP_UNKNOWN_CONTAINER,
        Container,
        &[&dependencies::DEP_HEALTHY_NEEDS_CHECK, &dependencies::DEP_COMPLETE_ON_ESSENTIAL, &dependencies::DEP_NGINX_APP],
    ),
    row(&dependencies::DEP_CYCLE, Anywhere, &[&dependencies::DEP_NGINX_APP]),
    row(&container::CONTAINER_COMMAND_ONE_ITEM, Container, &[&container::CONTAINER_COMMAND_SHELL_OPERATORS]),
    row(&container::CONTAINER_USER_LOWPORT, Container, &[&container::CONTAINER_USER_ROOT]),
    row(&container::CONTAINER_READONLY_ROOT_BREAKS, Place, &[&container::CONTAINER_READONLY_ROOT]),
    row(&container::CONTAINER_NAME_REQUIRED, Place, &[&container::CONTAINER_NAME_FORMAT]),
    row(&container::CONTAINER_REPOSITORY_CREDENTIALS, Container, &[&image::IMAGE_DOCKER_HUB_RATE_LIMIT]),
    row(&network::NETWORK_HOST_ROOT, Container, &[&container::CONTAINER_USER_ROOT]),
    row(&network::NETWORK_DISABLE_AWSVPC, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&network::NETWORK_DNS_AWSVPC, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&network::NETWORK_EXTRA_HOSTS_AWSVPC, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&network::NETWORK_LINKS_AWSVPC, Place, &[&windows::WINDOWS_UNSUPPORTED, &ec2::MANAGED_INSTANCES_LOG]),
    row(&network::NETWORK_SYSCTL_SHARED, Anywhere, &[&fargate::FARGATE_SYSCTL_ALLOWED]),
    row(&network::NETWORK_WINDOWS_MODES, Anywhere, &[&windows::WINDOWS_LOCALHOST_MAPPED, &network::NETWORK_HOST_ADVICE]),
    row(&fargate::FARGATE_NO_PRIVILEGED, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&fargate::FARGATE_DNS_SEARCH, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&fargate::FARGATE_NO_DEVICES, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&fargate::FARGATE_NO_SWAP, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&fargate::FARGATE_NO_SHARED_MEMORY, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&fargate::FARGATE_CAPABILITY_ADD, Place, &[&windows::WINDOWS_UNSUPPORTED]),
    row(&fargate::FARGATE_NO_INFERENCE_ACCELERATORS, Inside, &[&task::TASK_REQUIRED_MEMBER]),
    row(&linux::LINUX_SYSCTL_NAMESPACE, Place, &[&fargate::FARGATE_SYSCTL_ALLOWED]),
    row(&linux::LINUX_SYSCTL_HOST, Anywhere, &[&network::NETWORK_SYSCTL_SHARED]),
    row(&linux::LINUX_TMPFS_FIELDS, Place, &[&fargate::FARGATE_TMPFS_ALLOWED, &task::TASK_REQUIRED_MEMBER]),
    row(&linux::LINUX_CAPABILITY_ALL, Place, &[&linux::LINUX_CAPABILITY_ENUM]),
    row(&linux::LINUX_PRIVILEGED, Place, &[&windows::WINDOWS_UNSUPPORTED_EC2]),
    row(&volumes::VOLUME_LAUNCH_ONE, Anywhere, &[&volumes::VOLUME_LAUNCH_UNUSED]),
    row(&volumes::VOLUME_ONE_KIND, Place, &[&volumes::VOLUME_EFS_ENCRYPTION, &volumes::VOLUME_EFS_PLATFORM, &volumes::VOLUME_BIND_LOST]),
    row(&volumes::VOLUME_FARGATE_SOURCE_PATH, Place, &[&volumes::VOLUME_BIND_LOST]),
    row(&volumes::VOLUME_MOUNT_UNKNOWN, Anywhere, &[&volumes::VOLUME_UNUSED]),
    row(&volumes::VOLUME_MOUNT_FILE_PATH, Place, &[&volumes::VOLUME_MOUNT_SHADOW]),
    row(&volumes::VOLUME_EFS_EXTERNAL, Place, &[&volumes::VOLUME_EFS_ENCRYPTION]),
    row(&volumes::VOLUME_EFS_ENUM, Place, &[&volumes::VOLUME_EFS_ENCRYPTION]),
    row(&windows::WINDOWS_EFS, Place, &[&resources::RESOURCES_EFS_SUPERVISOR]),
    row(&windows::WINDOWS_EFS, Place, EFS),
    row(&windows::WINDOWS_MIN_1VCPU, Anywhere, &[&sizing::SIZING_WINDOWS_TASK_IGNORED]),
    row(&windows::WINDOWS_OS_FARGATE, Place, &[&windows::WINDOWS_VERSION_MATCH]),
    row(&windows::WINDOWS_NO_ARM, Place, &[&runtime_platform::PLATFORM_ARM_REGION, &runtime_platform::PLATFORM_ARM_SPOT, &ec2::EC2_ARCH_INSTANCE]),
    row(&ec2::MANAGED_LINUX_ONLY, Place, windows::RULES),
    row(&runtime_platform::PLATFORM_ARCH_ENUM, Place, &[&ec2::EC2_ARCH_INSTANCE]),
    row(&ec2::EC2_ARCH_INSTANCE, Anywhere, &[&image::IMAGE_ARCH_MISMATCH]),
    row(&ephemeral_storage::EPHEMERAL_RANGE, Place, &[&ephemeral_storage::EPHEMERAL_PLATFORM]),
    row(&ec2::EC2_EPHEMERAL_STORAGE, Place, ephemeral_storage::RULES),
    row(&limits::LIMITS_DEFINITION_SIZE, Anywhere, &[&limits::LIMITS_DEFINITION_SIZE_NEAR]),
    row(&proxy::PROXY_AWSVPC, Place, &[&proxy::PROXY_RETIRED]),
    row(&proxy::PROXY_PROPERTIES, Place, &[&proxy::PROXY_EGRESS_IGNORED_IPS, &proxy::PROXY_RETIRED]),
    row(&proxy::PROXY_CONTAINER, Place, &[&proxy::PROXY_RETIRED]),
    row(&proxy::PROXY_TYPE_ENUM, Place, &[&proxy::PROXY_RETIRED]),
    row(&proxy::PROXY_EGRESS_IGNORED_IPS, Place, &[&proxy::PROXY_RETIRED]),
    row(&windows::WINDOWS_UNSUPPORTED, Place, proxy::RULES),
    row(&secrets::SECRET_REGION_DIFFERS, Place, &[&region::REGION_ARN_MIX]),
    row(&logging::LOG_DRIVER_FARGATE, Container, &[&logging::LOG_JSON_FILE_SIZE]),
    row(&iam::IAM_EXECUTION_ROLE_FORM, Place, &[&region::REGION_ARN_MIX, &iam::IAM_ROLES_SWAPPED]),
    row(&iam::IAM_TASK_ROLE_FORM, Place, &[&iam::IAM_ROLES_SWAPPED]),
    row(&network::NETWORK_FARGATE_AWSVPC, Anywhere, &[&network::NETWORK_SERVICE_NEEDS_CONFIG]),
];
