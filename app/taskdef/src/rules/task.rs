//! The task definition as a whole, and its network mode and platform.

use super::{Findings, Rule, rule, with_another};
use crate::{
    Launch,
    Severity::{Advice, Error, Warning},
    form::MAX_CONTAINERS,
    model::{Task, present},
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    rule("task-json-shape", Error, "API reference: RegisterTaskDefinition", with_another),
    rule("task-misspelt-key", Error, "API reference: members of each shape", with_another),
    rule("task-unknown-key", Warning, "API reference: members of each shape", with_another),
    rule("task-null-values", Warning, "API reference: RegisterTaskDefinition", with_another),
    rule("task-template-placeholder", Warning, "Definitions that CodePipeline and other tools fill in", with_another),
    rule("task-import-read-only-fields", Warning, "API reference: TaskDefinition against RegisterTaskDefinition", with_another),
    rule("task-family-required", Error, "API reference: RegisterTaskDefinition.family", family),
    rule("task-family-format", Error, "API reference: RegisterTaskDefinition.family", with_another),
    rule("task-family-has-revision", Error, "API reference: TaskDefinition.revision", with_another),
    rule("task-containers-required", Error, "API reference: RegisterTaskDefinition.containerDefinitions", containers),
    rule("task-containers-max", Error, "Amazon ECS service quotas", with_another),
    rule("task-essential-at-least-one", Error, "API reference: ContainerDefinition.essential", essential),
    rule("task-requires-compatibilities-missing", Warning, "API reference: RegisterTaskDefinition.requiresCompatibilities", compatibilities),
    rule("task-requires-compatibilities-enum", Error, "API reference: Compatibility", with_another),
    rule("task-requires-compatibilities-mixed", Advice, "API reference: RegisterTaskDefinition.requiresCompatibilities", with_another),
    rule("network-fargate-awsvpc", Error, "API reference: RegisterTaskDefinition.networkMode", network),
    rule("network-enum", Error, "API reference: NetworkMode", with_another),
    rule("platform-os-enum", Error, "API reference: OSFamily", platform),
    rule("platform-arch-enum", Error, "API reference: CPUArchitecture", with_another),
    rule("platform-missing", Advice, "Developer Guide: task definition parameters for Fargate", with_another),
];

/// Letters, digits, hyphens and underscores, 1 to 255 of them.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 255 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// `text` with every other sign made a hyphen.
pub(super) fn as_name(text: &str) -> Option<String> {
    let name: String = text.trim().chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).take(255).collect();
    let name = name.trim_matches('-').to_owned();
    is_name(&name).then_some(name)
}

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
            out.at("task-family-has-revision", "/family").text("value", text).set(task.definition, "/family", name);
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

fn network(task: &Task<'_>, out: &mut Findings) {
    let path = "/networkMode";
    let mode = present(task.definition, "networkMode").map(crate::form::text_of).unwrap_or_default();
    if !["", "awsvpc", "bridge", "host", "none", "default", "nat"].contains(&mode.as_str()) {
        out.at("network-enum", path).text("value", mode.as_str()).set(task.definition, path, "awsvpc");
    }
    if task.fargate() && mode != "awsvpc" {
        let said = out.at("network-fargate-awsvpc", path).text("value", mode.as_str());
        let said = if mode.is_empty() { said.variant("missing") } else { said };
        said.set(task.definition, path, "awsvpc");
    }
}

fn platform(task: &Task<'_>, out: &mut Findings) {
    let Some(value) = present(task.definition, "runtimePlatform") else {
        if task.fargate() {
            let linux = json!({ "operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64" });
            out.at("platform-missing", "/runtimePlatform").set(task.definition, "/runtimePlatform", linux);
        }
        return;
    };
    let text = |key: &str| present(value, key).and_then(Value::as_str).filter(|t| !t.is_empty());
    const FAMILIES: [&str; 10] = [
        "LINUX",
        "WINDOWS_SERVER_2016_FULL",
        "WINDOWS_SERVER_2019_FULL",
        "WINDOWS_SERVER_2019_CORE",
        "WINDOWS_SERVER_2004_CORE",
        "WINDOWS_SERVER_20H2_CORE",
        "WINDOWS_SERVER_2022_FULL",
        "WINDOWS_SERVER_2022_CORE",
        "WINDOWS_SERVER_2025_FULL",
        "WINDOWS_SERVER_2025_CORE",
    ];
    if let Some(os) = text("operatingSystemFamily").filter(|os| !FAMILIES.contains(os)) {
        let path = "/runtimePlatform/operatingSystemFamily";
        let right = FAMILIES.iter().find(|f| f.eq_ignore_ascii_case(os)).unwrap_or(&"LINUX");
        out.at("platform-os-enum", path).text("value", os).set(task.definition, path, *right);
    }
    if let Some(chip) = text("cpuArchitecture").filter(|c| !["X86_64", "ARM64"].contains(c)) {
        let path = "/runtimePlatform/cpuArchitecture";
        let lower = chip.to_ascii_lowercase();
        let right = if lower.contains("arm") || lower.contains("aarch") { "ARM64" } else { "X86_64" };
        out.at("platform-arch-enum", path).text("value", chip).set(task.definition, path, right);
    }
}
