//! Log options besides the awslogs group: mode, buffer, splunk, json-file.

use super::*;
use crate::{document::pointer, lint::context::docker_size};

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let (driver, options) = (c.log_driver(), find(c, "logConfiguration/options"));
        let path = || c.at("logConfiguration/options");
        let get = |key: &str| options.and_then(|o| find(o, key));
        if driver == "splunk" {
            splunk(task, c, &get, &path(), report);
        }
        if driver == "json-file" && !task.fargate() && get("max-size").is_none() {
            let path = path();
            let mut fix = edit::set(task.definition, &format!("{path}/max-size"), json!("10m"));
            if let (None, None) = (options, get("max-file")) {
                fix = edit::set(task.definition, &path, json!({ "max-size": "10m", "max-file": "3" }));
            }
            report.at(&LOG_JSON_FILE_SIZE, format!("{path}/max-size")).text("name", c.name()).fix("fix", Vec::new(), fix);
        }
        let Some(options) = options.filter(|o| o.is_object()) else { continue };
        if find(options, "awslogs-datetime-format").is_some() && find(options, "awslogs-multiline-pattern").is_some() {
            let at = format!("{}/awslogs-multiline-pattern", path());
            report.at(&LOG_DATETIME_AND_MULTILINE, &at).clear(task.definition, &at);
        }
        buffered(task, c, options, report);
    }
}

fn buffered(task: &Task<'_>, c: ContainerView<'_>, options: &Value, report: &mut Report) {
    let (mode, buffer) = (text(options, "mode"), text(options, "max-buffer-size"));
    if mode.is_none() && buffer.is_none() {
        return;
    }
    let (mode_path, buffer_path) = (|| c.at("logConfiguration/options/mode"), || c.at("logConfiguration/options/max-buffer-size"));
    if let Some(mode) = mode.filter(|m| !["blocking", "non-blocking"].contains(m)) {
        report.at(&LOG_MODE_ENUM, mode_path()).text("value", mode).set(task.definition, &mode_path(), "non-blocking");
    }
    if let Some(buffer) = buffer.filter(|b| docker_size(b).is_none()) {
        report.at(&LOG_MAX_BUFFER_FORM, buffer_path()).text("value", buffer).set(task.definition, &buffer_path(), "25m");
    }
    if mode == Some("blocking") {
        if buffer.is_some() {
            // Docker refuses the pair; Fargate's drivers do not read the size.
            let docker = matches!(task.launch, Some(Launch::Ec2 | Launch::External)) && c.log_driver() != "awsfirelens";
            let (severity, variant) = if docker { (Error, "docker") } else { (Warning, "") };
            report.at(&LOG_MAX_BUFFER_BLOCKING, buffer_path()).severity(severity).variant(variant).clear(task.definition, &buffer_path());
        }
        report.at(&LOG_MODE_BLOCKING, mode_path()).set(task.definition, &mode_path(), "non-blocking");
    }
}

fn splunk<'a>(task: &Task<'_>, c: ContainerView<'a>, get: &dyn Fn(&str) -> Option<&'a Value>, path: &str, report: &mut Report) {
    let empty = |v: &Value| v.as_str() == Some("");
    // The agent adds each secret option under its name.
    let secret = |key: &str| list(c, "logConfiguration/secretOptions").iter().any(|s| text(s, "name") == Some(key));
    if get("splunk-url").is_none_or(empty) && !secret("splunk-url") {
        report.at(&LOG_SPLUNK_OPTIONS, format!("{path}/splunk-url")).variant("url");
    }
    let secret = secret("splunk-token");
    match get("splunk-token").filter(|v| !empty(v)) {
        None if !secret => report.at(&LOG_SPLUNK_OPTIONS, format!("{path}/splunk-token")).done(),
        Some(Value::String(token)) if !token.starts_with(['$', '<', '{']) => {
            let at = format!("{path}/splunk-token");
            let finding = report.at(&LOG_SPLUNK_TOKEN_PLAIN, &at);
            if secret {
                finding.clear(task.definition, &at);
            }
        }
        _ => {}
    }
}

/// Every option is a text.
pub(super) fn types(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let options = find(c, "logConfiguration/options").and_then(Value::as_object);
        for (key, value) in options.into_iter().flatten().filter(|(_, v)| !v.is_string() && !v.is_null()) {
            let path = pointer::join(&c.at("logConfiguration/options"), key);
            let finding = report.at(&LOG_OPTION_STRING, &path).text("key", key.as_str());
            if !value.is_object() && !value.is_array() {
                finding.set(task.definition, &path, text_of(value));
            } else {
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path));
            }
        }
    }
}
