//! ECS Managed Instances: fields that their page excludes, and what it requires.

use super::*;
use crate::lint::context::USUAL_ROLE;

/// Attributes that placement reads there. Source: Developer Guide, task definition parameters for Managed Instances.
const ATTRIBUTES: [&str; 4] = ["ecs.subnet-id", "ecs.availability-zone", "ecs.cpu-architecture", "ecs.instance-type"];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    if !task.runs_on(Launch::ManagedInstances) {
        return;
    }
    for key in ["ipcMode", "proxyConfiguration"].into_iter().filter(|key| says(task.definition, key)) {
        let path = format!("/{key}");
        report.at(&MANAGED_UNSUPPORTED, &path).text("key", key).clear(task.definition, &path);
    }
    for (i, volume) in list(task.definition, "volumes").iter().enumerate() {
        for key in ["dockerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"].into_iter().filter(|key| find(volume, key).is_some()) {
            let path = format!("/volumes/{i}/{key}");
            report.at(&MANAGED_UNSUPPORTED, &path).text("key", key).clear(task.definition, &path);
        }
    }
    for (i, constraint) in list(task.definition, "placementConstraints").iter().enumerate() {
        let Some(expression) = text(constraint, "expression") else { continue };
        let name = |rest: &'_ str| rest.find(|c: char| !(c.is_ascii_alphanumeric() || ".-_/".contains(c))).unwrap_or(rest.len());
        let mut named = expression.match_indices("attribute:").map(|(at, word)| &expression[at + word.len()..]).map(|rest| &rest[..name(rest)]);
        if let Some(other) = named.find(|name| !ATTRIBUTES.contains(name)) {
            report.at(&MANAGED_PLACEMENT_ATTRIBUTE, format!("/placementConstraints/{i}/expression")).text("value", other);
        }
    }
    let needs = |c: &ContainerView<'_>| c.log_driver() == "awslogs" || c.reference().is_some_and(|r| r.ecr().is_some());
    if !task.has_execution_role() && task.containers.iter().any(needs) {
        report.at(&MANAGED_EXECUTION_ROLE, "/executionRoleArn").set(task.definition, "/executionRoleArn", USUAL_ROLE);
    }
}
