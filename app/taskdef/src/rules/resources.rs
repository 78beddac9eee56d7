//! Container memory and reservations.

use super::prelude::*;
use crate::size;

pub(super) const RULES: &[Rule] = &[
    rule("resources-memory-over-task", Error, "API reference: ContainerDefinition.memory", over_task),
    rule("resources-reservation-over-memory", Error, "API reference: ContainerDefinition.memoryReservation", soft_over_hard),
    rule("resources-reserved-sum", Error, "API reference: ContainerDefinition.memoryReservation", reserved_sum),
    rule("resources-hard-sum", Warning, "API reference: ContainerDefinition.memory", hard_sum),
    rule("resources-memory-min", Error, "API reference: ContainerDefinition.memory", minimum),
    rule("resources-memory-small-runtime", Warning, "Memory of well-known images at rest", with_another),
    rule("resources-no-container-limit-multi", Advice, "Developer Guide: Amazon ECS on AWS Fargate", unlimited),
    rule("resources-windows-reservation", Warning, "Developer Guide: task definition parameters, memoryReservation", windows),
    rule("resources-log-buffer", Advice, "Developer Guide: log mode and max-buffer-size", buffers),
    rule("resources-efs-supervisor", Advice, "Developer Guide: Amazon EFS volumes", supervisor),
];

fn over_task(task: &Task<'_>, out: &mut Findings) {
    let Some(total) = task.memory else { return };
    for c in &task.containers {
        if let Some(n) = c.number("memory").filter(|n| *n > total) {
            let path = format!("{}/memory", c.place());
            let said = out.at("resources-memory-over-task", &path).text("name", c.name()).param("value", Param::Memory(n)).param("total", Param::Memory(total));
            if c.number("memoryReservation").is_none_or(|soft| soft <= total) {
                said.fix("fix", vec![("value", Param::Memory(total))], crate::edit::set(task.definition, &path, json!(total)));
            }
        }
    }
}

fn soft_over_hard(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        let (Some(soft), Some(hard)) = (c.number("memoryReservation"), c.number("memory").filter(|n| *n > 0)) else { continue };
        if soft > hard {
            let path = format!("{}/memoryReservation", c.place());
            out.at("resources-reservation-over-memory", &path).text("name", c.name()).number("soft", soft).number("hard", hard).fix(
                "fix",
                vec![("value", Param::Memory(hard))],
                crate::edit::set(task.definition, &path, json!(hard)),
            );
        }
    }
}

fn reserved_sum(task: &Task<'_>, out: &mut Findings) {
    let Some(total) = task.memory else { return };
    let sum = task.containers.iter().filter_map(|c| c.reserved()).fold(0u64, u64::saturating_add);
    let Some(last) = task.containers.iter().rev().find(|c| c.reserved().is_some_and(|n| n > 0)).filter(|_| sum > total) else { return };
    let key = if last.number("memoryReservation").is_some() { "memoryReservation" } else { "memory" };
    let path = format!("{}/{key}", last.place());
    let own = last.reserved().unwrap_or(0);
    let mut said = out.at("resources-reserved-sum", &path).number("sum", sum).number("total", total);
    let over = sum - total;
    if own > over && own - over >= 6 {
        let params = vec![("name", Param::Text(last.name().into())), ("value", Param::Number(own - over))];
        said = said.fix("fix", params, crate::edit::set(task.definition, &path, json!(own - over)));
    }
    if let Some((params, edit)) = task.cpu.and_then(|cpu| bigger(task, cpu, sum)) {
        said.fix("fix-size", params, edit);
    }
}

/// The smallest Fargate size that has so much, as a fix.
pub(super) fn bigger(task: &Task<'_>, cpu: u64, memory: u64) -> Option<(Vec<(&'static str, Param)>, Edit)> {
    let (cpu, memory) = size::nearest_pair(cpu, memory).filter(|_| task.fargate())?;
    let replace = |path: &str, n: u64| Op::Replace { path: path.into(), value: json!(n.to_string()) };
    let sizes = [("/memory", memory, task.memory), ("/cpu", cpu, task.cpu)];
    let ops = sizes.into_iter().filter(|(_, n, now)| *now != Some(*n)).map(|(path, n, _)| replace(path, n)).collect();
    Some((vec![("cpu", Param::Cpu(cpu)), ("memory", Param::Memory(memory))], Edit(ops)))
}

fn hard_sum(task: &Task<'_>, out: &mut Findings) {
    let Some(total) = task.memory else { return };
    let sum = task.containers.iter().filter_map(|c| c.number("memory")).fold(0u64, u64::saturating_add);
    let last = task.containers.iter().rev().find(|c| c.number("memory").is_some());
    if let Some(last) = last.filter(|_| sum > total) {
        out.at("resources-hard-sum", format!("{}/memory", last.place())).number("sum", sum).number("total", total);
    }
}

