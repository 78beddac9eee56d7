//! A container as a service.

use super::{Answers, Compose, Yaml, network, network::Network};
use crate::{
    finding::Param,
    formats::export::{
        expr::{Expr, Part, Text},
        loss::{Loss, Losses},
    },
    messages::all::*,
};
use std::collections::BTreeSet;

type Pairs = Vec<(&'static str, Yaml)>;

/// The service of the container at `index`.
pub(super) fn service(compose: &Compose<'_>, index: usize, container: &Expr, answers: &mut Answers, losses: &mut Losses) -> Yaml {
    let place = |key: &str| format!("/containerDefinitions/{index}/{key}");
    without_counterpart(container, &place, losses);
    let mut pairs: Pairs = vec![("image", compose.value(container.get("image")))];
    let arm = compose.read.root.get("runtimePlatform").is_some_and(|p| p.str("cpuArchitecture") == "ARM64");
    if compose.fargate || compose.read.root.get("runtimePlatform").is_some() {
        pairs.push(("platform", Yaml::text(if arm { "linux/arm64" } else { "linux/amd64" })));
    }
    if container.get("firelensConfiguration").is_some() {
        pairs.push(("profiles", Yaml::texts(["firelens"])));
    }
    connected(compose, index, container, &mut pairs, losses);
    program(compose, container, &mut pairs);
    environment(compose, index, container, &mut pairs, (answers, losses));
    mounts(compose, container, &mut pairs);
    order(compose, index, container, &mut pairs, losses);
    pairs.push(("healthcheck", health(compose, container)));
    let grace = container.integer("stopTimeout").unwrap_or(30);
    pairs.push(("stop_grace_period", Yaml::text(format!("{grace}s"))));
    limits(compose, index, container, &mut pairs, losses);
    linux(compose, container, &mut pairs);
    pairs.push(("restart", Yaml::text(restart(container))));
    Yaml::map(pairs)
}

/// What has no place in Compose, or only nearly.
fn without_counterpart(container: &Expr, place: &dyn Fn(&str) -> String, losses: &mut Losses) {
    for key in ["startTimeout", "versionConsistency", "credentialSpecs"] {
        if container.get(key).is_some() {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_NONE, &place(key)));
        }
    }
    if container.get("repositoryCredentials").is_some() {
        losses.add(Loss::asked(&EXPORT_COMPOSE_LOGIN, &place("repositoryCredentials")));
    }
    if container.get("logConfiguration").is_some() {
        losses.add(Loss::dropped(&EXPORT_COMPOSE_LOGS, &place("logConfiguration")));
    }
    if container.get("firelensConfiguration").is_some() {
        losses.add(Loss::dropped(&EXPORT_COMPOSE_FIRELENS, place("").trim_end_matches('/')));
    }
    if container.bool("essential") == Some(false) {
        losses.add(Loss::changed(&EXPORT_COMPOSE_ESSENTIAL, &place("essential")));
    }
    if container.get("restartPolicy").is_some() {
        losses.add(Loss::changed(&EXPORT_COMPOSE_RESTART, &place("restartPolicy")));
    }
    for (i, requirement) in container.list("resourceRequirements").iter().enumerate() {
        if requirement.str("type") != "GPU" || requirement.get("sharingStrategy").is_some() {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_NONE, &place(&format!("resourceRequirements/{i}"))));
        }
    }
}

fn connected(compose: &Compose<'_>, index: usize, container: &Expr, pairs: &mut Pairs, losses: &mut Losses) {
    let off = container.bool("disableNetworking") == Some(true);
    let mode = if off { Some("none".to_owned()) } else { compose.network.mode() };
    if let Some(mode) = &mode {
        pairs.push(("network_mode", Yaml::text(mode)));
    }
    if mode.is_some() {
        for key in ["links", "dnsServers", "dnsSearchDomains", "hostname", "extraHosts"].into_iter().filter(|key| container.get(key).is_some()) {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_SHARED, &format!("/containerDefinitions/{index}/{key}")));
        }
        if container.get("portMappings").is_some() && (off || !matches!(compose.network, Network::Shared(_))) {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_PORTS, &format!("/containerDefinitions/{index}/portMappings")));
        }
        return;
    }
    let (mut used, mut ports) = (BTreeSet::new(), Vec::new());
    for (j, mapping) in container.list("portMappings").iter().enumerate() {
        let host = mapping.integer("hostPort").filter(|p| *p > 0);
        ports.extend(network::port(compose, mapping, host, &mut used, &format!("/containerDefinitions/{index}/portMappings/{j}"), losses));
    }
    if !ports.is_empty() {
        pairs.push(("ports", Yaml::List(ports)));
    }
    for (key, name) in [("links", "links"), ("dnsServers", "dns"), ("dnsSearchDomains", "dns_search")] {
        let list = container.list(key);
        if !list.is_empty() {
            pairs.push((name, compose.strings(list)));
        }
    }
    if let Some(hostname) = container.get("hostname") {
        pairs.push(("hostname", compose.value(Some(hostname))));
    }
    let hosts: Vec<Yaml> = container
        .list("extraHosts")
        .iter()
        .filter_map(|h| {
            let host = h.get("hostname")?.as_text()?.clone().then(Text::literal("="));
            Some(compose.string(&host.then(h.get("ipAddress")?.as_text()?.clone())))
        })
        .collect();
    if !hosts.is_empty() {
        pairs.push(("extra_hosts", Yaml::List(hosts)));
    }
}

