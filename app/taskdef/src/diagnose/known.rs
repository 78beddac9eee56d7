//! The texts, by their fixed parts. Sources: Amazon ECS developer guide (stopped task error codes, service event
//! messages), the Amazon ECS agent's errors, the SDK's and public reports of RegisterTaskDefinition.

use super::read::{Message, Quote};
use crate::{
    lint::{Rule, areas::*},
    messages::{self, all::*},
};

/// A text that AWS says.
#[derive(Debug)]
pub struct Known {
    /// Its name.
    pub id: &'static str,
    /// Fixed parts in their order, with `*` for what varies; any of these. Lower case, plain quotes, single spaces.
    pub patterns: &'static [&'static str],
    /// The rules that would have said it before, the nearest first.
    pub rules: &'static [&'static Rule],
    /// Its words, `doctor-{id}`, where they are not those of its first rule.
    pub own: Option<&'static messages::Message>,
    /// Whether it says no more than that something failed.
    pub general: bool,
    /// Those that say the same less exactly.
    pub hides: &'static [&'static str],
}

/// Shortest beginning of a pattern that counts where the text ends with it: longer than any usual phrase.
const CUT: usize = 24;

impl Known {
    /// The part of the message that one of the patterns finds.
    pub(super) fn quote(&self, message: &Message) -> Option<Quote> {
        self.patterns.iter().find_map(|pattern| {
            let (from, to) = find(&message.plain, pattern)?;
            Some(message.quote(from, to))
        })
    }
}

/// Where the parts stand in their order, within one message's length of each other; the last may be cut off by the end.
fn find(text: &str, pattern: &str) -> Option<(usize, usize)> {
    const NEAR: usize = 600;
    let mut parts = pattern.split('*').peekable();
    let (mut start, mut at) = (None, 0);
    while let Some(part) = parts.next() {
        match text[at..].find(part).filter(|i| start.is_none() || *i <= NEAR) {
            Some(i) => {
                start.get_or_insert(at + i);
                at += i + part.len();
            }
            None if parts.peek().is_none() && part.len() > CUT => {
                let text = text.trim_end_matches(['.', '…', ' ', '"']);
                let cut = (CUT..part.len()).rev().find(|n| part.is_char_boundary(*n) && text.len() >= at && text[at..].ends_with(&part[..*n]))?;
                return Some((start.unwrap_or(text.len() - cut), text.len()));
            }
            None => return None,
        }
    }
    start.map(|s| (s, at))
}

const fn rule(id: &'static str, patterns: &'static [&'static str], rules: &'static [&'static Rule]) -> Known {
    Known { id, patterns, rules, own: None, general: false, hides: &[] }
}

const fn start(
    message: &'static messages::Message,
    patterns: &'static [&'static str],
    rules: &'static [&'static Rule],
    hides: &'static [&'static str],
) -> Known {
    let (_, id) = message.id.split_at("doctor-".len());
    Known { id, patterns, rules, own: Some(message), general: false, hides }
}

const fn general(
    message: &'static messages::Message,
    patterns: &'static [&'static str],
    rules: &'static [&'static Rule],
    hides: &'static [&'static str],
) -> Known {
    let (_, id) = message.id.split_at("doctor-".len());
    Known { id, patterns, rules, own: Some(message), general: true, hides }
}

