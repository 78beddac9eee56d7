//! Port mappings.

use super::{Findings, Rule, rule, with_another};
use crate::{
    Severity::{Error, Warning},
    catalog,
    finding::Param,
    image,
    model::{Network, Task, present},
    view::ContainerView,
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    rule("port-container-port-required", Error, "API reference: PortMapping.containerPort", single),
    rule("port-container-port-range", Error, "API reference: PortMapping.containerPort", with_another),
    rule("port-host-port-range", Error, "API reference: PortMapping.hostPort", with_another),
    rule("port-host-port-awsvpc", Error, "API reference: PortMapping.hostPort", with_another),
    rule("port-host-port-host-mode", Error, "API reference: PortMapping.hostPort", with_another),
    rule("port-protocol-enum", Warning, "API reference: PortMapping.protocol", with_another),
    rule("port-name-format", Error, "API reference: PortMapping.name", with_another),
    rule("port-name-unique", Error, "API reference: PortMapping.name", names),
    rule("port-duplicate-in-container", Error, "API reference: PortMapping", clashes),
    rule("port-conflict-across-containers", Error, "Developer Guide: task networking with awsvpc", with_another),
    rule("port-conflict-undeclared", Warning, "Ports of the official images", undeclared),
    rule("port-none-mode", Error, "API reference: RegisterTaskDefinition.networkMode", none_mode),
    rule("port-env-port-mismatch", Warning, "How servers read PORT", env_port),
];

struct Mapping<'a> {
    container: ContainerView<'a>,
    value: &'a Value,
    path: String,
}

impl Mapping<'_> {
    fn number(&self, key: &str) -> Option<u64> {
        present(self.value, key)?.as_u64()
    }

    fn protocol(&self) -> &str {
        if self.value.get("protocol").and_then(Value::as_str) == Some("udp") { "udp" } else { "tcp" }
    }
}

fn mappings<'t>(task: &'t Task<'_>) -> Vec<Mapping<'t>> {
    let each = |c: &ContainerView<'t>| {
        let (container, place) = (*c, c.place());
        c.list("portMappings").iter().enumerate().map(move |(j, value)| Mapping { container, value, path: format!("{place}/portMappings/{j}") })
    };
    task.containers.iter().flat_map(each).filter(|m| m.value.is_object()).collect()
}

fn single(task: &Task<'_>, out: &mut Findings) {
    for m in mappings(task) {
        let (port_path, host_path) = (format!("{}/containerPort", m.path), format!("{}/hostPort", m.path));
        let port = present(m.value, "containerPort");
        match port {
            None if present(m.value, "containerPortRange").is_none() => {
                out.at("port-container-port-required", &port_path).text("name", m.container.name());
            }
            Some(v) if v.as_i64().is_some() && !v.as_u64().is_some_and(|n| (1..=65535).contains(&n)) => {
                out.at("port-container-port-range", &port_path).text("value", v.to_string());
            }
            _ => {}
        }
        if let Some(host) = present(m.value, "hostPort").filter(|v| v.as_i64().is_some()) {
            if host.as_u64().is_none_or(|n| n > 65535) {
                out.at("port-host-port-range", &host_path).text("value", host.to_string()).clear(task.definition, &host_path);
            } else if task.shared_network() && m.number("containerPort").is_some() && host.as_u64() != m.number("containerPort") {
                let rule = if task.network == Network::Awsvpc { "port-host-port-awsvpc" } else { "port-host-port-host-mode" };
                let (host, port) = (host.as_u64().unwrap_or(0), m.number("containerPort").unwrap_or(0));
                out.at(rule, &host_path)
                    .param("host", Param::Text(host.to_string()))
                    .param("port", Param::Text(port.to_string()))
                    .set(task.definition, &host_path, port)
                    .fix("fix-remove", Vec::new(), crate::edit::clear(task.definition, &host_path));
            }
        }
        if let Some(text) = present(m.value, "protocol").and_then(Value::as_str).filter(|p| !["tcp", "udp", ""].contains(p)) {
            let path = format!("{}/protocol", m.path);
            let right = if text.eq_ignore_ascii_case("udp") { "udp" } else { "tcp" };
            out.at("port-protocol-enum", &path).text("value", text).set(task.definition, &path, right);
        }
        if let Some(text) = present(m.value, "name").and_then(Value::as_str).filter(|n| !n.is_empty() && !is_port_name(n)) {
            let path = format!("{}/name", m.path);
            let better: String =
                text.to_ascii_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).take(64).collect();
            let better = better.trim_start_matches('-').to_owned();
            let said = out.at("port-name-format", &path).text("value", text);
            if is_port_name(&better) {
                said.set(task.definition, &path, better);
            }
        }
    }
}

fn is_port_name(text: &str) -> bool {
    let ok = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=64).contains(&text.len()) && text.bytes().enumerate().all(|(i, b)| ok(b) || (i > 0 && b == b'-'))
}

