//! Log options besides the awslogs group: mode, buffer, splunk, json-file.

use super::prelude::*;

/// Bytes of a size as Docker reads it (`25m`, `25MB`, `1.5g`, `4194304`).
pub(super) fn size(text: &str) -> Option<u64> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(lower.len());
    let (number, unit) = lower.split_at(digits);
    let power = match unit.trim_start_matches(' ') {
        "" | "b" => 0,
        u => {
            let prefix = u.strip_suffix('b').unwrap_or(u);
            let letter = prefix.strip_suffix('i').unwrap_or(prefix);
            1 + ["k", "m", "g", "t", "p"].iter().position(|p| *p == letter)?
        }
    };
    let whole = !number.is_empty() && number.bytes().filter(|b| *b == b'.').count() <= 1 && !number.starts_with('.') && !number.ends_with('.');
    let value: f64 = whole.then(|| number.parse().ok()).flatten()?;
    // Saturates far above every memory there is.
    Some((value * 1024f64.powi(power as i32)) as u64)
}

pub(super) fn check(task: &Task<'_>, out: &mut Findings) {
    for c in objects(task) {
        let (driver, options) = (c.log_driver(), find(c, "logConfiguration/options"));
        let path = c.at("logConfiguration/options");
        let get = |key: &str| options.and_then(|o| find(o, key));
        if driver == "splunk" {
            splunk(task, c, &get, &path, out);
        }
        if driver == "json-file" && !task.fargate() && get("max-size").is_none() {
            let mut cure = edit::set(task.definition, &format!("{path}/max-size"), json!("10m"));
            if let (None, None) = (options, get("max-file")) {
                cure = edit::set(task.definition, &path, json!({ "max-size": "10m", "max-file": "3" }));
            }
            out.at("log-json-file-size", format!("{path}/max-size")).text("name", c.name()).fix("fix", Vec::new(), cure);
        }
        let Some(options) = options.filter(|o| o.is_object()) else { continue };
        if find(options, "awslogs-datetime-format").is_some() && find(options, "awslogs-multiline-pattern").is_some() {
            let at = format!("{path}/awslogs-multiline-pattern");
            out.at("log-datetime-and-multiline", &at).clear(task.definition, &at);
        }
        buffered(task, options, &path, out);
    }
}

fn buffered(task: &Task<'_>, options: &Value, path: &str, out: &mut Findings) {
    let (mode_path, buffer_path) = (format!("{path}/mode"), format!("{path}/max-buffer-size"));
    let mode = text(options, "mode");
    let buffer = text(options, "max-buffer-size");
    if let Some(mode) = mode.filter(|m| !["blocking", "non-blocking"].contains(m)) {
        out.at("log-mode-enum", &mode_path).text("value", mode).set(task.definition, &mode_path, "non-blocking");
    }
    if let Some(buffer) = buffer.filter(|b| size(b).is_none()) {
        out.at("log-max-buffer-form", &buffer_path).text("value", buffer).set(task.definition, &buffer_path, "25m");
    }
    if mode == Some("blocking") {
        if buffer.is_some() {
            out.at("log-max-buffer-blocking", &buffer_path).clear(task.definition, &buffer_path);
        }
        out.at("log-mode-blocking", &mode_path).set(task.definition, &mode_path, "non-blocking");
    }
}

fn splunk<'a>(task: &Task<'_>, c: ContainerView<'a>, get: &dyn Fn(&str) -> Option<&'a Value>, path: &str, out: &mut Findings) {
    let empty = |v: &Value| v.as_str() == Some("");
    if get("splunk-url").is_none_or(empty) {
        out.at("log-splunk-options", format!("{path}/splunk-url")).variant("url");
    }
    let secret = list(c, "logConfiguration/secretOptions").iter().any(|s| text(s, "name") == Some("splunk-token"));
    match get("splunk-token").filter(|v| !empty(v)) {
        None if !secret => out.at("log-splunk-options", format!("{path}/splunk-token")).done(),
        Some(Value::String(token)) if !token.starts_with(['$', '<', '{']) => {
            let at = format!("{path}/splunk-token");
            let said = out.at("log-splunk-token-plain", &at);
            if secret {
                said.clear(task.definition, &at);
            }
        }
        _ => {}
    }
}
