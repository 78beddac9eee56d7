//! Ports that two mappings want.

use super::mapping::{Mapping, mappings};
use super::*;
use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
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
    let mut own: HashSet<(usize, u64, &str)> = HashSet::new();
    let mut shared: HashMap<(u64, &str), ContainerView<'_>> = HashMap::new();
    let mut host: HashMap<(u64, &str), ContainerView<'_>> = HashMap::new();
    let free = LazyCell::new(|| Free::of(task));
    for m in &all {
        let Some(port) = m.number("containerPort") else { continue };
        let (index, protocol, path) = (m.container.index, m.protocol(), m.at("containerPort"));
        if !own.insert((index, port, protocol)) {
            let finding = report.at(&PORT_DUPLICATE_IN_CONTAINER, &path).text("port", port.to_string());
            finding.text("name", m.container.name()).clear(task.definition, &m.path());
            continue;
        }
        if own.contains(&(index, port, if protocol == "tcp" { "udp" } else { "tcp" })) {
            report.at(&PORT_TWO_PROTOCOLS, m.at("protocol")).text("port", port.to_string()).text("name", m.container.name());
        }
        let fixed = m.number("hostPort").filter(|n| *n > 0);
        let other = if task.shared_network() {
            let first = *shared.entry((port, protocol)).or_insert(m.container);
            (first.index != index).then_some(first)
        } else {
            fixed.and_then(|h| {
                let first = *host.entry((h, protocol)).or_insert(m.container);
                (first.index != index).then_some(first)
            })
        };
        if let Some(other) = other {
            conflict(task, m, other, port, &path, &free, report);
        }
    }
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
    if !task.shared_network() {
        let cure = edit::set(task.definition, &m.at("hostPort"), json!(0));
        finding.variant("host").fix("fix-dynamic", Vec::new(), cure);
        return;
    }
    let free = free.near(port);
    let mut cure = edit::set(task.definition, path, json!(free));
    if present(m.value, "hostPort").is_some() {
        cure.0.extend(edit::set(task.definition, &m.at("hostPort"), json!(free)).0);
    }
    finding.fix("fix", vec![("name", Param::Text(m.container.name().into())), ("value", Param::Text(free.to_string()))], cure);
}
