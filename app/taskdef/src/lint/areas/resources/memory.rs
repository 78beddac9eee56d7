//! Container memory and reservations.

use super::*;
use crate::lint::context::{bigger, docker_size};

pub(super) fn over_task(task: &Task<'_>, report: &mut Report) {
    let Some(total) = task.memory else { return };
    for c in &task.containers {
        if let Some(n) = c.number("memory").filter(|n| *n > total) {
            let path = format!("{}/memory", c.place());
            let finding =
                report.at(&RESOURCES_MEMORY_OVER_TASK, &path).text("name", c.name()).param("value", Param::Memory(n)).param("total", Param::Memory(total));
            if c.number("memoryReservation").is_none_or(|soft| soft <= total) {
                finding.fix("fix", vec![("value", Param::Memory(total))], edit::set(task.definition, &path, json!(total)));
            } else if let Some((params, edit)) = task.cpu.and_then(|cpu| bigger(task, cpu, n)) {
                finding.fix("fix-size", params, edit);
            }
        }
    }
}

pub(super) fn soft_over_hard(task: &Task<'_>, report: &mut Report) {
    for c in &task.containers {
        let (Some(soft), Some(hard)) = (c.number("memoryReservation"), c.number("memory").filter(|n| *n > 0)) else { continue };
        if soft > hard {
            let path = format!("{}/memoryReservation", c.place());
            report.at(&RESOURCES_RESERVATION_OVER_MEMORY, &path).text("name", c.name()).number("soft", soft).number("hard", hard).fix(
                "fix",
                vec![("value", Param::Memory(hard))],
                edit::set(task.definition, &path, json!(hard)),
            );
        }
    }
}

pub(super) fn reserved_sum(task: &Task<'_>, report: &mut Report) {
    let Some(total) = task.memory else { return };
    // AWS adds the soft limits only; each hard limit is compared with the task by itself.
    let soft = |c: &ContainerView<'_>| c.number("memoryReservation").filter(|n| *n > 0);
    let sum = task.containers.iter().filter_map(soft).fold(0u64, u64::saturating_add);
    let Some((last, own)) = task.containers.iter().rev().find_map(|c| Some((c, soft(c)?))).filter(|_| sum > total) else { return };
    let path = format!("{}/memoryReservation", last.place());
    let mut finding = report.at(&RESOURCES_RESERVED_SUM, &path).number("sum", sum).number("total", total);
    let over = sum - total;
    if own > over && own - over >= 6 {
        let params = vec![("name", Param::Text(last.name().into())), ("value", Param::Number(own - over))];
        finding = finding.fix("fix", params, edit::set(task.definition, &path, json!(own - over)));
    }
    if let Some((params, edit)) = task.cpu.and_then(|cpu| bigger(task, cpu, sum)) {
        finding.fix("fix-size", params, edit);
    }
}

pub(super) fn hard_sum(task: &Task<'_>, report: &mut Report) {
    let Some(total) = task.memory else { return };
    let sum = task.containers.iter().filter_map(|c| c.number("memory")).fold(0u64, u64::saturating_add);
    let last = task.containers.iter().rev().find(|c| c.number("memory").is_some());
    if let Some(last) = last.filter(|_| sum > total) {
        report.at(&RESOURCES_HARD_SUM, format!("{}/memory", last.place())).number("sum", sum).number("total", total);
    }
}

