//! Log configuration.

use super::*;
use crate::{
    grammar::name::{is_log_group, is_region},
    lint::context::{USUAL_ROLE, is_usual_role, named_region},
};

const DRIVERS: [&str; 8] = ["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"];
/// Longest name of a log stream: prefix, container and the task's 32 digits. Source: API reference, LogStream.
const MAX_STREAM: usize = 512;
/// The options of the driver. Source: API reference, LogConfiguration.options.
pub(crate) const OPTIONS: [&str; 8] = [
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
    crate::grammar::name::log_group(task.text("family").unwrap_or_default())
}

pub(super) fn missing(task: &Task<'_>, report: &mut Report) {
    for c in task.containers.iter().filter(|c| c.value().is_object() && find(c, "logConfiguration").is_none()) {
        let path = format!("{}/logConfiguration", c.place());
        let variant = if matches!(task.launch, Some(Launch::Ec2 | Launch::External)) { "instance" } else { "" };
        let finding = report.at(&LOG_MISSING, &path).variant(variant).text("name", c.name());
        // Without an execution role the new logs would be an error on Fargate: that is asked first.
        if let (Some(region), false) = (task.region(), task.fargate() && !task.has_execution_role()) {
            let options = json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" });
            finding.set(task.definition, &path, json!({ "logDriver": "awslogs", "options": options }));
        }
    }
}

pub(super) fn driver(task: &Task<'_>, report: &mut Report) {
    for c in &task.containers {
        let Some(log) = find(c, "logConfiguration").filter(|v| v.is_object()) else { continue };
        let path = format!("{}/logConfiguration/logDriver", c.place());
        match present(log, "logDriver").map(|v| v.as_str()) {
            None | Some(Some("")) => {
                report.at(&LOG_DRIVER_REQUIRED, &path).set(task.definition, &path, "awslogs");
            }
            Some(Some(name)) if !DRIVERS.contains(&name) => {
                report.at(&LOG_DRIVER_ENUM, &path).text("value", name).set(task.definition, &path, "awslogs");
            }
            Some(Some(name)) if task.fargate() && !["awslogs", "splunk", "awsfirelens"].contains(&name) => {
                let finding = report.at(&LOG_DRIVER_FARGATE, &path).text("value", name);
                finding.fix("fix-awslogs", Vec::new(), to_awslogs(task, c));
            }
            Some(Some(name)) if task.runs_on(Launch::ManagedInstances) && !["awslogs", "splunk", "awsfirelens", "json-file"].contains(&name) => {
                let finding = report.at(&LOG_DRIVER_MANAGED_INSTANCES, &path).text("value", name);
                finding.fix("fix-awslogs", Vec::new(), to_awslogs(task, c));
            }
            _ => {}
        }
    }
}

/// Logs to CloudWatch in the usual group; the usual role is named where none is, since awslogs cannot do without.
pub(super) fn to_awslogs(task: &Task<'_>, c: &ContainerView<'_>) -> Edit {
    let Some(region) = named_region(task) else { return Edit::default() };
    let options = json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" });
    let mut fix = edit::set(task.definition, &format!("{}/logConfiguration", c.place()), json!({ "logDriver": "awslogs", "options": options }));
    if task.fargate() && !task.has_execution_role() {
        fix.0.extend(edit::set(task.definition, "/executionRoleArn", json!(USUAL_ROLE)).0);
    }
    fix
}

