//! Log configuration.

use super::{log_router, log_settings, prelude::*};
use crate::name::{is_log_group, is_region};

pub(super) use log_settings::size;

pub(super) const RULES: &[Rule] = &[
    rule("log-missing", Warning, "Security Hub ECS.9", missing),
    rule("log-driver-required", Error, "API reference: LogConfiguration.logDriver", driver),
    rule("log-driver-enum", Error, "API reference: LogDriver", with_another),
    rule("log-driver-fargate", Error, "API reference: LogConfiguration.logDriver", with_another),
    rule("log-driver-managed-instances", Error, "API reference: LogConfiguration.logDriver", with_another),
    rule("log-awslogs-group", Error, "API reference: LogConfiguration.options", awslogs),
    rule("log-awslogs-region", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-awslogs-region-differs", Warning, "API reference: LogConfiguration.options", with_another),
    rule("log-awslogs-prefix", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-awslogs-prefix-chars", Error, "API reference: LogStream.logStreamName", with_another),
    rule("log-awslogs-execution-role", Error, "API reference: RegisterTaskDefinition.executionRoleArn", with_another),
    rule("log-group-name", Error, "API reference: CreateLogGroup.logGroupName", with_another),
    rule("log-group-aws-prefix", Advice, "CloudWatch Logs: names of groups that AWS services write", with_another),
    rule("log-create-group-value", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-create-group-permission", Warning, "API reference: LogConfiguration.options", with_another),
    rule("log-create-group-missing", Warning, "API reference: LogConfiguration.options", with_another),
    rule("log-awslogs-unknown-option", Error, "Docker: options of the awslogs driver", with_another),
    rule("log-option-string", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-datetime-and-multiline", Error, "API reference: LogConfiguration.options", log_settings::check),
    rule("log-mode-enum", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-max-buffer-form", Error, "Docker: sizes; API reference: LogConfiguration.options", with_another),
    rule("log-max-buffer-blocking", Warning, "API reference: LogConfiguration.options", with_another),
    rule("log-mode-blocking", Advice, "API reference: LogConfiguration.options", with_another),
    rule("log-splunk-options", Error, "API reference: LogConfiguration.options", with_another),
    rule("log-splunk-token-plain", Warning, "Developer Guide: Splunk token as a secret option", with_another),
    rule("log-firelens-router-missing", Error, "Developer Guide: FireLens", log_router::check),
    rule("log-firelens-unused", Error, "Developer Guide: FireLens", with_another),
    rule("log-firelens-one-router", Error, "Amazon ECS agent: FireLens", with_another),
    rule("log-firelens-router-self", Error, "Amazon ECS agent: FireLens", with_another),
    rule("log-firelens-type", Error, "API reference: FirelensConfiguration.type", with_another),
    rule("log-firelens-options", Error, "API reference: FirelensConfiguration.options", with_another),
    rule("log-firelens-fargate-s3", Error, "API reference: FirelensConfiguration.options", with_another),
    rule("log-firelens-router-user", Advice, "Amazon ECS: FireLens examples", with_another),
    rule("log-json-file-size", Advice, "Developer Guide: CannotPullContainer task errors, no space left", with_another),
    rule("log-retention", Advice, "CloudWatch Logs: retention", with_another),
];

const DRIVERS: [&str; 8] = ["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"];
/// Longest name of a log stream: prefix, container and the task's 32 digits. Source: API reference, LogStream.
const MAX_STREAM: usize = 512;
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
    crate::name::log_group(task.text("family").unwrap_or_default())
}

fn missing(task: &Task<'_>, out: &mut Findings) {
    for c in task.containers.iter().filter(|c| c.value().is_object() && find(c, "logConfiguration").is_none()) {
        let path = format!("{}/logConfiguration", c.place());
        let said = out.at("log-missing", &path).text("name", c.name());
        // Without an execution role the new logs would be an error on Fargate: that is asked first.
        if let (Some(region), false) = (task.region(), task.fargate() && !task.has_execution_role()) {
            let options = json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" });
            said.set(task.definition, &path, json!({ "logDriver": "awslogs", "options": options }));
        }
    }
}

fn driver(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        let Some(log) = find(c, "logConfiguration").filter(|v| v.is_object()) else { continue };
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
            Some(Some(name)) if task.runs_on(Launch::ManagedInstances) && !["awslogs", "splunk", "awsfirelens", "json-file"].contains(&name) => {
                out.at("log-driver-managed-instances", &path).text("value", name);
            }
            _ => {}
        }
    }
}

fn awslogs(task: &Task<'_>, out: &mut Findings) {
    for c in task.containers.iter().filter(|c| c.log_driver() == "awslogs") {
        let path = format!("{}/logConfiguration/options", c.place());
        match find(c, "logConfiguration/options").filter(|v| !v.is_null()) {
            None => {
                let said = out.at("log-awslogs-group", &path).variant("options");
                if let Some(region) = task.region() {
                    said.set(task.definition, &path, json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" }));
                }
            }
            Some(options) if options.is_object() => each_option(task, c, options, &path, out),
            Some(_) => {}
        }
    }
    if let Some((first, _)) =
        task.containers.iter().filter_map(|c| Some((c, find(c, "logConfiguration/options")?))).find(|(c, options)| {
            c.log_driver() == "awslogs" && present(options, "awslogs-group").is_some() && present(options, "awslogs-create-group").is_none()
        })
    {
        let path = format!("{}/logConfiguration/options/awslogs-create-group", first.place());
        let group = first.log_option("awslogs-group");
        // AWS services make their groups themselves.
        if !group.is_empty() {
            out.at("log-create-group-missing", path).text("group", group);
        }
    }
}

fn each_option(task: &Task<'_>, c: &ContainerView<'_>, options: &Value, path: &str, out: &mut Findings) {
    let text = |key: &str| present(options, key).and_then(Value::as_str).unwrap_or("");
    let absent = |key: &str| present(options, key).is_none_or(|v| v.as_str() == Some(""));
    let (g, r, p, create) = ("awslogs-group", "awslogs-region", "awslogs-stream-prefix", "awslogs-create-group");
    let at = |key: &str| format!("{path}/{key}");
    if absent(g) {
        out.at("log-awslogs-group", at(g)).set(task.definition, &at(g), group(task));
    } else if !text(g).is_empty() && !is_log_group(text(g)) {
        out.at("log-group-name", at(g)).text("value", text(g)).set(task.definition, &at(g), group(task));
    } else if text(g).trim_start_matches('/').starts_with("aws/") {
        out.at("log-group-aws-prefix", at(g)).text("value", text(g)).set(task.definition, &at(g), group(task));
    }
    if absent(r) || (!text(r).is_empty() && !is_region(text(r))) {
        let said = out.at("log-awslogs-region", at(r)).text("value", text(r));
        if let Some(region) = task.region() {
            said.set(task.definition, &at(r), region);
        }
    } else if let Some(region) = task.region().filter(|region| !text(r).is_empty() && text(r) != *region) {
        out.at("log-awslogs-region-differs", at(r)).text("value", text(r)).text("region", region).set(task.definition, &at(r), region);
    }
    if absent(p) {
        let said = out.at("log-awslogs-prefix", at(p));
        let said = if task.fargate() { said } else { said.severity(Advice).variant("ec2") };
        said.set(task.definition, &at(p), "ecs").done();
    } else if text(p).contains([':', '*']) {
        out.at("log-awslogs-prefix-chars", at(p)).text("value", text(p)).set(task.definition, &at(p), text(p).replace([':', '*'], "-"));
    } else if text(p).len() + c.name().len() + 34 > MAX_STREAM {
        out.at("log-awslogs-prefix-chars", at(p)).variant("length").set(task.definition, &at(p), "ecs");
    }
    match text(create) {
        "" => {}
        "true" | "True" | "TRUE" | "1" | "t" | "T" => {
            // Said once; a role of one's own may well have the permission.
            if c.index == task.containers.iter().find(|o| o.log_driver() == "awslogs").map_or(0, |o| o.index) {
                if super::iam::is_usual_role(task) {
                    out.at("log-create-group-permission", at(create));
                }
                out.at("log-retention", at(g)).text("group", text(g));
            }
        }
        "false" | "False" | "FALSE" | "0" | "f" | "F" => {}
        other => {
            out.at("log-create-group-value", at(create)).text("value", other).set(task.definition, &at(create), "true");
        }
    }
    for (at, (key, value)) in options.as_object().into_iter().flatten().enumerate().filter(|(_, (k, _))| !OPTIONS.contains(&k.as_str())) {
        let options_path = path;
        let path = crate::pointer::join(path, key);
        let said = out.at("log-awslogs-unknown-option", &path).text("key", key.as_str());
        let right = OPTIONS.iter().find(|o| super::shape::alike(key, o) && options.get(**o).is_none());
        match right {
            Some(right) => {
                let add = Op::Add { path: format!("{options_path}/{right}"), value: value.clone(), at: Some(at) };
                let rename = Edit(vec![Op::Remove { path: path.clone() }, add]);
                said.fix("fix-rename", vec![("value", Param::Text((*right).to_owned()))], rename).done();
            }
            None => said.clear(task.definition, &path).done(),
        }
    }
}
