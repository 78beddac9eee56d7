//! How safe each fix is.
//!
//! A fix is a choice unless it stands here, or unless it only spells the value that was written the way AWS spells it.

use super::{Area, Rule, areas::*, spelling::same_word};
use crate::{document::value::text_of, finding::Safety};
use serde_json::Value;
use std::sync::LazyLock;

/// Rules whose fix leaves the meaning as it is: another spelling of the same, or the removal of what has no effect.
pub(super) static SAFE: &[&Rule] = &[
    &task::TASK_JSON_SHAPE,
    &task::TASK_MISSPELT_KEY,
    &task::TASK_NULL_VALUES,
    &task::TASK_PASCAL_CASE_KEYS,
    &task::TASK_FAMILY_HAS_REVISION,
    &task::TASK_REQUIRES_COMPATIBILITIES_MISSING,
    &container::CONTAINER_COMMAND_STRING,
    &container::CONTAINER_COMMAND_ONE_ITEM,
    &container::CONTAINER_COMMAND_SHELL_OPERATORS,
    &image::IMAGE_NO_SCHEME,
    &image::IMAGE_UPPERCASE,
    &image::IMAGE_WHITESPACE,
    &image::IMAGE_EMPTY_TAG,
    &image::IMAGE_DIGEST_AND_TAG,
    &image::IMAGE_PUBLIC_ECR_FORM,
    &port::PORT_RANGE_FORM,
    &port::PORT_HOST_PORT_AWSVPC,
    &port::PORT_HOST_PORT_HOST_MODE,
    &health_check::HEALTH_COMMAND_LIST,
    &health_check::HEALTH_COMMAND_FIRST_WORD,
    &health_check::HEALTH_COMMAND_NO_KEYWORD,
    &health_check::HEALTH_COMMAND_COMMA_IN_ONE,
    &health_check::HEALTH_CONSOLE_BRACKETS,
    &health_check::HEALTH_COMMAND_QUOTED,
    &health_check::HEALTH_CMD_SHELL_EXTRA_ARGS,
    &health_check::HEALTH_CMD_WITH_SHELL_SYNTAX,
    &health_check::HEALTH_CMD_OPERATOR_ARGUMENT,
    &health_check::HEALTH_NONE_EXTRA,
    &health_check::HEALTH_EXIT_CODE,
    &health_check::HEALTH_LOCALHOST_IPV6,
    &environment::ENV_VALUE_MISSING,
    &environment::ENV_DUPLICATE,
    &environment::ENV_PROXY_WITHOUT_NO_PROXY,
    &environment::ENV_FILES_ARN,
    &secrets::SECRET_JSON_KEY_COLONS,
    &logging::LOG_MAX_BUFFER_FORM,
    &logging::LOG_AWSLOGS_UNKNOWN_OPTION,
    &logging::LOG_DRIVER_OPTION_UNKNOWN,
    &logging::LOG_FIRELENS_OUTPUT_NAME,
    &dependencies::DEP_CONDITION_ENUM,
    &dependencies::DEP_DUPLICATE,
    &network::NETWORK_FARGATE_AWSVPC,
    &linux::LINUX_CAPABILITY_ENUM,
    &linux::LINUX_CAPABILITY_UNLISTED,
    &linux::LINUX_DEVICE_PERMISSION,
    &runtime_platform::PLATFORM_ARCH_ENUM,
    &tags::TAG_EMPTY_LIST,
];

/// Other labels of those rules, which ask the person to choose.
static CHOICES: &[(&Rule, &str)] = &[
    (&task::TASK_JSON_SHAPE, "fix-remove"),
    (&task::TASK_MISSPELT_KEY, "fix-second"),
    (&task::TASK_MISSPELT_KEY, "fix-to"),
    (&task::TASK_MISSPELT_KEY, "fix-remove"),
    (&logging::LOG_AWSLOGS_UNKNOWN_OPTION, "fix"),
    (&logging::LOG_DRIVER_OPTION_UNKNOWN, "fix"),
];

