//! The cluster step: Region, cluster, where the containers run. Silent outside the wizard.

use super::prelude::*;
use crate::name::{as_name, is_name};
use std::{cell::LazyCell, collections::HashSet};

pub(super) const RULES: &[Rule] = &[
    rule("cluster-name-format", Error, "API reference: CreateCluster.clusterName", name),
    rule("cluster-default-name", Advice, "API reference: CreateCluster.clusterName", with_another),
    rule("cluster-not-in-task-definition", Advice, "API reference: RegisterTaskDefinition", foreign),
    rule("cluster-container-insights", Advice, "API reference: ClusterSetting; Security Hub ECS.12", settings),
    rule("cluster-capacity-providers-fargate", Advice, "API reference: CreateCluster.capacityProviders", with_another),
    rule("cluster-strategy-one-base", Error, "API reference: CreateCluster.defaultCapacityProviderStrategy", with_another),
    rule("cluster-strategy-provider-listed", Error, "API reference: CreateCluster.defaultCapacityProviderStrategy", with_another),
    rule("cluster-exec-log-override", Error, "API reference: ExecuteCommandConfiguration", with_another),
    rule("cluster-capacity-provider-name-prefix", Error, "API reference: CreateCapacityProvider.name", with_another),
];

/// Three questions of our own: the book has rules only about what was answered.
pub(super) const WIZARD: &[Rule] = &[
    rule("wizard-region-required", Error, "Taskwright's own question", region),
    rule("wizard-launch-required", Error, "Taskwright's own question", launch),
    rule("wizard-cluster-name-required", Error, "Taskwright's own question", with_another),
];

fn region(task: &Task<'_>, out: &mut Findings) {
    if task.wizard.cluster.is_some() && task.region().is_none() {
        out.at("wizard-region-required", "/region").wizard();
    }
}

fn launch(task: &Task<'_>, out: &mut Findings) {
    if task.wizard.cluster.is_some() && task.launch.is_none() {
        out.at("wizard-launch-required", "/cluster/launch").wizard();
    }
}

fn name(task: &Task<'_>, out: &mut Findings) {
    let Some(cluster) = &task.wizard.cluster else { return };
    let path = "/cluster/name";
    match present(cluster, "name").map(crate::form::text_of).unwrap_or_default().as_str() {
        "" => {
            out.at("wizard-cluster-name-required", path).wizard();
        }
        "default" => {
            out.at("cluster-default-name", path).wizard();
        }
        text if !is_name(text) => {
            let said = out.at("cluster-name-format", path).wizard().text("value", text);
            if let Some(name) = as_name(text) {
                let root = json!({ "cluster": cluster });
                said.fix("fix", vec![("value", Param::Text(name.clone()))], edit::set(&root, path, json!(name)));
            }
        }
        _ => {}
    }
}

/// Keys of a service or a cluster that people look for in the definition.
pub(super) const FOREIGN: [&str; 14] = [
    "cluster",
    "clusterName",
    "desiredCount",
    "serviceName",
    "loadBalancers",
    "networkConfiguration",
    "subnets",
    "securityGroups",
    "assignPublicIp",
    "launchType",
    "platformVersion",
    "capacityProviders",
    "capacityProviderStrategy",
    "deploymentConfiguration",
];

fn foreign(task: &Task<'_>, out: &mut Findings) {
    for key in FOREIGN.into_iter().filter(|k| task.definition.get(k).is_some()) {
        let path = format!("/{key}");
        out.at("cluster-not-in-task-definition", &path).text("key", key).clear(task.definition, &path);
    }
}

/// The cluster's further settings, for drafts that carry them.
fn settings(task: &Task<'_>, out: &mut Findings) {
    let Some(cluster) = task.wizard.cluster.as_ref() else { return };
    let root = LazyCell::new(|| json!({ "cluster": cluster }));
    if find(cluster, "settings").is_some() {
        let on =
            list(cluster, "settings").iter().any(|s| text(s, "name") == Some("containerInsights") && matches!(text(s, "value"), Some("enabled" | "enhanced")));
        if !on {
            out.at("cluster-container-insights", "/cluster/settings").wizard();
        }
    }
    let providers: Vec<&str> = texts(cluster, "capacityProviders").map(|(_, t)| t).collect();
    if find(cluster, "capacityProviders").is_some() && task.fargate() && !providers.iter().any(|p| p.starts_with("FARGATE")) {
        let cure = Edit(vec![Op::Add { path: "/cluster/capacityProviders/-".into(), value: json!("FARGATE"), at: None }]);
        out.at("cluster-capacity-providers-fargate", "/cluster/capacityProviders").wizard().fix("fix", Vec::new(), cure);
    }
    for (i, name) in providers.iter().enumerate() {
        let lower = name.to_ascii_lowercase();
        if ["aws", "ecs", "fargate"].iter().any(|p| lower.starts_with(p)) && !["FARGATE", "FARGATE_SPOT"].contains(name) {
            out.at("cluster-capacity-provider-name-prefix", format!("/cluster/capacityProviders/{i}")).wizard().text("value", *name);
        }
    }
    let strategy = list(cluster, "defaultCapacityProviderStrategy");
    let listed: HashSet<&str> = providers.iter().copied().collect();
    let mut base = false;
    for (i, item) in strategy.iter().enumerate() {
        let path = format!("/cluster/defaultCapacityProviderStrategy/{i}");
        if integer(item, "base").is_some_and(|b| b > 0) {
            if base {
                let at = format!("{path}/base");
                out.at("cluster-strategy-one-base", &at).wizard().fix("fix", Vec::new(), edit::clear(&root, &at));
            }
            base = true;
        }
        if let Some(name) = text(item, "capacityProvider").filter(|n| !listed.contains(n)) {
            let cure = match find(cluster, "capacityProviders") {
                Some(Value::Array(_)) => Edit(vec![Op::Add { path: "/cluster/capacityProviders/-".into(), value: json!(name), at: None }]),
                Some(_) => Edit::default(),
                None => edit::set(&root, "/cluster/capacityProviders", json!([name])),
            };
            out.at("cluster-strategy-provider-listed", format!("{path}/capacityProvider")).wizard().text("value", name).fix("fix", Vec::new(), cure);
        }
    }
    if let Some(exec) = find(cluster, "configuration/executeCommandConfiguration") {
        let (over, log) = (text(exec, "logging") == Some("OVERRIDE"), find(exec, "logConfiguration").is_some());
        if over != log {
            let path = "/cluster/configuration/executeCommandConfiguration";
            let said = out.at("cluster-exec-log-override", path).wizard().variant(if over { "" } else { "log" });
            if log {
                said.fix("fix", Vec::new(), edit::set(&root, &format!("{path}/logging"), json!("OVERRIDE")));
            }
        }
    }
}
