//! Port mappings.

use super::*;
use crate::{document::pointer, facts};
use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
};

/// A port mapping and where it stands.
pub(in crate::lint) struct Mapping<'a> {
    pub container: ContainerView<'a>,
    pub value: &'a Value,
    index: usize,
}

impl Mapping<'_> {
    /// Pointer of the mapping.
    pub fn path(&self) -> String {
        self.container.item("portMappings", self.index)
    }

    /// Pointer of a member of it.
    pub fn at(&self, key: &str) -> String {
        pointer::member(self.path(), key)
    }

    pub fn number(&self, key: &str) -> Option<u64> {
        present(self.value, key)?.as_u64()
    }

    pub fn protocol(&self) -> &str {
        if self.value.get("protocol").and_then(Value::as_str) == Some("udp") { "udp" } else { "tcp" }
    }
}

pub(in crate::lint) fn mappings<'t>(task: &'t Task<'_>) -> Vec<Mapping<'t>> {
    let each = |c: &ContainerView<'t>| {
        let container = *c;
        c.list("portMappings").iter().enumerate().map(move |(index, value)| Mapping { container, value, index })
    };
    task.containers.iter().flat_map(each).filter(|m| m.value.is_object()).collect()
}

pub(super) fn single(task: &Task<'_>, report: &mut Report) {
    let all = mappings(task);
    let names = LazyCell::new(|| names_of(&all));
    for m in &all {
        container_port(task, m, report);
        host_port(task, m, report);
        if let Some(text) = present(m.value, "protocol").and_then(Value::as_str).filter(|p| !["tcp", "udp", ""].contains(p)) {
            let path = m.at("protocol");
            let right = if text.eq_ignore_ascii_case("udp") { "udp" } else { "tcp" };
            report.at(&PORT_PROTOCOL_ENUM, &path).text("value", text).set(task.definition, &path, right);
        }
        application(task, m, &names, report);
        if let Some(text) = present(m.value, "name").and_then(Value::as_str).filter(|n| !n.is_empty() && !is_port_name(n)) {
            let path = m.at("name");
            let better: String =
                text.to_ascii_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).take(64).collect();
            let better = better.trim_start_matches('-').to_owned();
            let finding = report.at(&PORT_NAME_FORMAT, &path).text("value", text);
            if is_port_name(&better) {
                finding.set(task.definition, &path, better);
            }
        }
    }
}

/// The port of the container.
fn container_port(task: &Task<'_>, m: &Mapping<'_>, report: &mut Report) {
    let port_path = || m.at("containerPort");
    match present(m.value, "containerPort") {
        None if present(m.value, "containerPortRange").is_none() => {
            let finding = report.at(&PORT_CONTAINER_PORT_REQUIRED, port_path()).text("name", m.container.name());
            let known = m.number("hostPort").filter(|n| (1..=65535).contains(n));
            let known = known.or_else(|| m.container.env_port()).or_else(|| m.container.reference().and_then(|r| facts::default_port(&r)));
            match known {
                Some(port) => finding.fix("fix", vec![("value", Param::Text(port.to_string()))], edit::set(task.definition, &port_path(), json!(port))).done(),
                None => finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &m.path())).done(),
            }
        }
        Some(v) if v.as_i64().is_some() && !v.as_u64().is_some_and(|n| (1..=65535).contains(&n)) => {
            report.at(&PORT_CONTAINER_PORT_RANGE, port_path()).text("value", v.to_string()).fix(
                "fix-remove",
                Vec::new(),
                edit::clear(task.definition, &m.path()),
            );
        }
        Some(v) if v == 3150 && task.windows && task.fargate() => {
            report.at(&PORT_WINDOWS_3150, port_path()).fix("fix-remove", Vec::new(), edit::clear(task.definition, &m.path()));
        }
        _ => {}
    }
}

