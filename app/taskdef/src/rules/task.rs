//! The task definition as a whole.

use super::prelude::*;
use crate::{
    form::MAX_CONTAINERS,
    name::{as_name, is_name},
};

pub(super) const RULES: &[Rule] = &[
    rule("task-json-shape", Error, "API reference: RegisterTaskDefinition", with_another),
    rule("task-misspelt-key", Error, "API reference: members of each shape", with_another),
    rule("task-unknown-key", Warning, "API reference: members of each shape", with_another),
    rule("task-required-member", Error, "API reference: required members of each shape", with_another),
    rule("task-duplicate-json-key", Warning, "RFC 8259: names within an object should be unique", with_another),
    rule("task-template-placeholder", Warning, "Definitions that CodePipeline and other tools fill in", with_another),
    rule("task-import-read-only-fields", Warning, "API reference: TaskDefinition against RegisterTaskDefinition", with_another),
    rule("task-null-values", Warning, "API reference: RegisterTaskDefinition", with_another),
    rule("task-pascal-case-keys", Warning, "CloudFormation: AWS::ECS::TaskDefinition; Terraform: aws_ecs_task_definition", with_another),
    rule("task-compose-file", Warning, "Compose specification", with_another),
    rule("task-family-required", Error, "API reference: RegisterTaskDefinition.family", family),
    rule("task-family-format", Error, "API reference: RegisterTaskDefinition.family", with_another),
    rule("task-family-has-revision", Warning, "API reference: TaskDefinition.revision", with_another),
    rule("task-containers-required", Error, "API reference: RegisterTaskDefinition.containerDefinitions", containers),
    rule("task-containers-max", Error, "Amazon ECS service quotas", with_another),
    rule("task-essential-at-least-one", Error, "API reference: ContainerDefinition.essential", essential),
    rule("task-essential-sidecar-choice", Advice, "API reference: ContainerDefinition.essential", with_another),
    rule("task-requires-compatibilities-missing", Warning, "API reference: RegisterTaskDefinition.requiresCompatibilities", compatibilities),
    rule("task-requires-compatibilities-enum", Error, "API reference: Compatibility", with_another),
    rule("task-requires-compatibilities-mixed", Advice, "API reference: RegisterTaskDefinition.requiresCompatibilities", with_another),
    rule("task-revision-immutable", Advice, "API reference: TaskDefinition.revision", revision),
    rule("task-enable-fault-injection-off", Advice, "API reference: RegisterTaskDefinition.enableFaultInjection", faults),
    rule("task-fault-injection-mode", Warning, "Developer Guide: fault injection with Amazon ECS and Fargate workloads", with_another),
    rule("task-trusted-execution-managed-only", Error, "API reference: TrustedExecutionConfiguration", trusted),
];

fn family(task: &Task<'_>, out: &mut Findings) {
    let Some(value) = present(task.definition, "family").filter(|v| v.as_str() != Some("")) else {
        let proposed = task.containers.iter().find_map(|c| as_name(c.name())).map_or("my-task".into(), |n| format!("{n}-task"));
        out.at("task-family-required", "/family").set(task.definition, "/family", proposed);
        return;
    };
    let Some(text) = value.as_str() else { return };
    if is_name(text) {
        return;
    }
    let arn = text.starts_with("arn:").then(|| text.rsplit('/').next()).flatten().unwrap_or(text);
    match arn.rsplit_once(':') {
        Some((name, revision)) if is_name(name) && !revision.is_empty() && revision.bytes().all(|b| b.is_ascii_digit()) => {
            out.at("task-family-has-revision", "/family").severity(Error).text("value", text).set(task.definition, "/family", name);
        }
        _ => {
            let said = out.at("task-family-format", "/family").text("value", text);
            if let Some(name) = as_name(text) {
                said.set(task.definition, "/family", name);
            }
        }
    }
}