fn names(task: &Task<'_>, out: &mut Findings) {
    let all = mappings(task);
    let name = |m: &Mapping<'_>| present(m.value, "name").and_then(Value::as_str).filter(|n| !n.is_empty()).map(str::to_owned);
    for (i, m) in all.iter().enumerate() {
        let Some(own) = name(m) else { continue };
        if all[..i].iter().any(|o| name(o).as_deref() == Some(&own)) {
            let path = format!("{}/name", m.path);
            let free = (2..).map(|n| format!("{own}-{n}")).find(|n| !all.iter().any(|o| name(o).as_deref() == Some(n))).unwrap_or_default();
            let said = out.at("port-name-unique", &path).text("value", own.as_str());
            if is_port_name(&free) {
                said.set(task.definition, &path, free);
            }
        }
    }
}

/// A port that nobody in the task uses, near the wanted one.
fn free_port(task: &Task<'_>, wanted: u64) -> u64 {
    let taken: Vec<u64> = task.containers.iter().flat_map(|c| c.ports()).collect();
    [8080, 3000, 8000].into_iter().chain(wanted + 1..=65535).find(|p| !taken.contains(p)).unwrap_or(wanted)
}

fn clashes(task: &Task<'_>, out: &mut Findings) {
    let all = mappings(task);
    for (i, m) in all.iter().enumerate() {
        let Some(port) = m.number("containerPort") else { continue };
        let same = |o: &&Mapping<'_>| o.protocol() == m.protocol() && o.number("containerPort") == Some(port);
        let own = all[..i].iter().filter(same).find(|o| o.container.index == m.container.index);
        let path = format!("{}/containerPort", m.path);
        if own.is_some() {
            out.at("port-duplicate-in-container", &path)
                .param("port", Param::Text(port.to_string()))
                .text("name", m.container.name())
                .clear(task.definition, &m.path);
            continue;
        }
        let other = if task.shared_network() {
            all[..i].iter().filter(same).find(|o| o.container.index != m.container.index)
        } else {
            let host = |x: &Mapping<'_>| x.number("hostPort").filter(|n| *n > 0);
            all[..i].iter().find(|o| o.container.index != m.container.index && o.protocol() == m.protocol() && host(o).is_some() && host(o) == host(m))
        };
        if let Some(other) = other {
            let free = free_port(task, port);
            let mut edit = crate::edit::set(task.definition, &path, json!(free));
            if task.shared_network() && present(m.value, "hostPort").is_some() {
                edit.0.extend(crate::edit::set(task.definition, &format!("{}/hostPort", m.path), json!(free)).0);
            }
            let params = vec![("name", Param::Text(m.container.name().into())), ("value", Param::Text(free.to_string()))];
            let said = out.at("port-conflict-across-containers", &path).param("port", Param::Text(port.to_string()));
            let said = said.text("a", other.container.name()).text("b", m.container.name());
            if task.shared_network() {
                said.fix("fix", params, edit);
            } else {
                said.variant("host").fix("fix-dynamic", params, crate::edit::set(task.definition, &format!("{}/hostPort", m.path), json!(0)));
            }
        }
    }
}

fn undeclared(task: &Task<'_>, out: &mut Findings) {
    if !task.shared_network() {
        return;
    }
    let listens = |c: &ContainerView<'_>| {
        let changed = !c.list("command").is_empty() || !c.list("entryPoint").is_empty();
        image::parse(c.image()).ok().and_then(|r| catalog::default_port(&r)).filter(|_| !changed)
    };
    for (i, c) in task.containers.iter().enumerate() {
        let Some(port) = listens(c) else { continue };
        if let Some(other) = task.containers[..i].iter().find(|o| listens(o) == Some(port)) {
            out.at("port-conflict-undeclared", format!("{}/image", c.place()))
                .param("port", Param::Text(port.to_string()))
                .text("a", other.name())
                .text("b", c.name());
        }
    }
}

fn none_mode(task: &Task<'_>, out: &mut Findings) {
    if task.network == Network::None {
        for c in task.containers.iter().filter(|c| !c.list("portMappings").is_empty()) {
            let path = format!("{}/portMappings", c.place());
            out.at("port-none-mode", &path).text("name", c.name()).clear(task.definition, &path);
        }
    }
}

fn env_port(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        let (Some(port), ports) = (c.env_port(), c.ports()) else { continue };
        if ports.is_empty() || ports.contains(&port) {
            continue;
        }
        let j = c.list("environment").iter().position(|e| e.get("name").and_then(Value::as_str) == Some("PORT")).unwrap_or(0);
        let path = format!("{}/environment/{j}/value", c.place());
        let said = out.at("port-env-port-mismatch", &path).param("port", Param::Text(port.to_string())).param("declared", Param::Text(ports[0].to_string()));
        said.set(task.definition, &path, ports[0].to_string());
    }
}
