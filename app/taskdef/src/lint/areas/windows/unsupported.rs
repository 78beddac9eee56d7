//! Windows containers.

use super::*;
use crate::grammar::size;
use crate::lint::context::OS_FAMILIES;

pub(super) fn platform(task: &Task<'_>, report: &mut Report) {
    if !task.windows {
        return;
    }
    let (system, chip) = ("/runtimePlatform/operatingSystemFamily", "/runtimePlatform/cpuArchitecture");
    if task.fargate() && matches!(task.system(), "WINDOWS_SERVER_2016_FULL" | "WINDOWS_SERVER_2004_CORE" | "WINDOWS_SERVER_20H2_CORE") {
        report.at(&WINDOWS_OS_FARGATE, system).text("value", task.system()).set(task.definition, system, "WINDOWS_SERVER_2022_CORE");
    } else if OS_FAMILIES.contains(&task.system()) {
        report.at(&WINDOWS_VERSION_MATCH, system).text("value", task.system());
    }
    if task.chip() == "ARM64" {
        report.at(&WINDOWS_NO_ARM, chip).set(task.definition, chip, "X86_64");
    }
    // Windows is offered from 1 to 4 vCPU; a pair that exists for nobody is the pair's own fault.
    if let (true, Some(cpu), Some(memory)) = (task.fargate(), task.cpu, task.memory) {
        let outside = !(1024..=4096).contains(&cpu);
        if outside && (size::is_pair(cpu, memory) || matches!(cpu, 256 | 512)) {
            let best = size::nearest_pair(cpu.clamp(1024, 4096), memory).filter(|(c, _)| *c <= 4096);
            let finding = report.at(&WINDOWS_MIN_1VCPU, "/cpu").param("cpu", Param::Cpu(cpu));
            if let Some((c, m)) = best {
                let mut fix = edit::set(task.definition, "/cpu", json!(c.to_string()));
                fix.0.extend(edit::set(task.definition, "/memory", json!(m.to_string())).0);
                finding.fix("fix", vec![("cpu", Param::Cpu(c)), ("memory", Param::Memory(m))], fix);
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

pub(super) fn unsupported(task: &Task<'_>, report: &mut Report) {
    if !task.windows {
        return;
    }
    let rule = if task.fargate() { &WINDOWS_UNSUPPORTED } else { &WINDOWS_UNSUPPORTED_EC2 };
    for key in IN_TASK.into_iter().filter(|k| says(task.definition, k)) {
        let path = format!("/{key}");
        report.at(rule, &path).text("key", key).clear(task.definition, &path);
    }
    for c in objects(task) {
        for key in IN_CONTAINER.into_iter().filter(|k| says(c, k)) {
            let path = c.at(key);
            report.at(rule, &path).text("key", key).clear(task.definition, &path);
        }
        // Documented as unsupported; no refusal was seen.
        if task.fargate() && says(c, "restartPolicy") {
            let path = c.at("restartPolicy");
            report.at(&WINDOWS_UNSUPPORTED, &path).severity(Warning).variant("ignored").text("key", "restartPolicy").clear(task.definition, &path);
        }
    }
    for (i, v) in list(task.definition, "volumes").iter().enumerate() {
        if find(v, "efsVolumeConfiguration").is_some() {
            let path = format!("/volumes/{i}/efsVolumeConfiguration");
            report.at(&WINDOWS_EFS, &path).clear(task.definition, &path);
        }
    }
}

pub(super) fn notes(task: &Task<'_>, report: &mut Report) {
    if !task.windows || task.containers.is_empty() {
        return;
    }
    let ec2 = task.runs_on(Launch::Ec2);
    let user = |c: &ContainerView<'_>| text(c, "user").map(str::to_ascii_lowercase);
    if let Some(c) = objects(task).next() {
        let variant = if user(&c).is_some_and(|u| u != "containeradministrator") { "set" } else { "" };
        report.at(&WINDOWS_USER, c.at("user")).variant(variant).text("name", c.name());
    }
    for c in objects(task).filter(|_| ec2) {
        for (j, m) in c.list("portMappings").iter().enumerate() {
            if integer(m, "hostPort") == Some(80) && task.network != Network::Awsvpc && task.text("taskRoleArn").is_some() {
                let path = c.at(&format!("portMappings/{j}/hostPort"));
                report.at(&WINDOWS_PORT_80_EC2, &path).set(task.definition, &path, 0);
            }
        }
        for (j, m) in list(c, "mountPoints").iter().enumerate().filter(|(_, m)| flag(m, "readOnly")) {
            let path = c.at(&format!("mountPoints/{j}/readOnly"));
            report.at(&WINDOWS_READONLY_MOUNT, &path).text("place", text(m, "containerPath").unwrap_or("")).set(task.definition, &path, false);
        }
    }
    if let Some(c) = objects(task).find(|c| !c.ports().is_empty() && task.network != Network::Awsvpc) {
        report.at(&WINDOWS_LOCALHOST_MAPPED, c.at("portMappings")).text("name", c.name());
    }
    // On Fargate the task's size is required, and sizing says that containers without one ignore it.
    for c in objects(task).filter(|c| !task.fargate() && find(*c, "cpu").is_none_or(|n| n.as_u64() == Some(0))) {
        let path = c.at("cpu");
        let mut finding = report.at(&WINDOWS_CPU_ZERO, &path).text("name", c.name());
        for units in [1024u64, 512] {
            finding = finding.fix("fix", vec![("value", Param::Text(units.to_string()))], edit::set(task.definition, &path, json!(units)));
        }
        finding.done();
    }
    if task.fargate() && find(task.definition, "ephemeralStorage").is_none() {
        report.at(&WINDOWS_IMAGE_SIZE, "/ephemeralStorage").set(task.definition, "/ephemeralStorage", json!({ "sizeInGiB": 40 }));
    }
}
