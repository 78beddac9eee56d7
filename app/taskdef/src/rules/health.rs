//! Container health checks: the form of the command, the timing, and whether it can work at all.

use super::{Findings, Rule, rule, with_another};
use crate::{
    Severity::{Advice, Error, Warning},
    catalog::{self, Has},
    finding::Param,
    health, image,
    model::{Task, present},
    view::ContainerView,
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    rule("health-command-required", Error, "API reference: HealthCheck.command", form),
    rule("health-command-list", Error, "API reference: HealthCheck.command", with_another),
    rule("health-command-first-word", Error, "API reference: HealthCheck.command", with_another),
    rule("health-command-no-keyword", Warning, "API reference: HealthCheck.command", with_another),
    rule("health-command-comma-in-one", Error, "API reference: HealthCheck.command", with_another),
    rule("health-cmd-shell-extra-args", Warning, "Docker: how CMD-SHELL is run", with_another),
    rule("health-cmd-shell-empty", Error, "API reference: HealthCheck.command", with_another),
    rule("health-cmd-with-shell-syntax", Error, "API reference: HealthCheck.command", with_another),
    rule("health-interval-range", Error, "API reference: HealthCheck.interval", timing),
    rule("health-timeout-range", Error, "API reference: HealthCheck.timeout", with_another),
    rule("health-retries-range", Error, "API reference: HealthCheck.retries", with_another),
    rule("health-start-period-range", Error, "API reference: HealthCheck.startPeriod", with_another),
    rule("health-timeout-vs-interval", Warning, "API reference: HealthCheck", with_another),
    rule("health-port-not-declared", Warning, "API reference: HealthCheck.command", target),
    rule("health-other-container-port", Warning, "Developer Guide: task networking with awsvpc", with_another),
    rule("health-host-not-local", Warning, "API reference: HealthCheck.command", with_another),
    rule("health-tool-missing", Warning, "Dockerfiles of the official images", tool),
    rule("health-shell-missing", Error, "distroless README", with_another),
    rule("health-bash-missing", Warning, "Dockerfiles of the official images", with_another),
    rule("health-curl-without-f", Warning, "API reference: HealthCheck.command", without_f),
    rule("health-missing-essential", Advice, "API reference: HealthCheck", missing),
];

/// `CMD-SHELL, curl …` as the list that it stands for; any other text as one line of shell.
pub(super) fn split_keyword(text: &str) -> Value {
    let text = text.trim();
    for keyword in ["CMD-SHELL", "CMD"] {
        if let Some(rest) = text.strip_prefix(keyword).filter(|r| r.starts_with([',', ' '])) {
            let rest = rest.trim_start_matches([',', ' ']).trim();
            return if keyword == "CMD" { json!([&["CMD"][..], &words(rest)[..]].concat()) } else { json!(["CMD-SHELL", rest]) };
        }
    }
    json!(["CMD-SHELL", text])
}

fn words(text: &str) -> Vec<&str> {
    if text.contains(',') { text.split(',').map(str::trim).collect() } else { text.split_whitespace().collect() }
}

struct Check<'a> {
    container: ContainerView<'a>,
    value: &'a Value,
    path: String,
    command: Option<Vec<&'a str>>,
}

fn checks<'t>(task: &'t Task<'_>) -> Vec<Check<'t>> {
    let read = |c: &ContainerView<'t>| {
        let value = present(c.value(), "healthCheck").filter(|v| v.is_object())?;
        let command = value.get("command").and_then(Value::as_array).and_then(|l| l.iter().map(Value::as_str).collect());
        Some(Check { container: *c, value, path: format!("{}/healthCheck", c.place()), command })
    };
    task.containers.iter().filter_map(read).collect()
}

