//! What the definition needs later, when a service is made of it: only the account can tell.

use super::prelude::*;

pub(super) const RULES: &[Rule] = &[
    waits("service-lb-container", Error, State::NeedsAccount, "CreateService: loadBalancers"),
    waits("service-lb-port", Error, State::NeedsAccount, "CreateService: loadBalancers"),
    waits("service-classic-lb-fargate", Error, State::NeedsAccount, "CreateService: loadBalancers"),
    waits("service-launch-and-strategy", Error, State::NeedsAccount, "CreateService: capacityProviderStrategy"),
    waits("service-network-config-mode", Error, State::NeedsAccount, "CreateService: networkConfiguration"),
    waits("service-public-ip", Advice, State::NeedsAccount, "Security Hub ECS.2; Developer Guide: CannotPullContainer task errors"),
    waits("service-grace-period", Advice, State::NeedsAccount, "CreateService: healthCheckGracePeriodSeconds"),
    waits("service-min-max-percent", Error, State::NeedsAccount, "CreateService: deploymentConfiguration"),
    waits("service-ebs-volume", Error, State::NeedsAccount, "CreateService: volumeConfigurations"),
    waits("service-daemon-fargate", Error, State::NeedsAccount, "CreateService: schedulingStrategy"),
];

/// Service Connect is the service's; of it a definition holds only the ports' names.
pub(super) const CONNECT: &[Rule] = &[
    waits("sc-port-name", Warning, State::NeedsAccount, "API reference: ServiceConnectService.portName"),
    waits("sc-dns-name", Error, State::NeedsAccount, "API reference: ServiceConnectClientAlias"),
    waits("sc-one-alias", Error, State::NeedsAccount, "API reference: ServiceConnectService"),
    waits("sc-discovery-name", Error, State::NeedsAccount, "API reference: ServiceConnectService"),
    waits("sc-task-memory", Error, State::NeedsAccount, "Developer Guide: Service Connect"),
    waits("sc-app-protocol-immutable", Advice, State::NeedsAccount, "API reference: PortMapping"),
];
