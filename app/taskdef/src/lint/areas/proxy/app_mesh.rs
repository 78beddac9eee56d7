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
    properties(task, proxy, &format!("{path}/properties"), report);
}

/// The value that App Mesh's examples use, and the ports of the programs behind the proxy. Source: App Mesh user guide.
fn usual(task: &Task<'_>, proxy: &Value, name: &str) -> Option<String> {
    let number = match name {
        "ProxyIngressPort" => "15000",
        "ProxyEgressPort" => "15001",
        "IgnoredUID" => "1337",
        _ => {
            let own = text(proxy, "containerName");
            let others = task.containers.iter().filter(|c| Some(c.name()) != own);
            let ports: Vec<String> = others.flat_map(|c| list(*c, "portMappings")).filter_map(|p| Some(integer(p, "containerPort")?.to_string())).collect();
            return Some(ports.join(",")).filter(|ports| !ports.is_empty());
        }
    };
    Some(number.to_owned())
}

fn properties(task: &Task<'_>, proxy: &Value, path: &str, report: &mut Report) {
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
        let finding = report.at(&PROXY_PROPERTIES, path).text("names", missing.join(", "));
        // A row without a value is replaced by one with it.
        let mut rows: Vec<Value> =
            list(proxy, "properties").iter().filter(|row| text(*row, "name").is_none_or(|name| !missing.contains(&name))).cloned().collect();
        let added: Option<Vec<Value>> = missing.iter().map(|name| Some(json!({ "name": name, "value": usual(task, proxy, name)? }))).collect();
        if let Some(added) = added {
            rows.extend(added);
            finding.fix("fix", Vec::new(), edit::set(task.definition, path, json!(rows))).done();
        }
    } else if get("EgressIgnoredIPs").is_none() {
        let row = json!({ "name": "EgressIgnoredIPs", "value": METADATA });
        report.at(&PROXY_EGRESS_IGNORED_IPS, path).fix("fix", Vec::new(), Edit(vec![Op::Add { path: format!("{path}/-"), value: row, at: None }]));
    }
}
