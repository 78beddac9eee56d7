//! The cluster step: Region, cluster, where the containers run. Silent outside the wizard.

use super::{
    Findings, Rule, rule,
    task::{as_name, is_name},
    with_another,
};
use crate::{
    Launch,
    Severity::{Advice, Error, Warning},
    catalog, edit,
    finding::Param,
    model::{Task, present},
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    rule("wizard-region-required", Error, "Taskwright's own question", region),
    rule("wizard-launch-required", Error, "Taskwright's own question", launch),
    rule("wizard-cluster-name-required", Error, "Taskwright's own question", name),
    rule("cluster-name-format", Error, "API reference: CreateCluster.clusterName", with_another),
    rule("cluster-default-name", Advice, "API reference: CreateCluster.clusterName", with_another),
    rule("region-unknown", Error, "Regions of Amazon ECS in the SDK's endpoints", with_another),
    rule("region-fargate-unknown", Warning, "Developer Guide: Supported Regions for Amazon ECS on AWS Fargate", with_another),
    rule("sizing-ec2-fits-instance", Warning, "Developer Guide: service event messages", instance),
];

fn region(task: &Task<'_>, out: &mut Findings) {
    let Some(code) = &task.wizard.region else { return };
    match catalog::region(code) {
        None if code.is_empty() => {
            if task.wizard.cluster.is_some() {
                out.at("wizard-region-required", "/region").wizard();
            }
        }
        None => {
            out.at("region-unknown", "/region").wizard().text("value", code.as_str());
        }
        Some(r) if task.fargate() && r.fargate.is_none() => {
            out.at("region-fargate-unknown", "/region").wizard().text("value", code.as_str());
        }
        Some(_) => {}
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

fn instance(task: &Task<'_>, out: &mut Findings) {
    let Some(cluster) = task.wizard.cluster.as_ref().filter(|_| task.launch == Some(Launch::Ec2)) else { return };
    let chosen = present(cluster, "instanceType").and_then(Value::as_str).and_then(catalog::instance);
    let Some(chosen) = chosen else { return };
    let sum = |f: &dyn Fn(&crate::view::ContainerView<'_>) -> Option<u64>| task.containers.iter().filter_map(f).fold(0u64, u64::saturating_add);
    let cpu = task.cpu.unwrap_or_else(|| sum(&|c| c.number("cpu")));
    let memory = task.memory.unwrap_or_else(|| sum(&|c| c.reserved()));
    let fits = |i: &catalog::Instance| i.vcpu * 1024 >= cpu && i.memory > memory;
    if fits(chosen) {
        return;
    }
    let family = |i: &catalog::Instance| i.name.split('.').next().map(str::to_owned);
    let better = catalog::instances().iter().filter(|i| i.arch == chosen.arch && fits(i)).min_by_key(|i| (family(i) != family(chosen), i.memory, i.vcpu));
    let said = out.at("sizing-ec2-fits-instance", "/cluster/instanceType").wizard();
    let said =
        said.text("type", chosen.name.as_str()).param("has", Param::Memory(chosen.memory)).param("wants", Param::Memory(memory)).param("cpu", Param::Cpu(cpu));
    if let Some(i) = better {
        let root = json!({ "cluster": cluster });
        let params = vec![("value", Param::Text(i.name.clone())), ("memory", Param::Memory(i.memory))];
        said.fix("fix", params, edit::set(&root, "/cluster/instanceType", json!(i.name)));
    }
}