fn containers(task: &Task<'_>, out: &mut Findings) {
    let listed = present(task.definition, "containerDefinitions");
    match listed.map(|v| v.as_array().map(Vec::len)) {
        None | Some(Some(0)) => {
            out.at("task-containers-required", "/containerDefinitions");
        }
        Some(Some(n)) if n > MAX_CONTAINERS => {
            out.at("task-containers-max", "/containerDefinitions").number("count", n as u64).number("max", MAX_CONTAINERS as u64);
        }
        _ => {}
    }
}

fn essential(task: &Task<'_>, out: &mut Findings) {
    let none = !task.containers.is_empty() && task.containers.iter().all(|c| c.value().get("essential") == Some(&Value::Bool(false)));
    if none {
        let path = "/containerDefinitions/0/essential";
        out.at("task-essential-at-least-one", path).text("name", task.containers[0].name()).set(task.definition, path, true);
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
        out.at("task-essential-sidecar-choice", place).variant(if all { "" } else { "front" });
    }
}

fn compatibilities(task: &Task<'_>, out: &mut Findings) {
    let path = "/requiresCompatibilities";
    let list = present(task.definition, "requiresCompatibilities").and_then(Value::as_array);
    for (i, value) in list.into_iter().flatten().enumerate() {
        if let Some(text) = value.as_str().filter(|t| Launch::parse(t).is_none()) {
            let here = format!("{path}/{i}");
            let said = out.at("task-requires-compatibilities-enum", &here).text("value", text);
            if let Some(right) = Launch::parse(&text.to_ascii_uppercase().replace('-', "_")) {
                said.set(task.definition, &here, right.as_str());
            }
        }
    }
    if list.is_none_or(Vec::is_empty) && present(task.definition, "requiresCompatibilities").is_none_or(Value::is_array) && task.fargate() {
        out.at("task-requires-compatibilities-missing", path).set(task.definition, path, json!(["FARGATE"]));
    }
    if list.is_some_and(|l| l.len() > 1 && l.iter().any(|v| v == "FARGATE")) {
        out.at("task-requires-compatibilities-mixed", path);
    }
}

/// A revision cannot be changed; what was copied from one becomes the next.
fn revision(task: &Task<'_>, out: &mut Findings) {
    if task.wizard.dropped.iter().any(|key| matches!(key.as_str(), "/revision" | "/taskDefinitionArn")) {
        out.at("task-revision-immutable", "/family").text("family", task.text("family").unwrap_or(""));
    }
}

fn faults(task: &Task<'_>, out: &mut Findings) {
    let path = "/enableFaultInjection";
    if !flag(task.definition, "enableFaultInjection") {
        return;
    }
    let no_way = !task.fargate() && matches!(task.network, Network::Bridge | Network::None);
    if no_way || task.windows {
        out.at("task-fault-injection-mode", path).variant(if task.windows { "windows" } else { "" }).clear(task.definition, path);
    } else {
        out.at("task-enable-fault-injection-off", path).clear(task.definition, path);
    }
}

fn trusted(task: &Task<'_>, out: &mut Findings) {
    let path = "/trustedExecutionConfiguration";
    let Some(config) = find(task.definition, "trustedExecutionConfiguration").filter(|v| v.is_object()) else { return };
    let managed = Launch::ManagedInstances.as_str();
    let others = texts(task.definition, "requiresCompatibilities").any(|(_, t)| t != managed);
    if others || task.launch.is_some_and(|l| l != Launch::ManagedInstances) {
        out.at("task-trusted-execution-managed-only", path).clear(task.definition, path);
        return;
    }
    match text(config, "isolationMode") {
        Some(mode) if !["SHARED", "ISOLATED_SANDBOX", "CONFIDENTIAL_SANDBOX"].contains(&mode) => {
            let path = format!("{path}/isolationMode");
            out.at("task-trusted-execution-managed-only", &path).variant("mode").text("value", mode).set(task.definition, &path, "SHARED");
        }
        Some("CONFIDENTIAL_SANDBOX") if text(config, "attestationPolicy").is_none() => {
            out.at("task-trusted-execution-managed-only", format!("{path}/attestationPolicy")).variant("policy");
        }
        _ => {}
    }
}
