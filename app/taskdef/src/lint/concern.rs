//! What a finding is about, and in which order findings help: what stops a start comes before what costs money.
//!
//! An error always stands in the way of a start. A warning is about what its area is about, unless it is listed here. Advice
//! is listed rule by rule: the order of the list is what it costs to ignore it, dearest first.

use super::{Area, Rule, areas::*};
use crate::{Finding, Severity, finding::Concern};
use std::sync::LazyLock;

/// Warnings that are not about what their area is about.
static WARNINGS: &[(Concern, &[&Rule])] = &[
    (
        Concern::Reach,
        &[
            &container::CONTAINER_LISTENS_ON_LOCALHOST,
            &environment::ENV_LOCALHOST_DB,
            &environment::ENV_COMPOSE_HOSTNAME,
            &environment::ENV_PROXY_WITHOUT_NO_PROXY,
            &ec2::EC2_AWSVPC_PUBLIC_IP,
        ],
    ),
    (
        Concern::Safety,
        &[
            &container::CONTAINER_SECRET_IN_COMMAND,
            &environment::ENV_AWS_KEYS,
            &environment::ENV_SECRET_BY_NAME,
            &environment::ENV_SECRET_BY_VALUE,
            &health_check::HEALTH_SECRET_IN_COMMAND,
            &linux::LINUX_CAPABILITY_ALL,
            &linux::LINUX_PID_HOST,
            &linux::LINUX_PRIVILEGED,
            &logging::LOG_SPLUNK_TOKEN_PLAIN,
            &logging::LOG_FIRELENS_SECRET_PLAIN,
            &network::NETWORK_HOST_ADVICE,
            &network::NETWORK_HOST_ROOT,
            &port::PORT_PUBLIC_DATABASE,
        ],
    ),
    (
        Concern::Later,
        &[
            &task::TASK_FAMILY_HAS_REVISION,
            &dependencies::DEP_DUPLICATE,
            &environment::ENV_DUPLICATE,
            &image::IMAGE_LATEST_TAG,
            &linux::LINUX_SWAPPINESS_IGNORED,
            &linux::LINUX_ULIMIT_DUPLICATE,
            &network::NETWORK_OLD_MODE_NAME,
            &proxy::PROXY_RETIRED,
            &tags::TAG_EMPTY_LIST,
            &timeouts::RESTART_DISABLED_SETTINGS,
            &volumes::VOLUME_UNUSED,
        ],
    ),
];

/// Every rule that is advice, dearest first.
static ADVICE: &[(Concern, &[&Rule])] = &[
    (
        Concern::Start,
        &[
            &secrets::SECRET_BARE_NAME_IS_SSM,
            &iam::IAM_EXECUTION_ROLE_MISSING_ADVICE,
            &secrets::SECRET_ROLE_PERMISSIONS,
            &runtime_platform::PLATFORM_MISSING,
            &ec2::EC2_ARCH_UNSET,
            &windows::WINDOWS_VERSION_MATCH,
            &region::REGION_ZONE_LIMITS,
            &container::CONTAINER_ENTRYPOINT_CLEARS_CMD,
            &logging::LOG_FIRELENS_ROUTER_USER,
            &resources::RUNTIME_JVM_NO_LIMIT,
            &sizing::SIZING_NODE_MINIMUM,
            &resources::RESOURCES_EFS_SUPERVISOR,
            &resources::RESOURCES_LOG_BUFFER,
            &resources::RESOURCES_NO_CONTAINER_LIMIT_MULTI,
            &fargate::FARGATE_TMPFS_ALLOWED,
            &ec2::EC2_MEMORY_HEADROOM,
            &ephemeral_storage::EPHEMERAL_IMAGE_SIZE,
            &windows::WINDOWS_IMAGE_SIZE,
            &logging::LOG_JSON_FILE_SIZE,
            &volumes::VOLUME_BIND_LOST,
            &image::IMAGE_SAME_FOR_ALL,
            &dependencies::DEP_EC2_AGENT,
            &limits::LIMITS_DEFINITION_SIZE_NEAR,
            &limits::LIMITS_RESERVED_PORTS,
            &container::CONTAINER_NAME_RESERVED,
            &container::CONTAINER_CPU_RANGE,
            &cluster::CLUSTER_CAPACITY_PROVIDERS_FARGATE,
            &cluster::CLUSTER_NOT_IN_TASK_DEFINITION,
        ],
    ),
    (
        Concern::Reach,
        &[
            &environment::ENV_HOST_BINDING,
            &health_check::HEALTH_MISSING_ESSENTIAL,
            &health_check::HEALTH_LOCALHOST_IPV6,
            &dependencies::DEP_NGINX_APP,
            &proxy::PROXY_EGRESS_IGNORED_IPS,
            &health_check::HEALTH_URL_PATH,
            &health_check::HEALTH_TOTAL_TIME,
            &health_check::HEALTH_EXIT_CODE,
            &health_check::HEALTH_NONESSENTIAL_NOTE,
            &health_check::HEALTH_HEAVY_COMMAND,
            &network::NETWORK_SYSCTL_SHARED,
            &windows::WINDOWS_LOCALHOST_MAPPED,
        ],
    ),
    (
        Concern::Safety,
        &[
            &task::TASK_ENABLE_FAULT_INJECTION_OFF,
            &volumes::VOLUME_EFS_ENCRYPTION,
            &container::CONTAINER_USER_ROOT,
            &windows::WINDOWS_USER,
            &container::CONTAINER_READONLY_ROOT,
        ],
    ),
    (Concern::Cost, &[&ephemeral_storage::EPHEMERAL_COST, &ec2::EC2_T_BURST, &logging::LOG_RETENTION]),
    (
        Concern::Later,
        &[
            &linux::LINUX_INIT,
            &container::CONTAINER_NPM_SIGNALS,
            &environment::ENV_NODE_ENV,
            &logging::LOG_MODE_BLOCKING,
            &environment::ENV_FILES_OVERRIDE,
            &task::TASK_REQUIRES_COMPATIBILITIES_MIXED,
            &network::NETWORK_BRIDGE_DEFAULT,
            &port::PORT_RANGE_CONSOLE_NOTE,
            &image::IMAGE_DIGEST_AND_TAG,
            &logging::LOG_GROUP_AWS_PREFIX,
            &cluster::CLUSTER_DEFAULT_NAME,
            &timeouts::TIMEOUT_START_UNUSED,
            &container::CONTAINER_INTERACTIVE_POINTLESS,
        ],
    ),
    (
        Concern::Next,
        &[
            &runtime_platform::PLATFORM_APPLE_SILICON,
            &logging::LOG_CREATE_GROUP_MISSING,
            &network::NETWORK_SECURITY_GROUP_PORT,
            &image::IMAGE_HUB_NEEDS_INTERNET,
            &network::NETWORK_SERVICE_NEEDS_CONFIG,
            &volumes::VOLUME_EFS_PLATFORM,
            &service::SERVICE_PUBLIC_IP,
            &iam::IAM_TASK_ROLE_EXEC,
            &service::SERVICE_GRACE_PERIOD,
            &health_check::HEALTH_IMAGE_HEALTHCHECK_IGNORED,
            &health_check::HEALTH_STANDALONE_NOTE,
            &image::IMAGE_DOCKER_HUB_RATE_LIMIT,
            &task::TASK_ESSENTIAL_SIDECAR_CHOICE,
            &secrets::SECRET_NOT_REFRESHED,
            &task::TASK_REVISION_IMMUTABLE,
            &sizing::SIZING_COST_NOTE,
            &limits::LIMITS_FARGATE_VCPU,
            &tags::TAG_MISSING,
            &cluster::CLUSTER_CONTAINER_INSIGHTS,
            &service_connect::SC_APP_PROTOCOL_IMMUTABLE,
            &runtime_platform::PLATFORM_SERVICE_SAME,
            &runtime_platform::PLATFORM_ARM_SPOT,
            &limits::LIMITS_SUBNETS,
            &limits::LIMITS_TARGET_GROUPS,
            &limits::LIMITS_REGISTER_THROTTLE,
            &limits::LIMITS_REVISIONS,
        ],
    ),
];