fn program(compose: &Compose<'_>, container: &Expr, pairs: &mut Pairs) {
    for (key, name) in [("entryPoint", "entrypoint"), ("command", "command")] {
        let list = container.list(key);
        if !list.is_empty() {
            pairs.push((name, compose.strings(list)));
        }
    }
    for (key, name) in [
        ("user", "user"),
        ("workingDirectory", "working_dir"),
        ("interactive", "stdin_open"),
        ("pseudoTerminal", "tty"),
        ("privileged", "privileged"),
        ("readonlyRootFilesystem", "read_only"),
    ] {
        if let Some(value) = container.get(key) {
            pairs.push((name, compose.value(Some(value))));
        }
    }
}

fn environment(compose: &Compose<'_>, index: usize, container: &Expr, pairs: &mut Pairs, (answers, losses): (&mut Answers, &mut Losses)) {
    let place = |key: &str, i: usize| format!("/containerDefinitions/{index}/{key}/{i}");
    // The first file wins on ECS, the last one in Compose.
    let mut files = Vec::new();
    for (i, file) in container.list("environmentFiles").iter().enumerate() {
        let name: String = file.str("value").rsplit('/').next().unwrap_or("").chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
        losses.add(Loss::asked(&EXPORT_COMPOSE_ENV_FILE, &place("environmentFiles", i)).with("name", Param::Text(name.clone())));
        files.insert(0, Yaml::map([("path", Yaml::text(format!("./{name}"))), ("format", Yaml::text("raw")), ("required", Yaml::bare(true))]));
    }
    if !files.is_empty() {
        pairs.push(("env_file", Yaml::List(files)));
    }
    let mut rows: Vec<(String, Yaml)> = Vec::new();
    let mut set = |name: &str, value: Yaml| match rows.iter_mut().find(|(known, _)| known == name) {
        Some(row) => {
            row.1 = value;
            true
        }
        None => {
            rows.push((name.to_owned(), value));
            false
        }
    };
    for (i, row) in container.list("environment").iter().enumerate() {
        let value = row.get("value").and_then(Expr::as_text).cloned().unwrap_or_default();
        if set(row.str("name"), compose.string(&value)) {
            losses.add(Loss::changed(&EXPORT_TWICE, &place("environment", i)));
        }
    }
    let mut sources = Vec::new();
    for (i, row) in container.list("secrets").iter().enumerate() {
        let source: String = row.get("valueFrom").and_then(Expr::as_text).map(shown).unwrap_or_default();
        let variable = answers.secret(container.str("name"), row.str("name"), &source);
        losses.add(Loss::asked(&EXPORT_COMPOSE_SECRET, &place("secrets", i)).with("name", Param::Text(variable.clone())));
        set(row.str("name"), Yaml::text(format!("${{{variable}:?set {variable} in .env}}")));
        sources.push((row.str("name").to_owned(), compose.value(row.get("valueFrom"))));
    }
    if !rows.is_empty() {
        pairs.push(("environment", Yaml::Map(rows)));
    }
    // Where ECS reads them; an import of this file reads it too.
    if !sources.is_empty() {
        pairs.push(("x-ecs-secrets", Yaml::Map(sources)));
    }
}

/// A string with its references by name, for a comment.
fn shown(text: &Text) -> String {
    text.0.iter().map(|part| if let Part::Literal(text) = part { text.as_str() } else { "…" }).collect()
}

fn mounts(compose: &Compose<'_>, container: &Expr, pairs: &mut Pairs) {
    let mut all = Vec::new();
    for mount in container.list("mountPoints").iter().filter(|m| !m.str("sourceVolume").is_empty()) {
        let source = Yaml::text(mount.str("sourceVolume").replace('$', "$$"));
        let mut one = vec![("type", Yaml::text("volume")), ("source", source), ("target", compose.value(mount.get("containerPath")))];
        if mount.bool("readOnly") == Some(true) {
            one.push(("read_only", Yaml::bare(true)));
        }
        all.push(Yaml::map(one));
    }
    if !all.is_empty() {
        pairs.push(("volumes", Yaml::List(all)));
    }
    let from: Vec<Yaml> = container
        .list("volumesFrom")
        .iter()
        .map(|v| Yaml::text(format!("{}{}", v.str("sourceContainer").replace('$', "$$"), if v.bool("readOnly") == Some(true) { ":ro" } else { "" })))
        .collect();
    if !from.is_empty() {
        pairs.push(("volumes_from", Yaml::List(from)));
    }
}

