//! Ports against what images, variables and the outside expect.

use super::*;
use crate::{facts, grammar::health, lint::context::Variable};
use std::{cell::LazyCell, collections::HashSet};

/// Variables that name the port a server listens on.
const PORT_NAMES: [&str; 4] = ["PORT", "NODE_PORT", "SERVER_PORT", "HTTP_PORT"];

/// The one port that an image declares, where it was looked into.
fn declared(task: &Task<'_>, c: &ContainerView<'_>) -> Option<u64> {
    let mut ports = task.looked(*c)?.tcp_ports();
    let first = ports.next()?;
    ports.next().is_none().then_some(u64::from(first))
}

/// The port of a container by its image, unless something tells that it was changed.
fn listens(task: &Task<'_>, c: &ContainerView<'_>) -> Option<u64> {
    if !c.list("command").is_empty() || !c.list("entryPoint").is_empty() {
        return None;
    }
    declared(task, c).or_else(|| c.reference().and_then(|r| facts::default_port(&r)))
}

pub(super) fn undeclared(task: &Task<'_>, report: &mut Report) {
    if !task.shared_network() {
        return;
    }
    // Two programs of the same runtime with the same PORT, or two images with one default port.
    let own = |c: &ContainerView<'_>| listens(task, c).or_else(|| c.env_port());
    for (i, c) in task.containers.iter().enumerate() {
        let Some(port) = own(c) else { continue };
        let both_say = |o: &ContainerView<'_>| o.ports().contains(&port) && c.ports().contains(&port);
        if let Some(other) = task.containers[..i].iter().find(|o| own(o) == Some(port) && !both_say(o)) {
            let finding = report.at(&PORT_CONFLICT_UNDECLARED, c.at("image")).param("port", Param::Text(port.to_string()));
            finding.text("a", other.name()).text("b", c.name());
        }
    }
}

/// A web server that nobody can reach.
pub(super) fn front(task: &Task<'_>, report: &mut Report) {
    if task.containers.iter().any(|c| !c.list("portMappings").is_empty()) || task.network == Network::None {
        return;
    }
    let web = |c: &&ContainerView<'_>| listens(task, c).filter(|p| [80, 8080].contains(p)).or_else(|| c.env_port()).is_some();
    let Some(c) = task.containers.iter().find(web) else { return };
    let port = listens(task, c).or_else(|| c.env_port()).filter(|p| (1..=65535).contains(p)).unwrap_or(80);
    let path = c.at("portMappings");
    let finding = report.at(&PORT_NO_MAPPING_FRONT, &path).text("name", c.name()).text("port", port.to_string());
    finding.fix(
        "fix",
        vec![("value", Param::Text(port.to_string()))],
        edit::set(task.definition, &path, json!([{ "containerPort": port, "protocol": "tcp" }])),
    );
}

pub(super) fn default(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let Some(usual) = listens(task, &c).filter(|_| c.env_port().is_none()) else { continue };
        let ports = c.ports();
        // One of several may be the usual one; a plain list of others is not.
        if ports.is_empty() || ports.contains(&usual) || usual == 80 && ports.contains(&443) || !c.list("mountPoints").is_empty() {
            continue;
        }
        let path = c.at("portMappings/0/containerPort");
        let by = if declared(task, &c).is_some() { "looked" } else { "" };
        let finding = report
            .at(&PORT_IMAGE_DEFAULT_MISMATCH, &path)
            .variant(by)
            .text("name", c.name())
            .text("port", ports[0].to_string())
            .text("usual", usual.to_string());
        let taken = task.containers.iter().any(|o| o.index != c.index && o.ports().contains(&usual));
        if ports.len() == 1 && !taken && find(c, "portMappings").and_then(|p| p.get(0)).is_some_and(|m| m.get("hostPort").is_none()) {
            finding.set(task.definition, &path, usual);
        }
    }
}

/// The port that a variable names, when it names one.
fn named_port(v: &Variable<'_>) -> Option<u64> {
    let value = v.value?;
    match v.name {
        "ASPNETCORE_URLS" => value.rsplit(':').next()?.trim_end_matches('/').parse().ok(),
        "ASPNETCORE_HTTP_PORTS" => value.split(';').next()?.parse().ok(),
        name if PORT_NAMES.contains(&name) => value.parse().ok(),
        _ => None,
    }
}

pub(super) fn env_port(task: &Task<'_>, report: &mut Report) {
    for c in &task.containers {
        let ports = c.ports();
        if ports.is_empty() || c.list("portMappings").len() != ports.len() {
            continue;
        }
        let declared: LazyCell<HashSet<u64>, _> = LazyCell::new(|| ports.iter().copied().collect());
        for v in task.environment_of(*c) {
            let Some(port) = named_port(v).filter(|p| !declared.contains(p)) else { continue };
            let path = v.at("value");
            let finding = report.at(&PORT_ENV_PORT_MISMATCH, &path).text("name", v.name).text("port", port.to_string()).text("declared", ports[0].to_string());
            if v.name != "ASPNETCORE_URLS" {
                let finding = finding.set(task.definition, &path, ports[0].to_string());
                if ports.len() == 1 && v.name == "PORT" {
                    finding.fix("fix-port", vec![("value", Param::Text(port.to_string()))], to_port(task, c, port));
                }
            }
        }
    }
}

/// The one port of a container, and what its check asks, as `port`.
pub(super) fn to_port(task: &Task<'_>, c: &ContainerView<'_>, port: u64) -> Edit {
    let mapping = c.at("portMappings/0");
    let mut all = edit::set(task.definition, &format!("{mapping}/containerPort"), json!(port));
    if find(c, "portMappings").and_then(|p| p.get(0)).is_some_and(|m| m.get("hostPort").is_some_and(|h| Some(h) == m.get("containerPort"))) {
        all.0.extend(edit::set(task.definition, &format!("{mapping}/hostPort"), json!(port)).0);
    }
    let known = find(c, "healthCheck").and_then(|check| present(check, "command")).and_then(health::recognise);
    if let Some(known) = known.filter(|k| k.port().parse().ok() == c.ports().first().copied()) {
        let item = c.at(&format!("healthCheck/command/{}", known.item));
        all.0.extend(edit::set(task.definition, &item, json!(known.with_port(&port.to_string()))).0);
    }
    all
}

/// Databases and remote shells, and what they are called.
const PRIVATE: [(u64, &str); 7] =
    [(3306, "MySQL"), (5432, "PostgreSQL"), (6379, "Redis"), (27017, "MongoDB"), (9200, "Elasticsearch"), (22, "SSH"), (3389, "RDP")];

/// A declared port is one that the task's security group is asked to open.
pub(super) fn database(task: &Task<'_>, report: &mut Report) {
    let private = |port: u64| PRIVATE.iter().find(|(p, _)| *p == port).map(|(_, name)| *name);
    let web = task.containers.iter().flat_map(|c| c.ports()).any(|p| private(p).is_none());
    for c in objects(task) {
        for (j, port) in c.list("portMappings").iter().enumerate().filter_map(|(j, m)| Some((j, find(m, "containerPort")?.as_u64()?))) {
            let Some(what) = private(port).filter(|_| web || [22, 3389].contains(&port)) else { continue };
            let path = c.at(&format!("portMappings/{j}/containerPort"));
            report
                .at(&PORT_PUBLIC_DATABASE, &path)
                .text("port", port.to_string())
                .text("what", what)
                .clear(task.definition, &c.at(&format!("portMappings/{j}")));
        }
    }
}
