//! The App Mesh proxy.

use super::*;

/// Addresses of the agent and of the instance's metadata.
const METADATA: &str = "169.254.170.2,169.254.169.254";

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let path = "/proxyConfiguration";
    let Some(proxy) = find(task.definition, "proxyConfiguration").filter(|p| p.is_object()) else { return };
    report.at(&PROXY_RETIRED, path);
    if task.network != Network::Awsvpc {
        let finding = report.at(&PROXY_AWSVPC, path);
        if !task.windows && !task.runs_on(Launch::External) {
            finding.set(task.definition, "/networkMode", "awsvpc");
        }
    }
    if let Some(name) = text(proxy, "containerName").filter(|n| !task.containers.iter().any(|c| c.name() == *n)) {
        let finding = report.at(&PROXY_CONTAINER, format!("{path}/containerName")).text("value", name);
        let near = task.containers.iter().find(|c| c.image().contains("envoy"));
        if let Some(near) = near {
            finding.set(task.definition, &format!("{path}/containerName"), near.name());
        }
    }
    if let Some(kind) = text(proxy, "type").filter(|t| *t != "APPMESH") {
        let at = format!("{path}/type");
        report.at(&PROXY_TYPE_ENUM, &at).text("value", kind).set(task.definition, &at, "APPMESH");
    }
    properties(proxy, &format!("{path}/properties"), report);
}

fn properties(proxy: &Value, path: &str, report: &mut Report) {
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
        report.at(&PROXY_PROPERTIES, path).text("names", missing.join(", "));
    } else if get("EgressIgnoredIPs").is_none() {
        let row = json!({ "name": "EgressIgnoredIPs", "value": METADATA });
        report.at(&PROXY_EGRESS_IGNORED_IPS, path).fix("fix", Vec::new(), Edit(vec![Op::Add { path: format!("{path}/-"), value: row, at: None }]));
    }
}
