//! Windows containers.

use super::prelude::*;
use crate::size;

pub(super) const RULES: &[Rule] = &[
    rule("windows-os-fargate", Error, "Developer Guide: Windows containers on Fargate", platform),
    rule("windows-min-1vcpu", Error, "Developer Guide: task CPU and memory for Fargate", with_another),
    rule("windows-no-arm", Error, "Developer Guide: Amazon ECS on AWS Fargate", with_another),
    rule("windows-unsupported", Error, "Developer Guide: Windows task definitions", unsupported),
    rule("windows-unsupported-ec2", Warning, "Developer Guide: Windows task definitions", with_another),
    rule("windows-user", Advice, "API reference: ContainerDefinition.user; Security Hub ECS.21", notes),
    waits("windows-no-service-connect", Error, State::NeedsAccount, "Developer Guide: Service Connect"),
    rule("windows-efs", Error, "Developer Guide: Amazon EFS volumes", with_another),
    rule("windows-port-80-ec2", Warning, "Developer Guide: Windows containers", with_another),
    rule("windows-localhost-mapped", Advice, "API reference: ContainerDefinition.portMappings", with_another),
    rule("windows-version-match", Warning, "Developer Guide: Windows containers on Fargate", with_another),
    rule("windows-image-size", Advice, "Developer Guide: Windows containers", with_another),
    rule("windows-readonly-mount", Warning, "Developer Guide: task definition parameters, mountPoints", with_another),
];

fn platform(task: &Task<'_>, out: &mut Findings) {
    if !task.windows {
        return;
    }
    let (system, chip) = ("/runtimePlatform/operatingSystemFamily", "/runtimePlatform/cpuArchitecture");
    if task.fargate() && matches!(task.system(), "WINDOWS_SERVER_2016_FULL" | "WINDOWS_SERVER_2004_CORE" | "WINDOWS_SERVER_20H2_CORE") {
        out.at("windows-os-fargate", system).text("value", task.system()).set(task.definition, system, "WINDOWS_SERVER_2022_CORE");
    } else if super::runtime_platform::FAMILIES.contains(&task.system()) {
        out.at("windows-version-match", system).text("value", task.system());
    }
    if task.chip() == "ARM64" {
        out.at("windows-no-arm", chip).set(task.definition, chip, "X86_64");
    }
    // Windows is offered from 1 to 4 vCPU; a pair that exists for nobody is the pair's own fault.
    if let (true, Some(cpu), Some(memory)) = (task.fargate(), task.cpu, task.memory) {
        let outside = !(1024..=4096).contains(&cpu);
        if outside && (size::is_pair(cpu, memory) || matches!(cpu, 256 | 512)) {
            let best = size::nearest_pair(cpu.clamp(1024, 4096), memory).filter(|(c, _)| *c <= 4096);
            let said = out.at("windows-min-1vcpu", "/cpu").param("cpu", Param::Cpu(cpu));
            if let Some((c, m)) = best {
                let mut cure = edit::set(task.definition, "/cpu", json!(c.to_string()));
                cure.0.extend(edit::set(task.definition, "/memory", json!(m.to_string())).0);
                said.fix("fix", vec![("cpu", Param::Cpu(c)), ("memory", Param::Memory(m))], cure);
            }
        }
    }
}

const IN_CONTAINER: [&str; 10] = [
    "disableNetworking",
    "dnsServers",
    "dnsSearchDomains",
    "extraHosts",
    "links",
    "linuxParameters",
    "privileged",
    "readonlyRootFilesystem",
    "ulimits",
    "systemControls",
];
const IN_TASK: [&str; 3] = ["pidMode", "ipcMode", "proxyConfiguration"];

fn unsupported(task: &Task<'_>, out: &mut Findings) {
    if !task.windows {
        return;
    }
    let rule = if task.fargate() { "windows-unsupported" } else { "windows-unsupported-ec2" };
    for key in IN_TASK.into_iter().filter(|k| says(task.definition, k)) {
        let path = format!("/{key}");
        out.at(rule, &path).text("key", key).clear(task.definition, &path);
    }
    for c in objects(task) {
        for key in IN_CONTAINER.into_iter().filter(|k| says(c, k)) {
            let path = c.at(key);
            out.at(rule, &path).text("key", key).clear(task.definition, &path);
        }
    }
    for (i, v) in list(task.definition, "volumes").iter().enumerate() {
        if find(v, "efsVolumeConfiguration").is_some() {
            out.at("windows-efs", format!("/volumes/{i}/efsVolumeConfiguration"));
        }
    }
}

fn notes(task: &Task<'_>, out: &mut Findings) {
    if !task.windows || task.containers.is_empty() {
        return;
    }
    let ec2 = task.runs_on(Launch::Ec2);
    let user = |c: &ContainerView<'_>| text(c, "user").map(str::to_ascii_lowercase);
    if let Some(c) = objects(task).next() {
        let variant = if user(&c).is_some_and(|u| u != "containeradministrator") { "set" } else { "" };
        out.at("windows-user", c.at("user")).variant(variant).text("name", c.name());
    }
    for c in objects(task).filter(|_| ec2) {
        for (j, m) in c.list("portMappings").iter().enumerate() {
            if integer(m, "hostPort") == Some(80) && task.network != Network::Awsvpc && task.text("taskRoleArn").is_some() {
                let path = c.at(&format!("portMappings/{j}/hostPort"));
                out.at("windows-port-80-ec2", &path).set(task.definition, &path, 0);
            }
        }
        for (j, m) in list(c, "mountPoints").iter().enumerate().filter(|(_, m)| flag(m, "readOnly")) {
            let path = c.at(&format!("mountPoints/{j}/readOnly"));
            out.at("windows-readonly-mount", &path).text("place", text(m, "containerPath").unwrap_or("")).set(task.definition, &path, false);
        }
    }
    if let Some(c) = objects(task).find(|c| !c.ports().is_empty() && task.network != Network::Awsvpc) {
        out.at("windows-localhost-mapped", c.at("portMappings")).text("name", c.name());
    }
    if task.fargate() && find(task.definition, "ephemeralStorage").is_none() {
        out.at("windows-image-size", "/ephemeralStorage").set(task.definition, "/ephemeralStorage", json!({ "sizeInGiB": 40 }));
    }
}
