//! EC2, external machines and Managed Instances.

use super::*;
use crate::lint::context::{Chosen, chosen_instance, trimmed};

/// Most placement constraints of a task. Source: API reference, RegisterTaskDefinition.
const MAX_PLACEMENT: usize = 10;

pub(super) fn placement(task: &Task<'_>, report: &mut Report) {
    // Fargate refuses the whole field, and says so itself.
    if task.fargate() {
        return;
    }
    let all = list(task.definition, "placementConstraints");
    for (i, item) in all.iter().enumerate() {
        let path = format!("/placementConstraints/{i}");
        if let Some(kind) = text(item, "type").filter(|t| *t != "memberOf") {
            let at = format!("{path}/type");
            let finding = report.at(&EC2_PLACEMENT_TYPE, &at).text("value", kind);
            if text(item, "expression").is_some() {
                finding.set(task.definition, &at, "memberOf");
            } else {
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path));
            }
            continue;
        }
        let at = format!("{path}/expression");
        match text(item, "expression") {
            None if text(item, "type").is_some() && find(item, "expression").is_none_or(Value::is_string) => {
                report.at(&EC2_PLACEMENT_EXPRESSION, at).fix("fix-remove", Vec::new(), edit::clear(task.definition, &path));
            }
            Some(words) if words.contains("attributes:") => {
                report.at(&EC2_PLACEMENT_EXPRESSION, &at).variant("plural").set(task.definition, &at, words.replace("attributes:", "attribute:"));
            }
            _ => {}
        }
    }
    if all.len() > MAX_PLACEMENT {
        report.at(&EC2_PLACEMENT_MAX, "/placementConstraints").number("count", all.len() as u64).number("max", MAX_PLACEMENT as u64).fix(
            "fix",
            vec![("max", Param::Number(MAX_PLACEMENT as u64))],
            trimmed("/placementConstraints", all.len(), MAX_PLACEMENT),
        );
    }
}

/// Less than a tenth of the memory is left to the agent and the system.
pub(super) fn headroom(task: &Task<'_>, report: &mut Report) {
    let Some(chosen) = chosen_instance(task).filter(|c| c.fits(c.instance)) else { return };
    let (instance, wants) = (chosen.instance, chosen.memory);
    if wants * 100 > instance.memory * 90 {
        let finding = report.at(&EC2_MEMORY_HEADROOM, "/memory").param("wants", Param::Memory(wants));
        finding.param("has", Param::Memory(instance.memory)).text("type", instance.name.as_str());
    }
}

pub(super) fn instance(task: &Task<'_>, report: &mut Report) {
    let chosen = chosen_instance(task);
    if task.runs_on(Launch::Ec2) && !says(task.definition, "runtimePlatform") {
        report.at(&EC2_ARCH_UNSET, "/runtimePlatform").set(
            task.definition,
            "/runtimePlatform",
            json!({ "operatingSystemFamily": "LINUX", "cpuArchitecture": chosen.as_ref().map_or("X86_64", |c| c.instance.arch.as_str()) }),
        );
    }
    let Some(Chosen { instance: chosen, cpu, .. }) = chosen else { return };
    let path = "/runtimePlatform/cpuArchitecture";
    if let Some(chip) = text(task.definition, "runtimePlatform/cpuArchitecture").filter(|c| ["X86_64", "ARM64"].contains(c) && *c != chosen.arch) {
        let finding = report.at(&EC2_ARCH_INSTANCE, path).text("chip", chip).text("type", chosen.name.as_str()).text("arch", chosen.arch.as_str());
        if !task.windows {
            finding.set(task.definition, path, chosen.arch.as_str());
        }
    }
    if chosen.name.starts_with('t') && cpu >= 1024 {
        report.at(&EC2_T_BURST, "/cluster/instanceType").wizard().text("type", chosen.name.as_str());
    }
}

pub(super) fn disk(task: &Task<'_>, report: &mut Report) {
    let named = task.names(Launch::Ec2) || task.names(Launch::External);
    let managed = task.runs_on(Launch::ManagedInstances);
    if (named || managed) && !task.fargate() && find(task.definition, "ephemeralStorage").is_some() {
        report.at(&EC2_EPHEMERAL_STORAGE, "/ephemeralStorage").variant(if managed { "managed" } else { "" }).clear(task.definition, "/ephemeralStorage");
    }
}