/// What the warnings of an area are about.
const fn of_area(area: Area) -> Concern {
    match area {
        Area::Port | Area::HealthCheck | Area::Network | Area::ServiceConnect | Area::Proxy | Area::Service => Concern::Reach,
        _ => Concern::Start,
    }
}

/// By area, then by the rule's number in it: what a rule is about, and its place in its list.
static ALL: LazyLock<Vec<(Concern, usize)>> = LazyLock::new(|| {
    let areas = super::areas::ALL.iter().flat_map(|contents| std::iter::repeat_n((of_area(contents.area), 0), Rule::MOST_IN_AREA));
    let mut all: Vec<_> = areas.collect();
    for (concern, rules) in WARNINGS {
        rules.iter().for_each(|rule| all[index(rule)].0 = *concern);
    }
    for (concern, rules) in ADVICE {
        rules.iter().enumerate().for_each(|(rank, rule)| all[index(rule)] = (*concern, rank));
    }
    all
});

fn index(rule: &Rule) -> usize {
    rule.area as usize * Rule::MOST_IN_AREA + usize::from(rule.number)
}

/// What a finding is about, and its rank there.
pub(super) fn order(finding: &Finding) -> (Concern, usize) {
    if finding.severity == Severity::Error { (Concern::Start, 0) } else { ALL[index(finding.rule)] }
}

/// What a finding is about.
pub fn concern(finding: &Finding) -> Concern {
    order(finding).0
}

/// What belongs together as one row: the findings of one rule with one severity, in the order in which the first of each came.
pub fn rows<T>(found: impl IntoIterator<Item = T>, finding: impl Fn(&T) -> &Finding) -> Vec<Vec<T>> {
    let mut rows: Vec<Vec<T>> = Vec::new();
    let mut at = std::collections::HashMap::new();
    for one in found {
        let key = (finding(&one).rule, finding(&one).severity);
        let row = *at.entry(key).or_insert(rows.len());
        match rows.get_mut(row) {
            Some(row) => row.push(one),
            None => rows.push(vec![one]),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{super::all, *};
    use std::collections::HashSet;

    /// A new piece of advice is ranked by hand: where it stands says what it costs to ignore it.
    #[test]
    fn every_piece_of_advice_has_one_place() {
        let listed: Vec<&Rule> = ADVICE.iter().flat_map(|(_, rules)| rules.iter().copied()).collect();
        let once: HashSet<&Rule> = listed.iter().copied().collect();
        assert_eq!(listed.len(), once.len(), "a rule is listed twice");
        let advice: HashSet<&Rule> = all().map(|(_, rule)| rule).filter(|rule| rule.severity == Severity::Advice).collect();
        assert!(advice.len() > 80, "{}", advice.len());
        assert_eq!(once, advice);
    }

    #[test]
    fn only_warnings_are_listed_as_warnings() {
        let listed: Vec<&Rule> = WARNINGS.iter().flat_map(|(_, rules)| rules.iter().copied()).collect();
        assert!(listed.len() > 20 && listed.iter().all(|rule| rule.severity == Severity::Warning), "{listed:?}");
        assert_eq!(listed.iter().collect::<HashSet<_>>().len(), listed.len());
    }
}
