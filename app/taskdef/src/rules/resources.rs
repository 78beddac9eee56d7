//! Container memory and reservations.

use super::{Findings, Rule, rule};
use crate::{
    Edit,
    Severity::{Error, Warning},
    edit::Op,
    finding::Param,
    model::Task,
    size,
};
use serde_json::json;

pub(super) const RULES: &[Rule] = &[
    rule("resources-memory-over-task", Error, "API reference: ContainerDefinition.memory", over_task),
    rule("resources-reservation-over-memory", Error, "API reference: ContainerDefinition.memoryReservation", soft_over_hard),
    rule("resources-reserved-sum", Error, "API reference: ContainerDefinition.memoryReservation", reserved_sum),
    rule("resources-hard-sum", Warning, "API reference: ContainerDefinition.memory", hard_sum),
    rule("resources-memory-min", Error, "API reference: ContainerDefinition.memory", minimum),
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
    let bigger = task.cpu.and_then(|cpu| size::nearest_pair(cpu, sum)).filter(|_| task.fargate());
    if let Some((cpu, memory)) = bigger {
        let replace = |path: &str, n: u64| Op::Replace { path: path.into(), value: json!(n.to_string()) };
        let mut ops = vec![replace("/memory", memory)];
        if task.cpu != Some(cpu) {
            ops.push(replace("/cpu", cpu));
        }
        said.fix("fix-size", vec![("cpu", Param::Cpu(cpu)), ("memory", Param::Memory(memory))], Edit(ops));
    }
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
    for c in task.containers.iter().filter(|_| !task.windows) {
        for key in ["memory", "memoryReservation"] {
            let value = c.value().get(key).and_then(|v| v.as_i64());
            if let Some(n) = value.filter(|n| *n != 0 && *n < 6) {
                let path = format!("{}/{key}", c.place());
                out.at("resources-memory-min", &path).text("value", n.to_string()).set(task.definition, &path, 64);
            }
        }
    }
}
