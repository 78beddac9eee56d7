//! Task CPU and memory.

use super::*;
use crate::lint::context::{QUOTA, chip_in_name};
use crate::{facts, facts::cost, grammar::size};

fn stated<'a>(task: &Task<'a>, key: &str) -> Option<&'a Value> {
    present(task.definition, key).filter(|v| v.as_str() != Some(""))
}

pub(super) fn required(task: &Task<'_>, report: &mut Report) {
    if !task.fargate() {
        return;
    }
    let sum = |f: &dyn Fn(&crate::document::view::ContainerView<'_>) -> Option<u64>| task.containers.iter().filter_map(f).fold(0u64, u64::saturating_add);
    let (cpu, memory) = (sum(&|c| c.number("cpu")), sum(&|c| c.reserved()));
    if stated(task, "cpu").is_none() {
        let exact = size::FARGATE.iter().find(|r| r.cpu >= cpu && task.memory.is_some_and(|m| r.memory().contains(&m)));
        let best = exact.map(|r| (r.cpu, task.memory.unwrap_or(0))).or_else(|| size::nearest_pair(cpu, task.memory.unwrap_or(0).max(memory)));
        let finding = report.at(&TASK_FARGATE_CPU_REQUIRED, "/cpu");
        if let Some((cpu, memory)) = best {
            let values: &[(&str, u64)] = if task.memory.is_some() { &[("/cpu", cpu), ("/memory", memory)] } else { &[("/cpu", cpu)] };
            finding.fix("fix", vec![("cpu", Param::Cpu(cpu))], set(task, values));
        }
    }
    if stated(task, "memory").is_none() {
        let finding = report.at(&TASK_FARGATE_MEMORY_REQUIRED, "/memory");
        let row = task.cpu.and_then(size::row);
        if let Some(memory) = row.map_or(Some(512), |r| r.memory().into_iter().find(|m| *m >= memory)) {
            finding.fix("fix", vec![("memory", Param::Memory(memory))], set(task, &[("/memory", memory)]));
        }
    }
}

pub(super) fn forms(task: &Task<'_>, report: &mut Report) {
    for (rule, path, read) in [(&SIZING_CPU_FORM, "/cpu", task.cpu), (&SIZING_MEMORY_FORM, "/memory", task.memory)] {
        let Some(text) = stated(task, &path[1..]).and_then(Value::as_str).filter(|_| read.is_none()) else { continue };
        let finding = report.at(rule, path).text("value", text);
        let number = text.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim();
        let unit = text.trim()[number.len()..].trim().to_ascii_lowercase();
        let meant = match (path, unit.as_str()) {
            ("/memory", "g" | "gi" | "gib" | "gigabytes") => size::parse_memory(&format!("{number} GB")),
            ("/memory", "m" | "mb" | "mi" | "mib") => size::parse_memory(number),
            ("/cpu", "" | "cpu" | "vcpus" | "core" | "cores") => size::parse_cpu(&format!("{number} vCPU")),
            _ => None,
        };
        if let Some(value) = meant.or_else(|| smallest(task, path)) {
            finding.fix("fix", vec![("value", Param::Number(value))], set(task, &[(path, value)]));
        }
    }
}

/// The least that the containers ask for and that Fargate offers with the other of the two.
fn smallest(task: &Task<'_>, path: &str) -> Option<u64> {
    let sum = |f: &dyn Fn(&ContainerView<'_>) -> Option<u64>| task.containers.iter().filter_map(f).fold(0u64, u64::saturating_add);
    if !task.fargate() {
        return None;
    }
    if path == "/cpu" {
        let cpu = sum(&|c| c.number("cpu"));
        return size::FARGATE.iter().find(|row| row.cpu >= cpu && task.memory.is_none_or(|m| row.memory().contains(&m))).map(|row| row.cpu);
    }
    let memory = sum(&|c| c.reserved());
    task.cpu.and_then(size::row)?.memory().into_iter().find(|m| *m >= memory)
}

pub(super) fn pair(task: &Task<'_>, report: &mut Report) {
    if !task.fargate() {
        return elsewhere(task, report);
    }
    let (Some(cpu), Some(memory)) = (task.cpu, task.memory) else { return };
    let tiny = |n: u64| [1, 2, 4, 8, 16, 32].contains(&n);
    let units = (if tiny(cpu) { cpu * size::UNITS } else { cpu }, if memory < 100 { memory * 1024 } else { memory });
    if size::is_pair(cpu, memory) {
        return;
    }
    let row = size::row(cpu);
    let path = if row.is_some() { "/memory" } else { "/cpu" };
    let (rule, best) = if units != (cpu, memory) && (size::is_pair(units.0, units.1) || memory < 100) {
        (&SIZING_UNIT_MISTAKE, if size::is_pair(units.0, units.1) { Some(units) } else { size::nearest_pair(units.0, units.1) })
    } else if size::is_pair(memory, cpu) {
        (&SIZING_SWAPPED, Some((memory, cpu)))
    } else if cpu == 32768 {
        (&SIZING_FARGATE_32VCPU_EXACT, None)
    } else {
        (&SIZING_FARGATE_PAIR, size::nearest_pair(cpu, memory))
    };
    let mut finding = report.at(rule, path).severity(Error).param("cpu", Param::Cpu(cpu)).param("memory", Param::Memory(memory));
    if rule == &SIZING_FARGATE_PAIR && row.is_none() {
        finding = finding.variant("cpu");
    }
    if let Some(row) = row {
        finding = finding.param("list", Param::Memories(row.memory()));
    }
    let offer = |finding: Reporter<'_>, (c, m): (u64, u64)| {
        finding.fix("fix", vec![("cpu", Param::Cpu(c)), ("memory", Param::Memory(m))], set(task, &[("/cpu", c), ("/memory", m)])).done();
    };
    match (best, row) {
        (None, Some(row)) => {
            for m in row.memory() {
                finding = finding.fix("fix", vec![("cpu", Param::Cpu(cpu)), ("memory", Param::Memory(m))], set(task, &[("/memory", m)]));
            }
        }
        (Some((c, m)), row) => {
            // The nearest that is not less; and with the same CPU the largest that is not more.
            let less = row.and_then(|r| r.memory().into_iter().rev().find(|m| *m <= memory)).filter(|m2| (cpu, *m2) != (c, m));
            finding = finding.fix("fix", vec![("cpu", Param::Cpu(c)), ("memory", Param::Memory(m))], set(task, &[("/cpu", c), ("/memory", m)]));
            if let Some(less) = less {
                offer(finding, (cpu, less));
            }
        }
        (None, None) => {}
    }
}

/// Any pair goes on other launch types; only the unit of the memory can be wrong.
fn elsewhere(task: &Task<'_>, report: &mut Report) {
    if let Some(memory) = task.memory.filter(|m| *m < 100) {
        let meant = memory * 1024;
        let wanted = task.containers.iter().map(|c| c.number("memory").max(c.reserved()).unwrap_or(0)).fold(0, u64::saturating_add);
        // AWS takes so little, unless the containers want more of it.
        let severity = if wanted > memory { Error } else { Warning };
        let finding = report.at(&SIZING_UNIT_MISTAKE, "/memory").severity(severity).variant("memory").param("memory", Param::Memory(memory));
        finding.fix("fix-memory", vec![("memory", Param::Memory(meant))], set(task, &[("/memory", meant)]));
    }
}

pub(super) fn large(task: &Task<'_>, report: &mut Report) {
    let Some(cpu) = task.cpu.filter(|cpu| task.fargate() && size::row(*cpu).is_some()) else { return };
    if cpu > QUOTA {
        report.at(&SIZING_FARGATE_LARGE_QUOTA, "/cpu").param("cpu", Param::Cpu(cpu)).param("quota", Param::Cpu(QUOTA));
    }
}

pub(super) fn windows(task: &Task<'_>, report: &mut Report) {
    let bare = |c: &ContainerView<'_>| !says(c, "cpu") || !says(c, "memory");
    if task.windows && (task.cpu.is_some() || task.memory.is_some()) && objects(task).any(|c| bare(&c)) {
        report.at(&SIZING_WINDOWS_TASK_IGNORED, if task.cpu.is_some() { "/cpu" } else { "/memory" });
    }
}

/// Whether the image is known to start a runtime that wants a few hundred MiB.
pub(in crate::lint) fn heavy(c: &ContainerView<'_>) -> bool {
    let Some(r) = c.reference() else { return false };
    let name = r.path.rsplit('/').next().unwrap_or(r.path);
    name.starts_with("nodejs")
        || matches!(r.official(), Some("node" | "openjdk" | "eclipse-temurin" | "amazoncorretto" | "tomcat" | "maven" | "gradle" | "jetty"))
        || r.path.starts_with("dotnet/")
        || r.path.starts_with("corretto/")
}

pub(super) fn runtime(task: &Task<'_>, report: &mut Report) {
    let small = task.fargate() && task.memory == Some(512);
    let node = |c: &ContainerView<'_>| heavy(c) || task.environment_of(*c).iter().any(|v| v.name == "NODE_ENV");
    if let Some(c) = task.containers.iter().find(|c| small && node(c)) {
        let finding = report.at(&SIZING_NODE_MINIMUM, "/memory").text("name", c.name());
        let (cpu, memory) = if task.containers.len() > 1 { (512, 1024) } else { (task.cpu.unwrap_or(256).max(256), 1024) };
        finding.fix("fix", vec![("cpu", Param::Cpu(cpu)), ("memory", Param::Memory(memory))], set(task, &[("/cpu", cpu), ("/memory", memory)]));
    }
}

pub(super) fn price(task: &Task<'_>, report: &mut Report) {
    let (Some(cpu), Some(memory), Some(region)) = (task.cpu, task.memory, task.region()) else { return };
    if !task.fargate() || !size::is_pair(cpu, memory) {
        return;
    }
    let arm = task.chip() == "ARM64";
    let now = if task.windows { cost::of_windows(region, cpu, memory) } else { cost::of_pair(region, arm, cpu, memory) };
    let Some(now) = now else {
        report.at(&SIZING_COST_NOTE, "/cpu").variant("unknown").text("region", region);
        return;
    };
    let month = |c: &cost::Cost| format!("{:.2}", c.hour * cost::MONTH);
    let other =
        cost::of_pair(region, true, cpu, memory).filter(|_| !arm && !task.windows && !task.containers.iter().any(|c| chip_in_name(c.image()).is_some()));
    let finding = report.at(&SIZING_COST_NOTE, "/cpu").text("month", month(&now)).text("date", now.date.as_str());
    if let Some(other) = other.filter(|_| facts::region(region).is_some_and(|r| r.arm == Some(true))) {
        let path = "/runtimePlatform/cpuArchitecture";
        finding.fix("fix", vec![("month", Param::Text(month(&other)))], edit::set(task.definition, path, json!("ARM64")));
    }
}

/// Writes numbers as the texts that the API takes, and leaves alone what says the same already.
fn set(task: &Task<'_>, values: &[(&str, u64)]) -> Edit {
    let now = |path: &str| if path == "/cpu" { task.cpu } else { task.memory };
    let ops = values.iter().filter(|(path, n)| now(path) != Some(*n)).map(|(path, n)| {
        let (path, value) = ((*path).to_owned(), json!(n.to_string()));
        match task.definition.get(&path[1..]) {
            Some(_) => Op::Replace { path, value },
            None => Op::Add { path, value, at: None },
        }
    });
    Edit(ops.collect())
}

pub(super) fn ec2_cpu(task: &Task<'_>, report: &mut Report) {
    if (task.names(Launch::Ec2) || task.names(Launch::External) || matches!(task.launch, Some(Launch::Ec2 | Launch::External)))
        && !task.fargate()
        && let Some(cpu) = task.cpu.filter(|c| !(128..=196_608).contains(c))
    {
        report.at(&SIZING_EC2_CPU_RANGE, "/cpu").number("value", cpu).clear(task.definition, "/cpu");
    }
}

pub(super) fn ec2_memory(task: &Task<'_>, report: &mut Report) {
    if task.fargate() || stated(task, "memory").is_some() {
        return;
    }
    for c in &task.containers {
        let given = ["memory", "memoryReservation"].iter().any(|k| present(c.value(), k).is_some_and(|v| v.as_u64() != Some(0)));
        if !given && c.value().is_object() {
            let path = format!("{}/memory", c.place());
            report.at(&SIZING_EC2_MEMORY_SOMEWHERE, &path).text("name", c.name()).set(task.definition, &path, 512);
        }
    }
}
