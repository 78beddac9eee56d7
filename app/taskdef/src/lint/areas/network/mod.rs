//! Network mode, and what each mode refuses.

mod mode;

use crate::lint::prelude::*;

rules! { Network;
    pub static NETWORK_FARGATE_AWSVPC: Rule =
        error("network-fargate-awsvpc", "API reference: RegisterTaskDefinition.networkMode");
    pub static NETWORK_ENUM: Rule = error("network-enum", "API reference: NetworkMode");
    pub static NETWORK_OLD_MODE_NAME: Rule =
        warning("network-old-mode-name", "AWS CDK: NetworkMode.NAT; API reference: NetworkMode");
    pub static NETWORK_WINDOWS_MODES: Rule =
        error("network-windows-modes", "Developer Guide: task networking for the EC2 launch type");
    pub static NETWORK_EXTERNAL_MODES: Rule =
        error("network-external-modes", "Developer Guide: Amazon ECS Anywhere");
    pub static NETWORK_MANAGED_MODES: Rule =
        error("network-managed-modes", "Developer Guide: task networking for Amazon ECS Managed Instances");
    pub static NETWORK_LINKS_AWSVPC: Rule =
        error("network-links-awsvpc", "API reference: ContainerDefinition.links");
    pub static NETWORK_LINKS_UNKNOWN: Rule =
        error("network-links-unknown", "Amazon ECS agent: links");
    pub static NETWORK_EXTRA_HOSTS_AWSVPC: Rule =
        error("network-extra-hosts-awsvpc", "API reference: ContainerDefinition.extraHosts");
    pub static NETWORK_DNS_AWSVPC: Rule =
        error("network-dns-awsvpc", "API reference: ContainerDefinition.dnsServers");
    pub static NETWORK_DISABLE_AWSVPC: Rule =
        error("network-disable-awsvpc", "API reference: ContainerDefinition.disableNetworking");
    pub static NETWORK_HOST_ADVICE: Rule = warning("network-host-advice", "Security Hub ECS.17");
    pub static NETWORK_HOST_ROOT: Rule =
        warning("network-host-root", "API reference: RegisterTaskDefinition.networkMode");
    pub static NETWORK_BRIDGE_DEFAULT: Rule =
        advice("network-bridge-default", "API reference: RegisterTaskDefinition.networkMode");
    pub static NETWORK_SERVICE_NEEDS_CONFIG: Rule =
        advice("network-service-needs-config", "Amazon ECS service quotas: subnets and security groups");
    pub static NETWORK_SECURITY_GROUP_PORT: Rule =
        advice("network-security-group-port", "Developer Guide: task networking with awsvpc");
    pub static NETWORK_SYSCTL_SHARED: Rule =
        advice("network-sysctl-shared", "API reference: SystemControl");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &NETWORK_FARGATE_AWSVPC,
            &NETWORK_ENUM,
            &NETWORK_OLD_MODE_NAME,
            &NETWORK_WINDOWS_MODES,
            &NETWORK_EXTERNAL_MODES,
            &NETWORK_MANAGED_MODES,
            &NETWORK_HOST_ADVICE,
            &NETWORK_BRIDGE_DEFAULT,
        ],
        run: mode::mode,
    },
    Pass {
        reports: &[
            &NETWORK_LINKS_AWSVPC,
            &NETWORK_LINKS_UNKNOWN,
            &NETWORK_EXTRA_HOSTS_AWSVPC,
            &NETWORK_DNS_AWSVPC,
            &NETWORK_DISABLE_AWSVPC,
            &NETWORK_HOST_ROOT,
        ],
        run: mode::each,
    },
    Pass { reports: &[&NETWORK_SERVICE_NEEDS_CONFIG, &NETWORK_SECURITY_GROUP_PORT], run: mode::later },
    Pass { reports: &[&NETWORK_SYSCTL_SHARED], run: mode::sysctl },
];
