//! The cluster step: Region, cluster, where the containers run. Silent outside the wizard.

use super::*;
use crate::grammar::name::{as_name, is_name};
use std::{cell::LazyCell, collections::HashSet};

pub(super) fn name(task: &Task<'_>, report: &mut Report) {
    let Some(cluster) = &task.wizard.cluster else { return };
    let path = "/cluster/name";
    match present(cluster, "name").map(text_of).unwrap_or_default().as_str() {
        "" => {}
        "default" => {
            report.at(&CLUSTER_DEFAULT_NAME, path).wizard();
        }
        text if !is_name(text) => {
            let finding = report.at(&CLUSTER_NAME_FORMAT, path).wizard().text("value", text);
            if let Some(name) = as_name(text) {
                let root = json!({ "cluster": cluster });
                finding.fix("fix", vec![("value", Param::Text(name.clone()))], edit::set(&root, path, json!(name)));
            }
        }
        _ => {}
    }
}

/// Keys of a service or a cluster that people look for in the definition.
pub(in crate::lint) const FOREIGN: [&str; 14] = [
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

pub(super) fn foreign(task: &Task<'_>, report: &mut Report) {
    for key in FOREIGN.into_iter().filter(|k| task.definition.get(k).is_some()) {
        let path = format!("/{key}");
        report.at(&CLUSTER_NOT_IN_TASK_DEFINITION, &path).text("key", key).clear(task.definition, &path);
    }
}

/// Fargate and other providers in one strategy: the fixes keep one kind.
fn mixed(strategy: &[Value], root: &Value, report: &mut Report) {
    let is_fargate = |item: &Value| text(item, "capacityProvider").map(|name| matches!(name, "FARGATE" | "FARGATE_SPOT"));
    if !strategy.iter().any(|item| is_fargate(item) == Some(true)) || !strategy.iter().any(|item| is_fargate(item) == Some(false)) {
        return;
    }
    let path = "/cluster/defaultCapacityProviderStrategy";
    let mut finding = report.at(&CLUSTER_STRATEGY_MIXED, path).wizard();
    for (label, keep) in [("fix", true), ("fix-others", false)] {
        let kept: Vec<&Value> = strategy.iter().filter(|item| is_fargate(item) != Some(!keep)).collect();
        finding = finding.fix(label, Vec::new(), edit::set(root, path, json!(kept)));
    }
    finding.done();
}

/// The cluster's further settings, for drafts that carry them.
pub(super) fn settings(task: &Task<'_>, report: &mut Report) {
    let Some(cluster) = task.wizard.cluster.as_ref() else { return };
    let root = LazyCell::new(|| json!({ "cluster": cluster }));
    if find(cluster, "settings").is_some() {
        let on =
            list(cluster, "settings").iter().any(|s| text(s, "name") == Some("containerInsights") && matches!(text(s, "value"), Some("enabled" | "enhanced")));
        if !on {
            report.at(&CLUSTER_CONTAINER_INSIGHTS, "/cluster/settings").wizard();
        }
    }
    let providers: Vec<&str> = texts(cluster, "capacityProviders").map(|(_, t)| t).collect();
    if find(cluster, "capacityProviders").is_some() && task.fargate() && !providers.iter().any(|p| p.starts_with("FARGATE")) {
        let fix = Edit(vec![Op::Add { path: "/cluster/capacityProviders/-".into(), value: json!("FARGATE"), at: None }]);
        report.at(&CLUSTER_CAPACITY_PROVIDERS_FARGATE, "/cluster/capacityProviders").wizard().fix("fix", Vec::new(), fix);
    }
    for (i, name) in providers.iter().enumerate() {
        let lower = name.to_ascii_lowercase();
        if ["aws", "ecs", "fargate"].iter().any(|p| lower.starts_with(p)) && !["FARGATE", "FARGATE_SPOT"].contains(name) {
            report.at(&CLUSTER_CAPACITY_PROVIDER_NAME_PREFIX, format!("/cluster/capacityProviders/{i}")).wizard().text("value", *name).fix(
                "fix",
                Vec::new(),
                edit::clear(&root, &format!("/cluster/capacityProviders/{i}")),
            );
        }
    }
    let strategy = list(cluster, "defaultCapacityProviderStrategy");
    mixed(strategy, &root, report);
    let listed: HashSet<&str> = providers.iter().copied().collect();
    let mut base = false;
    for (i, item) in strategy.iter().enumerate() {
        let path = format!("/cluster/defaultCapacityProviderStrategy/{i}");
        if integer(item, "base").is_some_and(|b| b > 0) {
            if base {
                let at = format!("{path}/base");
                report.at(&CLUSTER_STRATEGY_ONE_BASE, &at).wizard().fix("fix", Vec::new(), edit::clear(&root, &at));
            }
            base = true;
        }
        if let Some(name) = text(item, "capacityProvider").filter(|n| !listed.contains(n)) {
            let fix = match find(cluster, "capacityProviders") {
                Some(Value::Array(_)) => Edit(vec![Op::Add { path: "/cluster/capacityProviders/-".into(), value: json!(name), at: None }]),
                Some(_) => Edit::default(),
                None => edit::set(&root, "/cluster/capacityProviders", json!([name])),
            };
            report.at(&CLUSTER_STRATEGY_PROVIDER_LISTED, format!("{path}/capacityProvider")).wizard().text("value", name).fix("fix", Vec::new(), fix);
        }
    }
    if let Some(exec) = find(cluster, "configuration/executeCommandConfiguration") {
        let (over, log) = (text(exec, "logging") == Some("OVERRIDE"), find(exec, "logConfiguration").is_some());
        if over != log {
            let path = "/cluster/configuration/executeCommandConfiguration";
            let finding = report.at(&CLUSTER_EXEC_LOG_OVERRIDE, path).wizard().variant(if over { "" } else { "log" });
            if log {
                finding.fix("fix", Vec::new(), edit::set(&root, &format!("{path}/logging"), json!("OVERRIDE")));
            } else {
                finding.fix("fix-default", Vec::new(), edit::set(&root, &format!("{path}/logging"), json!("DEFAULT")));
            }
        }
    }
}
