//! Sizes and quotas.

use super::*;
use crate::lint::context::QUOTA;

/// Largest definition, bytes of compact JSON.
const MAX: usize = 65_536;
/// From here on it is worth a word.
const NEAR: usize = 60_000;

pub(super) fn size(task: &Task<'_>, report: &mut Report) {
    let bytes = task.bytes();
    if bytes > MAX {
        report.at(&LIMITS_DEFINITION_SIZE, "").number("bytes", bytes as u64).number("max", MAX as u64);
    } else if bytes >= NEAR {
        report.at(&LIMITS_DEFINITION_SIZE_NEAR, "").number("bytes", bytes as u64).number("max", MAX as u64);
    }
}

/// Fixed host ports of a container from which on it is worth a word: ten such tasks fill an instance.
const MANY_PORTS: usize = 10;

/// Host ports that a bridge task takes for itself: an instance has 100, five of which are taken.
pub(super) fn ports(task: &Task<'_>, report: &mut Report) {
    if !task.runs_on(Launch::Ec2) || task.network != Network::Bridge {
        return;
    }
    let fixed = |c: &ContainerView<'_>| c.list("portMappings").iter().filter(|m| integer(*m, "hostPort").is_some_and(|n| n > 0)).count() >= MANY_PORTS;
    if let Some(c) = objects(task).find(fixed) {
        report.at(&LIMITS_RESERVED_PORTS, c.at("portMappings")).text("name", c.name());
    }
}

pub(super) fn quota(task: &Task<'_>, report: &mut Report) {
    if let Some(cpu) = task.cpu.filter(|cpu| task.fargate() && *cpu <= QUOTA && crate::grammar::size::row(*cpu).is_some()) {
        report.at(&LIMITS_FARGATE_VCPU, "/cpu").param("quota", Param::Cpu(QUOTA)).number("tasks", QUOTA / cpu);
    }
}
