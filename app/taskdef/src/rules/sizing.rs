//! Task CPU and memory.

use super::{Findings, Rule, rule, with_another};
use crate::{
    Edit, Launch,
    Severity::Error,
    edit::Op,
    finding::Param,
    model::{Task, present},
    size,
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    rule("task-fargate-cpu-required", Error, "API reference: RegisterTaskDefinition.cpu", required),
    rule("task-fargate-memory-required", Error, "API reference: RegisterTaskDefinition.memory", with_another),
    rule("sizing-cpu-form", Error, "API reference: RegisterTaskDefinition.cpu", forms),
    rule("sizing-memory-form", Error, "API reference: RegisterTaskDefinition.memory", with_another),
    rule("sizing-fargate-pair", Error, "Developer Guide: task CPU and memory for Fargate", pair),
    rule("sizing-ec2-cpu-range", Error, "API reference: RegisterTaskDefinition.cpu", ec2_cpu),
    rule("sizing-ec2-memory-somewhere", Error, "API reference: ContainerDefinition.memoryReservation", ec2_memory),
];

fn stated<'a>(task: &Task<'a>, key: &str) -> Option<&'a Value> {
    present(task.definition, key).filter(|v| v.as_str() != Some(""))
}

fn required(task: &Task<'_>, out: &mut Findings) {
    if !task.fargate() {
        return;
    }
    let sum = |f: &dyn Fn(&crate::view::ContainerView<'_>) -> Option<u64>| task.containers.iter().filter_map(f).fold(0u64, u64::saturating_add);
    let (cpu, memory) = (sum(&|c| c.number("cpu")), sum(&|c| c.reserved()));
    if stated(task, "cpu").is_none() {
        let exact = size::FARGATE.iter().find(|r| r.cpu >= cpu && task.memory.is_some_and(|m| r.memory().contains(&m)));
        let best = exact.map(|r| (r.cpu, task.memory.unwrap_or(0))).or_else(|| size::nearest_pair(cpu, task.memory.unwrap_or(0).max(memory)));
        let said = out.at("task-fargate-cpu-required", "/cpu");
        if let Some((cpu, memory)) = best {
            let values: &[(&str, u64)] = if task.memory.is_some() { &[("/cpu", cpu), ("/memory", memory)] } else { &[("/cpu", cpu)] };
            said.fix("fix", vec![("cpu", Param::Cpu(cpu))], set(task, values));
        }
    }
    if stated(task, "memory").is_none() {
        let said = out.at("task-fargate-memory-required", "/memory");
        let row = task.cpu.and_then(size::row);
        if let Some(memory) = row.map_or(Some(512), |r| r.memory().into_iter().find(|m| *m >= memory)) {
            said.fix("fix", vec![("memory", Param::Memory(memory))], set(task, &[("/memory", memory)]));
        }
    }
}

fn forms(task: &Task<'_>, out: &mut Findings) {
    for (rule, path, read) in [("sizing-cpu-form", "/cpu", task.cpu), ("sizing-memory-form", "/memory", task.memory)] {
        let Some(text) = stated(task, &path[1..]).and_then(Value::as_str).filter(|_| read.is_none()) else { continue };
        let said = out.at(rule, path).text("value", text);
        let number = text.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim();
        let unit = text.trim()[number.len()..].trim().to_ascii_lowercase();
        let meant = match (path, unit.as_str()) {
            ("/memory", "g" | "gi" | "gib" | "gigabytes") => size::parse_memory(&format!("{number} GB")),
            ("/memory", "m" | "mb" | "mi" | "mib") => size::parse_memory(number),
            ("/cpu", "" | "cpu" | "vcpus" | "core" | "cores") => size::parse_cpu(&format!("{number} vCPU")),
            _ => None,
        };
        if let Some(value) = meant {
            said.fix("fix", vec![("value", Param::Number(value))], set(task, &[(path, value)]));
        }
    }
}

fn pair(task: &Task<'_>, out: &mut Findings) {
    let (Some(cpu), Some(memory), true) = (task.cpu, task.memory, task.fargate()) else { return };
    if size::is_pair(cpu, memory) {
        return;
    }
    let row = size::row(cpu);
    let path = if row.is_some() { "/memory" } else { "/cpu" };
    let tiny = |n: u64| [1, 2, 4, 8, 16, 32].contains(&n);
    let as_units = (if tiny(cpu) { cpu * size::UNITS } else { cpu }, if memory < 100 { memory * 1024 } else { memory });
    let (variant, best) = if as_units != (cpu, memory) && size::is_pair(as_units.0, as_units.1) {
        ("unit", Some(as_units))
    } else if size::is_pair(memory, cpu) {
        ("swapped", Some((memory, cpu)))
    } else {
        (if row.is_some() { "" } else { "cpu" }, size::nearest_pair(cpu, memory))
    };
    let mut said = out.at("sizing-fargate-pair", path).variant(variant).param("cpu", Param::Cpu(cpu)).param("memory", Param::Memory(memory));
    if let Some(row) = row {
        said = said.param("list", Param::Memories(row.memory()));
    }
    if let Some((c, m)) = best {
        let edit = set(task, &[("/cpu", c), ("/memory", m)]);
        said = said.fix("fix", vec![("cpu", Param::Cpu(c)), ("memory", Param::Memory(m))], edit);
        let largest = row.and_then(|r| r.memory().into_iter().rev().find(|m| *m <= memory)).filter(|m2| (cpu, *m2) != (c, m));
        if let Some(less) = largest {
            said.fix("fix", vec![("cpu", Param::Cpu(cpu)), ("memory", Param::Memory(less))], set(task, &[("/memory", less)]));
        }
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

fn ec2_cpu(task: &Task<'_>, out: &mut Findings) {
    if matches!(task.launch, Some(Launch::Ec2 | Launch::External))
        && let Some(cpu) = task.cpu.filter(|c| !(128..=196_608).contains(c))
    {
        out.at("sizing-ec2-cpu-range", "/cpu").number("value", cpu).clear(task.definition, "/cpu");
    }
}

fn ec2_memory(task: &Task<'_>, out: &mut Findings) {
    if task.fargate() || stated(task, "memory").is_some() {
        return;
    }
    for c in &task.containers {
        let given = ["memory", "memoryReservation"].iter().any(|k| present(c.value(), k).is_some_and(|v| v.as_u64() != Some(0)));
        if !given && c.value().is_object() {
            let path = format!("{}/memory", c.place());
            out.at("sizing-ec2-memory-somewhere", &path).text("name", c.name()).set(task.definition, &path, 512);
        }
    }
}