fn form(task: &Task<'_>, out: &mut Findings) {
    for check in checks(task) {
        let path = format!("{}/command", check.path);
        let Some(items) = &check.command else {
            if present(check.value, "command").is_none() {
                out.at("health-command-required", &path).text("name", check.container.name());
            }
            continue;
        };
        let joined = |from: usize| items[from..].join(" ");
        match items.as_slice() {
            [] => {
                out.at("health-command-required", &path).text("name", check.container.name());
            }
            ["NONE", ..] => {}
            [first, ..] if first.starts_with("CMD-SHELL,") || first.starts_with("CMD,") || first.starts_with("CMD-SHELL ") => {
                out.at("health-command-comma-in-one", format!("{path}/0")).text("value", *first).set(task.definition, &path, split_keyword(&joined(0)));
            }
            ["CMD-SHELL" | "CMD"] | ["CMD-SHELL" | "CMD", "", ..] => {
                out.at("health-cmd-shell-empty", &path).text("value", items[0]);
            }
            ["CMD-SHELL", _] => {}
            ["CMD-SHELL", ..] => {
                out.at("health-cmd-shell-extra-args", &path).set(task.definition, &path, json!(["CMD-SHELL", joined(1)]));
            }
            ["CMD", only] if only.trim().contains(char::is_whitespace) && !only.contains('\\') => {
                out.at("health-cmd-with-shell-syntax", format!("{path}/1")).text("value", *only).set(task.definition, &path, json!(["CMD-SHELL", only]));
            }
            ["CMD", ..] => {}
            [first, ..] if is_program(first) => {
                let shell = items.iter().any(|i| ["||", "&&", "|", ";"].contains(i));
                let fixed = if shell { json!(["CMD-SHELL", joined(0)]) } else { json!([&["CMD"][..], &items[..]].concat()) };
                out.at("health-command-no-keyword", format!("{path}/0")).text("value", *first).set(task.definition, &path, fixed);
            }
            [first, ..] => {
                let keyword = first.to_ascii_uppercase().replace(['_', ' '], "-");
                let from = usize::from(matches!(keyword.as_str(), "CMD-SHELL" | "SHELL" | "CMD" | ""));
                let said = out.at("health-command-first-word", format!("{path}/0")).text("value", *first);
                if items.len() > from {
                    let fixed = if keyword == "CMD" { json!([&["CMD"][..], &items[1..]].concat()) } else { json!(["CMD-SHELL", joined(from)]) };
                    said.set(task.definition, &path, fixed);
                }
            }
        }
    }
}

fn is_program(word: &str) -> bool {
    let keyword = word.to_ascii_uppercase().replace(['_', ' '], "-");
    !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || "|&;<>$,".contains(c)) && !matches!(keyword.as_str(), "CMD" | "CMD-SHELL" | "SHELL")
}

fn timing(task: &Task<'_>, out: &mut Findings) {
    const RANGES: [(&str, &str, i64, i64, u64); 4] = [
        ("health-interval-range", "interval", 5, 300, 30),
        ("health-timeout-range", "timeout", 2, 60, 5),
        ("health-retries-range", "retries", 1, 10, 3),
        ("health-start-period-range", "startPeriod", 0, 300, 60),
    ];
    for check in checks(task) {
        let number = |key: &str| present(check.value, key).and_then(Value::as_i64);
        let mut ok = true;
        for (rule, key, min, max, usual) in RANGES {
            if let Some(n) = number(key).filter(|n| !(min..=max).contains(n)) {
                ok = false;
                let path = format!("{}/{key}", check.path);
                let near = if n > max { max as u64 } else { usual };
                let said = out.at(rule, &path).text("value", n.to_string()).set(task.definition, &path, usual);
                if near != usual {
                    said.fix("fix", vec![("value", Param::Text(near.to_string()))], crate::edit::set(task.definition, &path, json!(near)));
                }
            }
        }
        let (interval, timeout) = (number("interval").unwrap_or(30), number("timeout").unwrap_or(5));
        if ok && timeout >= interval {
            let path = format!("{}/timeout", check.path);
            let better = (interval - 1).clamp(2, 60) as u64;
            let said = out.at("health-timeout-vs-interval", &path).number("timeout", timeout as u64).number("interval", interval as u64);
            said.set(task.definition, &path, better.min(5));
        }
    }
}

