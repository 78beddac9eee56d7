//! What the definition needs later, when a service is made of it: only the account can tell.

use crate::lint::prelude::*;

rules! { Service;
    pub static SERVICE_LB_CONTAINER: Rule =
        error("service-lb-container", "CreateService: loadBalancers").waits(NeedsAccount);
    pub static SERVICE_LB_PORT: Rule =
        error("service-lb-port", "CreateService: loadBalancers").waits(NeedsAccount);
    pub static SERVICE_CLASSIC_LB_FARGATE: Rule =
        error("service-classic-lb-fargate", "CreateService: loadBalancers").waits(NeedsAccount);
    pub static SERVICE_LAUNCH_AND_STRATEGY: Rule =
        error("service-launch-and-strategy", "CreateService: capacityProviderStrategy").waits(NeedsAccount);
    pub static SERVICE_NETWORK_CONFIG_MODE: Rule =
        error("service-network-config-mode", "CreateService: networkConfiguration").waits(NeedsAccount);
    pub static SERVICE_PUBLIC_IP: Rule =
        advice("service-public-ip", "Security Hub ECS.2; Developer Guide: CannotPullContainer task errors").waits(NeedsAccount);
    pub static SERVICE_GRACE_PERIOD: Rule =
        advice("service-grace-period", "CreateService: healthCheckGracePeriodSeconds").waits(NeedsAccount);
    pub static SERVICE_MIN_MAX_PERCENT: Rule =
        error("service-min-max-percent", "CreateService: deploymentConfiguration").waits(NeedsAccount);
    pub static SERVICE_EBS_VOLUME: Rule =
        error("service-ebs-volume", "CreateService: volumeConfigurations").waits(NeedsAccount);
    pub static SERVICE_DAEMON_FARGATE: Rule =
        error("service-daemon-fargate", "CreateService: schedulingStrategy").waits(NeedsAccount);
}
