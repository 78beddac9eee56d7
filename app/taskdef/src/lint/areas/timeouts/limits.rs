//! Start and stop timeouts, restart policy.

use super::*;
use crate::lint::context::trimmed;

/// Longest start and stop timeout on Fargate, seconds. Source: API reference, ContainerDefinition.
const FARGATE_MAX: i64 = 120;
/// Longest start and stop timeout on Managed Instances, seconds. Source: Developer Guide, task definition parameters for Managed Instances.
const MANAGED_MAX: (i64, i64) = (600, 86_400);
/// Shortest of both, seconds.
const MIN: i64 = 2;
/// Most exit codes of a policy. Source: API reference, ContainerRestartPolicy.
const MAX_CODES: usize = 50;

fn awaited(task: &Task<'_>, c: ContainerView<'_>, conditions: &[&str]) -> bool {
    let waits =
        |d: &Value| text(d, "containerName") == Some(c.name()) && (conditions.is_empty() || text(d, "condition").is_some_and(|k| conditions.contains(&k)));
    task.containers.iter().any(|o| o.index != c.index && list(o, "dependsOn").iter().any(waits))
}

fn too_long(task: &Task<'_>, path: &str, seconds: i64, max: i64, report: &mut Report) {
    report.at(&MANAGED_TIMEOUT_RANGE, path).text("value", seconds.to_string()).text("max", max.to_string()).set(task.definition, path, max).done();
}

pub(super) fn limits(task: &Task<'_>, report: &mut Report) {
    let managed = task.runs_on(Launch::ManagedInstances);
    for c in objects(task) {
        let (stop, start) = (|| c.at("stopTimeout"), || c.at("startTimeout"));
        match integer(c, "stopTimeout") {
            Some(n) if n < MIN => report.at(&TIMEOUT_STOP_MIN, stop()).text("value", n.to_string()).set(task.definition, &stop(), 30).done(),
            Some(n) if n > FARGATE_MAX && task.fargate() => {
                report.at(&TIMEOUT_STOP_FARGATE_MAX, stop()).text("value", n.to_string()).set(task.definition, &stop(), FARGATE_MAX).done()
            }
            Some(n) if n > MANAGED_MAX.1 && managed => too_long(task, &stop(), n, MANAGED_MAX.1, report),
            _ => {}
        }
        match integer(c, "startTimeout") {
            Some(n) if n < MIN => report.at(&TIMEOUT_START_RANGE, start()).text("value", n.to_string()).set(task.definition, &start(), FARGATE_MAX).done(),
            Some(n) if n > FARGATE_MAX && task.fargate() => {
                report.at(&TIMEOUT_START_FARGATE_MAX, start()).text("value", n.to_string()).set(task.definition, &start(), FARGATE_MAX);
            }
            Some(n) if n > MANAGED_MAX.0 && managed => too_long(task, &start(), n, MANAGED_MAX.0, report),
            Some(_) if !awaited(task, c, &[]) => report.at(&TIMEOUT_START_UNUSED, start()).text("name", c.name()).clear(task.definition, &start()).done(),
            _ => {}
        }
    }
}

pub(super) fn restart(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let Some(policy) = find(c, "restartPolicy").filter(|p| p.is_object()) else { continue };
        let path = c.at("restartPolicy");
        let at = |key: &str| format!("{path}/{key}");
        let codes = list(policy, "ignoredExitCodes");
        match find(policy, "enabled") {
            None => report.at(&RESTART_ENABLED_REQUIRED, at("enabled")).set(task.definition, &at("enabled"), true).done(),
            Some(Value::Bool(false)) if !codes.is_empty() || find(policy, "restartAttemptPeriod").is_some() => {
                report.at(&RESTART_DISABLED_SETTINGS, at("enabled")).set(task.definition, &at("enabled"), true).fix(
                    "fix-remove",
                    Vec::new(),
                    edit::clear(task.definition, &path),
                );
            }
            _ => {}
        }
        if let Some(n) = integer(policy, "restartAttemptPeriod").filter(|n| !(60..=1800).contains(n)) {
            let near = if n > 1800 { 1800 } else { 300 };
            report.at(&RESTART_PERIOD_RANGE, at("restartAttemptPeriod")).text("value", n.to_string()).set(task.definition, &at("restartAttemptPeriod"), near);
        }
        if codes.len() > MAX_CODES {
            report.at(&RESTART_IGNORED_CODES, at("ignoredExitCodes")).number("count", codes.len() as u64).number("max", MAX_CODES as u64).fix(
                "fix",
                vec![("max", Param::Number(MAX_CODES as u64))],
                trimmed(&at("ignoredExitCodes"), codes.len(), MAX_CODES),
            );
        }
        let ends_well = codes.iter().any(|v| v.as_i64() == Some(0));
        if flag(policy, "enabled") && !ends_well && awaited(task, c, &["COMPLETE", "SUCCESS"]) {
            let codes_at = at("ignoredExitCodes");
            let fix = match find(policy, "ignoredExitCodes") {
                Some(Value::Array(_)) => Edit(vec![Op::Add { path: format!("{codes_at}/-"), value: json!(0), at: None }]),
                Some(_) => Edit::default(),
                None => edit::set(task.definition, &codes_at, json!([0])),
            };
            report.at(&RESTART_INIT_CONTAINER, &path).text("name", c.name()).fix("fix", Vec::new(), fix);
        }
    }
}