fn order(compose: &Compose<'_>, index: usize, container: &Expr, pairs: &mut Pairs, losses: &mut Losses) {
    let routers: BTreeSet<&str> =
        compose.read.root.list("containerDefinitions").iter().filter(|c| c.get("firelensConfiguration").is_some()).map(|c| c.str("name")).collect();
    let mut all = Vec::new();
    for (i, dependency) in container.list("dependsOn").iter().enumerate() {
        let name = dependency.str("containerName");
        // A router is off here, so nothing can wait for it.
        if routers.contains(name) {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_FIRELENS, &format!("/containerDefinitions/{index}/dependsOn/{i}")));
        }
        if name.is_empty() || routers.contains(name) || all.iter().any(|(known, _): &(String, Yaml)| known == name) {
            continue;
        }
        let condition = match dependency.str("condition") {
            "HEALTHY" => "service_healthy",
            "SUCCESS" => "service_completed_successfully",
            "COMPLETE" => {
                losses.add(Loss::changed(&EXPORT_COMPOSE_COMPLETE, &format!("/containerDefinitions/{index}/dependsOn/{i}")));
                "service_completed_successfully"
            }
            _ => "service_started",
        };
        all.push((name.to_owned(), Yaml::map([("condition", Yaml::text(condition))])));
    }
    if !all.is_empty() {
        pairs.push(("depends_on", Yaml::Map(all)));
    }
}

/// The health check with all its numbers: Compose's own defaults differ. Without one, the image's own is off, as on ECS.
fn health(compose: &Compose<'_>, container: &Expr) -> Yaml {
    let Some(check) = container.get("healthCheck").filter(|c| !c.list("command").is_empty()) else { return Yaml::map([("disable", Yaml::bare(true))]) };
    let seconds = |key: &str, usual: i64| Yaml::text(format!("{}s", check.integer(key).unwrap_or(usual)));
    let mut pairs = vec![
        ("test", compose.strings(check.list("command"))),
        ("interval", seconds("interval", 30)),
        ("timeout", seconds("timeout", 5)),
        ("retries", Yaml::bare(check.integer("retries").unwrap_or(3))),
    ];
    if check.integer("startPeriod").is_some_and(|s| s > 0) {
        pairs.push(("start_period", seconds("startPeriod", 0)));
    }
    Yaml::map(pairs)
}

fn limits(compose: &Compose<'_>, index: usize, container: &Expr, pairs: &mut Pairs, losses: &mut Losses) {
    if let Some(shares) = container.integer("cpu").filter(|n| *n > 0) {
        pairs.push(("cpu_shares", Yaml::bare(shares.max(2))));
    }
    let memory = container.integer("memory").filter(|n| *n > 0);
    for (key, name) in [("memory", "mem_limit"), ("memoryReservation", "mem_reservation")] {
        if let Some(mib) = container.integer(key).filter(|n| *n > 0) {
            pairs.push((name, Yaml::text(format!("{mib}m"))));
        }
    }
    let linux = container.get("linuxParameters");
    match (memory, linux.and_then(|l| l.integer("maxSwap"))) {
        (Some(memory), Some(swap)) => pairs.push(("memswap_limit", Yaml::text(format!("{}m", memory.saturating_add(swap))))),
        (None, Some(_)) => losses.add(Loss::dropped(&EXPORT_COMPOSE_NONE, &format!("/containerDefinitions/{index}/linuxParameters/maxSwap"))),
        (_, None) => {}
    }
    let mut ulimits: Vec<(String, Yaml)> = Vec::new();
    for limit in container.list("ulimits").iter().filter(|l| !l.str("name").is_empty()) {
        let both = Yaml::map([("soft", compose.value(limit.get("softLimit"))), ("hard", compose.value(limit.get("hardLimit")))]);
        ulimits.retain(|(known, _)| known != limit.str("name"));
        ulimits.push((limit.str("name").to_owned(), both));
    }
    // Fargate's own limit. Source: Amazon ECS developer guide, task definition parameters for Fargate, resource limits.
    if compose.fargate && !ulimits.iter().any(|(name, _)| name == "nofile") {
        ulimits.push(("nofile".to_owned(), Yaml::map([("soft", Yaml::bare(65_535)), ("hard", Yaml::bare(65_535))])));
    }
    if !ulimits.is_empty() {
        pairs.push(("ulimits", Yaml::Map(ulimits)));
    }
    if let Some(gpus) = container.list("resourceRequirements").iter().find(|r| r.str("type") == "GPU") {
        losses.add(Loss::changed(&EXPORT_COMPOSE_GPU, &format!("/containerDefinitions/{index}/resourceRequirements")));
        let count = gpus.str("value").parse::<u32>().ok();
        pairs.push(("gpus", count.map_or(Yaml::text("all"), |n| Yaml::List(vec![Yaml::map([("count", Yaml::bare(n))])]))));
    }
}

