//! Sizes of a task on Fargate, as fixes.

use super::Task;
use crate::{Edit, document::edit::Op, finding::Param, grammar::size};
use serde_json::json;

/// vCPU units that a new account may run at once. Source: AWS Fargate quotas, default 6 vCPU a Region.
pub(in crate::lint) const QUOTA: u64 = 6 * size::UNITS;

/// The smallest Fargate size that has so much, as a fix.
pub(in crate::lint) fn bigger(task: &Task<'_>, cpu: u64, memory: u64) -> Option<(Vec<(&'static str, Param)>, Edit)> {
    let (cpu, memory) = size::nearest_pair(cpu, memory).filter(|_| task.fargate())?;
    let replace = |path: &str, n: u64| Op::Replace { path: path.into(), value: json!(n.to_string()) };
    let sizes = [("/memory", memory, task.memory), ("/cpu", cpu, task.cpu)];
    let ops = sizes.into_iter().filter(|(_, n, now)| *now != Some(*n)).map(|(path, n, _)| replace(path, n)).collect();
    Some((vec![("cpu", Param::Cpu(cpu)), ("memory", Param::Memory(memory))], Edit(ops)))
}
