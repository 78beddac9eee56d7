//! The task definition as a whole.

use super::*;
use crate::lint::context::trimmed;
use crate::{
    grammar::name::{as_name, is_name},
    questions::MAX_CONTAINERS,
};

pub(super) fn family(task: &Task<'_>, report: &mut Report) {
    let Some(value) = present(task.definition, "family").filter(|v| v.as_str() != Some("")) else {
        let proposed = task.containers.iter().find_map(|c| as_name(c.name())).map_or("my-task".into(), |n| format!("{n}-task"));
        report.at(&TASK_FAMILY_REQUIRED, "/family").set(task.definition, "/family", proposed);
        return;
    };
    let Some(text) = value.as_str() else { return };
    if is_name(text) {
        return;
    }
    let arn = text.starts_with("arn:").then(|| text.rsplit('/').next()).flatten().unwrap_or(text);
    match arn.rsplit_once(':') {
        Some((name, revision)) if is_name(name) && !revision.is_empty() && revision.bytes().all(|b| b.is_ascii_digit()) => {
            report.at(&TASK_FAMILY_HAS_REVISION, "/family").severity(Error).text("value", text).set(task.definition, "/family", name);
        }
        _ => {
            let finding = report.at(&TASK_FAMILY_FORMAT, "/family").text("value", text);
            if let Some(name) = as_name(text) {
                finding.set(task.definition, "/family", name);
            }
        }
    }
}

pub(super) fn containers(task: &Task<'_>, report: &mut Report) {
    let listed = present(task.definition, "containerDefinitions");
    match listed.map(|v| v.as_array().map(Vec::len)) {
        None | Some(Some(0)) => {
            report.at(&TASK_CONTAINERS_REQUIRED, "/containerDefinitions");
        }
        Some(Some(n)) if n > MAX_CONTAINERS => {
            report.at(&TASK_CONTAINERS_MAX, "/containerDefinitions").number("count", n as u64).number("max", MAX_CONTAINERS as u64).fix(
                "fix",
                vec![("max", Param::Number(MAX_CONTAINERS as u64))],
                trimmed("/containerDefinitions", n, MAX_CONTAINERS),
            );
        }
        _ => {}
    }
}

pub(super) fn essential(task: &Task<'_>, report: &mut Report) {
    let none = !task.containers.is_empty() && task.containers.iter().all(|c| c.value().get("essential") == Some(&Value::Bool(false)));
    if none {
        let path = "/containerDefinitions/0/essential";
        report.at(&TASK_ESSENTIAL_AT_LEAST_ONE, path).text("name", task.containers[0].name()).set(task.definition, path, true);
        return;
    }
    // Who must live with whom is a choice, and a silent default makes it for everybody.
    let front = |c: &ContainerView<'_>| c.ports().iter().any(|p| [80, 443].contains(p));
    let all = task.containers.len() > 1 && task.containers.iter().all(|c| c.essential());
    let only_front =
        task.containers.iter().any(|c| front(c) && c.essential()) && task.containers.iter().any(|c| !front(c) && !c.essential() && !c.ports().is_empty());
    if all || only_front {
        let place =
            if all { task.containers[1].at("essential") } else { task.containers.iter().find(|c| !c.essential()).map_or(String::new(), |c| c.at("essential")) };
        report.at(&TASK_ESSENTIAL_SIDECAR_CHOICE, place).variant(if all { "" } else { "front" });
    }
}

pub(super) fn compatibilities(task: &Task<'_>, report: &mut Report) {
    let path = "/requiresCompatibilities";
    let list = present(task.definition, "requiresCompatibilities").and_then(Value::as_array);
    for (i, value) in list.into_iter().flatten().enumerate() {
        if let Some(text) = value.as_str().filter(|t| Launch::parse(t).is_none()) {
            let here = format!("{path}/{i}");
            let finding = report.at(&TASK_REQUIRES_COMPATIBILITIES_ENUM, &here).text("value", text);
            let word = text.to_ascii_uppercase().replace(['-', ' '], "_");
            let family = || {
                let named = [("FARGATE", Launch::Fargate), ("MANAGED", Launch::ManagedInstances), ("EXTERNAL", Launch::External), ("EC2", Launch::Ec2)];
                named.into_iter().find(|(name, _)| word.contains(name)).map(|(_, launch)| launch)
            };
            if let Some(right) = Launch::parse(&word).or_else(family) {
                finding.set(task.definition, &here, right.as_str());
            }
        }
    }
    if list.is_none_or(Vec::is_empty) && present(task.definition, "requiresCompatibilities").is_none_or(Value::is_array) && task.fargate() {
        report.at(&TASK_REQUIRES_COMPATIBILITIES_MISSING, path).set(task.definition, path, json!(["FARGATE"]));
    }
    if list.is_some_and(|l| l.len() > 1 && l.iter().any(|v| v == "FARGATE")) {
        report.at(&TASK_REQUIRES_COMPATIBILITIES_MIXED, path);
    }
}

/// A revision cannot be changed; what was copied from one becomes the next.
pub(super) fn revision(task: &Task<'_>, report: &mut Report) {
    if task.wizard.dropped.iter().any(|key| matches!(key.as_str(), "/revision" | "/taskDefinitionArn")) {
        report.at(&TASK_REVISION_IMMUTABLE, "/family").text("family", task.text("family").unwrap_or(""));
    }
}

pub(super) fn faults(task: &Task<'_>, report: &mut Report) {
    let path = "/enableFaultInjection";
    if !flag(task.definition, "enableFaultInjection") {
        return;
    }
    let no_way = !task.fargate() && matches!(task.network, Network::Bridge | Network::None);
    if no_way || task.windows {
        report.at(&TASK_FAULT_INJECTION_MODE, path).variant(if task.windows { "windows" } else { "" }).clear(task.definition, path);
    } else {
        report.at(&TASK_ENABLE_FAULT_INJECTION_OFF, path).clear(task.definition, path);
    }
}

pub(super) fn trusted(task: &Task<'_>, report: &mut Report) {
    let path = "/trustedExecutionConfiguration";
    let Some(config) = find(task.definition, "trustedExecutionConfiguration").filter(|v| v.is_object()) else { return };
    let managed = Launch::ManagedInstances.as_str();
    let others = texts(task.definition, "requiresCompatibilities").any(|(_, t)| t != managed);
    if others || task.launch.is_some_and(|l| l != Launch::ManagedInstances) {
        report.at(&TASK_TRUSTED_EXECUTION_MANAGED_ONLY, path).fix("fix-remove", Vec::new(), edit::clear(task.definition, path));
        return;
    }
    match text(config, "isolationMode") {
        Some(mode) if !["SHARED", "ISOLATED_SANDBOX", "CONFIDENTIAL_SANDBOX"].contains(&mode) => {
            let path = format!("{path}/isolationMode");
            report.at(&TASK_TRUSTED_EXECUTION_MANAGED_ONLY, &path).variant("mode").text("value", mode).set(task.definition, &path, "SHARED");
        }
        Some("CONFIDENTIAL_SANDBOX") if text(config, "attestationPolicy").is_none() => {
            let edit = edit::set(task.definition, &format!("{path}/isolationMode"), json!("ISOLATED_SANDBOX"));
            let finding = report.at(&TASK_TRUSTED_EXECUTION_MANAGED_ONLY, format!("{path}/attestationPolicy")).variant("policy");
            finding.fix("fix-isolated", Vec::new(), edit).done();
        }
        _ => {}
    }
}