pub(super) fn gpu(task: &Task<'_>, report: &mut Report) {
    let mut ways = Vec::new();
    let mut neuron = 0;
    for c in objects(task) {
        for (i, r) in list(c, "resourceRequirements").iter().enumerate().filter(|(_, r)| r.is_object()) {
            let at = |key: &str| c.at(&format!("resourceRequirements/{i}/{key}"));
            let value = text(r, "value");
            match text(r, "type") {
                None => {
                    if find(r, "type").is_none_or(Value::is_string) {
                        report.at(&EC2_RESOURCE_TYPE_ENUM, at("type")).variant("missing").set(task.definition, &at("type"), "GPU");
                    }
                }
                Some("GPU") if !task.fargate() => {
                    let shared = find(r, "sharingStrategy").is_some();
                    ways.push((c, i, shared));
                    let whole = value.is_some_and(|v| v == "ALL" || v.parse::<u32>().is_ok_and(|n| n >= 1));
                    if shared && task.runs_on(Launch::External) {
                        let without = edit::clear(task.definition, &at("sharingStrategy"));
                        report.at(&EC2_GPU_VALUE, at("sharingStrategy")).variant("external").fix("fix-sharing", Vec::new(), without);
                    } else if shared && value.is_some() {
                        let without = edit::clear(task.definition, &at("value"));
                        report.at(&EC2_GPU_VALUE, at("value")).variant("both").fix("fix-number", Vec::new(), without);
                    } else if !shared && !whole && find(r, "value").is_none_or(Value::is_string) {
                        let variant = if value.is_none() { "missing" } else { "" };
                        let finding = report.at(&EC2_GPU_VALUE, at("value")).variant(variant).text("value", value.unwrap_or(""));
                        finding.set(task.definition, &at("value"), "1");
                    }
                    mps(task, c, i, r, report);
                }
                Some("NeuronDevice") if !task.fargate() => {
                    neuron += 1;
                    if task.launch.is_some_and(|l| l != Launch::ManagedInstances) || neuron > 1 {
                        let path = c.at(&format!("resourceRequirements/{i}"));
                        report.at(&EC2_GPU_VALUE, at("type")).variant("neuron").fix("fix-remove", Vec::new(), edit::clear(task.definition, &path)).done();
                    } else if value != Some("ALL") {
                        report.at(&EC2_GPU_VALUE, at("value")).variant("neuron-all").set(task.definition, &at("value"), "ALL");
                    }
                }
                Some("GPU" | "NeuronDevice") => {}
                Some("InferenceAccelerator") => {
                    let path = c.at(&format!("resourceRequirements/{i}"));
                    report.at(&EC2_RESOURCE_TYPE_ENUM, &path).variant("retired").fix("fix-remove", Vec::new(), edit::clear(task.definition, &path));
                }
                Some(other) => {
                    let right = ["GPU", "NeuronDevice"].into_iter().find(|k| k.eq_ignore_ascii_case(other)).unwrap_or("GPU");
                    report.at(&EC2_RESOURCE_TYPE_ENUM, at("type")).text("value", other).set(task.definition, &at("type"), right);
                }
            }
        }
    }
    if let Some((c, i, _)) = ways.iter().find(|w| w.2 != ways[0].2) {
        let path = c.at(&format!("resourceRequirements/{i}"));
        report.at(&EC2_GPU_VALUE, &path).variant("mixed").fix("fix-remove", Vec::new(), edit::clear(task.definition, &path)).done();
    }
}

/// Limits of a shared GPU.
fn mps(task: &Task<'_>, c: ContainerView<'_>, i: usize, r: &Value, report: &mut Report) {
    let Some(share) = find(r, "sharingStrategy/nvidiaMps") else { return };
    for (key, min, max, usual) in [("memory", 1, i64::MAX, 1024), ("maxComputePercent", 1, 100, 100)] {
        if integer(share, key).is_some_and(|n| !(min..=max).contains(&n)) {
            let path = c.at(&format!("resourceRequirements/{i}/sharingStrategy/nvidiaMps/{key}"));
            report.at(&EC2_GPU_VALUE, &path).variant("mps").set(task.definition, &path, usual);
        }
    }
}

/// Managed Instances run Linux, and without what needs an instance of one's own.
pub(super) fn managed(task: &Task<'_>, report: &mut Report) {
    if !task.runs_on(Launch::ManagedInstances) {
        return;
    }
    if task.windows {
        let path = "/runtimePlatform/operatingSystemFamily";
        report.at(&MANAGED_LINUX_ONLY, path).text("value", task.system()).set(task.definition, path, "LINUX");
    }
}