pub(super) fn minimum(task: &Task<'_>, report: &mut Report) {
    for c in objects(task).filter(|_| !task.windows) {
        for key in ["memory", "memoryReservation"] {
            let path = || c.at(key);
            match integer(c, key) {
                Some(n) if n != 0 && n < 6 => report.at(&RESOURCES_MEMORY_MIN, path()).text("value", n.to_string()).set(task.definition, &path(), 64).done(),
                // Docker takes 0 as no reservation at all.
                Some(0) if key == "memoryReservation" => {
                    let finding = report.at(&RESOURCES_MEMORY_MIN, path()).variant("zero").severity(Advice);
                    if task.memory.is_some() || c.number("memory").is_some_and(|hard| hard > 0) {
                        finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path()));
                    }
                }
                Some(n) if key == "memory" && n > 0 => {
                    if let Some((what, least)) = least(c).filter(|(_, least)| (n as u64) < *least) {
                        let finding = report.at(&RESOURCES_MEMORY_SMALL_RUNTIME, path()).param("value", Param::Memory(n as u64));
                        let finding = finding.text("what", what).param("least", Param::Memory(least));
                        let room = task.memory.is_none_or(|total| task.containers.iter().filter_map(|o| o.reserved()).sum::<u64>() + least <= total);
                        if room {
                            finding.fix("fix", vec![("value", Param::Memory(least))], edit::set(task.definition, &path(), json!(least)));
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

pub(super) fn unlimited(task: &Task<'_>, report: &mut Report) {
    let limited = |c: &ContainerView<'_>| ["memory", "memoryReservation"].iter().any(|k| find(c, k).is_some_and(|v| v.as_u64() != Some(0)));
    if task.fargate() && task.containers.len() > 1 && !task.containers.iter().any(limited) {
        report.at(&RESOURCES_NO_CONTAINER_LIMIT_MULTI, task.containers[0].at("memoryReservation"));
    }
}

pub(super) fn windows(task: &Task<'_>, report: &mut Report) {
    for c in objects(task).filter(|c| task.windows && says(c, "memoryReservation")) {
        let path = c.at("memoryReservation");
        let finding = report.at(&RESOURCES_WINDOWS_RESERVATION, &path).text("name", c.name());
        let soft = integer(c, "memoryReservation").filter(|n| *n > 0);
        if let (Some(soft), None) = (soft, find(c, "memory")) {
            let mut fix = edit::clear(task.definition, &path);
            fix.0.extend(edit::set(task.definition, &c.at("memory"), json!(soft)).0);
            finding.fix("fix", Vec::new(), fix);
        } else if find(c, "memory").is_some() {
            finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path));
        }
    }
}

/// Bytes of a log buffer as Docker reads a size; 10 MiB when it is not written.
fn buffer(c: &ContainerView<'_>) -> u64 {
    if !matches!(c.log_driver(), "awslogs" | "splunk" | "awsfirelens") || c.log_option("mode") == "blocking" {
        return 0;
    }
    docker_size(c.log_option("max-buffer-size")).unwrap_or(10 << 20)
}

pub(super) fn buffers(task: &Task<'_>, report: &mut Report) {
    let Some(total) = task.memory.filter(|_| task.containers.iter().all(|c| c.number("memory").is_some()) && !task.containers.is_empty()) else { return };
    let limits = task.containers.iter().filter_map(|c| c.number("memory")).fold(0u64, u64::saturating_add);
    let logs = task.containers.iter().map(buffer).fold(0u64, u64::saturating_add) >> 20;
    if limits <= total && limits.saturating_add(logs) > total {
        let last = task.containers.iter().rev().find(|c| buffer(c) > 0);
        let path = last.map_or_else(|| "/memory".to_owned(), |c| c.at("logConfiguration/options/max-buffer-size"));
        report.at(&RESOURCES_LOG_BUFFER, path).number("limits", limits).number("logs", logs).number("total", total);
    }
}

pub(super) fn supervisor(task: &Task<'_>, report: &mut Report) {
    let Some(total) = task.memory.filter(|_| task.fargate()) else { return };
    let reserved = task.containers.iter().filter_map(|c| c.reserved()).fold(0u64, u64::saturating_add);
    for (i, v) in list(task.definition, "volumes").iter().enumerate() {
        let key = ["efsVolumeConfiguration", "s3filesVolumeConfiguration"].into_iter().find(|k| find(v, k).is_some());
        if let Some(key) = key.filter(|_| reserved == total) {
            report.at(&RESOURCES_EFS_SUPERVISOR, format!("/volumes/{i}/{key}"));
            return;
        }
    }
}
