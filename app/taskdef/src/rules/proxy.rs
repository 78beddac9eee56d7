//! The App Mesh proxy.

use super::prelude::*;

pub(super) const RULES: &[Rule] = &[
    rule("proxy-awsvpc", Error, "API reference: ProxyConfiguration", check),
    rule("proxy-container", Error, "API reference: ProxyConfiguration.containerName", with_another),
    rule("proxy-type-enum", Error, "API reference: ProxyConfigurationType", with_another),
    rule("proxy-properties", Error, "API reference: ProxyConfiguration.properties", with_another),
    rule("proxy-egress-ignored-ips", Advice, "API reference: ProxyConfiguration.properties", with_another),
    rule("proxy-retired", Advice, "AWS App Mesh: end of support", with_another),
];

/// Addresses of the agent and of the instance's metadata.
const METADATA: &str = "169.254.170.2,169.254.169.254";

fn check(task: &Task<'_>, out: &mut Findings) {
    let path = "/proxyConfiguration";
    let Some(proxy) = find(task.definition, "proxyConfiguration").filter(|p| p.is_object()) else { return };
    out.at("proxy-retired", path);
    if task.network != Network::Awsvpc {
        let said = out.at("proxy-awsvpc", path);
        if !task.windows && !task.runs_on(Launch::External) {
            said.set(task.definition, "/networkMode", "awsvpc");
        }
    }
    if let Some(name) = text(proxy, "containerName").filter(|n| !task.containers.iter().any(|c| c.name() == *n)) {
        let said = out.at("proxy-container", format!("{path}/containerName")).text("value", name);
        let near = task.containers.iter().find(|c| c.image().contains("envoy"));
        if let Some(near) = near {
            said.set(task.definition, &format!("{path}/containerName"), near.name());
        }
    }
    if let Some(kind) = text(proxy, "type").filter(|t| *t != "APPMESH") {
        let at = format!("{path}/type");
        out.at("proxy-type-enum", &at).text("value", kind).set(task.definition, &at, "APPMESH");
    }
    properties(proxy, &format!("{path}/properties"), out);
}

fn properties(proxy: &Value, path: &str, out: &mut Findings) {
    if find(proxy, "properties").is_some_and(|p| !p.is_array()) {
        return;
    }
    let get = |name: &str| list(proxy, "properties").iter().find(|p| text(p, "name") == Some(name));
    let filled = |name: &str| get(name).is_some_and(|p| says(p, "value"));
    let mut missing: Vec<&str> = ["ProxyIngressPort", "ProxyEgressPort", "AppPorts"].into_iter().filter(|n| !filled(n)).collect();
    if !filled("IgnoredUID") && !filled("IgnoredGID") {
        missing.push("IgnoredUID");
    }
    if !missing.is_empty() {
        out.at("proxy-properties", path).text("names", missing.join(", "));
    } else if get("EgressIgnoredIPs").is_none() {
        let row = json!({ "name": "EgressIgnoredIPs", "value": METADATA });
        out.at("proxy-egress-ignored-ips", path).fix("fix", Vec::new(), Edit(vec![Op::Add { path: format!("{path}/-"), value: row, at: None }]));
    }
}
