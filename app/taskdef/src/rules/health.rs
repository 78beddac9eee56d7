//! Container health checks: the form of the command, and the timing.

use super::{health_image, health_target, health_words, prelude::*};

pub(super) const RULES: &[Rule] = &[
    rule("health-command-required", Error, "API reference: HealthCheck.command", form),
    rule("health-command-list", Error, "API reference: HealthCheck.command", with_another),
    rule("health-command-first-word", Error, "API reference: HealthCheck.command", with_another),
    rule("health-command-no-keyword", Warning, "API reference: HealthCheck.command", with_another),
    rule("health-command-comma-in-one", Error, "API reference: HealthCheck.command", with_another),
    rule("health-console-commas", Warning, "Developer Guide: health check, comma-separated list in the console", health_words::check),
    rule("health-console-brackets", Warning, "API reference: HealthCheck.command", with_another),
    rule("health-cmd-shell-extra-args", Warning, "Docker: how CMD-SHELL is run", with_another),
    rule("health-cmd-shell-empty", Error, "API reference: HealthCheck.command", with_another),
    rule("health-cmd-with-shell-syntax", Error, "API reference: HealthCheck.command", with_another),
    rule("health-cmd-operator-argument", Warning, "Docker: how CMD is run", with_another),
    rule("health-none-extra", Warning, "API reference: HealthCheck.command", with_another),
    rule("health-exit-code", Advice, "Developer Guide: health check, exit codes", with_another),
    rule("health-curl-without-f", Warning, "API reference: HealthCheck.command", with_another),
    rule("health-interval-range", Error, "API reference: HealthCheck.interval", timing),
    rule("health-timeout-range", Error, "API reference: HealthCheck.timeout", with_another),
    rule("health-retries-range", Error, "API reference: HealthCheck.retries", with_another),
    rule("health-start-period-range", Error, "API reference: HealthCheck.startPeriod", with_another),
    rule("health-timeout-vs-interval", Warning, "API reference: HealthCheck", with_another),
    rule("health-start-period-missing", Warning, "API reference: HealthCheck.startPeriod", with_another),
    rule("health-total-time", Advice, "API reference: HealthCheck", with_another),
    rule("health-port-not-declared", Warning, "API reference: HealthCheck.command", health_target::check),
    rule("health-other-container-port", Warning, "Developer Guide: task networking with awsvpc", with_another),
    rule("health-host-not-local", Warning, "API reference: HealthCheck.command", with_another),
    rule("health-localhost-ipv6", Advice, "How localhost is resolved", with_another),
    rule("health-url-path", Advice, "What a health address should answer", with_another),
    rule("health-tool-missing", Warning, "Dockerfiles of the official images", health_image::check),
    rule("health-not-http", Warning, "What the official images listen for", with_another),
    rule("health-shell-missing", Error, "distroless README", with_another),
    rule("health-bash-missing", Warning, "Dockerfiles of the official images", with_another),
    waits("health-image-healthcheck-ignored", Advice, State::NeedsRegistry, "API reference: HealthCheck"),
    rule("health-missing-essential", Advice, "API reference: HealthCheck", missing),
    rule("health-nonessential-note", Advice, "API reference: HealthCheck", with_another),
    waits("health-standalone-note", Advice, State::NeedsAccount, "API reference: HealthCheck"),
    rule("health-heavy-command", Advice, "Reports of checks that ran out of CPU", with_another),
    rule("health-secret-in-command", Warning, "API reference: ContainerDefinition.environment", with_another),
    waits("health-classic-elb", Error, State::NeedsAccount, "API reference: HealthCheck"),
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

/// A health check and where it stands; `command` when it is a list of texts.
pub(super) struct Check<'a> {
    pub container: ContainerView<'a>,
    pub value: &'a Value,
    pub path: String,
    pub command: Option<Vec<&'a str>>,
}

