//! The texts, by their fixed parts. Sources: Amazon ECS developer guide (stopped task error codes, service event
//! messages), the Amazon ECS agent's errors, the SDK's and public reports of RegisterTaskDefinition.

use super::read::{Message, Quote};

/// A text that AWS says.
#[derive(Debug)]
pub struct Known {
    /// Its name; `doctor-{id}` names its words where no rule has them.
    pub id: &'static str,
    /// Fixed parts in their order, with `*` for what varies; any of these. Lower case, plain quotes, single spaces.
    pub patterns: &'static [&'static str],
    /// The rules that would have said it before, the nearest first.
    pub rules: &'static [&'static str],
    /// Whether it has words of its own, rather than those of its first rule.
    pub own: bool,
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

const fn rule(id: &'static str, patterns: &'static [&'static str], rules: &'static [&'static str]) -> Known {
    Known { id, patterns, rules, own: false, general: false, hides: &[] }
}

const fn start(id: &'static str, patterns: &'static [&'static str], rules: &'static [&'static str], hides: &'static [&'static str]) -> Known {
    Known { id, patterns, rules, own: true, general: false, hides }
}

const fn general(id: &'static str, patterns: &'static [&'static str], rules: &'static [&'static str], hides: &'static [&'static str]) -> Known {
    Known { id, patterns, rules, own: true, general: true, hides }
}

/// All of them: what the registration says, then the pull, the start, the run, and the service.
pub static KNOWN: &[Known] = &[
    rule("fargate-pair", &["no fargate configuration exists for given values"], &["sizing-fargate-pair", "windows-min-1vcpu"]),
    rule("cpu-form", &["invalid 'cpu' setting for task"], &["sizing-cpu-form", "sizing-ec2-cpu-range"]),
    rule("cpu-required", &["fargate requires that 'cpu' be defined at the task level"], &["task-fargate-cpu-required"]),
    rule("memory-required", &["fargate requires that 'memory' be defined at the task level"], &["task-fargate-memory-required"]),
    rule("fargate-awsvpc", &["fargate only supports network mode"], &["network-fargate-awsvpc"]),
    rule("host-port-awsvpc", &["networkmode=awsvpc, the host ports and container ports in port mappings must match"], &["port-host-port-awsvpc"]),
    rule("host-port-host", &["networkmode=host, the host ports and container ports in port mappings must match"], &["port-host-port-host-mode"]),
    rule("role-for-logs", &["to have execution role arn to support log driver"], &["log-awslogs-execution-role"]),
    rule("role-for-ecr", &["to have execution role arn to support ecr images"], &["image-ecr-needs-execution-role"]),
    rule("role-for-secrets", &["specifying container secrets, you must also specify a value for 'executionrolearn'"], &["secret-needs-execution-role"]),
    rule("role-form", &["role is not valid"], &["iam-execution-role-form", "iam-task-role-form"]),
    rule("secret-twice", &["secret name must be unique and not shared with any new or existing environment variables"], &["env-and-secret-duplicate"]),
    rule("port-conflict", &["host port*is mapped multiple times in task"], &["port-conflict-across-containers", "port-duplicate-in-container"]),
    rule("port-overlap", &["container port is used multiple times in task"], &["port-range-overlap"]),
    rule("port-range-form", &["invalid 'containerportrange' setting"], &["port-range-form"]),
    rule("port-range-and-single", &["cannot specify both single port and port range"], &["port-range-and-single"]),
    rule("port-number", &["invalid 'containerport' setting for container"], &["port-container-port-required", "port-container-port-range"]),
    rule("port-name", &["port mapping name is already used"], &["port-name-unique"]),
    rule("port-two-protocols", &["is used in more than one port mapping for container"], &["port-two-protocols"]),
    rule("name-form", &["container.name contains invalid characters"], &["container-name-format"]),
    rule("name-required", &["container.name should not be null or empty"], &["container-name-required"]),
    rule("image-required", &["container.image should not be null or empty"], &["container-image-required"]),
    rule("name-unique", &["container names must be unique within a task definition"], &["container-name-unique"]),
    rule("containers-required", &["container list cannot be empty"], &["task-containers-required"]),
    rule("containers-max", &["too many containers"], &["task-containers-max"]),
    rule("essential", &["doesn't have any essential container"], &["task-essential-at-least-one"]),
    rule("memory-over-task", &["the 'memory' setting for container*is greater than for the task"], &["resources-memory-over-task"]),
    rule("memory-somewhere", &["at least one of 'memory' or 'memoryreservation' must be specified"], &["sizing-ec2-memory-somewhere"]),
    rule("reservation", &["'memory' must be greater than or equal to 'memoryreservation'"], &["resources-reservation-over-memory"]),
    rule("cpu-sum", &["sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value"], &["container-cpu-sum"]),
    rule("log-driver", &["is not a valid log driver. must be one of"], &["log-driver-fargate", "log-driver-enum"]),
    rule("log-group-option", &["log driver awslogs requires options: awslogs-group"], &["log-awslogs-group"]),
    rule("log-region-option", &["log driver awslogs requires options: awslogs-region"], &["log-awslogs-region"]),
    rule("log-option", &["log driver awslogs disallows options"], &["log-awslogs-unknown-option"]),
    rule("log-prefix", &["requires log configuration options to include awslogs-stream-prefix"], &["log-awslogs-prefix"]),
    rule("firelens-router", &["a firelens configuration object must be specified"], &["log-firelens-router-missing"]),
    rule("firelens-unused", &["at least one container has to be configured with the awsfirelens log driver"], &["log-firelens-unused"]),
    rule("firelens-s3", &["does not support firelensconfiguration config file from 's3'"], &["log-firelens-fargate-s3"]),
    rule("healthy", &["dependency container with healthy condition must have health check configured"], &["dep-healthy-needs-check"]),
    rule("success", &["dependency container with success or complete condition cannot be an essential container"], &["dep-complete-on-essential"]),
    rule("volume-unknown", &["unknown volume '"], &["volume-mount-unknown"]),
    rule("volume-unused", &["are not referenced by any of the containers"], &["volume-launch-unused"]),
    rule(
        "source-path",
        &["fargate compatible task definitions do not support sourcepath", "host.sourcepath should not be set for volumes in fargate"],
        &["volume-fargate-source-path"],
    ),
    rule("docker-volume", &["fargate compatible task definitions do not support dockervolumeconfiguration"], &["volume-fargate-docker-volume"]),
    rule("devices", &["fargate compatible task definitions do not support devices"], &["fargate-no-devices"]),
    rule("shared-memory", &["fargate compatible task definitions do not support sharedmemorysize"], &["fargate-no-shared-memory"]),
    rule(
        "swap",
        &["fargate compatible task definitions do not support maxswap", "fargate compatible task definitions do not support swappiness"],
        &["fargate-no-swap"],
    ),
    rule("security-options", &["fargate compatible task definitions do not support dockersecurityoptions"], &["fargate-no-security-options"]),
    rule("ipc-mode", &["fargate compatible task definitions do not support ipcmode"], &["fargate-no-ipc"]),
    rule(
        "placement",
        &["fargate compatible task definitions do not support constraints", "fargate compatible task definitions do not support placement"],
        &["fargate-no-placement"],
    ),
    rule("privileged", &["fargate requires that the 'privileged' setting be 'false'"], &["fargate-no-privileged"]),
    rule("gpu", &["tasks using the fargate launch type do not support gpu"], &["fargate-no-gpu"]),
    rule("pid-mode", &["tasks using the fargate launch type do not support pidmode"], &["fargate-pid-task-only"]),
    rule("capability", &["is not allowed on fargate"], &["fargate-capability-add"]),
    rule("inference", &["unsupported field 'inferenceaccelerators'"], &["fargate-no-inference-accelerators"]),
    rule("links", &["links are not supported when networkmode=awsvpc"], &["network-links-awsvpc"]),
    rule("extra-hosts", &["extra hosts are not supported on container when networkmode=awsvpc"], &["network-extra-hosts-awsvpc"]),
    rule("dns", &["dns servers are not supported on container when networkmode=awsvpc"], &["network-dns-awsvpc"]),
    rule("disable-networking", &["disable networking is not supported on container when networkmode=awsvpc"], &["network-disable-awsvpc"]),
    rule("hostname", &["hostname is not supported on container when networkmode=awsvpc"], &["container-hostname-awsvpc"]),
    rule("ephemeral", &["ephemeralstorage size should be at"], &["ephemeral-range"]),
    rule("ephemeral-ec2", &["tasks using the ec2 launch type do not support ephemeralstorage"], &["ec2-ephemeral-storage"]),
    rule("ulimit", &["soft limit exceeds hard limit for ulimit"], &["linux-ulimit-soft-hard"]),
    rule("env-files", &["the maximum number of environment files was exceeded"], &["env-files-count"]),
    rule("env-files-arn", &["invalid arn syntax"], &["env-files-arn"]),
    rule("efs-root", &["when using an efs access point, the root directory must"], &["volume-efs-ap-root"]),
    rule("efs-tls", &["efs iam authorization requires transitencryption to be enabled"], &["volume-efs-iam-tls"]),
    rule("efs-port", &["transitencryptionport requires that transitencryption is enabled"], &["volume-efs-port-tls"]),
    rule("s3-files-role", &["s3 files iam authorization requires a task role"], &["volume-efs-iam-task-role"]),
    rule("too-large", &["max allowed length is '65536' bytes"], &["limits-definition-size"]),
    rule("proxy-container", &["proxy container*does not exist"], &["proxy-container"]),
    rule("proxy-awsvpc", &["appmesh proxy configuration is only supported in networkmode=awsvpc"], &["proxy-awsvpc"]),
    rule("proxy-port", &["ingress port not found"], &["proxy-properties"]),
    rule("throttle", &["serverexception*service unavailable. please try again later"], &["limits-register-throttle"]),
    rule("tags-empty", &["tags can not be empty"], &["tag-empty-list"]),
    rule("secret-place", &["the systems manager parameter name specified for secret"], &["secret-value-from-form"]),
    start(
        "pull-platform",
        &["does not contain descriptor matching platform", "no matching manifest for"],
        &["image-arch-mismatch", "platform-apple-silicon"],
        &["pull-missing", "pull-any"],
    ),
    start(
        "pull-denied",
        &["pull access denied", "requested access to the resource is denied", "insufficient_scope: authorization failed"],
        &["image-official-typo", "image-ecr-form", "container-repository-credentials"],
        &["pull-missing", "pull-role", "pull-any"],
    ),
    start("pull-tag", &["failed to resolve ref*: not found", "manifest unknown"], &["image-latest-tag", "image-empty-tag"], &["pull-missing", "pull-any"]),
    start(
        "pull-repository",
        &["api error (404): repository*not found"],
        &["image-ecr-form", "image-ecr-region-differs", "image-ecr-placeholder"],
        &["pull-missing", "pull-any"],
    ),
    start(
        "pull-blocked",
        &["request canceled while waiting for connection", "the task can't pull the image. check your network configuration", "dial tcp*i/o timeout"],
        &["image-hub-needs-internet"],
        &["pull-any"],
    ),
    start("pull-layers", &["httpreaderseeker: failed open: unexpected status code"], &[], &["pull-any"]),
    start("pull-rate", &["you have reached your pull rate limit", "toomanyrequests"], &["image-docker-hub-rate-limit"], &["pull-any"]),
    start(
        "pull-role",
        &["is not authorized to perform: ecr:", "check that the role has the permissions to pull images from the registry"],
        &["image-ecr-needs-execution-role", "iam-roles-swapped"],
        &["pull-any"],
    ),
    start("pull-missing", &["the task can't pull the image. check whether the image exists"], &["image-official-typo", "image-ecr-form"], &["pull-any"]),
    start("disk-full", &["no space left on device"], &["ephemeral-image-size", "log-json-file-size"], &["pull-any"]),
    start("disk-pool", &["devmapper: thin pool has"], &[], &[]),
    start(
        "log-group-missing",
        &["the specified log group does not exist"],
        &["log-create-group-missing", "log-awslogs-region-differs", "log-awslogs-region"],
        &["log-any"],
    ),
    start(
        "log-denied",
        &["failed to validate logger args*accessdenied", "is not authorized to perform: logs:"],
        &["log-create-group-permission", "log-awslogs-execution-role"],
        &["log-any"],
    ),
    start("log-blocked", &["the task cannot find the amazon cloudwatch log group defined in the task definition"], &[], &["log-any"]),
    general("log-any", &["failed to validate logger args"], &["log-awslogs-group", "log-awslogs-region"], &[]),
    start("log-agent", &["failed to initialize logging driver: credentialsendpointerror"], &["log-awslogs-execution-role"], &["start-any"]),
    start(
        "secret-denied",
        &[
            "unable to pull secrets or registry auth*accessdenied",
            "is not authorized to perform: secretsmanager:getsecretvalue",
            "is not authorized to perform: ssm:getparameters",
            "is not authorized to perform: kms:decrypt",
        ],
        &["secret-role-permissions", "secret-needs-execution-role", "iam-roles-swapped"],
        &["secret-any"],
    ),
    start(
        "secret-blocked",
        &[
            "unable to pull secrets or registry auth*context deadline",
            "unable to pull secrets or registry auth*requestcanceled",
            "unable to pull secrets or registry auth*connection issue",
        ],
        &[],
        &["secret-any"],
    ),
    general("secret-any", &["unable to pull secrets or registry auth"], &["secret-value-from-form", "secret-region-differs"], &[]),
    start("efs-target", &["failed to invoke efs utils commands*failed to resolve"], &["volume-efs-id"], &["efs-any"]),
    start(
        "efs-denied",
        &["failed to invoke efs utils commands*access denied by server while mounting"],
        &["volume-efs-iam-task-role", "volume-efs-iam-tls"],
        &["efs-any"],
    ),
    general("efs-any", &["failed to invoke efs utils commands"], &["volume-efs-id"], &[]),
    start("exec-format", &["exec format error"], &["image-arch-mismatch", "platform-apple-silicon"], &["exit-1", "start-any"]),
    start("mount-file", &["error mounting*not a directory"], &["volume-mount-file-path"], &["start-any"]),
    start(
        "no-such-command",
        &["executable file not found in $path", "no such file or directory: unknown"],
        &["container-command-one-item", "container-command-shell-operators", "container-entrypoint-clears-cmd"],
        &["start-any"],
    ),
    start("device-missing", &["error gathering device information while adding custom device"], &[], &["start-any"]),
    start(
        "out-of-memory",
        &["outofmemoryerror", "container killed due to memory usage"],
        &["resources-memory-small-runtime", "resources-memory-min"],
        &["exit-137"],
    ),
    start(
        "health-failed",
        &["failed container health checks"],
        &[
            "health-tool-missing",
            "health-curl-without-f",
            "health-port-not-declared",
            "health-other-container-port",
            "health-shell-missing",
            "health-start-period-missing",
            "health-cmd-with-shell-syntax",
        ],
        &["exit-137", "exit-143", "exit-139", "exit-127"],
    ),
    start(
        "elb-failed",
        &["failed elb health checks"],
        &["port-env-port-mismatch", "env-host-binding", "port-image-default-mismatch"],
        &["exit-137", "exit-143"],
    ),
    start("dependency", &["dependency graph: container ordering dependency"], &["dep-healthy-needs-check", "dep-complete-on-essential"], &[]),
    start("too-slow", &["could not transition to*timed out after waiting"], &[], &[]),
    start("exit-137", &["exit code: 137", "exitcode: 137", "exit code 137"], &["resources-memory-small-runtime"], &[]),
    start("exit-139", &["exit code: 139", "exitcode: 139", "exit code 139"], &[], &[]),
    start("exit-143", &["exit code: 143", "exitcode: 143", "exit code 143"], &[], &[]),
    start(
        "exit-127",
        &["exit code: 127", "exitcode: 127", "exit code 127", "exit code: 126", "exitcode: 126", "exit code 126"],
        &["container-command-one-item", "container-command-shell-operators"],
        &[],
    ),
    general("exit-1", &["exit code: 1", "exitcode: 1", "exit code 1"], &["container-command-one-item"], &["exited"]),
    general("exit-0", &["exit code: 0", "exitcode: 0", "exit code 0"], &["container-entrypoint-clears-cmd"], &["exited"]),
    general("exited", &["essential container in task exited"], &["container-command-one-item", "env-value-missing"], &[]),
    general(
        "pull-any",
        &["cannotpullcontainer", "cannotpullimagemanifest", "cannotpullecrcontainer"],
        &["image-reference-grammar", "image-official-typo"],
        &[],
    ),
    general("start-any", &["cannotstartcontainererror", "cannotcreatecontainererror"], &["container-command-one-item", "volume-mount-file-path"], &[]),
    start(
        "place-instance",
        &[
            "no container instance met all of its requirements",
            "the closest matching container-instance",
            "is already using a port required by your task",
            "encountered error \"agent\"",
        ],
        &["sizing-ec2-fits-instance", "port-bridge-fixed-one-task"],
        &[],
    ),
    start(
        "place-quota",
        &[
            "you've reached the limit on the number of",
            "the requested cpu configuration is above your limit",
            "the requested memory configuration is above your limit",
        ],
        &["limits-fargate-vcpu"],
        &[],
    ),
    start("place-zone", &["was unable to place a task. reason: internal error"], &[], &[]),
    general("unsteady", &["is unable to consistently start tasks successfully"], &[], &[]),
    rule("lb-port", &["did not have a container port*defined"], &["service-lb-port"]),
    rule("lb-container", &["the container*does not exist in the task definition"], &["service-lb-container"]),
    rule("service-network", &["network configuration is not valid for the given networkmode"], &["service-network-config-mode"]),
    rule("connect-port", &["does not refer to any named portmapping"], &["sc-port-name"]),
    rule("public-ip", &["assign public ip is not supported for this launch type"], &["service-public-ip"]),
    rule("launch-and-strategy", &["specifying both a launch type and capacity provider strategy is not supported"], &["service-launch-and-strategy"]),
    start(
        "exec-off",
        &["execute command was not enabled when the task was run", "the execute command failed"],
        &["iam-task-role-exec", "container-readonly-root-breaks"],
        &[],
    ),
    rule("ebs-volume", &["does not have a matching volume in your task definition"], &["service-ebs-volume"]),
];
