//! Ports that two mappings want.

use super::mapping::{Mapping, mappings};
use super::*;
use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet, hash_map::Entry},
};

/// Ports that nobody in the task uses.
struct Free {
    /// For each number the next free port from there on, 0 where there is none.
    next: Vec<u32>,
}

impl Free {
    fn of(task: &Task<'_>) -> Free {
        let mut next: Vec<u32> = (0..=65536).collect();
        next[65536] = 0;
        for port in task.containers.iter().flat_map(|c| c.ports()).filter(|p| (1..=65535).contains(p)) {
            next[port as usize] = 0;
        }
        for i in (0..65536).rev().filter(|i| *i > 0) {
            if next[i] == 0 {
                next[i] = next[i + 1];
            }
        }
        Free { next }
    }

    fn is_free(&self, port: u64) -> bool {
        self.next.get(port as usize).is_some_and(|next| u64::from(*next) == port)
    }

    /// A usual one, or else the next after the wanted one.
    fn near(&self, wanted: u64) -> u64 {
        let after = || self.next.get(usize::try_from(wanted).ok()?.checked_add(1)?).map(|next| u64::from(*next)).filter(|next| *next > 0);
        [8080, 3000, 8000].into_iter().find(|p| self.is_free(*p)).or_else(after).unwrap_or(wanted)
    }
}

pub(super) fn clashes(task: &Task<'_>, report: &mut Report) {
    let all = mappings(task);
    // What was seen, by port and protocol: in a container, in the task, on the host.
    let mut own: HashMap<(usize, u64, &str), HashSet<Option<u64>>> = HashMap::new();
    let mut shared: HashMap<(u64, &str), ContainerView<'_>> = HashMap::new();
    let mut host: HashMap<(u64, &str), ContainerView<'_>> = HashMap::new();
    let free = LazyCell::new(|| Free::of(task));
    for m in &all {
        let Some(port) = m.number("containerPort") else { continue };
        let (index, protocol, path) = (m.container.index, m.protocol(), || m.at("containerPort"));
        let fixed = m.number("hostPort").filter(|n| *n > 0);
        let hosts = own.entry((index, port, protocol)).or_default();
        let (again, new) = (!hosts.is_empty(), hosts.insert(fixed));
        if again && (task.network != Network::Bridge || !new) {
            let finding = report.at(&PORT_DUPLICATE_IN_CONTAINER, path()).text("port", port.to_string());
            finding.text("name", m.container.name()).clear(task.definition, &m.path());
            continue;
        }
        if again {
            // Docker publishes one port on two ports of the host.
            let finding = report.at(&PORT_DUPLICATE_IN_CONTAINER, path()).severity(Warning).variant("bridge").text("port", port.to_string());
            finding.text("name", m.container.name()).done();
        } else if own.contains_key(&(index, port, if protocol == "tcp" { "udp" } else { "tcp" })) {
            report.at(&PORT_TWO_PROTOCOLS, m.at("protocol")).text("port", port.to_string()).text("name", m.container.name());
        }
        if task.shared_network() {
            let first = *shared.entry((port, protocol)).or_insert(m.container);
            if first.index != index {
                conflict(task, m, first, port, &path(), &free, report);
            }
        } else if let Some(fixed) = fixed {
            match host.entry((fixed, protocol)) {
                Entry::Vacant(entry) => {
                    entry.insert(m.container);
                }
                Entry::Occupied(first) => on_host(task, m, *first.get(), fixed, report),
            }
        }
    }
}

/// One port of the host, wanted twice: by two containers, or by two ports of one.
fn on_host(task: &Task<'_>, m: &Mapping<'_>, first: ContainerView<'_>, port: u64, report: &mut Report) {
    let dynamic = edit::set(task.definition, &m.at("hostPort"), json!(0));
    let finding = if first.index == m.container.index {
        report.at(&PORT_CONFLICT_ACROSS_CONTAINERS, m.at("hostPort")).variant("own").text("port", port.to_string()).text("b", m.container.name())
    } else {
        let finding = report.at(&PORT_CONFLICT_ACROSS_CONTAINERS, m.at("containerPort")).variant("host").text("port", port.to_string());
        finding.text("a", first.name()).text("b", m.container.name())
    };
    finding.fix("fix-dynamic", Vec::new(), dynamic).done();
}

fn conflict(
    task: &Task<'_>,
    m: &Mapping<'_>,
    other: ContainerView<'_>,
    port: u64,
    path: &str,
    free: &LazyCell<Free, impl FnOnce() -> Free>,
    report: &mut Report,
) {
    let finding = report.at(&PORT_CONFLICT_ACROSS_CONTAINERS, path).text("port", port.to_string());
    let finding = finding.text("a", other.name()).text("b", m.container.name());
    let free = free.near(port);
    let mut fix = edit::set(task.definition, path, json!(free));
    if present(m.value, "hostPort").is_some() {
        fix.0.extend(edit::set(task.definition, &m.at("hostPort"), json!(free)).0);
    }
    finding.fix("fix", vec![("name", Param::Text(m.container.name().into())), ("value", Param::Text(free.to_string()))], fix);
}