pub(super) fn checks<'t>(task: &'t Task<'_>) -> Vec<Check<'t>> {
    let read = |c: &ContainerView<'t>| {
        let value = find(c, "healthCheck").filter(|v| v.is_object())?;
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
            ["NONE", rest @ ..] => {
                if !rest.is_empty() || awaited(task, check.container) {
                    let variant = if rest.is_empty() { "awaited" } else { "" };
                    // Who waits for a check that is turned off is refused; words that are too many are not.
                    let severity = if rest.is_empty() { Error } else { Warning };
                    let said = out.at("health-none-extra", &path).severity(severity).variant(variant).text("name", check.container.name());
                    if rest.is_empty() { said.done() } else { said.clear(task.definition, &check.path).done() }
                }
            }
            [first, ..] if bracketed(items) => {
                let said = out.at("health-console-brackets", &path).text("value", *first);
                if let Some(right) = unbracketed(items) {
                    said.set(task.definition, &path, right);
                }
            }
            [first, ..] if first.starts_with("CMD-SHELL,") || first.starts_with("CMD,") || first.starts_with("CMD-SHELL ") => {
                out.at("health-command-comma-in-one", format!("{path}/0")).text("value", *first).set(task.definition, &path, split_keyword(&joined(0)));
            }
            ["CMD-SHELL" | "CMD"] | ["CMD-SHELL" | "CMD", "", ..] => {
                let said = out.at("health-cmd-shell-empty", &path).text("value", items[0]);
                health_image::with_own(task, &check, None, said);
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

/// JSON text in the items: brackets and quotes that the console's field does not want.
fn bracketed(items: &[&str]) -> bool {
    let quoted = |t: &str| t.len() > 1 && t.starts_with('"') && t.ends_with('"');
    items.first().is_some_and(|f| f.starts_with(['[', '"']) || f.contains("[\""))
        || items.last().is_some_and(|l| l.ends_with("\"]"))
        || items.iter().skip(1).any(|i| quoted(i.trim()))
}

/// The list that such items were made from.
fn unbracketed(items: &[&str]) -> Option<Value> {
    let joined = items.join(", ");
    let text = if joined.trim_start().starts_with('[') { joined.clone() } else { format!("[{joined}]") };
    let whole = serde_json::from_str::<Vec<String>>(&text).ok();
    let bare = || items.iter().map(|i| i.trim().trim_start_matches('[').trim_end_matches(']').trim().trim_matches('"').to_owned()).collect::<Vec<_>>();
    let list = whole.unwrap_or_else(bare);
    let ok = matches!(list.first().map(String::as_str), Some("CMD" | "CMD-SHELL")) && list.len() > 1 && !list.iter().any(String::is_empty);
    ok.then(|| json!(list))
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
        if ok {
            total(task, &check, interval, number("retries").unwrap_or(3), number("startPeriod"), out);
        }
        if ok && timeout >= interval {
            let path = format!("{}/timeout", check.path);
            let better = (interval - 1).clamp(2, 60) as u64;
            let said = out.at("health-timeout-vs-interval", &path).number("timeout", timeout as u64).number("interval", interval as u64);
            said.set(task.definition, &path, better.min(5));
        }
    }
}

/// Programs that take their time to start, by image or by command.
fn starts_slowly(c: ContainerView<'_>) -> bool {
    let official = c.reference();
    let java = official
        .as_ref()
        .and_then(|r| r.official())
        .is_some_and(|n| matches!(n, "openjdk" | "eclipse-temurin" | "amazoncorretto" | "tomcat" | "jetty" | "rails"));
    let dotnet =
        official.is_some_and(|r| r.path.starts_with("dotnet/") || r.path.rsplit('/').next().is_some_and(|n| n.contains("spring") || n.contains("rails")));
    let words = ["java", "prisma", "migrate", "next", "rails", "dotnet", "spring"];
    let command = texts(c, "command").chain(texts(c, "entryPoint")).any(|(_, t)| t.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| words.contains(&w)));
    java || dotnet || command
}

/// How long a broken container goes on before ECS replaces it.
fn total(task: &Task<'_>, check: &Check<'_>, interval: i64, retries: i64, start: Option<i64>, out: &mut Findings) {
    let path = format!("{}/startPeriod", check.path);
    if start.unwrap_or(0) < 30 && starts_slowly(check.container) {
        let said = out.at("health-start-period-missing", &path).text("name", check.container.name()).number("seconds", (interval * retries) as u64);
        said.set(task.definition, &path, 60);
        return;
    }
    let seconds = start.unwrap_or(0) + interval * retries;
    if !(15..=600).contains(&seconds) {
        out.at("health-total-time", &check.path).number("seconds", seconds as u64);
    }
}

fn missing(task: &Task<'_>, out: &mut Findings) {
    for c in objects(task) {
        match find(c, "healthCheck") {
            None if c.essential() && !c.ports().is_empty() => {
                let path = c.at("healthCheck");
                let said = out.at("health-missing-essential", &path).text("name", c.name());
                if let Some((program, command)) = health_image::own(c, None, "") {
                    let mut check = crate::draft::health_check("");
                    check["command"] = command;
                    said.fix("fix-own", vec![("program", Param::Text(program.to_owned()))], edit::set(task.definition, &path, check));
                }
            }
            Some(_) if !c.essential() && !awaited(task, c) => out.at("health-nonessential-note", c.at("healthCheck")).text("name", c.name()).done(),
            _ => {}
        }
    }
}

/// Whether another container waits until this one is healthy.
pub(super) fn awaited(task: &Task<'_>, c: ContainerView<'_>) -> bool {
    task.containers.iter().any(|o| {
        let waits = |d: &Value| text(d, "containerName") == Some(c.name()) && text(d, "condition") == Some("HEALTHY");
        o.index != c.index && list(o, "dependsOn").iter().any(waits)
    })
}