pub(super) fn awslogs(task: &Task<'_>, report: &mut Report) {
    for c in task.containers.iter().filter(|c| c.log_driver() == "awslogs") {
        let path = format!("{}/logConfiguration/options", c.place());
        match find(c, "logConfiguration/options").filter(|v| !v.is_null()) {
            None => {
                let finding = report.at(&LOG_AWSLOGS_GROUP, &path).variant("options");
                if let Some(region) = named_region(task) {
                    finding.set(task.definition, &path, json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" }));
                }
            }
            Some(options) if options.is_object() => each_option(task, c, options, &path, report),
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
            report.at(&LOG_CREATE_GROUP_MISSING, path).text("group", group);
        }
    }
}

fn each_option(task: &Task<'_>, c: &ContainerView<'_>, options: &Value, path: &str, report: &mut Report) {
    let text = |key: &str| present(options, key).and_then(Value::as_str).unwrap_or("");
    let absent = |key: &str| present(options, key).is_none_or(|v| v.as_str() == Some(""));
    let (g, r, p, create) = ("awslogs-group", "awslogs-region", "awslogs-stream-prefix", "awslogs-create-group");
    let at = |key: &str| format!("{path}/{key}");
    if absent(g) {
        report.at(&LOG_AWSLOGS_GROUP, at(g)).set(task.definition, &at(g), group(task));
    } else if !text(g).is_empty() && !is_log_group(text(g)) {
        report.at(&LOG_GROUP_NAME, at(g)).text("value", text(g)).set(task.definition, &at(g), group(task));
    } else if text(g).trim_start_matches('/').starts_with("aws/") {
        report.at(&LOG_GROUP_AWS_PREFIX, at(g)).text("value", text(g)).set(task.definition, &at(g), group(task));
    }
    if absent(r) || (!text(r).is_empty() && !is_region(text(r))) {
        let finding = report.at(&LOG_AWSLOGS_REGION, at(r)).text("value", text(r));
        if let Some(region) = named_region(task) {
            finding.set(task.definition, &at(r), region);
        }
    } else if let Some(region) = task.region().filter(|region| !text(r).is_empty() && text(r) != *region) {
        report.at(&LOG_AWSLOGS_REGION_DIFFERS, at(r)).text("value", text(r)).text("region", region).set(task.definition, &at(r), region);
    }
    if absent(p) {
        let finding = report.at(&LOG_AWSLOGS_PREFIX, at(p));
        let finding = match task.launch {
            Some(Launch::Fargate) => finding,
            Some(Launch::ManagedInstances) => finding.severity(Warning).variant("managed"),
            _ => finding.severity(Advice).variant("ec2"),
        };
        finding.set(task.definition, &at(p), "ecs").done();
    } else if text(p).contains([':', '*']) {
        report.at(&LOG_AWSLOGS_PREFIX_CHARS, at(p)).text("value", text(p)).set(task.definition, &at(p), text(p).replace([':', '*'], "-"));
    } else if text(p).len() + c.name().len() + 34 > MAX_STREAM {
        report.at(&LOG_AWSLOGS_PREFIX_CHARS, at(p)).variant("length").set(task.definition, &at(p), "ecs");
    }
    match text(create) {
        "" => {}
        "true" | "True" | "TRUE" | "1" | "t" | "T" => {
            // Said once; a role of one's own may well have the permission.
            if c.index == task.containers.iter().find(|o| o.log_driver() == "awslogs").map_or(0, |o| o.index) {
                if is_usual_role(task) {
                    report.at(&LOG_CREATE_GROUP_PERMISSION, at(create));
                }
                report.at(&LOG_RETENTION, at(g)).text("group", text(g));
            }
        }
        "false" | "False" | "FALSE" | "0" | "f" | "F" => {}
        other => {
            report.at(&LOG_CREATE_GROUP_VALUE, at(create)).text("value", other).set(task.definition, &at(create), "true");
        }
    }
    for (at, (key, value)) in options.as_object().into_iter().flatten().enumerate().filter(|(_, (k, _))| !OPTIONS.contains(&k.as_str())) {
        let options_path = path;
        let path = crate::document::pointer::join(path, key);
        let finding = report.at(&LOG_AWSLOGS_UNKNOWN_OPTION, &path).text("key", key.as_str());
        let right = OPTIONS.iter().find(|o| spelling::alike(key, o) && options.get(**o).is_none());
        match right {
            Some(right) => {
                let add = Op::Add { path: format!("{options_path}/{right}"), value: value.clone(), at: Some(at) };
                let rename = Edit(vec![Op::Remove { path: path.clone() }, add]);
                finding.fix("fix-rename", vec![("value", Param::Text((*right).to_owned()))], rename).done();
            }
            None => finding.clear(task.definition, &path).done(),
        }
    }
}
