//! EC2, external machines and Managed Instances.

use super::prelude::*;
use crate::catalog;

pub(super) const RULES: &[Rule] = &[
    rule("ec2-placement-type", Error, "API reference: TaskDefinitionPlacementConstraintType", placement),
    rule("ec2-placement-expression", Error, "API reference: TaskDefinitionPlacementConstraint.expression", with_another),
    rule("ec2-placement-max", Error, "API reference: RegisterTaskDefinition.placementConstraints", with_another),
    rule("ec2-arch-instance", Warning, "EC2: DescribeInstanceTypes", instance),
    rule("ec2-arch-unset", Advice, "Task definition parameters: runtimePlatform", with_another),
    rule("ec2-memory-headroom", Advice, "Developer Guide: container instance memory management", with_another),
    rule("ec2-t-burst", Advice, "EC2: burstable performance instances", with_another),
    waits("ec2-awsvpc-public-ip", Warning, State::NeedsAccount, "CreateService: assignPublicIp"),
    rule("ec2-ephemeral-storage", Error, "API reference: RegisterTaskDefinition.ephemeralStorage", disk),
    rule("ec2-gpu-value", Error, "API reference: ResourceRequirement", gpu),
    rule("ec2-resource-type-enum", Error, "API reference: ResourceType", with_another),
    waits("external-unsupported", Error, State::NeedsAccount, "Developer Guide: Amazon ECS Anywhere"),
    rule("managed-instances-log", Warning, "Developer Guide: Amazon ECS Managed Instances", managed),
    rule("managed-linux-only", Warning, "AWS CDK: Managed Instances", with_another),
];

/// Most placement constraints of a task. Source: API reference, RegisterTaskDefinition.
const MAX_PLACEMENT: usize = 10;

fn placement(task: &Task<'_>, out: &mut Findings) {
    // Fargate refuses the whole field, and says so itself.
    if task.fargate() {
        return;
    }
    let all = list(task.definition, "placementConstraints");
    for (i, item) in all.iter().enumerate() {
        let path = format!("/placementConstraints/{i}");
        if let Some(kind) = text(item, "type").filter(|t| *t != "memberOf") {
            let at = format!("{path}/type");
            let said = out.at("ec2-placement-type", &at).text("value", kind);
            if text(item, "expression").is_some() {
                said.set(task.definition, &at, "memberOf");
            } else {
                said.clear(task.definition, &path);
            }
            continue;
        }
        let at = format!("{path}/expression");
        match text(item, "expression") {
            None if text(item, "type").is_some() && find(item, "expression").is_none_or(Value::is_string) => {
                out.at("ec2-placement-expression", at);
            }
            Some(words) if words.contains("attributes:") => {
                out.at("ec2-placement-expression", &at).variant("plural").set(task.definition, &at, words.replace("attributes:", "attribute:"));
            }
            _ => {}
        }
    }
    if all.len() > MAX_PLACEMENT {
        out.at("ec2-placement-max", "/placementConstraints").number("count", all.len() as u64).number("max", MAX_PLACEMENT as u64);
    }
}