fn minimum(task: &Task<'_>, out: &mut Findings) {
    for c in objects(task).filter(|_| !task.windows) {
        for key in ["memory", "memoryReservation"] {
            let path = c.at(key);
            match integer(c, key) {
                Some(n) if n != 0 && n < 6 => out.at("resources-memory-min", &path).text("value", n.to_string()).set(task.definition, &path, 64).done(),
                Some(n) if key == "memory" && n > 0 => {
                    if let Some((what, least)) = least(c).filter(|(_, least)| (n as u64) < *least) {
                        let said = out.at("resources-memory-small-runtime", &path).param("value", Param::Memory(n as u64));
                        let said = said.text("what", what).param("least", Param::Memory(least));
                        let room = task.memory.is_none_or(|total| task.containers.iter().filter_map(|o| o.reserved()).sum::<u64>() + least <= total);
                        if room {
                            said.fix("fix", vec![("value", Param::Memory(least))], edit::set(task.definition, &path, json!(least)));
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// What an image is, and the MiB without which it is stopped soon after its start.
fn least(c: ContainerView<'_>) -> Option<(&'static str, u64)> {
    let r = c.reference()?;
    if r.path.starts_with("dotnet/") {
        return Some((".NET", 256));
    }
    Some(match r.official()? {
        "node" => ("Node.js", 128),
        "python" => ("Python", 128),
        "php" => ("PHP", 128),
        "ruby" => ("Ruby", 128),
        "openjdk" | "eclipse-temurin" | "amazoncorretto" | "tomcat" | "jetty" => ("Java", 256),
        "nginx" => ("Nginx", 16),
        _ => return None,
    })
}

fn unlimited(task: &Task<'_>, out: &mut Findings) {
    let limited = |c: &ContainerView<'_>| ["memory", "memoryReservation"].iter().any(|k| find(c, k).is_some_and(|v| v.as_u64() != Some(0)));
    if task.fargate() && task.containers.len() > 1 && !task.containers.iter().any(limited) {
        out.at("resources-no-container-limit-multi", task.containers[0].at("memoryReservation"));
    }
}

fn windows(task: &Task<'_>, out: &mut Findings) {
    for c in objects(task).filter(|c| task.windows && says(c, "memoryReservation")) {
        let path = c.at("memoryReservation");
        let said = out.at("resources-windows-reservation", &path).text("name", c.name());
        let soft = integer(c, "memoryReservation").filter(|n| *n > 0);
        if let (Some(soft), None) = (soft, find(c, "memory")) {
            let mut cure = edit::clear(task.definition, &path);
            cure.0.extend(edit::set(task.definition, &c.at("memory"), json!(soft)).0);
            said.fix("fix", Vec::new(), cure);
        } else if find(c, "memory").is_some() {
            said.clear(task.definition, &path);
        }
    }
}

/// Bytes of a log buffer as Docker reads a size; 10 MiB when it is not written.
fn buffer(c: &ContainerView<'_>) -> u64 {
    if !matches!(c.log_driver(), "awslogs" | "splunk" | "awsfirelens") || c.log_option("mode") == "blocking" {
        return 0;
    }
    super::logging::size(c.log_option("max-buffer-size")).unwrap_or(10 << 20)
}

fn buffers(task: &Task<'_>, out: &mut Findings) {
    let Some(total) = task.memory.filter(|_| task.containers.iter().all(|c| c.number("memory").is_some()) && !task.containers.is_empty()) else { return };
    let limits = task.containers.iter().filter_map(|c| c.number("memory")).fold(0u64, u64::saturating_add);
    let logs = task.containers.iter().map(buffer).fold(0u64, u64::saturating_add) >> 20;
    if limits <= total && limits.saturating_add(logs) > total {
        let last = task.containers.iter().rev().find(|c| buffer(c) > 0);
        let path = last.map_or_else(|| "/memory".to_owned(), |c| c.at("logConfiguration/options/max-buffer-size"));
        out.at("resources-log-buffer", path).number("limits", limits).number("logs", logs).number("total", total);
    }
}

fn supervisor(task: &Task<'_>, out: &mut Findings) {
    let Some(total) = task.memory.filter(|_| task.fargate()) else { return };
    let reserved = task.containers.iter().filter_map(|c| c.reserved()).fold(0u64, u64::saturating_add);
    for (i, v) in list(task.definition, "volumes").iter().enumerate() {
        let key = ["efsVolumeConfiguration", "s3filesVolumeConfiguration"].into_iter().find(|k| find(v, k).is_some());
        if let Some(key) = key.filter(|_| reserved == total) {
            out.at("resources-efs-supervisor", format!("/volumes/{i}/{key}"));
            return;
        }
    }
}
