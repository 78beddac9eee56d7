//! What a health check asks: host, port and path.

use super::*;
use crate::grammar::health;

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    home_pages(task, report);
    for check in task.health_checks() {
        advise(task, check, report);
        let Some(command) = present(check.value, "command") else { continue };
        let path = check.command_path.as_str();
        let own = check.container.ports();
        for (host, port) in health::targets(command) {
            if !matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]" | "$HOSTNAME" | "${HOSTNAME}") && !host.starts_with('$') {
                let finding = report.at(&HEALTH_HOST_NOT_LOCAL, path).text("host", host.as_str());
                if let Some((item, text)) = with_host(check.command.as_deref().unwrap_or_default(), &host) {
                    finding.fix("fix", Vec::new(), edit::set(task.definition, &format!("{path}/{item}"), json!(text)));
                }
                continue;
            }
            let Some(port) = port.filter(|p| !own.contains(p) && !is_internal(task, check.container, *p)) else { continue };
            let others = task.containers.iter().find(|c| c.index != check.container.index && c.ports().contains(&port));
            let finding = match others {
                Some(other) if task.shared_network() => report.at(&HEALTH_OTHER_CONTAINER_PORT, path).text("other", other.name()),
                _ => report.at(&HEALTH_PORT_NOT_DECLARED, path),
            };
            let finding = finding.param("port", Param::Text(port.to_string())).text("name", check.container.name());
            if let (Some(right), Some(known)) = (own.first(), &check.known) {
                let item = format!("{path}/{}", known.item);
                finding.fix(
                    "fix",
                    vec![("value", Param::Text(right.to_string()))],
                    edit::set(task.definition, &item, json!(known.with_port(&right.to_string()))),
                );
            }
        }
    }
}

/// A port that a container uses and does not publish: one that a variable names, or the administration port of a known sidecar.
/// Source: Envoy's admin interface, Fluent Bit in FireLens, the health extension of the OpenTelemetry collector.
fn is_internal(task: &Task<'_>, c: ContainerView<'_>, port: u64) -> bool {
    const ADMIN: [(u64, &[&str]); 3] = [(9901, &["envoy"]), (8877, &["fluent"]), (13133, &["otel", "opentelemetry"])];
    let named = || {
        let port = port.to_string();
        task.environment_of(c).iter().any(|v| v.value == Some(port.as_str()) && v.name.to_ascii_uppercase().contains("PORT"))
    };
    ADMIN.iter().any(|(admin, images)| port == *admin && images.iter().any(|i| c.image().contains(i))) || named()
}

/// The item that names the host, with 127.0.0.1 instead.
fn with_host(items: &[&str], host: &str) -> Option<(usize, String)> {
    let (i, text) = items.iter().enumerate().find(|(_, t)| t.contains(&format!("://{host}")))?;
    Some((i, text.replace(&format!("://{host}"), "://127.0.0.1")))
}

/// Small things about the address.
fn advise(task: &Task<'_>, check: &HealthCheck<'_>, report: &mut Report) {
    let Some(known) = &check.known else { return };
    let path = check.command_path.as_str();
    let text = check.command.as_ref().map_or("", |items| items[known.item]);
    let alpine = check.container.image().contains("alpine");
    // BusyBox tries ::1 first where localhost has both addresses.
    if text.contains("://localhost") && (alpine || known.tool == health::Tool::Node) {
        let item = format!("{path}/{}", known.item);
        report.at(&HEALTH_LOCALHOST_IPV6, path).set(task.definition, &item, text.replace("://localhost", "://127.0.0.1"));
    }
}

/// Checks of the home page: said once, with the names of their containers.
fn home_pages(task: &Task<'_>, report: &mut Report) {
    let asks = |check: &&HealthCheck<'_>| {
        let web = check.container.reference().is_some_and(|r| matches!(r.official(), Some("nginx" | "httpd")));
        check.known.as_ref().is_some_and(|known| known.tool != health::Tool::Bash && known.path().trim_start_matches('/').is_empty() && !web)
    };
    let all: Vec<&HealthCheck<'_>> = task.health_checks().iter().filter(asks).collect();
    if let Some(first) = all.first() {
        report.at(&HEALTH_URL_PATH, first.command_path.as_str()).text("names", quoted(all.iter().map(|check| check.container.name())));
    }
}