/// CPU units and MiB that the task asks of an instance.
fn asked(task: &Task<'_>) -> (u64, u64) {
    let sum = |f: &dyn Fn(&ContainerView<'_>) -> Option<u64>| task.containers.iter().filter_map(f).fold(0u64, u64::saturating_add);
    (task.cpu.unwrap_or_else(|| sum(&|c| c.number("cpu"))), task.memory.unwrap_or_else(|| sum(&|c| c.reserved())))
}

fn chosen(task: &Task<'_>) -> Option<(&'static catalog::Instance, Value)> {
    let cluster = task.wizard.cluster.as_ref().filter(|_| task.runs_on(Launch::Ec2))?;
    Some((catalog::instance(text(cluster, "instanceType")?)?, json!({ "cluster": cluster })))
}

/// Whether the chosen instance type holds the task, and how many of it under awsvpc.
pub(super) fn fits(task: &Task<'_>, out: &mut Findings) {
    let Some((chosen, root)) = chosen(task) else { return };
    let (cpu, memory) = asked(task);
    // The agent registers less than the whole memory, so equal does not fit either.
    let fits = |i: &catalog::Instance| i.vcpu * 1024 >= cpu && i.memory > memory;
    let path = "/cluster/instanceType";
    if !fits(chosen) {
        let family = |i: &catalog::Instance| i.name.split('.').next().map(str::to_owned);
        let better = catalog::instances()
            .iter()
            .filter(|i| i.listed && i.arch == chosen.arch && fits(i))
            .min_by_key(|i| (family(i) != family(chosen), i.memory, i.vcpu));
        let said = out.at("sizing-ec2-fits-instance", path).wizard().text("type", chosen.name.as_str());
        let said = said.param("has", Param::Memory(chosen.memory)).param("wants", Param::Memory(memory)).param("cpu", Param::Cpu(cpu));
        if let Some(i) = better {
            let params = vec![("value", Param::Text(i.name.clone())), ("memory", Param::Memory(i.memory))];
            said.fix("fix", params, edit::set(&root, path, json!(i.name)));
        }
        return;
    }
    if memory * 100 > chosen.memory * 90 {
        out.at("ec2-memory-headroom", "/memory")
            .param("wants", Param::Memory(memory))
            .param("has", Param::Memory(chosen.memory))
            .text("type", chosen.name.as_str());
    }
    let room = chosen.tasks.filter(|_| task.network == Network::Awsvpc);
    let by_size = (chosen.vcpu * 1024).checked_div(cpu).unwrap_or(u64::MAX).min(chosen.memory.checked_div(memory).unwrap_or(u64::MAX));
    if let Some(room) = room.filter(|room| *room < by_size) {
        let said = out.at("sizing-ec2-awsvpc-density", "/networkMode").text("type", chosen.name.as_str()).number("tasks", room);
        match chosen.trunked {
            Some(trunked) => said.variant("trunking").number("trunked", trunked).done(),
            None => said.done(),
        }
    }
}

fn instance(task: &Task<'_>, out: &mut Findings) {
    if task.runs_on(Launch::Ec2) && !says(task.definition, "runtimePlatform") {
        out.at("ec2-arch-unset", "/runtimePlatform").set(
            task.definition,
            "/runtimePlatform",
            json!({ "operatingSystemFamily": "LINUX", "cpuArchitecture": chosen(task).map_or("X86_64", |(i, _)| i.arch.as_str()) }),
        );
    }
    let Some((chosen, _)) = chosen(task) else { return };
    let path = "/runtimePlatform/cpuArchitecture";
    if let Some(chip) = text(task.definition, "runtimePlatform/cpuArchitecture").filter(|c| ["X86_64", "ARM64"].contains(c) && *c != chosen.arch) {
        let said = out.at("ec2-arch-instance", path).text("chip", chip).text("type", chosen.name.as_str()).text("arch", chosen.arch.as_str());
        if !task.windows {
            said.set(task.definition, path, chosen.arch.as_str());
        }
    }
    if chosen.name.starts_with('t') && asked(task).0 >= 1024 {
        out.at("ec2-t-burst", "/cluster/instanceType").wizard().text("type", chosen.name.as_str());
    }
}

fn disk(task: &Task<'_>, out: &mut Findings) {
    let named = task.names(Launch::Ec2) || task.names(Launch::External);
    if named && !task.fargate() && find(task.definition, "ephemeralStorage").is_some() {
        out.at("ec2-ephemeral-storage", "/ephemeralStorage").clear(task.definition, "/ephemeralStorage");
    }
}

fn gpu(task: &Task<'_>, out: &mut Findings) {
    let mut ways = Vec::new();
    let mut neuron = 0;
    for c in objects(task) {
        for (i, r) in list(c, "resourceRequirements").iter().enumerate().filter(|(_, r)| r.is_object()) {
            let at = |key: &str| c.at(&format!("resourceRequirements/{i}/{key}"));
            let value = text(r, "value");
            match text(r, "type") {
                None => {
                    if find(r, "type").is_none_or(Value::is_string) {
                        out.at("ec2-resource-type-enum", at("type")).variant("missing").set(task.definition, &at("type"), "GPU");
                    }
                }
                Some("GPU") if !task.fargate() => {
                    let shared = find(r, "sharingStrategy").is_some();
                    ways.push((c, i, shared));
                    let whole = value.is_some_and(|v| v == "ALL" || v.parse::<u32>().is_ok_and(|n| n >= 1));
                    if shared && task.runs_on(Launch::External) {
                        out.at("ec2-gpu-value", at("sharingStrategy")).variant("external").clear(task.definition, &at("sharingStrategy"));
                    } else if shared && value.is_some() {
                        out.at("ec2-gpu-value", at("value")).variant("both").clear(task.definition, &at("value"));
                    } else if !shared && !whole && find(r, "value").is_none_or(Value::is_string) {
                        out.at("ec2-gpu-value", at("value")).text("value", value.unwrap_or("")).set(task.definition, &at("value"), "1");
                    }
                    mps(task, c, i, r, out);
                }
                Some("NeuronDevice") if !task.fargate() => {
                    neuron += 1;
                    if task.launch.is_some_and(|l| l != Launch::ManagedInstances) || neuron > 1 {
                        out.at("ec2-gpu-value", at("type")).variant("neuron");
                    } else if value != Some("ALL") {
                        out.at("ec2-gpu-value", at("value")).variant("neuron-all").set(task.definition, &at("value"), "ALL");
                    }
                }
                Some("GPU" | "NeuronDevice" | "InferenceAccelerator") => {}
                Some(other) => {
                    let right = ["GPU", "NeuronDevice", "InferenceAccelerator"].into_iter().find(|k| k.eq_ignore_ascii_case(other)).unwrap_or("GPU");
                    out.at("ec2-resource-type-enum", at("type")).text("value", other).set(task.definition, &at("type"), right);
                }
            }
        }
    }
    if let Some((c, i, _)) = ways.iter().find(|w| w.2 != ways[0].2) {
        out.at("ec2-gpu-value", c.at(&format!("resourceRequirements/{i}"))).variant("mixed");
    }
}

/// Limits of a shared GPU.
fn mps(task: &Task<'_>, c: ContainerView<'_>, i: usize, r: &Value, out: &mut Findings) {
    let Some(share) = find(r, "sharingStrategy/nvidiaMps") else { return };
    for (key, min, max, usual) in [("memory", 1, i64::MAX, 1024), ("maxComputePercent", 1, 100, 100)] {
        if integer(share, key).is_some_and(|n| !(min..=max).contains(&n)) {
            let path = c.at(&format!("resourceRequirements/{i}/sharingStrategy/nvidiaMps/{key}"));
            out.at("ec2-gpu-value", &path).variant("mps").set(task.definition, &path, usual);
        }
    }
}

/// Managed Instances run Linux, and without what needs an instance of one's own.
fn managed(task: &Task<'_>, out: &mut Findings) {
    if !task.runs_on(Launch::ManagedInstances) {
        return;
    }
    if task.windows {
        let path = "/runtimePlatform/operatingSystemFamily";
        out.at("managed-linux-only", path).text("value", task.system()).set(task.definition, path, "LINUX");
    }
    let docker = list(task.definition, "volumes").iter().any(|v| find(v, "dockerVolumeConfiguration").is_some());
    let links = task.network == Network::Host && objects(task).any(|c| says(c, "links"));
    if docker || links {
        out.at("managed-instances-log", "/requiresCompatibilities").text("what", if docker { "dockerVolumeConfiguration" } else { "links" });
    }
}
