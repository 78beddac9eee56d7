//! Container health checks: the form of the command, and the timing.

use super::in_image;
use super::*;
use crate::lint::context::placeholder::has_placeholder;

/// `CMD-SHELL, curl …` as the list that it stands for; any other text as one line of shell.
pub(in crate::lint) fn split_keyword(text: &str) -> Value {
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

pub(super) fn form(task: &Task<'_>, report: &mut Report) {
    for check in task.health_checks() {
        let path = check.command_path.as_str();
        let Some(items) = &check.command else {
            match present(check.value, "command") {
                None => {
                    let finding = report.at(&HEALTH_COMMAND_REQUIRED, path).text("name", check.container.name());
                    in_image::offered(task, check, finding);
                }
                Some(Value::String(text)) if !has_placeholder(text) => {
                    report.at(&HEALTH_COMMAND_LIST, path).text("value", text.as_str()).set(task.definition, path, split_keyword(text));
                }
                Some(_) => {}
            }
            continue;
        };
        let joined = |from: usize| items[from..].join(" ");
        match items.as_slice() {
            [] => {
                let finding = report.at(&HEALTH_COMMAND_REQUIRED, path).text("name", check.container.name());
                in_image::offered(task, check, finding);
            }
            ["NONE", rest @ ..] => {
                if !rest.is_empty() || awaited(task, check.container) {
                    let variant = if rest.is_empty() { "awaited" } else { "" };
                    // Who waits for a check that is turned off is refused; words that are too many are not.
                    let severity = if rest.is_empty() { Error } else { Warning };
                    let finding = report.at(&HEALTH_NONE_EXTRA, path).severity(severity).variant(variant).text("name", check.container.name());
                    if rest.is_empty() {
                        finding.fix("fix-start", Vec::new(), by_start(task, check.container)).done();
                    } else {
                        finding.clear(task.definition, &check.path).done();
                    }
                }
            }
            [first, ..] if bracketed(items) => {
                let finding = report.at(&HEALTH_CONSOLE_BRACKETS, path).text("value", *first);
                if let Some(right) = unbracketed(items) {
                    finding.set(task.definition, path, right);
                }
            }
            [first, ..] if first.starts_with("CMD-SHELL,") || first.starts_with("CMD,") || first.starts_with("CMD-SHELL ") => {
                report.at(&HEALTH_COMMAND_COMMA_IN_ONE, format!("{path}/0")).text("value", *first).set(task.definition, path, split_keyword(&joined(0)));
            }
            ["CMD-SHELL" | "CMD"] | ["CMD-SHELL" | "CMD", "", ..] => {
                let finding = report.at(&HEALTH_CMD_SHELL_EMPTY, path).text("value", items[0]);
                in_image::offered(task, check, finding);
            }
            ["CMD-SHELL", _] => {}
            ["CMD-SHELL", ..] => {
                report.at(&HEALTH_CMD_SHELL_EXTRA_ARGS, path).set(task.definition, path, json!(["CMD-SHELL", joined(1)]));
            }
            ["CMD", only] if only.trim().contains(char::is_whitespace) && !only.contains('\\') => {
                report.at(&HEALTH_CMD_WITH_SHELL_SYNTAX, format!("{path}/1")).text("value", *only).set(task.definition, path, json!(["CMD-SHELL", only]));
            }
            ["CMD", ..] => {}
            [first, ..] => without_keyword(task, check, path, first, items, report),
        }
    }
}

/// Those who wait for a container's health wait for its start instead.
fn by_start(task: &Task<'_>, c: ContainerView<'_>) -> Edit {
    let waits = |d: &Value| text(d, "containerName") == Some(c.name()) && text(d, "condition") == Some("HEALTHY");
    let rows = task.containers.iter().flat_map(|o| list(o, "dependsOn").iter().enumerate().filter(|(_, d)| waits(d)).map(move |(i, _)| (o, i)));
    Edit(rows.map(|(o, i)| Op::Replace { path: o.at(&format!("dependsOn/{i}/condition")), value: json!("START") }).collect())
}

/// A first word that is neither `CMD` nor `CMD-SHELL`.
fn without_keyword(task: &Task<'_>, check: &HealthCheck<'_>, path: &str, first: &str, items: &[&str], report: &mut Report) {
    let place = format!("{path}/0");
    if is_program(first) {
        let shell = items.iter().any(|i| ["||", "&&", "|", ";"].contains(i));
        let fixed = if shell { json!(["CMD-SHELL", items.join(" ")]) } else { json!([&["CMD"], items].concat()) };
        report.at(&HEALTH_COMMAND_NO_KEYWORD, place).text("value", first).set(task.definition, path, fixed);
        return;
    }
    let keyword = first.to_ascii_uppercase().replace(['_', ' '], "-");
    let from = usize::from(matches!(keyword.as_str(), "CMD-SHELL" | "SHELL" | "CMD" | ""));
    let finding = report.at(&HEALTH_COMMAND_FIRST_WORD, place).text("value", first);
    if items.len() > from {
        let rest = &items[from..];
        let fixed = if keyword == "CMD" { json!([&["CMD"], rest].concat()) } else { json!(["CMD-SHELL", rest.join(" ")]) };
        finding.set(task.definition, path, fixed);
    } else {
        in_image::offered(task, check, finding);
    }
}

/// JSON text in the items: brackets and quotes that the console's field does not want.
fn bracketed(items: &[&str]) -> bool {
    let quoted = |t: &str| t.len() > 1 && t.starts_with('"') && t.ends_with('"');
    items.first().is_some_and(|f| f.starts_with(['[', '"']) || f.contains("[\""))
        || items.last().is_some_and(|l| l.ends_with("\"]"))
        || items.iter().skip(1).any(|i| quoted(i.trim())) && !matches!(items, ["CMD-SHELL", _])
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

pub(super) fn timing(task: &Task<'_>, report: &mut Report) {
    static RANGES: [(&Rule, &str, i64, i64, u64); 4] = [
        (&HEALTH_INTERVAL_RANGE, "interval", 5, 300, 30),
        (&HEALTH_TIMEOUT_RANGE, "timeout", 2, 60, 5),
        (&HEALTH_RETRIES_RANGE, "retries", 1, 10, 3),
        (&HEALTH_START_PERIOD_RANGE, "startPeriod", 0, 300, 60),
    ];
    for check in task.health_checks() {
        let number = |key: &str| present(check.value, key).and_then(Value::as_i64);
        let mut ok = true;
        for (rule, key, min, max, usual) in RANGES {
            if let Some(n) = number(key).filter(|n| !(min..=max).contains(n)) {
                ok = false;
                let path = format!("{}/{key}", check.path);
                let near = if n > max { max as u64 } else { usual };
                let finding = report.at(rule, &path).text("value", n.to_string()).set(task.definition, &path, usual);
                if near != usual {
                    finding.fix("fix", vec![("value", Param::Text(near.to_string()))], edit::set(task.definition, &path, json!(near)));
                }
            }
        }
        let (interval, timeout) = (number("interval").unwrap_or(30), number("timeout").unwrap_or(5));
        if ok {
            total(task, check, interval, number("retries").unwrap_or(3), number("startPeriod"), report);
        }
        if ok && timeout >= interval {
            let path = format!("{}/timeout", check.path);
            let better = (interval - 1).clamp(2, 60) as u64;
            let finding = report.at(&HEALTH_TIMEOUT_VS_INTERVAL, &path).number("timeout", timeout as u64).number("interval", interval as u64);
            finding.set(task.definition, &path, better.min(5));
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
fn total(task: &Task<'_>, check: &HealthCheck<'_>, interval: i64, retries: i64, start: Option<i64>, report: &mut Report) {
    if start.unwrap_or(0) < 30 && starts_slowly(check.container) {
        let path = format!("{}/startPeriod", check.path);
        let finding = report.at(&HEALTH_START_PERIOD_MISSING, &path).text("name", check.container.name()).number("seconds", (interval * retries) as u64);
        finding.set(task.definition, &path, 60);
        return;
    }
    let seconds = start.unwrap_or(0) + interval * retries;
    if !(15..=600).contains(&seconds) {
        report.at(&HEALTH_TOTAL_TIME, &check.path).number("seconds", seconds as u64);
    }
}

pub(super) fn missing(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        match find(c, "healthCheck") {
            None if c.essential() && !c.ports().is_empty() => {
                let path = c.at("healthCheck");
                let finding = report.at(&HEALTH_MISSING_ESSENTIAL, &path).text("name", c.name());
                if let Some((program, command)) = in_image::own(c, None, "") {
                    let mut check = crate::grammar::health::check("");
                    check["command"] = command;
                    finding.fix("fix-own", vec![("program", Param::Text(program.to_owned()))], edit::set(task.definition, &path, check));
                }
            }
            Some(_) if !c.essential() && !awaited(task, c) => report.at(&HEALTH_NONESSENTIAL_NOTE, c.at("healthCheck")).text("name", c.name()).done(),
            _ => {}
        }
    }
}