fn target(task: &Task<'_>, out: &mut Findings) {
    for check in checks(task) {
        let Some(command) = present(check.value, "command") else { continue };
        let path = format!("{}/command", check.path);
        let own = check.container.ports();
        for (host, port) in health::targets(command) {
            if !matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]" | "$HOSTNAME" | "${HOSTNAME}") && !host.starts_with('$') {
                out.at("health-host-not-local", &path).text("host", host);
                continue;
            }
            let Some(port) = port.filter(|p| !own.contains(p) && check.container.env_port() != Some(*p)) else { continue };
            let others = task.containers.iter().find(|c| c.index != check.container.index && c.ports().contains(&port));
            let said = match others {
                Some(other) if task.shared_network() => out.at("health-other-container-port", &path).text("other", other.name()),
                _ => out.at("health-port-not-declared", &path),
            };
            let said = said.param("port", Param::Text(port.to_string())).text("name", check.container.name());
            if let (Some(right), Some(known)) = (own.first(), health::recognise(command)) {
                let item = format!("{path}/{}", known.item);
                said.fix(
                    "fix",
                    vec![("value", Param::Text(right.to_string()))],
                    crate::edit::set(task.definition, &item, json!(known.with_port(&right.to_string()))),
                );
            }
        }
    }
}

fn tool(task: &Task<'_>, out: &mut Findings) {
    for check in checks(task) {
        let (Some(items), Ok(reference)) = (&check.command, image::parse(check.container.image())) else { continue };
        let Some(has) = catalog::tools(&reference) else { continue };
        let path = format!("{}/command", check.path);
        let (shell, text) = match items.as_slice() {
            ["CMD-SHELL", text] => (true, *text),
            ["CMD", program, ..] => (false, *program),
            _ => continue,
        };
        let image = check.container.image();
        if shell && has.sh == Has::No {
            out.at("health-shell-missing", &path).text("image", image);
            continue;
        }
        let needs_bash = text.contains("/dev/tcp/") || text.split_whitespace().next() == Some("bash");
        let program = if needs_bash { "bash" } else { text.split_whitespace().next().unwrap_or("") };
        if has.get(program) != Has::No {
            continue;
        }
        let rule = if needs_bash { "health-bash-missing" } else { "health-tool-missing" };
        let mut said = out.at(rule, &path).text("tool", program).text("image", image);
        let known = present(check.value, "command").and_then(health::recognise);
        if let Some(known) = known {
            for (other, label) in [(health::Tool::Node, "fix-node"), (health::Tool::Curl, "fix-curl"), (health::Tool::Wget, "fix-wget")] {
                let works = has.get(other.as_str()) == Has::Yes && (other == health::Tool::Node || has.sh == Has::Yes);
                if works {
                    let command = other.command(known.port(), known.path());
                    said = said.fix(label, Vec::new(), crate::edit::set(task.definition, &path, command));
                }
            }
        }
    }
}

fn without_f(task: &Task<'_>, out: &mut Findings) {
    for check in checks(task) {
        let Some(items) = &check.command else { continue };
        let text = items.join(" ");
        let words: Vec<&str> = text.split_whitespace().collect();
        let fails = |w: &str| matches!(w, "--fail" | "--fail-with-body") || (w.starts_with('-') && !w.starts_with("--") && w.contains('f'));
        let curl = words.iter().position(|w| *w == "curl");
        if curl.is_some_and(|i| !words[i..].iter().any(|w| fails(w))) {
            let path = format!("{}/command", check.path);
            let said = out.at("health-curl-without-f", &path);
            if let ["CMD-SHELL", text] = items.as_slice() {
                said.set(task.definition, &path, json!(["CMD-SHELL", text.replacen("curl ", "curl -f ", 1)]));
            }
        }
    }
}

fn missing(task: &Task<'_>, out: &mut Findings) {
    for c in task.containers.iter().filter(|c| c.essential() && !c.ports().is_empty()) {
        if present(c.value(), "healthCheck").is_none() {
            out.at("health-missing-essential", format!("{}/healthCheck", c.place())).text("name", c.name());
        }
    }
}
