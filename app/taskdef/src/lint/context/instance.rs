//! The instance type that the wizard chose, and what the task asks of it.

use super::{Task, read::text};
use crate::{Launch, document::view::ContainerView, facts};
use serde_json::{Value, json};

/// The chosen instance type beside the task.
pub(in crate::lint) struct Chosen {
    /// What the catalogue knows of it.
    pub instance: &'static facts::Instance,
    /// CPU units that the task asks for.
    pub cpu: u64,
    /// MiB that the task asks for.
    pub memory: u64,
    /// The wizard's answers, for edits.
    pub root: Value,
}

/// The instance type, on EC2 and where the catalogue has it.
pub(in crate::lint) fn chosen_instance(task: &Task<'_>) -> Option<Chosen> {
    let cluster = task.wizard.cluster.as_ref().filter(|_| task.runs_on(Launch::Ec2))?;
    let instance = facts::instance(text(cluster, "instanceType")?)?;
    let sum = |f: &dyn Fn(&ContainerView<'_>) -> Option<u64>| task.containers.iter().filter_map(f).fold(0u64, u64::saturating_add);
    let cpu = task.cpu.unwrap_or_else(|| sum(&|c| c.number("cpu")));
    let memory = task.memory.unwrap_or_else(|| sum(&|c| c.reserved()));
    Some(Chosen { instance, cpu, memory, root: json!({ "cluster": cluster }) })
}

impl Chosen {
    /// Whether an instance type holds the task. The agent registers less than the whole memory, so equal does not fit either.
    pub fn fits(&self, instance: &facts::Instance) -> bool {
        instance.vcpu * 1024 >= self.cpu && instance.memory > self.memory
    }
}