/// Rules whose fix takes away something that the program may rely on: it registers, but may behave differently.
pub(super) static RISKY: &[&Rule] = &[
    &fargate::FARGATE_NO_PRIVILEGED,
    &fargate::FARGATE_NO_DEVICES,
    &fargate::FARGATE_NO_SHARED_MEMORY,
    &fargate::FARGATE_NO_SECURITY_OPTIONS,
    &fargate::FARGATE_NO_GPU,
    &fargate::FARGATE_NO_IPC,
    &fargate::FARGATE_CAPABILITY_ADD,
    &linux::LINUX_PRIVILEGED,
    &linux::LINUX_SYSCTL_HOST,
    &linux::LINUX_SYSCTL_NAMESPACE,
    &network::NETWORK_LINKS_AWSVPC,
    &network::NETWORK_LINKS_UNKNOWN,
    &network::NETWORK_EXTRA_HOSTS_AWSVPC,
    &network::NETWORK_DNS_AWSVPC,
    &network::NETWORK_DISABLE_AWSVPC,
    &volumes::VOLUME_ONE_KIND,
    &volumes::VOLUME_FARGATE_SOURCE_PATH,
    &volumes::VOLUME_FARGATE_DOCKER_VOLUME,
    &volumes::VOLUME_VOLUMES_FROM_UNKNOWN,
    &volumes::VOLUME_EFS_EXTERNAL,
    &volumes::VOLUME_EFS_ID,
    &volumes::VOLUME_EFS_IAM_TASK_ROLE,
    &volumes::VOLUME_FSX_FIELDS,
    &windows::WINDOWS_UNSUPPORTED,
    &windows::WINDOWS_NO_ARM,
    &windows::WINDOWS_EFS,
];

/// The same of single fixes.
static RISKY_LABELS: &[(&Rule, &str)] = &[
    (&linux::LINUX_CAPABILITY_ENUM, "fix-remove"),
    (&iam::IAM_TASK_ROLE_FORM, "fix-remove"),
    (&iam::IAM_SERVICE_LINKED_ROLE, "fix-remove"),
    (&logging::LOG_FIRELENS_FARGATE_S3, "fix-config"),
    (&logging::LOG_FIRELENS_OPTIONS, "fix-file"),
    (&task::TASK_TRUSTED_EXECUTION_MANAGED_ONLY, "fix-isolated"),
    (&volumes::VOLUME_S3FILES_ARN, "fix-empty"),
];

/// Rules as bits: a word for each area.
type Set = [u64; Area::COUNT];

static SETS: LazyLock<(Set, Set)> = LazyLock::new(|| {
    let set = |rules: &[&Rule]| {
        let mut set: Set = [0; Area::COUNT];
        rules.iter().for_each(|rule| set[rule.area as usize] |= 1 << rule.number);
        set
    };
    (set(SAFE), set(RISKY))
});

/// How safe a rule's fix of this label is.
pub(super) fn of(rule: &Rule, label: &str) -> Safety {
    let has = |set: &Set| set[rule.area as usize] & (1 << rule.number) != 0;
    let listed = |rows: &[(&Rule, &str)]| rows.iter().any(|row| *row.0 == *rule && row.1 == label);
    if has(&SETS.1) || listed(RISKY_LABELS) {
        Safety::Risky
    } else if has(&SETS.0) && !listed(CHOICES) {
        Safety::Safe
    } else {
        Safety::Choice
    }
}

/// Whether `new` is the value that was written, as AWS spells it: `TCP` and `tcp`, `80` and `"80"`.
pub(super) fn is_respelt(old: &Value, new: &Value) -> bool {
    let scalar = |v: &Value| v.is_string() || v.is_number() || v.is_boolean();
    scalar(old) && scalar(new) && same_word(text_of(old).trim(), &text_of(new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rule_is_safe_and_risky() {
        assert!(SAFE.len() > 30 && RISKY.len() > 15);
        let both: Vec<_> = SAFE.iter().filter(|rule| RISKY.contains(rule)).collect();
        assert!(both.is_empty(), "{both:?}");
    }

    #[test]
    fn a_label_may_ask_for_more_than_its_rule() {
        assert_eq!(of(&linux::LINUX_CAPABILITY_ENUM, "fix"), Safety::Safe);
        assert_eq!(of(&linux::LINUX_CAPABILITY_ENUM, "fix-remove"), Safety::Risky);
        assert_eq!(of(&logging::LOG_AWSLOGS_UNKNOWN_OPTION, "fix-rename"), Safety::Safe);
        assert_eq!(of(&logging::LOG_AWSLOGS_UNKNOWN_OPTION, "fix"), Safety::Choice);
        assert_eq!(of(&sizing::SIZING_FARGATE_PAIR, "fix"), Safety::Choice);
    }
}
