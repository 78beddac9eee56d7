//! Network mode, and what each mode refuses.

use super::prelude::*;

pub(super) const RULES: &[Rule] = &[
    rule("network-fargate-awsvpc", Error, "API reference: RegisterTaskDefinition.networkMode", mode),
    rule("network-enum", Error, "API reference: NetworkMode", with_another),
    rule("network-old-mode-name", Warning, "AWS CDK: NetworkMode.NAT; API reference: NetworkMode", with_another),
    rule("network-windows-modes", Error, "Developer Guide: task networking for the EC2 launch type", with_another),
    rule("network-external-modes", Error, "Developer Guide: Amazon ECS Anywhere", with_another),
    rule("network-managed-modes", Error, "Developer Guide: task networking for Amazon ECS Managed Instances", with_another),
    rule("network-links-awsvpc", Error, "API reference: ContainerDefinition.links", each),
    rule("network-links-unknown", Error, "Amazon ECS agent: links", with_another),
    rule("network-extra-hosts-awsvpc", Error, "API reference: ContainerDefinition.extraHosts", with_another),
    rule("network-dns-awsvpc", Error, "API reference: ContainerDefinition.dnsServers", with_another),
    rule("network-disable-awsvpc", Error, "API reference: ContainerDefinition.disableNetworking", with_another),
    rule("network-host-advice", Warning, "Security Hub ECS.17", with_another),
    rule("network-host-root", Warning, "API reference: RegisterTaskDefinition.networkMode", with_another),
    rule("network-bridge-default", Advice, "API reference: RegisterTaskDefinition.networkMode", with_another),
    rule("network-service-needs-config", Advice, "Amazon ECS service quotas: subnets and security groups", later),
    rule("network-security-group-port", Advice, "Developer Guide: task networking with awsvpc", with_another),
    rule("network-sysctl-shared", Advice, "API reference: SystemControl", sysctl),
];

/// Mode names of old: Docker's own mode, which is bridge on Linux and NAT on Windows.
const OLD: [&str; 2] = ["default", "nat"];

fn mode(task: &Task<'_>, out: &mut Findings) {
    let path = "/networkMode";
    let mode = present(task.definition, "networkMode").map(crate::form::text_of).unwrap_or_default();
    let mode = mode.as_str();
    if !["", "awsvpc", "bridge", "host", "none"].contains(&mode) && !OLD.contains(&mode) {
        let right = mode.to_ascii_lowercase();
        let right = if ["bridge", "host", "none"].contains(&right.as_str()) && !task.fargate() { right } else { "awsvpc".into() };
        out.at("network-enum", path).text("value", mode).set(task.definition, path, right);
        return;
    }
    if task.fargate() {
        if mode != "awsvpc" {
            out.at("network-fargate-awsvpc", path).text("value", mode).variant(if mode.is_empty() { "missing" } else { "" }).set(
                task.definition,
                path,
                "awsvpc",
            );
        }
        return;
    }
    if OLD.contains(&mode) {
        out.at("network-old-mode-name", path).text("value", mode).clear(task.definition, path);
    }
    if task.windows && task.runs_on(Launch::Ec2) && ["host", "bridge", "none"].contains(&mode) {
        let said = out.at("network-windows-modes", path).text("value", mode);
        if !task.containers.iter().any(|c| !c.list("links").is_empty()) {
            said.set(task.definition, path, "awsvpc");
        }
        return;
    }
    if task.runs_on(Launch::External) && mode == "awsvpc" {
        out.at("network-external-modes", path).set(task.definition, path, "bridge");
    } else if task.runs_on(Launch::ManagedInstances) && !["awsvpc", "host"].contains(&mode) {
        let said = out.at("network-managed-modes", path).text("value", mode).variant(if mode.is_empty() { "missing" } else { "" });
        said.set(task.definition, path, "awsvpc");
    } else if mode == "host" {
        out.at("network-host-advice", path).set(task.definition, path, "awsvpc");
    } else if mode.is_empty() && task.runs_on(Launch::Ec2) && !task.windows {
        out.at("network-bridge-default", path).set(task.definition, path, "bridge");
    }
}

fn each(task: &Task<'_>, out: &mut Findings) {
    let awsvpc = task.network == Network::Awsvpc;
    for c in objects(task) {
        let value = c.value();
        if says(value, "links") {
            if task.network == Network::Bridge {
                links(task, c, out);
            } else {
                let (path, mode) = (c.at("links"), mode_name(task.network));
                out.at("network-links-awsvpc", &path).text("mode", mode).clear(task.definition, &path);
            }
        }
        if awsvpc {
            for (rule, key) in
                [("network-extra-hosts-awsvpc", "extraHosts"), ("network-dns-awsvpc", "dnsServers"), ("network-disable-awsvpc", "disableNetworking")]
            {
                if says(value, key) {
                    let path = c.at(key);
                    out.at(rule, &path).text("name", c.name()).clear(task.definition, &path);
                }
            }
        }
        if task.network == Network::Host && !task.windows && super::container::is_root(text(value, "user")) {
            out.at("network-host-root", c.at("user")).text("name", c.name());
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

fn links(task: &Task<'_>, c: ContainerView<'_>, out: &mut Findings) {
    for (i, link) in texts(c, "links") {
        let (name, alias) = link.split_once(':').map_or((link, None), |(n, a)| (n, Some(a)));
        let form = !name.is_empty() && alias.is_none_or(|a| !a.is_empty() && !a.contains(':'));
        let path = c.at(&format!("links/{i}"));
        if !form {
            out.at("network-links-unknown", &path).variant("form").text("value", link).clear(task.definition, &path);
        } else if !task.containers.iter().any(|o| o.name() == name) {
            out.at("network-links-unknown", &path).text("value", name).clear(task.definition, &path);
        }
    }
}

/// What the service step will ask: said once, where the mode is chosen.
fn later(task: &Task<'_>, out: &mut Findings) {
    if task.network != Network::Awsvpc || task.containers.is_empty() {
        return;
    }
    out.at("network-service-needs-config", "/networkMode");
    let ports: Vec<String> = task.containers.iter().flat_map(|c| c.ports()).map(|p| p.to_string()).collect();
    if let Some(c) = task.containers.iter().find(|c| !c.ports().is_empty()) {
        out.at("network-security-group-port", c.at("portMappings")).text("ports", ports.join(", "));
    }
}

/// Network settings of the kernel are shared where the interface is.
fn sysctl(task: &Task<'_>, out: &mut Findings) {
    if !task.shared_network() {
        return;
    }
    let sets = |c: &ContainerView<'_>| list(c, "systemControls").iter().any(|s| text(s, "namespace").is_some_and(|n| n.starts_with("net.")));
    if let Some(second) = objects(task).filter(|c| sets(c)).nth(1) {
        out.at("network-sysctl-shared", second.at("systemControls")).text("name", second.name());
    }
}
