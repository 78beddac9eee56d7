//! Network mode, and what each mode refuses.

use super::*;
use crate::{deploy::next::Front, lint::context::is_root};

/// Mode names of old: Docker's own mode, which is bridge on Linux and NAT on Windows.
const OLD: [&str; 2] = ["default", "nat"];

pub(super) fn mode(task: &Task<'_>, report: &mut Report) {
    let path = "/networkMode";
    let mode = present(task.definition, "networkMode").map(text_of).unwrap_or_default();
    let mode = mode.as_str();
    if !["", "awsvpc", "bridge", "host", "none"].contains(&mode) && !OLD.contains(&mode) {
        let right = mode.to_ascii_lowercase();
        let right = if ["bridge", "host", "none"].contains(&right.as_str()) && !task.fargate() { right } else { "awsvpc".into() };
        report.at(&NETWORK_ENUM, path).text("value", mode).set(task.definition, path, right);
        return;
    }
    if task.fargate() {
        if mode != "awsvpc" {
            report.at(&NETWORK_FARGATE_AWSVPC, path).text("value", mode).variant(if mode.is_empty() { "missing" } else { "" }).set(
                task.definition,
                path,
                "awsvpc",
            );
        }
        return;
    }
    if OLD.contains(&mode) {
        report.at(&NETWORK_OLD_MODE_NAME, path).text("value", mode).clear(task.definition, path);
    }
    if task.windows && task.runs_on(Launch::Ec2) && ["host", "bridge", "none"].contains(&mode) {
        let finding = report.at(&NETWORK_WINDOWS_MODES, path).text("value", mode);
        if !task.containers.iter().any(|c| !c.list("links").is_empty()) {
            finding.set(task.definition, path, "awsvpc");
        }
        return;
    }
    if task.runs_on(Launch::External) && mode == "awsvpc" {
        report.at(&NETWORK_EXTERNAL_MODES, path).set(task.definition, path, "bridge");
    } else if task.runs_on(Launch::ManagedInstances) && ["bridge", "none"].contains(&mode) {
        report.at(&NETWORK_MANAGED_MODES, path).text("value", mode).set(task.definition, path, "awsvpc");
    } else if mode == "host" {
        report.at(&NETWORK_HOST_ADVICE, path).set(task.definition, path, "awsvpc");
    } else if mode.is_empty() && task.runs_on(Launch::Ec2) && !task.windows {
        report.at(&NETWORK_BRIDGE_DEFAULT, path).set(task.definition, path, "bridge");
    }
}

pub(super) fn each(task: &Task<'_>, report: &mut Report) {
    let awsvpc = task.network == Network::Awsvpc;
    for c in objects(task) {
        let value = c.value();
        if says(value, "links") {
            if task.network == Network::Bridge {
                links(task, c, report);
            } else {
                let (path, mode) = (c.at("links"), mode_name(task.network));
                report.at(&NETWORK_LINKS_AWSVPC, &path).text("mode", mode).clear(task.definition, &path);
            }
        }
        if awsvpc {
            for (rule, key) in
                [(&NETWORK_EXTRA_HOSTS_AWSVPC, "extraHosts"), (&NETWORK_DNS_AWSVPC, "dnsServers"), (&NETWORK_DISABLE_AWSVPC, "disableNetworking")]
            {
                if says(value, key) {
                    let path = c.at(key);
                    report.at(rule, &path).text("name", c.name()).clear(task.definition, &path);
                }
            }
        }
        if task.network == Network::Host && !task.windows && is_root(text(value, "user")) {
            report.at(&NETWORK_HOST_ROOT, c.at("user")).text("name", c.name());
        }
    }
}

fn mode_name(network: Network) -> &'static str {
    match network {
        Network::Awsvpc => "awsvpc",
        Network::Bridge => "bridge",
        Network::Host => "host",
        Network::None => "none",
    }
}

fn links(task: &Task<'_>, c: ContainerView<'_>, report: &mut Report) {
    for (i, link) in texts(c, "links") {
        let (name, alias) = link.split_once(':').map_or((link, None), |(n, a)| (n, Some(a)));
        let form = !name.is_empty() && alias.is_none_or(|a| !a.is_empty() && !a.contains(':'));
        let path = c.at(&format!("links/{i}"));
        if !form {
            report.at(&NETWORK_LINKS_UNKNOWN, &path).variant("form").text("value", link).clear(task.definition, &path);
        } else if !task.containers.iter().any(|o| o.name() == name) {
            report.at(&NETWORK_LINKS_UNKNOWN, &path).text("value", name).clear(task.definition, &path);
        }
    }
}

/// What the service step will ask: said once, where the mode is chosen.
pub(super) fn later(task: &Task<'_>, report: &mut Report) {
    if task.network != Network::Awsvpc || task.containers.is_empty() {
        return;
    }
    report.at(&NETWORK_SERVICE_NEEDS_CONFIG, "/networkMode").variant(if task.fargate() { "fargate" } else { "" });
    // Containers behind the one that visitors reach need no open port: they are reached inside the task.
    if let Some(front) = Front::of(task.definition)
        && let Some(c) = task.containers.iter().find(|c| c.name() == front.name)
    {
        report.at(&NETWORK_SECURITY_GROUP_PORT, c.at("portMappings")).number("port", front.port).text("name", front.name);
    }
}

/// Network settings of the kernel are shared where the interface is.
pub(super) fn sysctl(task: &Task<'_>, report: &mut Report) {
    if !task.shared_network() {
        return;
    }
    let sets = |c: &ContainerView<'_>| list(c, "systemControls").iter().any(|s| text(s, "namespace").is_some_and(|n| n.starts_with("net.")));
    if let Some(second) = objects(task).filter(|c| sets(c)).nth(1) {
        report.at(&NETWORK_SYSCTL_SHARED, second.at("systemControls")).text("name", second.name());
    }
}
