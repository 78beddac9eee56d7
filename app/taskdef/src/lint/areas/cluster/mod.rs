//! The cluster step: Region, cluster, where the containers run. Silent outside the wizard.

mod settings;

use crate::lint::prelude::*;

rules! { Cluster;
    pub static CLUSTER_NAME_FORMAT: Rule =
        error("cluster-name-format", "API reference: CreateCluster.clusterName");
    pub static CLUSTER_DEFAULT_NAME: Rule =
        advice("cluster-default-name", "API reference: CreateCluster.clusterName");
    pub static CLUSTER_NOT_IN_TASK_DEFINITION: Rule =
        advice("cluster-not-in-task-definition", "API reference: RegisterTaskDefinition");
    pub static CLUSTER_CONTAINER_INSIGHTS: Rule =
        advice("cluster-container-insights", "API reference: ClusterSetting; Security Hub ECS.12");
    pub static CLUSTER_CAPACITY_PROVIDERS_FARGATE: Rule =
        advice("cluster-capacity-providers-fargate", "API reference: CreateCluster.capacityProviders");
    pub static CLUSTER_STRATEGY_ONE_BASE: Rule =
        error("cluster-strategy-one-base", "API reference: CreateCluster.defaultCapacityProviderStrategy");
    pub static CLUSTER_STRATEGY_MIXED: Rule =
        error("cluster-strategy-mixed", "AWS CDK: default capacity provider strategy");
    pub static CLUSTER_STRATEGY_PROVIDER_LISTED: Rule =
        error("cluster-strategy-provider-listed", "API reference: CreateCluster.defaultCapacityProviderStrategy");
    pub static CLUSTER_EXEC_LOG_OVERRIDE: Rule =
        error("cluster-exec-log-override", "API reference: ExecuteCommandConfiguration");
    pub static CLUSTER_CAPACITY_PROVIDER_NAME_PREFIX: Rule =
        error("cluster-capacity-provider-name-prefix", "API reference: CreateCapacityProvider.name");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&CLUSTER_NAME_FORMAT, &CLUSTER_DEFAULT_NAME], run: settings::name },
    Pass { reports: &[&CLUSTER_NOT_IN_TASK_DEFINITION], run: settings::foreign },
    Pass {
        reports: &[
            &CLUSTER_CONTAINER_INSIGHTS,
            &CLUSTER_CAPACITY_PROVIDERS_FARGATE,
            &CLUSTER_STRATEGY_ONE_BASE,
            &CLUSTER_STRATEGY_MIXED,
            &CLUSTER_STRATEGY_PROVIDER_LISTED,
            &CLUSTER_EXEC_LOG_OVERRIDE,
            &CLUSTER_CAPACITY_PROVIDER_NAME_PREFIX,
        ],
        run: settings::settings,
    },
];