fn linux(compose: &Compose<'_>, container: &Expr, pairs: &mut Pairs) {
    let none = Expr::Object(Vec::new());
    let linux = container.get("linuxParameters").unwrap_or(&none);
    let capabilities = linux.get("capabilities").unwrap_or(&none);
    for (list, name) in
        [(capabilities.list("add"), "cap_add"), (capabilities.list("drop"), "cap_drop"), (container.list("dockerSecurityOptions"), "security_opt")]
    {
        if !list.is_empty() {
            pairs.push((name, compose.strings(list)));
        }
    }
    let devices: Vec<Yaml> = linux.list("devices").iter().map(|d| device(compose, d)).collect();
    if !devices.is_empty() {
        pairs.push(("devices", Yaml::List(devices)));
    }
    if let Some(init) = linux.bool("initProcessEnabled") {
        pairs.push(("init", Yaml::bare(init)));
    }
    if let Some(mib) = linux.integer("sharedMemorySize") {
        pairs.push(("shm_size", Yaml::text(format!("{mib}m"))));
    }
    let tmpfs: Vec<Yaml> = linux.list("tmpfs").iter().map(|t| tmpfs(compose, t)).collect();
    if !tmpfs.is_empty() {
        pairs.push(("tmpfs", Yaml::List(tmpfs)));
    }
    if let Some(swappiness) = linux.integer("swappiness") {
        pairs.push(("mem_swappiness", Yaml::bare(swappiness)));
    }
    let of_network = |c: &&Expr| c.str("namespace").starts_with("net.") && matches!(compose.network, Network::Shared(_));
    let mut controls: Vec<(String, Yaml)> = Vec::new();
    for control in container.list("systemControls").iter().filter(|c| !of_network(c) && !c.str("namespace").is_empty()) {
        controls.retain(|(known, _)| known != control.str("namespace"));
        controls.push((control.str("namespace").to_owned(), compose.value(control.get("value"))));
    }
    if !controls.is_empty() {
        pairs.push(("sysctls", Yaml::Map(controls)));
    }
    let labels = container.members("dockerLabels");
    if !labels.is_empty() {
        pairs.push(("labels", Yaml::Map(labels.iter().map(|(k, v)| (k.clone(), compose.value(Some(v)))).collect())));
    }
    for (key, name) in [("pidMode", "pid"), ("ipcMode", "ipc")] {
        let mode = match (compose.read.root.str(key), &compose.network) {
            ("task", Network::Shared(holder)) => format!("service:{holder}"),
            ("host", _) => "host".to_owned(),
            ("none", _) if key == "ipcMode" => "none".to_owned(),
            _ => continue,
        };
        pairs.push((name, Yaml::text(mode)));
    }
}

fn device(compose: &Compose<'_>, device: &Expr) -> Yaml {
    let path = |key: &str| device.get(key).and_then(Expr::as_text).cloned();
    let host = path("hostPath").unwrap_or_default();
    let inside = path("containerPath").unwrap_or_else(|| host.clone());
    let letter = |p: &Expr| match p.plain() {
        Some("read") => "r",
        Some("write") => "w",
        Some("mknod") => "m",
        _ => "",
    };
    let letters: String = device.list("permissions").iter().map(letter).collect();
    let rights = if letters.is_empty() { String::new() } else { format!(":{letters}") };
    compose.string(&host.then(Text::literal(":")).then(inside).then(Text::literal(rights)))
}

fn tmpfs(compose: &Compose<'_>, tmpfs: &Expr) -> Yaml {
    let path = tmpfs.get("containerPath").and_then(Expr::as_text).cloned().unwrap_or_default();
    let size = tmpfs.integer("size").map(|n| format!("size={n}m")).into_iter();
    let options = size.chain(tmpfs.list("mountOptions").iter().filter_map(|o| o.plain().map(str::to_owned)));
    let options = options.collect::<Vec<_>>().join(",");
    compose.string(&if options.is_empty() { path } else { path.then(Text::literal(format!(":{options}"))) })
}

/// On ECS a container starts again only where a policy says so.
fn restart(container: &Expr) -> &'static str {
    let Some(policy) = container.get("restartPolicy").filter(|p| p.bool("enabled") == Some(true)) else { return "no" };
    let ignored = policy.list("ignoredExitCodes");
    if matches!(ignored, [Expr::Number(code)] if code == "0") { "on-failure" } else { "always" }
}