/// All of them: what the registration says, then the pull, the start, the run, and the service.
pub static KNOWN: &[Known] = &[
    rule("fargate-pair", &["no fargate configuration exists for given values"], &[&sizing::SIZING_FARGATE_PAIR, &windows::WINDOWS_MIN_1VCPU]),
    rule("cpu-form", &["invalid 'cpu' setting for task"], &[&sizing::SIZING_CPU_FORM, &sizing::SIZING_EC2_CPU_RANGE]),
    rule("cpu-required", &["fargate requires that 'cpu' be defined at the task level"], &[&sizing::TASK_FARGATE_CPU_REQUIRED]),
    rule("memory-required", &["fargate requires that 'memory' be defined at the task level"], &[&sizing::TASK_FARGATE_MEMORY_REQUIRED]),
    rule("fargate-awsvpc", &["fargate only supports network mode"], &[&network::NETWORK_FARGATE_AWSVPC]),
    rule("host-port-awsvpc", &["networkmode=awsvpc, the host ports and container ports in port mappings must match"], &[&port::PORT_HOST_PORT_AWSVPC]),
    rule("host-port-host", &["networkmode=host, the host ports and container ports in port mappings must match"], &[&port::PORT_HOST_PORT_HOST_MODE]),
    rule("role-for-logs", &["to have execution role arn to support log driver"], &[&logging::LOG_AWSLOGS_EXECUTION_ROLE]),
    rule("role-for-ecr", &["to have execution role arn to support ecr images"], &[&image::IMAGE_ECR_NEEDS_EXECUTION_ROLE]),
    rule("role-for-secrets", &["specifying container secrets, you must also specify a value for 'executionrolearn'"], &[&secrets::SECRET_NEEDS_EXECUTION_ROLE]),
    rule("role-form", &["role is not valid"], &[&iam::IAM_EXECUTION_ROLE_FORM, &iam::IAM_TASK_ROLE_FORM]),
    rule(
        "secret-twice",
        &["secret name must be unique and not shared with any new or existing environment variables"],
        &[&environment::ENV_AND_SECRET_DUPLICATE],
    ),
    rule("port-conflict", &["host port*is mapped multiple times in task"], &[&port::PORT_CONFLICT_ACROSS_CONTAINERS, &port::PORT_DUPLICATE_IN_CONTAINER]),
    rule("port-overlap", &["container port is used multiple times in task"], &[&port::PORT_RANGE_OVERLAP]),
    rule("port-range-form", &["invalid 'containerportrange' setting"], &[&port::PORT_RANGE_FORM]),
    rule("port-range-and-single", &["cannot specify both single port and port range"], &[&port::PORT_RANGE_AND_SINGLE]),
    rule("port-number", &["invalid 'containerport' setting for container"], &[&port::PORT_CONTAINER_PORT_REQUIRED, &port::PORT_CONTAINER_PORT_RANGE]),
    rule("port-name", &["port mapping name is already used"], &[&port::PORT_NAME_UNIQUE]),
    rule("port-two-protocols", &["is used in more than one port mapping for container"], &[&port::PORT_TWO_PROTOCOLS]),
    rule("name-form", &["container.name contains invalid characters"], &[&container::CONTAINER_NAME_FORMAT]),
    rule("name-required", &["container.name should not be null or empty"], &[&container::CONTAINER_NAME_REQUIRED]),
    rule("image-required", &["container.image should not be null or empty"], &[&container::CONTAINER_IMAGE_REQUIRED]),
    rule("name-unique", &["container names must be unique within a task definition"], &[&container::CONTAINER_NAME_UNIQUE]),
    rule("containers-required", &["container list cannot be empty"], &[&task::TASK_CONTAINERS_REQUIRED]),
    rule("containers-max", &["too many containers"], &[&task::TASK_CONTAINERS_MAX]),
    rule("essential", &["doesn't have any essential container"], &[&task::TASK_ESSENTIAL_AT_LEAST_ONE]),
    rule("memory-over-task", &["the 'memory' setting for container*is greater than for the task"], &[&resources::RESOURCES_MEMORY_OVER_TASK]),
    rule("memory-somewhere", &["at least one of 'memory' or 'memoryreservation' must be specified"], &[&sizing::SIZING_EC2_MEMORY_SOMEWHERE]),
    rule("reservation", &["'memory' must be greater than or equal to 'memoryreservation'"], &[&resources::RESOURCES_RESERVATION_OVER_MEMORY]),
    rule("cpu-sum", &["sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value"], &[&container::CONTAINER_CPU_SUM]),
    rule("log-driver", &["is not a valid log driver. must be one of"], &[&logging::LOG_DRIVER_FARGATE, &logging::LOG_DRIVER_ENUM]),
    rule("log-group-option", &["log driver awslogs requires options: awslogs-group"], &[&logging::LOG_AWSLOGS_GROUP]),
    rule("log-region-option", &["log driver awslogs requires options: awslogs-region"], &[&logging::LOG_AWSLOGS_REGION]),
    rule("log-option", &["log driver awslogs disallows options"], &[&logging::LOG_AWSLOGS_UNKNOWN_OPTION]),
    rule("log-prefix", &["requires log configuration options to include awslogs-stream-prefix"], &[&logging::LOG_AWSLOGS_PREFIX]),
    rule("firelens-router", &["a firelens configuration object must be specified"], &[&logging::LOG_FIRELENS_ROUTER_MISSING]),
    rule("firelens-unused", &["at least one container has to be configured with the awsfirelens log driver"], &[&logging::LOG_FIRELENS_UNUSED]),
    rule("firelens-s3", &["does not support firelensconfiguration config file from 's3'"], &[&logging::LOG_FIRELENS_FARGATE_S3]),
    rule("healthy", &["dependency container with healthy condition must have health check configured"], &[&dependencies::DEP_HEALTHY_NEEDS_CHECK]),
    rule("success", &["dependency container with success or complete condition cannot be an essential container"], &[&dependencies::DEP_COMPLETE_ON_ESSENTIAL]),
    rule("volume-unknown", &["unknown volume '"], &[&volumes::VOLUME_MOUNT_UNKNOWN]),
    rule("volume-unused", &["are not referenced by any of the containers"], &[&volumes::VOLUME_LAUNCH_UNUSED]),
    rule(
        "source-path",
        &["fargate compatible task definitions do not support sourcepath", "host.sourcepath should not be set for volumes in fargate"],
        &[&volumes::VOLUME_FARGATE_SOURCE_PATH],
    ),
    rule("docker-volume", &["fargate compatible task definitions do not support dockervolumeconfiguration"], &[&volumes::VOLUME_FARGATE_DOCKER_VOLUME]),
    rule("devices", &["fargate compatible task definitions do not support devices"], &[&fargate::FARGATE_NO_DEVICES]),
    rule("shared-memory", &["fargate compatible task definitions do not support sharedmemorysize"], &[&fargate::FARGATE_NO_SHARED_MEMORY]),
    rule(
        "swap",
        &["fargate compatible task definitions do not support maxswap", "fargate compatible task definitions do not support swappiness"],
        &[&fargate::FARGATE_NO_SWAP],
    ),
    rule("security-options", &["fargate compatible task definitions do not support dockersecurityoptions"], &[&fargate::FARGATE_NO_SECURITY_OPTIONS]),
    rule("ipc-mode", &["fargate compatible task definitions do not support ipcmode"], &[&fargate::FARGATE_NO_IPC]),
    rule(
        "placement",
        &["fargate compatible task definitions do not support constraints", "fargate compatible task definitions do not support placement"],
        &[&fargate::FARGATE_NO_PLACEMENT],
    ),
    rule("privileged", &["fargate requires that the 'privileged' setting be 'false'"], &[&fargate::FARGATE_NO_PRIVILEGED]),
    rule("gpu", &["tasks using the fargate launch type do not support gpu"], &[&fargate::FARGATE_NO_GPU]),
    rule("pid-mode", &["tasks using the fargate launch type do not support pidmode"], &[&fargate::FARGATE_PID_TASK_ONLY]),
    rule("capability", &["is not allowed on fargate"], &[&fargate::FARGATE_CAPABILITY_ADD]),
    rule("inference", &["unsupported field 'inferenceaccelerators'"], &[&fargate::FARGATE_NO_INFERENCE_ACCELERATORS]),
    rule("links", &["links are not supported when networkmode=awsvpc"], &[&network::NETWORK_LINKS_AWSVPC]),
    rule("extra-hosts", &["extra hosts are not supported on container when networkmode=awsvpc"], &[&network::NETWORK_EXTRA_HOSTS_AWSVPC]),
    rule("dns", &["dns servers are not supported on container when networkmode=awsvpc"], &[&network::NETWORK_DNS_AWSVPC]),
    rule("disable-networking", &["disable networking is not supported on container when networkmode=awsvpc"], &[&network::NETWORK_DISABLE_AWSVPC]),
    rule("hostname", &["hostname is not supported on container when networkmode=awsvpc"], &[&container::CONTAINER_HOSTNAME_AWSVPC]),
    rule("ephemeral", &["ephemeralstorage size should be at"], &[&ephemeral_storage::EPHEMERAL_RANGE]),
    rule("ephemeral-ec2", &["tasks using the ec2 launch type do not support ephemeralstorage"], &[&ec2::EC2_EPHEMERAL_STORAGE]),
    rule("ulimit", &["soft limit exceeds hard limit for ulimit"], &[&linux::LINUX_ULIMIT_SOFT_HARD]),
    rule("env-files", &["the maximum number of environment files was exceeded"], &[&environment::ENV_FILES_COUNT]),
    rule("env-files-arn", &["invalid arn syntax"], &[&environment::ENV_FILES_ARN]),
    rule("efs-root", &["when using an efs access point, the root directory must"], &[&volumes::VOLUME_EFS_AP_ROOT]),
    rule("efs-tls", &["efs iam authorization requires transitencryption to be enabled"], &[&volumes::VOLUME_EFS_IAM_TLS]),
    rule("efs-port", &["transitencryptionport requires that transitencryption is enabled"], &[&volumes::VOLUME_EFS_PORT_TLS]),
    rule("s3-files-role", &["s3 files iam authorization requires a task role"], &[&volumes::VOLUME_EFS_IAM_TASK_ROLE]),
    rule("too-large", &["max allowed length is '65536' bytes"], &[&limits::LIMITS_DEFINITION_SIZE]),
    rule("proxy-container", &["proxy container*does not exist"], &[&proxy::PROXY_CONTAINER]),
    rule("proxy-awsvpc", &["appmesh proxy configuration is only supported in networkmode=awsvpc"], &[&proxy::PROXY_AWSVPC]),
    rule("proxy-port", &["ingress port not found"], &[&proxy::PROXY_PROPERTIES]),
    rule("throttle", &["serverexception*service unavailable. please try again later"], &[&limits::LIMITS_REGISTER_THROTTLE]),
    rule("tags-empty", &["tags can not be empty"], &[&tags::TAG_EMPTY_LIST]),
    rule("secret-place", &["the systems manager parameter name specified for secret"], &[&secrets::SECRET_VALUE_FROM_FORM]),
    start(
        &DOCTOR_PULL_PLATFORM,
        &["does not contain descriptor matching platform", "no matching manifest for"],
        &[&image::IMAGE_ARCH_MISMATCH, &runtime_platform::PLATFORM_APPLE_SILICON],
        &["pull-missing", "pull-any"],
    ),
    start(
        &DOCTOR_PULL_DENIED,
        &["pull access denied", "requested access to the resource is denied", "insufficient_scope: authorization failed"],
        &[&image::IMAGE_OFFICIAL_TYPO, &image::IMAGE_ECR_FORM, &container::CONTAINER_REPOSITORY_CREDENTIALS],
        &["pull-missing", "pull-role", "pull-any"],
    ),
    start(
        &DOCTOR_PULL_TAG,
        &["failed to resolve ref*: not found", "manifest unknown"],
        &[&image::IMAGE_LATEST_TAG, &image::IMAGE_EMPTY_TAG],
        &["pull-missing", "pull-any"],
    ),
    start(
        &DOCTOR_PULL_REPOSITORY,
        &["api error (404): repository*not found"],
        &[&image::IMAGE_ECR_FORM, &image::IMAGE_ECR_REGION_DIFFERS, &image::IMAGE_ECR_PLACEHOLDER],
        &["pull-missing", "pull-any"],
    ),
    start(
        &DOCTOR_PULL_BLOCKED,
        &["request canceled while waiting for connection", "the task can't pull the image. check your network configuration", "dial tcp*i/o timeout"],
        &[&image::IMAGE_HUB_NEEDS_INTERNET],
        &["pull-any"],
    ),
    start(&DOCTOR_PULL_LAYERS, &["httpreaderseeker: failed open: unexpected status code"], &[], &["pull-any"]),
    start(&DOCTOR_PULL_RATE, &["you have reached your pull rate limit", "toomanyrequests"], &[&image::IMAGE_DOCKER_HUB_RATE_LIMIT], &["pull-any"]),
    start(
        &DOCTOR_PULL_ROLE,
        &["is not authorized to perform: ecr:", "check that the role has the permissions to pull images from the registry"],
        &[&image::IMAGE_ECR_NEEDS_EXECUTION_ROLE, &iam::IAM_ROLES_SWAPPED],
        &["pull-any"],
    ),
    start(
        &DOCTOR_PULL_MISSING,
        &["the task can't pull the image. check whether the image exists"],
        &[&image::IMAGE_OFFICIAL_TYPO, &image::IMAGE_ECR_FORM],
        &["pull-any"],
    ),
    start(&DOCTOR_DISK_FULL, &["no space left on device"], &[&ephemeral_storage::EPHEMERAL_IMAGE_SIZE, &logging::LOG_JSON_FILE_SIZE], &["pull-any"]),
    start(&DOCTOR_DISK_POOL, &["devmapper: thin pool has"], &[], &[]),
    start(
        &DOCTOR_LOG_GROUP_MISSING,
        &["the specified log group does not exist"],
        &[&logging::LOG_CREATE_GROUP_MISSING, &logging::LOG_AWSLOGS_REGION_DIFFERS, &logging::LOG_AWSLOGS_REGION],
        &["log-any"],
    ),
    start(
        &DOCTOR_LOG_DENIED,
        &["failed to validate logger args*accessdenied", "is not authorized to perform: logs:"],
        &[&logging::LOG_CREATE_GROUP_PERMISSION, &logging::LOG_AWSLOGS_EXECUTION_ROLE],
        &["log-any"],
    ),
    start(&DOCTOR_LOG_BLOCKED, &["the task cannot find the amazon cloudwatch log group defined in the task definition"], &[], &["log-any"]),
    general(&DOCTOR_LOG_ANY, &["failed to validate logger args"], &[&logging::LOG_AWSLOGS_GROUP, &logging::LOG_AWSLOGS_REGION], &[]),
    start(&DOCTOR_LOG_AGENT, &["failed to initialize logging driver: credentialsendpointerror"], &[&logging::LOG_AWSLOGS_EXECUTION_ROLE], &["start-any"]),
    start(
        &DOCTOR_SECRET_DENIED,
        &[
            "unable to pull secrets or registry auth*accessdenied",
            "is not authorized to perform: secretsmanager:getsecretvalue",
            "is not authorized to perform: ssm:getparameters",
            "is not authorized to perform: kms:decrypt",
        ],
        &[&secrets::SECRET_ROLE_PERMISSIONS, &secrets::SECRET_NEEDS_EXECUTION_ROLE, &iam::IAM_ROLES_SWAPPED],
        &["secret-any"],
    ),
    start(
        &DOCTOR_SECRET_BLOCKED,
        &[
            "unable to pull secrets or registry auth*context deadline",
            "unable to pull secrets or registry auth*requestcanceled",
            "unable to pull secrets or registry auth*connection issue",
        ],
        &[],
        &["secret-any"],
    ),
    general(&DOCTOR_SECRET_ANY, &["unable to pull secrets or registry auth"], &[&secrets::SECRET_VALUE_FROM_FORM, &secrets::SECRET_REGION_DIFFERS], &[]),
    start(&DOCTOR_EFS_TARGET, &["failed to invoke efs utils commands*failed to resolve"], &[&volumes::VOLUME_EFS_ID], &["efs-any"]),
    start(
        &DOCTOR_EFS_DENIED,
        &["failed to invoke efs utils commands*access denied by server while mounting"],
        &[&volumes::VOLUME_EFS_IAM_TASK_ROLE, &volumes::VOLUME_EFS_IAM_TLS],
        &["efs-any"],
    ),
    general(&DOCTOR_EFS_ANY, &["failed to invoke efs utils commands"], &[&volumes::VOLUME_EFS_ID], &[]),
    start(&DOCTOR_EXEC_FORMAT, &["exec format error"], &[&image::IMAGE_ARCH_MISMATCH, &runtime_platform::PLATFORM_APPLE_SILICON], &["exit-1", "start-any"]),
    start(&DOCTOR_MOUNT_FILE, &["error mounting*not a directory"], &[&volumes::VOLUME_MOUNT_FILE_PATH], &["start-any"]),
    start(
        &DOCTOR_NO_SUCH_COMMAND,
        &["executable file not found in $path", "no such file or directory: unknown"],
        &[&container::CONTAINER_COMMAND_ONE_ITEM, &container::CONTAINER_COMMAND_SHELL_OPERATORS, &container::CONTAINER_ENTRYPOINT_CLEARS_CMD],
        &["start-any"],
    ),
    start(&DOCTOR_DEVICE_MISSING, &["error gathering device information while adding custom device"], &[], &["start-any"]),
    start(
        &DOCTOR_OUT_OF_MEMORY,
        &["outofmemoryerror", "container killed due to memory usage"],
        &[&resources::RESOURCES_MEMORY_SMALL_RUNTIME, &resources::RESOURCES_MEMORY_MIN],
        &["exit-137"],
    ),
    start(
        &DOCTOR_HEALTH_FAILED,
        &["failed container health checks"],
        &[
            &health_check::HEALTH_TOOL_MISSING,
            &health_check::HEALTH_CURL_WITHOUT_F,
            &health_check::HEALTH_PORT_NOT_DECLARED,
            &health_check::HEALTH_OTHER_CONTAINER_PORT,
            &health_check::HEALTH_SHELL_MISSING,
            &health_check::HEALTH_START_PERIOD_MISSING,
            &health_check::HEALTH_CMD_WITH_SHELL_SYNTAX,
        ],
        &["exit-137", "exit-143", "exit-139", "exit-127"],
    ),
    start(
        &DOCTOR_ELB_FAILED,
        &["failed elb health checks"],
        &[&port::PORT_ENV_PORT_MISMATCH, &environment::ENV_HOST_BINDING, &port::PORT_IMAGE_DEFAULT_MISMATCH],
        &["exit-137", "exit-143"],
    ),
    start(
        &DOCTOR_DEPENDENCY,
        &["dependency graph: container ordering dependency"],
        &[&dependencies::DEP_HEALTHY_NEEDS_CHECK, &dependencies::DEP_COMPLETE_ON_ESSENTIAL],
        &[],
    ),
    start(&DOCTOR_TOO_SLOW, &["could not transition to*timed out after waiting"], &[], &[]),
    start(&DOCTOR_EXIT_137, &["exit code: 137", "exitcode: 137", "exit code 137"], &[&resources::RESOURCES_MEMORY_SMALL_RUNTIME], &[]),
    start(&DOCTOR_EXIT_139, &["exit code: 139", "exitcode: 139", "exit code 139"], &[], &[]),
    start(&DOCTOR_EXIT_143, &["exit code: 143", "exitcode: 143", "exit code 143"], &[], &[]),
    start(
        &DOCTOR_EXIT_127,
        &["exit code: 127", "exitcode: 127", "exit code 127", "exit code: 126", "exitcode: 126", "exit code 126"],
        &[&container::CONTAINER_COMMAND_ONE_ITEM, &container::CONTAINER_COMMAND_SHELL_OPERATORS],
        &[],
    ),
    general(&DOCTOR_EXIT_1, &["exit code: 1", "exitcode: 1", "exit code 1"], &[&container::CONTAINER_COMMAND_ONE_ITEM], &["exited"]),
    general(&DOCTOR_EXIT_0, &["exit code: 0", "exitcode: 0", "exit code 0"], &[&container::CONTAINER_ENTRYPOINT_CLEARS_CMD], &["exited"]),
    general(&DOCTOR_EXITED, &["essential container in task exited"], &[&container::CONTAINER_COMMAND_ONE_ITEM, &environment::ENV_VALUE_MISSING], &[]),
    general(
        &DOCTOR_PULL_ANY,
        &["cannotpullcontainer", "cannotpullimagemanifest", "cannotpullecrcontainer"],
        &[&image::IMAGE_REFERENCE_GRAMMAR, &image::IMAGE_OFFICIAL_TYPO],
        &[],
    ),
    general(
        &DOCTOR_START_ANY,
        &["cannotstartcontainererror", "cannotcreatecontainererror"],
        &[&container::CONTAINER_COMMAND_ONE_ITEM, &volumes::VOLUME_MOUNT_FILE_PATH],
        &[],
    ),
    start(
        &DOCTOR_PLACE_INSTANCE,
        &[
            "no container instance met all of its requirements",
            "the closest matching container-instance",
            "is already using a port required by your task",
            "encountered error \"agent\"",
        ],
        &[&sizing::SIZING_EC2_FITS_INSTANCE, &port::PORT_BRIDGE_FIXED_ONE_TASK],
        &[],
    ),
    start(
        &DOCTOR_PLACE_QUOTA,
        &[
            "you've reached the limit on the number of",
            "the requested cpu configuration is above your limit",
            "the requested memory configuration is above your limit",
        ],
        &[&limits::LIMITS_FARGATE_VCPU],
        &[],
    ),
    start(&DOCTOR_PLACE_ZONE, &["was unable to place a task. reason: internal error"], &[], &[]),
    general(&DOCTOR_UNSTEADY, &["is unable to consistently start tasks successfully"], &[], &[]),
    rule("lb-port", &["did not have a container port*defined"], &[&service::SERVICE_LB_PORT]),
    rule("lb-container", &["the container*does not exist in the task definition"], &[&service::SERVICE_LB_CONTAINER]),
    rule("service-network", &["network configuration is not valid for the given networkmode"], &[&service::SERVICE_NETWORK_CONFIG_MODE]),
    rule("connect-port", &["does not refer to any named portmapping"], &[&service_connect::SC_PORT_NAME]),
    rule("public-ip", &["assign public ip is not supported for this launch type"], &[&service::SERVICE_PUBLIC_IP]),
    rule("launch-and-strategy", &["specifying both a launch type and capacity provider strategy is not supported"], &[&service::SERVICE_LAUNCH_AND_STRATEGY]),
    start(
        &DOCTOR_EXEC_OFF,
        &["execute command was not enabled when the task was run", "the execute command failed"],
        &[&iam::IAM_TASK_ROLE_EXEC, &container::CONTAINER_READONLY_ROOT_BREAKS],
        &[],
    ),
    rule("ebs-volume", &["does not have a matching volume in your task definition"], &[&service::SERVICE_EBS_VOLUME]),
];
