//! How many tasks the chosen instances have room for: by network interfaces, by memory, by CPU, by host ports.

use super::Mode;
use crate::{
    Draft, Launch,
    document::view::{self, ContainerView},
    facts::{self, Instance},
    grammar::size,
};
use serde_json::Value;

/// Room on one instance; `None` where that limits nothing or is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// How many instances.
    pub count: u64,
    /// Tasks by network interfaces, where each task has one.
    pub interfaces: Option<u64>,
    /// The same with ENI trunking, where the type is in AWS's list of those that have it.
    pub trunked: Option<u64>,
    /// Tasks by memory. ECS registers somewhat less than the whole, so this is the most.
    pub memory: Option<u64>,
    /// Tasks by CPU units.
    pub cpu: Option<u64>,
    /// 1 where a host port is fixed: no second task of it fits on an instance.
    pub ports: Option<u64>,
}

impl Room {
    /// The room of a draft on EC2 with a known instance type.
    pub fn of(draft: &Draft) -> Option<Room> {
        if draft.launch() != Some(Launch::Ec2) {
            return None;
        }
        let instance = facts::instance(draft.root().pointer("/cluster/instanceType").and_then(Value::as_str)?)?;
        let count = draft.root().pointer("/cluster/count").and_then(Value::as_u64).unwrap_or(1).max(1);
        Some(Room { count, ..on(instance, draft.definition()) })
    }

    /// Tasks on one instance.
    pub fn each(&self) -> Option<u64> {
        [self.interfaces, self.memory, self.cpu, self.ports].into_iter().flatten().min()
    }

    /// Tasks on all instances.
    pub fn all(&self) -> Option<u64> {
        self.each().map(|each| each.saturating_mul(self.count))
    }
}

fn on(instance: &Instance, definition: &Value) -> Room {
    let containers = view::containers(definition);
    let stated = |key: &str, parse: fn(&str) -> Option<u64>| definition.get(key).and_then(Value::as_str).and_then(parse);
    let sum = |of: &dyn Fn(&ContainerView<'_>) -> u64| containers.iter().map(of).fold(0, u64::saturating_add);
    let memory = stated("memory", size::parse_memory).unwrap_or_else(|| sum(&|c| c.reserved().unwrap_or(0)));
    let cpu = stated("cpu", size::parse_cpu).unwrap_or_else(|| sum(&|c| c.number("cpu").unwrap_or(0)));
    let awsvpc = Mode::of(definition, Some(Launch::Ec2)) == Mode::Awsvpc;
    let fixed = |p: &Value| p.get("hostPort").and_then(Value::as_u64).is_some_and(|port| port > 0);
    let host = Mode::of(definition, Some(Launch::Ec2)) == Mode::Host;
    let taken = !awsvpc && containers.iter().any(|c| c.list("portMappings").iter().any(|p| host || fixed(p)));
    Room {
        count: 1,
        interfaces: instance.tasks.filter(|_| awsvpc),
        trunked: instance.trunked.filter(|_| awsvpc),
        memory: (memory > 0).then(|| instance.memory / memory),
        cpu: (cpu > 0).then(|| instance.vcpu * 1024 / cpu),
        ports: taken.then_some(1),
    }
}
