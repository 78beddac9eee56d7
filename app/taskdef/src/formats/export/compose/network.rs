//! The network of a task. Under awsvpc all containers share one address and one set of ports: a service that only sleeps holds
//! it, as the pause container of ECS does, so that a container can start again without cutting off the others.

use super::{Compose, Yaml};
use crate::{
    finding::Param,
    formats::export::{
        expr::Expr,
        loss::{Loss, Losses},
    },
    messages::all::*,
};
use std::collections::BTreeSet;

/// The image of the service that holds the network.
const HOLDER: &str = "public.ecr.aws/docker/library/busybox:1.37";

/// How the containers are connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Network {
    /// One network, held by the service with this name.
    Shared(String),
    /// Each container has its own, as under `bridge`.
    Bridge,
    /// The computer's own.
    Host,
    /// None.
    None,
}

impl Network {
    pub fn of(root: &Expr, fargate: bool) -> Network {
        match root.str("networkMode") {
            "awsvpc" => Network::Shared(free(root)),
            "host" => Network::Host,
            "none" => Network::None,
            "" if fargate => Network::Shared(free(root)),
            _ => Network::Bridge,
        }
    }

    /// `network_mode` of a container.
    pub fn mode(&self) -> Option<String> {
        match self {
            Network::Shared(holder) => Some(format!("service:{holder}")),
            Network::Bridge => None,
            Network::Host => Some("host".to_owned()),
            Network::None => Some("none".to_owned()),
        }
    }

    /// The service that holds the network. It alone can have what Docker does not allow beside a shared one: ports and
    /// settings of the network.
    pub fn holder(&self, compose: &Compose<'_>, losses: &mut Losses) -> Option<(String, Yaml)> {
        let Network::Shared(name) = self else { return None };
        let mut pairs = vec![
            ("image", Yaml::text(HOLDER)),
            ("command", Yaml::texts(["sleep", "infinity"])),
            ("init", Yaml::bare(true)),
            ("restart", Yaml::text("unless-stopped")),
        ];
        let (mut entries, mut used, mut controls) = (Vec::new(), BTreeSet::new(), Vec::new());
        let several = compose.names.len() > 1;
        let mut listeners = Vec::new();
        for (i, container) in compose.read.root.list("containerDefinitions").iter().enumerate() {
            let mut listened = Vec::new();
            for (j, mapping) in container.list("portMappings").iter().enumerate() {
                let place = format!("/containerDefinitions/{i}/portMappings/{j}");
                if let Some(entry) = port(compose, mapping, None, &mut used, &place, losses) {
                    entries.push(entry);
                    listened.extend(inside(mapping));
                }
            }
            if several && !listened.is_empty() {
                listeners.push((compose.names[i].clone(), Yaml::texts(listened)));
            }
            for (j, control) in container.list("systemControls").iter().enumerate().filter(|(_, c)| c.str("namespace").starts_with("net.")) {
                let key = control.str("namespace").to_owned();
                if several {
                    losses.add(Loss::changed(&EXPORT_COMPOSE_SYSCTL, &format!("/containerDefinitions/{i}/systemControls/{j}")));
                }
                if let Some(known) = controls.iter().position(|(known, _)| *known == key) {
                    controls.remove(known);
                    losses.add(Loss::changed(&EXPORT_TWICE, &format!("/containerDefinitions/{i}/systemControls/{j}")));
                }
                controls.push((key, compose.value(control.get("value"))));
            }
        }
        if !entries.is_empty() {
            pairs.push(("ports", Yaml::List(entries)));
        }
        // Compose does not say who listens at a port of a shared network; an import of this file reads it.
        if !listeners.is_empty() {
            pairs.push(("x-ecs-ports", Yaml::Map(listeners)));
        }
        if !controls.is_empty() {
            pairs.push(("sysctls", Yaml::Map(controls)));
        }
        if compose.read.root.str("ipcMode") == "task" {
            pairs.push(("ipc", Yaml::text("shareable")));
        }
        Some((name.clone(), Yaml::map(pairs)))
    }
}

/// A name that no container has.
fn free(root: &Expr) -> String {
    let taken: BTreeSet<&str> = root.list("containerDefinitions").iter().map(|c| c.str("name")).collect();
    let mut name = "task-network".to_owned();
    let mut n = 1;
    while taken.contains(name.as_str()) {
        n += 1;
        name = format!("task-network-{n}");
    }
    name
}

/// A container's ports and their protocol: `80/tcp`, `5000-5010/udp`.
fn inside(mapping: &Expr) -> Option<String> {
    let protocol = if mapping.str("protocol") == "udp" { "udp" } else { "tcp" };
    let range = mapping.str("containerPortRange");
    let port = mapping.integer("containerPort").map(|port| port.to_string());
    Some(range.to_owned()).filter(|range| !range.is_empty()).or(port).map(|ports| format!("{ports}/{protocol}"))
}

/// A published port, on this computer only. Ports below 1024 need rights that few people have, so they are 8000 higher.
pub(super) fn port(
    compose: &Compose<'_>,
    mapping: &Expr,
    wanted: Option<i64>,
    used: &mut BTreeSet<(i64, bool)>,
    place: &str,
    losses: &mut Losses,
) -> Option<Yaml> {
    let protocol = if mapping.str("protocol") == "udp" { "udp" } else { "tcp" };
    let range = mapping.str("containerPortRange");
    if !range.is_empty() {
        if mapping.get("name").is_some() {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_NONE, &format!("{place}/name")));
        }
        let digits = |t: &str| !t.is_empty() && t.len() <= 5 && t.bytes().all(|b| b.is_ascii_digit());
        let valid = range.split_once('-').is_some_and(|(a, b)| digits(a) && digits(b));
        return valid.then(|| Yaml::text(format!("127.0.0.1:{range}:{range}{}", if protocol == "udp" { "/udp" } else { "" })));
    }
    if let Some(open @ Expr::Open(..)) = mapping.get("containerPort") {
        let both = ["target", "published"].map(|key| (key, compose.value(Some(open))));
        return Some(Yaml::map(both.into_iter().chain([("protocol", Yaml::text(protocol)), ("host_ip", Yaml::text("127.0.0.1"))])));
    }
    let port = mapping.integer("containerPort").filter(|p| (1..=65_535).contains(p))?;
    let udp = protocol == "udp";
    let start = wanted.unwrap_or(if port < 1024 { port + 8000 } else { port });
    let published = (start..=65_535).find(|p| !used.contains(&(*p, udp)))?;
    used.insert((published, udp));
    if published != port {
        let both = Loss::changed(&EXPORT_COMPOSE_PORT, place).with("port", Param::Text(port.to_string())).with("published", Param::Text(published.to_string()));
        losses.add(both);
    }
    let mut pairs = vec![
        ("target", Yaml::bare(port)),
        ("published", Yaml::Text(published.to_string())),
        ("protocol", Yaml::text(protocol)),
        ("host_ip", Yaml::text("127.0.0.1")),
    ];
    for (key, name) in [("name", "name"), ("appProtocol", "app_protocol")] {
        let text = mapping.str(key);
        if !text.is_empty() {
            pairs.push((name, Yaml::Text(text.replace('$', "$$"))));
        }
    }
    Some(Yaml::map(pairs))
}
