//! Parameters that Fargate refuses, besides those of the other areas.

use super::*;

/// Rule and member: what must not say anything on Fargate.
static REFUSED: [(&Rule, &str); 6] = [
    (&FARGATE_NO_PRIVILEGED, "privileged"),
    (&FARGATE_NO_DEVICES, "linuxParameters/devices"),
    (&FARGATE_NO_SHARED_MEMORY, "linuxParameters/sharedMemorySize"),
    (&FARGATE_NO_SWAP, "linuxParameters/maxSwap"),
    (&FARGATE_NO_SECURITY_OPTIONS, "dockerSecurityOptions"),
    (&FARGATE_DNS_SEARCH, "dnsSearchDomains"),
];

pub(super) fn each(task: &Task<'_>, report: &mut Report) {
    if !task.fargate() {
        return;
    }
    let mut tmpfs = None;
    for c in objects(task) {
        for (rule, key) in REFUSED.into_iter().filter(|(_, key)| says(c, key)) {
            let path = c.at(key);
            report.at(rule, &path).text("name", c.name()).clear(task.definition, &path);
        }
        // It starts a Docker daemon, which needs a privileged container.
        if c.reference().is_some_and(|r| r.official() == Some("docker") && r.tag.is_some_and(|t| t.split('-').any(|part| part == "dind"))) {
            report.at(&FARGATE_DOCKER_IN_DOCKER, c.at("image")).text("name", c.name());
        }
        if says(c, "linuxParameters/swappiness") && !says(c, "linuxParameters/maxSwap") {
            let path = c.at("linuxParameters/swappiness");
            report.at(&FARGATE_NO_SWAP, &path).text("name", c.name()).clear(task.definition, &path);
        }
        for (i, r) in list(c, "resourceRequirements").iter().enumerate() {
            if matches!(text(r, "type"), Some("GPU" | "NeuronDevice")) {
                let path = c.at(&format!("resourceRequirements/{i}"));
                report.at(&FARGATE_NO_GPU, &path).text("name", c.name()).clear(task.definition, &path);
            }
        }
        for (i, capability) in texts(c, "linuxParameters/capabilities/add").filter(|(_, t)| *t != "SYS_PTRACE") {
            let path = c.at(&format!("linuxParameters/capabilities/add/{i}"));
            let finding = report.at(&FARGATE_CAPABILITY_ADD, &path).text("value", capability);
            // The guide itself writes it with the kernel's prefix.
            if capability == "CAP_SYS_PTRACE" {
                finding.set(task.definition, &path, "SYS_PTRACE").done();
            } else {
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path)).done();
            }
        }
        if says(c, "linuxParameters/tmpfs") && !task.windows {
            tmpfs.get_or_insert(c);
        }
    }
    if let Some(c) = tmpfs {
        report.at(&FARGATE_TMPFS_ALLOWED, c.at("linuxParameters/tmpfs")).text("name", c.name());
    }
}

pub(super) fn whole(task: &Task<'_>, report: &mut Report) {
    if !task.fargate() {
        return;
    }
    if says(task.definition, "placementConstraints") {
        report.at(&FARGATE_NO_PLACEMENT, "/placementConstraints").clear(task.definition, "/placementConstraints");
    }
    if says(task.definition, "ipcMode") {
        report.at(&FARGATE_NO_IPC, "/ipcMode").clear(task.definition, "/ipcMode");
    }
    if let Some(mode) = text(task.definition, "pidMode").filter(|m| *m != "task") {
        report.at(&FARGATE_PID_TASK_ONLY, "/pidMode").text("value", mode).clear(task.definition, "/pidMode");
    }
}

/// Refused on every launch type, since the service behind it is gone.
pub(super) fn retired(task: &Task<'_>, report: &mut Report) {
    if says(task.definition, "inferenceAccelerators") {
        report.at(&FARGATE_NO_INFERENCE_ACCELERATORS, "/inferenceAccelerators").clear(task.definition, "/inferenceAccelerators");
    }
}