/// The port of the host.
fn host_port(task: &Task<'_>, m: &Mapping<'_>, report: &mut Report) {
    let host_path = || m.at("hostPort");
    if let Some(host) = present(m.value, "hostPort").filter(|v| v.as_i64().is_some()) {
        if host.as_u64().is_none_or(|n| n > 65535) {
            report.at(&PORT_HOST_PORT_RANGE, host_path()).text("value", host.to_string()).clear(task.definition, &host_path());
        } else if task.shared_network() && m.number("containerPort").is_some() && host.as_u64() != m.number("containerPort") {
            let rule = if task.network == Network::Awsvpc { &PORT_HOST_PORT_AWSVPC } else { &PORT_HOST_PORT_HOST_MODE };
            let (host, port) = (host.as_u64().unwrap_or(0), m.number("containerPort").unwrap_or(0));
            report
                .at(rule, host_path())
                .param("host", Param::Text(host.to_string()))
                .param("port", Param::Text(port.to_string()))
                .set(task.definition, &host_path(), port)
                .fix("fix-remove", Vec::new(), edit::clear(task.definition, &host_path()));
        } else if task.network == Network::Bridge && host.as_u64().is_some_and(|n| n >= 32768 || RESERVED.contains(&n)) {
            let finding = report.at(&PORT_HOST_PORT_BRIDGE_RANGE, host_path()).text("value", host.to_string());
            finding.variant(if host.as_u64().is_some_and(|n| n < 32768) { "reserved" } else { "" }).set(task.definition, &host_path(), 0);
        }
    }
}

/// Host ports that SSH, Docker and the agent have taken. Source: API reference, PortMapping.hostPort.
const RESERVED: [u64; 6] = [22, 2375, 2376, 51678, 51679, 51680];

/// What Service Connect needs to know of a port.
fn application<'t>(task: &Task<'_>, m: &Mapping<'_>, names: &LazyCell<HashSet<&'t str>, impl FnOnce() -> HashSet<&'t str>>, report: &mut Report) {
    let Some(app) = text(m.value, "appProtocol") else { return };
    let path = || m.at("appProtocol");
    if !["http", "http2", "grpc"].contains(&app) {
        let lower = app.to_ascii_lowercase();
        let right = ["http", "http2", "grpc"].into_iter().find(|p| *p == lower);
        let finding = report.at(&PORT_APP_PROTOCOL_ENUM, path()).text("value", app);
        match right {
            Some(right) => finding.set(task.definition, &path(), right).done(),
            None => finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path())).done(),
        }
    } else if m.protocol() == "udp" {
        report.at(&PORT_APP_PROTOCOL_UDP, m.at("protocol")).text("value", app).clear(task.definition, &path());
    } else if text(m.value, "name").is_none() {
        let name = format!("{}-port", m.container.name().to_ascii_lowercase());
        let finding = report.at(&PORT_APP_PROTOCOL_WITHOUT_NAME, m.at("name")).text("value", app);
        if is_port_name(&name) && !names.contains(name.as_str()) {
            finding.set(task.definition, &m.at("name"), name);
        } else {
            finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path()));
        }
    }
}

fn is_port_name(text: &str) -> bool {
    let ok = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=64).contains(&text.len()) && text.bytes().enumerate().all(|(i, b)| ok(b) || (i > 0 && b == b'-'))
}

/// The names of all mappings.
fn names_of<'t>(all: &[Mapping<'t>]) -> HashSet<&'t str> {
    all.iter().filter_map(|m| text(m.value, "name")).collect()
}

/// Numbers that are tried behind a name that is taken.
const MOST_SAME: usize = 100;

pub(super) fn names(task: &Task<'_>, report: &mut Report) {
    let all = mappings(task);
    let taken = LazyCell::new(|| names_of(&all));
    // Each name that was seen, and from its second time on the free one beside it.
    let mut seen: HashMap<&str, Option<String>> = HashMap::new();
    for m in &all {
        let Some(own) = text(m.value, "name") else { continue };
        let Some(free) = seen.get_mut(own) else {
            seen.insert(own, None);
            continue;
        };
        let path = m.at("name");
        let free = free.get_or_insert_with(|| (2..MOST_SAME).map(|n| format!("{own}-{n}")).find(|n| !taken.contains(n.as_str())).unwrap_or_default());
        let finding = report.at(&PORT_NAME_UNIQUE, &path).text("value", own);
        if is_port_name(free) {
            finding.set(task.definition, &path, free.as_str());
        }
    }
}

pub(super) fn none_mode(task: &Task<'_>, report: &mut Report) {
    if task.network == Network::None {
        for c in task.containers.iter().filter(|c| !c.list("portMappings").is_empty()) {
            let path = format!("{}/portMappings", c.place());
            report.at(&PORT_NONE_MODE, &path).text("name", c.name()).clear(task.definition, &path);
        }
    }
}
