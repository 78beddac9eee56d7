//! Parameters that Fargate refuses, besides those of the other areas.

use super::prelude::*;

pub(super) const RULES: &[Rule] = &[
    rule("fargate-no-privileged", Error, "API reference: ContainerDefinition.privileged", each),
    rule("fargate-no-devices", Error, "API reference: LinuxParameters.devices", with_another),
    rule("fargate-no-shared-memory", Error, "API reference: LinuxParameters.sharedMemorySize", with_another),
    rule("fargate-no-swap", Error, "API reference: LinuxParameters.maxSwap", with_another),
    rule("fargate-tmpfs-allowed", Advice, "API reference: LinuxParameters.tmpfs", with_another),
    rule("fargate-no-security-options", Error, "API reference: ContainerDefinition.dockerSecurityOptions", with_another),
    rule("fargate-no-placement", Error, "API reference: RegisterTaskDefinition.placementConstraints", whole),
    rule("fargate-no-gpu", Error, "Developer Guide: task definition parameters for Fargate", with_another),
    rule("fargate-no-ipc", Error, "API reference: RegisterTaskDefinition.ipcMode", with_another),
    rule("fargate-pid-task-only", Error, "API reference: RegisterTaskDefinition.pidMode", with_another),
    rule("fargate-no-inference-accelerators", Error, "Developer Guide: Amazon Elastic Inference is retired", retired),
    rule("fargate-capability-add", Error, "API reference: KernelCapabilities.add", with_another),
    rule("fargate-sysctl-allowed", Advice, "API reference: SystemControl", with_another),
    rule("fargate-dns-search", Error, "Developer Guide: Amazon ECS on AWS Fargate", with_another),
];

/// Rule and member: what must not say anything on Fargate.
const REFUSED: [(&str, &str); 6] = [
    ("fargate-no-privileged", "privileged"),
    ("fargate-no-devices", "linuxParameters/devices"),
    ("fargate-no-shared-memory", "linuxParameters/sharedMemorySize"),
    ("fargate-no-swap", "linuxParameters/maxSwap"),
    ("fargate-no-security-options", "dockerSecurityOptions"),
    ("fargate-dns-search", "dnsSearchDomains"),
];

fn each(task: &Task<'_>, out: &mut Findings) {
    if !task.fargate() {
        return;
    }
    let (mut tmpfs, mut sysctl) = (None, None);
    for c in objects(task) {
        for (rule, key) in REFUSED.into_iter().filter(|(_, key)| says(c, key)) {
            let path = c.at(key);
            out.at(rule, &path).text("name", c.name()).clear(task.definition, &path);
        }
        if says(c, "linuxParameters/swappiness") && !says(c, "linuxParameters/maxSwap") {
            let path = c.at("linuxParameters/swappiness");
            out.at("fargate-no-swap", &path).text("name", c.name()).clear(task.definition, &path);
        }
        for (i, r) in list(c, "resourceRequirements").iter().enumerate() {
            if matches!(text(r, "type"), Some("GPU" | "NeuronDevice")) {
                let path = c.at(&format!("resourceRequirements/{i}"));
                out.at("fargate-no-gpu", &path).text("name", c.name()).clear(task.definition, &path);
            }
        }
        for (i, capability) in texts(c, "linuxParameters/capabilities/add").filter(|(_, t)| *t != "SYS_PTRACE") {
            let path = c.at(&format!("linuxParameters/capabilities/add/{i}"));
            out.at("fargate-capability-add", &path).text("value", capability).clear(task.definition, &path);
        }
        if says(c, "linuxParameters/tmpfs") && !task.windows {
            tmpfs.get_or_insert(c);
        }
        if says(c, "systemControls") && !task.windows {
            sysctl.get_or_insert(c);
        }
    }
    if let Some(c) = tmpfs {
        out.at("fargate-tmpfs-allowed", c.at("linuxParameters/tmpfs")).text("name", c.name());
    }
    if let Some(c) = sysctl {
        out.at("fargate-sysctl-allowed", c.at("systemControls")).text("name", c.name());
    }
}

fn whole(task: &Task<'_>, out: &mut Findings) {
    if !task.fargate() {
        return;
    }
    if says(task.definition, "placementConstraints") {
        out.at("fargate-no-placement", "/placementConstraints").clear(task.definition, "/placementConstraints");
    }
    if says(task.definition, "ipcMode") {
        out.at("fargate-no-ipc", "/ipcMode").clear(task.definition, "/ipcMode");
    }
    if let Some(mode) = text(task.definition, "pidMode").filter(|m| *m != "task") {
        out.at("fargate-pid-task-only", "/pidMode").text("value", mode).clear(task.definition, "/pidMode");
    }
}

/// Refused on every launch type, since the service behind it is gone.
fn retired(task: &Task<'_>, out: &mut Findings) {
    if says(task.definition, "inferenceAccelerators") {
        out.at("fargate-no-inference-accelerators", "/inferenceAccelerators").clear(task.definition, "/inferenceAccelerators");
    }
}
