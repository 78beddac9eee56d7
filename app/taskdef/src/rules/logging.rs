//! Log configuration.

use super::{Findings, Rule, rule, with_another};
use crate::{
    Severity::{Error, Warning},
    model::{Task, present},
    view::ContainerView,
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    rule("log-missing", Warning, "Security Hub ECS.9", missing),
    rule("log-driver-required", Error, "API reference: LogConfiguration.logDriver", driver),
    rule("log-driver-enum", Error, "API reference: LogDriver", with_another),
    rule("log-driver-fargate", Error, "API reference: LogConfiguration.logDriver", with_another),
    rule("log-awslogs-group", Error, "API reference: LogConfiguration.options", awslogs),
    rule("log-awslogs-region", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-awslogs-region-differs", Warning, "API reference: LogConfiguration.options", with_another),
    rule("log-awslogs-prefix", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-awslogs-prefix-chars", Error, "API reference: LogStream.logStreamName", with_another),
    rule("log-group-name", Error, "API reference: CreateLogGroup.logGroupName", with_another),
    rule("log-create-group-value", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-create-group-permission", Warning, "API reference: LogConfiguration.options", with_another),
    rule("log-create-group-missing", Warning, "API reference: LogConfiguration.options", with_another),
    rule("log-awslogs-unknown-option", Error, "Docker: options of the awslogs driver", with_another),
    rule("log-option-string", Error, "API reference: LogConfiguration.options", with_another),
];

const DRIVERS: [&str; 8] = ["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"];
const OPTIONS: [&str; 8] = [
    "awslogs-create-group",
    "awslogs-datetime-format",
    "awslogs-group",
    "awslogs-multiline-pattern",
    "awslogs-region",
    "awslogs-stream-prefix",
    "max-buffer-size",
    "mode",
];

fn group(task: &Task<'_>) -> String {
    format!("/ecs/{}", task.text("family").and_then(super::task::as_name).unwrap_or_else(|| "my-task".into()))
}

fn region<'t>(task: &'t Task<'_>) -> Option<&'t str> {
    task.wizard.region.as_deref().filter(|r| !r.is_empty())
}

fn missing(task: &Task<'_>, out: &mut Findings) {
    for c in task.containers.iter().filter(|c| c.value().is_object() && present(c.value(), "logConfiguration").is_none()) {
        let path = format!("{}/logConfiguration", c.place());
        let said = out.at("log-missing", &path).text("name", c.name());
        // Without an execution role the new logs would be an error on Fargate: that is asked first.
        if let (Some(region), false) = (region(task), task.fargate() && !task.has_execution_role()) {
            let options = json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" });
            said.set(task.definition, &path, json!({ "logDriver": "awslogs", "options": options }));
        }
    }
}

fn driver(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        let Some(log) = present(c.value(), "logConfiguration").filter(|v| v.is_object()) else { continue };
        let path = format!("{}/logConfiguration/logDriver", c.place());
        match present(log, "logDriver").map(|v| v.as_str()) {
            None | Some(Some("")) => {
                out.at("log-driver-required", &path).set(task.definition, &path, "awslogs");
            }
            Some(Some(name)) if !DRIVERS.contains(&name) => {
                out.at("log-driver-enum", &path).text("value", name).set(task.definition, &path, "awslogs");
            }
            Some(Some(name)) if task.fargate() && !["awslogs", "splunk", "awsfirelens"].contains(&name) => {
                out.at("log-driver-fargate", &path).text("value", name);
            }
            _ => {}
        }
    }
}

fn awslogs(task: &Task<'_>, out: &mut Findings) {
    for c in task.containers.iter().filter(|c| c.log_driver() == "awslogs") {
        let path = format!("{}/logConfiguration/options", c.place());
        match c.value().pointer("/logConfiguration/options").filter(|v| !v.is_null()) {
            None => {
                let said = out.at("log-awslogs-group", &path).variant("options");
                if let Some(region) = region(task) {
                    said.set(task.definition, &path, json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" }));
                }
            }
            Some(options) if options.is_object() => each_option(task, c, options, &path, out),
            Some(_) => {}
        }
    }
    if let Some((first, _)) =
        task.containers.iter().filter_map(|c| Some((c, c.value().pointer("/logConfiguration/options")?))).find(|(c, options)| {
            c.log_driver() == "awslogs" && present(options, "awslogs-group").is_some() && present(options, "awslogs-create-group").is_none()
        })
    {
        let path = format!("{}/logConfiguration/options/awslogs-create-group", first.place());
        out.at("log-create-group-missing", path).text("group", first.log_option("awslogs-group"));
    }
}

fn each_option(task: &Task<'_>, c: &ContainerView<'_>, options: &Value, path: &str, out: &mut Findings) {
    let text = |key: &str| present(options, key).and_then(Value::as_str).unwrap_or("");
    let absent = |key: &str| present(options, key).is_none_or(|v| v.as_str() == Some(""));
    let (g, r, p, create) = ("awslogs-group", "awslogs-region", "awslogs-stream-prefix", "awslogs-create-group");
    let at = |key: &str| format!("{path}/{key}");
    if absent(g) {
        out.at("log-awslogs-group", at(g)).set(task.definition, &at(g), group(task));
    } else if !text(g).is_empty() && !is_group(text(g)) {
        out.at("log-group-name", at(g)).text("value", text(g)).set(task.definition, &at(g), group(task));
    }
    if absent(r) || (!text(r).is_empty() && !is_region(text(r))) {
        let said = out.at("log-awslogs-region", at(r)).text("value", text(r));
        if let Some(region) = region(task) {
            said.set(task.definition, &at(r), region);
        }
    } else if let Some(region) = region(task).filter(|region| !text(r).is_empty() && text(r) != *region) {
        out.at("log-awslogs-region-differs", at(r)).text("value", text(r)).text("region", region).set(task.definition, &at(r), region);
    }
    if absent(p) {
        if task.fargate() {
            out.at("log-awslogs-prefix", at(p)).set(task.definition, &at(p), "ecs");
        }
    } else if text(p).contains([':', '*']) {
        out.at("log-awslogs-prefix-chars", at(p)).text("value", text(p)).set(task.definition, &at(p), text(p).replace([':', '*'], "-"));
    }
    match text(create) {
        "" => {}
        "true" | "True" | "TRUE" | "1" | "t" | "T" => {
            if c.index == task.containers.iter().find(|o| o.log_driver() == "awslogs").map_or(0, |o| o.index) {
                out.at("log-create-group-permission", at(create));
            }
        }
        "false" | "False" | "FALSE" | "0" | "f" | "F" => {}
        other => {
            out.at("log-create-group-value", at(create)).text("value", other).set(task.definition, &at(create), "true");
        }
    }
    for key in options.as_object().into_iter().flatten().map(|(k, _)| k).filter(|k| !OPTIONS.contains(&k.as_str())) {
        let path = crate::pointer::join(path, key);
        out.at("log-awslogs-unknown-option", &path).text("key", key.as_str()).clear(task.definition, &path);
    }
}

fn is_group(text: &str) -> bool {
    text.len() <= 512 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_/#".contains(&b))
}

/// The form of a Region's code, not a list: new ones appear.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() >= 3
        && (2..=5).contains(&parts[0].len())
        && parts[..parts.len() - 1].iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.last().is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
}
