//! A path below which the program serves everything, its health too.

use super::*;

/// Variables that set it. Source: Spring Boot, Micronaut and Quarkus, configuration properties.
const NAMES: [&str; 4] = ["SERVER_SERVLET_CONTEXT_PATH", "SPRING_WEBFLUX_BASE_PATH", "MICRONAUT_SERVER_CONTEXT_PATH", "QUARKUS_HTTP_ROOT_PATH"];
/// Variables that give the health its own port, and with it its own path.
const MANAGEMENT: [&str; 3] = ["MANAGEMENT_SERVER_PORT", "ENDPOINTS_ALL_PORT", "QUARKUS_MANAGEMENT_ENABLED"];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for check in task.health_checks() {
        let Some(known) = &check.known else { continue };
        let rows = task.environment_of(check.container);
        if rows.iter().any(|v| MANAGEMENT.contains(&v.name)) || !known.tool.has_path() {
            continue;
        }
        let base = rows.iter().find(|v| NAMES.contains(&v.name)).and_then(|v| v.value).map(|base| base.trim_end_matches('/'));
        let Some(base) = base.filter(|base| base.len() > 1 && base.starts_with('/') && !base.contains('$')) else { continue };
        let path = known.path();
        if path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
            continue;
        }
        let at = format!("{}/{}", check.command_path, known.item);
        let better = format!("{base}{path}");
        let shown = if path.is_empty() { "/" } else { path };
        report.at(&HEALTH_CONTEXT_PATH, &at).text("base", base).text("value", shown).fix(
            "fix",
            vec![("value", Param::Text(better.clone()))],
            edit::set(task.definition, &at, json!(known.with_path(&better))),
        );
    }
}
