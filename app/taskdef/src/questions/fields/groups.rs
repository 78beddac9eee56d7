//! Which fields stand together, and on which step. What a list or an object holds follows it by itself.

use super::spec::{Kind, Spec};
use crate::{
    Step,
    lint::schema::{self, FIELDS},
};

/// Steps, group, fields. A container's fields are written from the container on.
#[rustfmt::skip]
const OF_CONTAINER: [(Step, &str, &[&str]); 13] = [
    (Step::Containers, "program", &["command", "entryPoint", "workingDirectory", "user", "interactive", "pseudoTerminal"]),
    (Step::Containers, "start", &["startTimeout", "stopTimeout", "restartPolicy", "linuxParameters.initProcessEnabled"]),
    (Step::Containers, "pull", &["repositoryCredentials.credentialsParameter", "versionConsistency"]),
    (Step::Containers, "mounts", &["mountPoints", "volumesFrom", "linuxParameters.tmpfs", "linuxParameters.sharedMemorySize"]),
    (Step::Containers, "files", &["environmentFiles"]),
    (Step::Containers, "rights", &["readonlyRootFilesystem", "privileged", "linuxParameters.capabilities.add", "linuxParameters.capabilities.drop", "dockerSecurityOptions", "credentialSpecs"]),
    (Step::Containers, "limits", &["ulimits", "systemControls", "linuxParameters.maxSwap", "linuxParameters.swappiness"]),
    (Step::Containers, "devices", &["resourceRequirements", "linuxParameters.devices"]),
    (Step::Containers, "hosts", &["hostname", "extraHosts", "dnsServers", "dnsSearchDomains", "links", "disableNetworking"]),
    (Step::Containers, "labels", &["dockerLabels"]),
    (Step::Containers, "router", &["firelensConfiguration"]),
    (Step::Ports, "mapping", &["portMappings"]),
    (Step::Logs, "driver", &["logConfiguration.logDriver", "logConfiguration.options", "logConfiguration.secretOptions"]),
];

#[rustfmt::skip]
const OF_TASK: [(Step, &str, &[&str]); 10] = [
    (Step::Cluster, "mode", &["requiresCompatibilities"]),
    (Step::Cluster, "placement", &["placementConstraints"]),
    // A question of the step, which the page asks itself.
    (Step::Ports, "network", &["networkMode"]),
    (Step::Size, "volumes", &["volumes"]),
    (Step::Size, "disk", &["ephemeralStorage.sizeInGiB"]),
    (Step::Size, "system", &["runtimePlatform.operatingSystemFamily", "runtimePlatform.cpuArchitecture"]),
    (Step::Size, "tags", &["tags"]),
    (Step::Size, "sharing", &["pidMode", "ipcMode"]),
    (Step::Size, "proxy", &["proxyConfiguration"]),
    (Step::Size, "special", &["enableFaultInjection", "trustedExecutionConfiguration", "inferenceAccelerators"]),
];

/// Members of a port mapping that the step of ports asks for itself.
const MAPPING: [&str; 4] = ["containerPort", "hostPort", "protocol", "name"];

/// All fields, each after its group.
pub(super) fn specs() -> Vec<Spec> {
    let mut all = Vec::new();
    for (step, id, fields) in OF_CONTAINER {
        group(&mut all, step, &format!("containerDefinitions#{id}"), fields.iter().map(|field| format!("containerDefinitions[].{field}")));
    }
    for (step, id, fields) in OF_TASK {
        group(&mut all, step, id, fields.iter().map(|field| (*field).to_owned()));
    }
    all
}

fn group(all: &mut Vec<Spec>, step: Step, id: &str, roots: impl Iterator<Item = String>) {
    all.push(Spec { path: id.to_owned(), kind: Kind::Group, words: Vec::new(), step });
    for root in roots {
        let below = |path: &str| path.strip_prefix(root.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        for (path, kind, _) in FIELDS.iter().filter(|(path, ..)| below(path)) {
            let asked = path.rsplit_once("portMappings[].").is_some_and(|(_, member)| MAPPING.contains(&member));
            if !asked {
                let (kind, words) = of(path, *kind);
                all.push(Spec { path: (*path).to_owned(), kind, words: words.iter().map(|w| (*w).to_owned()).collect(), step });
            }
        }
    }
}

fn of(path: &str, kind: schema::Kind) -> (Kind, &'static [&'static str]) {
    match kind {
        schema::Kind::Text => (Kind::Text, &[]),
        schema::Kind::Integer => (Kind::Integer, &[]),
        schema::Kind::Boolean => (Kind::Boolean, &[]),
        schema::Kind::Object => (Kind::Object, &[]),
        schema::Kind::List if path.ends_with("portMappings") => (Kind::Rows, &[]),
        schema::Kind::List => (Kind::List, &[]),
        schema::Kind::Texts => (Kind::Words, &[]),
        schema::Kind::Integers => (Kind::Integers, &[]),
        schema::Kind::Map => (Kind::Map, &[]),
        schema::Kind::OneOf(words) => (Kind::OneOf, words),
        schema::Kind::OneOfs(words) => (Kind::OneOfs, words),
    }
}
