//! Start order between containers.

mod depends_on;

use crate::lint::prelude::*;

rules! { Dependencies;
    pub static DEP_UNKNOWN_CONTAINER: Rule =
        error("dep-unknown-container", "API reference: ContainerDependency.containerName");
    pub static DEP_SELF: Rule =
        error("dep-self", "API reference: ContainerDependency.containerName");
    pub static DEP_CYCLE: Rule = error("dep-cycle", "Amazon ECS agent: dependency graph");
    pub static DEP_CONDITION_ENUM: Rule =
        error("dep-condition-enum", "API reference: ContainerCondition");
    pub static DEP_HEALTHY_NEEDS_CHECK: Rule =
        error("dep-healthy-needs-check", "API reference: ContainerDependency.condition");
    pub static DEP_COMPLETE_ON_ESSENTIAL: Rule =
        error("dep-complete-on-essential", "API reference: ContainerDependency.condition");
    pub static DEP_COMPLETE_ON_SERVER: Rule =
        warning("dep-complete-on-server", "Amazon ECS agent: dependency graph");
    pub static DEP_DUPLICATE: Rule =
        warning("dep-duplicate", "API reference: ContainerDefinition.dependsOn");
    pub static DEP_HEALTHY_TIME: Rule =
        warning("dep-healthy-time", "API reference: ContainerDefinition.startTimeout");
    pub static DEP_NGINX_APP: Rule =
        advice("dep-nginx-app", "Reverse proxies in front of an application");
    pub static DEP_EC2_AGENT: Rule =
        advice("dep-ec2-agent", "API reference: ContainerDefinition.dependsOn");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &DEP_UNKNOWN_CONTAINER,
            &DEP_SELF,
            &DEP_CONDITION_ENUM,
            &DEP_HEALTHY_NEEDS_CHECK,
            &DEP_COMPLETE_ON_ESSENTIAL,
            &DEP_COMPLETE_ON_SERVER,
            &DEP_DUPLICATE,
            &DEP_HEALTHY_TIME,
        ],
        run: depends_on::each,
    },
    Pass { reports: &[&DEP_CYCLE], run: depends_on::cycle },
    Pass { reports: &[&DEP_NGINX_APP], run: depends_on::proxy },
    Pass { reports: &[&DEP_EC2_AGENT], run: depends_on::agent },
];
