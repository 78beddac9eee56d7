//! Start and stop timeouts, restart policy.

use super::prelude::*;

pub(super) const RULES: &[Rule] = &[
    rule("timeout-stop-fargate-max", Error, "API reference: ContainerDefinition.stopTimeout", limits),
    rule("timeout-stop-min", Error, "API reference: ContainerDefinition.stopTimeout", with_another),
    rule("timeout-start-range", Error, "API reference: ContainerDefinition.startTimeout", with_another),
    rule("timeout-start-fargate-max", Warning, "API reference: ContainerDefinition.startTimeout", with_another),
    rule("timeout-start-unused", Advice, "API reference: ContainerDefinition.startTimeout", with_another),
    rule("restart-enabled-required", Error, "API reference: ContainerRestartPolicy.enabled", restart),
    rule("restart-period-range", Error, "API reference: ContainerRestartPolicy.restartAttemptPeriod", with_another),
    rule("restart-ignored-codes", Error, "API reference: ContainerRestartPolicy.ignoredExitCodes", with_another),
    rule("restart-init-container", Warning, "API reference: ContainerRestartPolicy", with_another),
    rule("restart-disabled-settings", Warning, "API reference: ContainerRestartPolicy", with_another),
];

/// Longest start and stop timeout on Fargate, seconds. Source: API reference, ContainerDefinition.
const FARGATE_MAX: i64 = 120;
/// Shortest of both, seconds.
const MIN: i64 = 2;
/// Most exit codes of a policy. Source: API reference, ContainerRestartPolicy.
const MAX_CODES: usize = 50;

fn awaited(task: &Task<'_>, c: ContainerView<'_>, conditions: &[&str]) -> bool {
    let waits =
        |d: &Value| text(d, "containerName") == Some(c.name()) && (conditions.is_empty() || text(d, "condition").is_some_and(|k| conditions.contains(&k)));
    task.containers.iter().any(|o| o.index != c.index && list(o, "dependsOn").iter().any(waits))
}

fn limits(task: &Task<'_>, out: &mut Findings) {
    for c in objects(task) {
        let (stop, start) = (c.at("stopTimeout"), c.at("startTimeout"));
        match integer(c, "stopTimeout") {
            Some(n) if n < MIN => out.at("timeout-stop-min", &stop).text("value", n.to_string()).set(task.definition, &stop, 30).done(),
            Some(n) if n > FARGATE_MAX && task.fargate() => {
                out.at("timeout-stop-fargate-max", &stop).text("value", n.to_string()).set(task.definition, &stop, FARGATE_MAX).done()
            }
            _ => {}
        }
        match integer(c, "startTimeout") {
            Some(n) if n < MIN => out.at("timeout-start-range", &start).text("value", n.to_string()).set(task.definition, &start, FARGATE_MAX).done(),
            Some(n) if n > FARGATE_MAX && task.fargate() => {
                out.at("timeout-start-fargate-max", &start).text("value", n.to_string()).set(task.definition, &start, FARGATE_MAX);
            }
            Some(_) if !awaited(task, c, &[]) => out.at("timeout-start-unused", &start).text("name", c.name()).clear(task.definition, &start).done(),
            _ => {}
        }
    }
}

fn restart(task: &Task<'_>, out: &mut Findings) {
    for c in objects(task) {
        let Some(policy) = find(c, "restartPolicy").filter(|p| p.is_object()) else { continue };
        let path = c.at("restartPolicy");
        let at = |key: &str| format!("{path}/{key}");
        let codes = list(policy, "ignoredExitCodes");
        match find(policy, "enabled") {
            None => out.at("restart-enabled-required", at("enabled")).set(task.definition, &at("enabled"), true).done(),
            Some(Value::Bool(false)) if !codes.is_empty() || find(policy, "restartAttemptPeriod").is_some() => {
                out.at("restart-disabled-settings", at("enabled")).set(task.definition, &at("enabled"), true).fix(
                    "fix-remove",
                    Vec::new(),
                    edit::clear(task.definition, &path),
                );
            }
            _ => {}
        }
        if let Some(n) = integer(policy, "restartAttemptPeriod").filter(|n| !(60..=1800).contains(n)) {
            let near = if n > 1800 { 1800 } else { 300 };
            out.at("restart-period-range", at("restartAttemptPeriod")).text("value", n.to_string()).set(task.definition, &at("restartAttemptPeriod"), near);
        }
        if codes.len() > MAX_CODES {
            out.at("restart-ignored-codes", at("ignoredExitCodes")).number("count", codes.len() as u64).number("max", MAX_CODES as u64);
        }
        let ends_well = codes.iter().any(|v| v.as_i64() == Some(0));
        if flag(policy, "enabled") && !ends_well && awaited(task, c, &["COMPLETE", "SUCCESS"]) {
            let codes_at = at("ignoredExitCodes");
            let cure = match find(policy, "ignoredExitCodes") {
                Some(Value::Array(_)) => Edit(vec![Op::Add { path: format!("{codes_at}/-"), value: json!(0), at: None }]),
                Some(_) => Edit::default(),
                None => edit::set(task.definition, &codes_at, json!([0])),
            };
            out.at("restart-init-container", &path).text("name", c.name()).fix("fix", Vec::new(), cure);
        }
    }
}
