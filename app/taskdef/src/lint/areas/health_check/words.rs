//! The words of a health command: operators, exit codes, secrets, what the console makes of them.

use super::*;
use crate::lint::context::is_shell;

/// Programs that start a whole runtime for each check.
const RUNTIMES: [&str; 6] = ["node", "python", "python3", "java", "ruby", "php"];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for check in task.health_checks() {
        let Some(items) = &check.command else { continue };
        let path = check.command_path.as_str();
        match items.as_slice() {
            ["CMD-SHELL", line] => shell(task, path, line, report),
            ["CMD", program, rest @ ..] if !rest.is_empty() => operators(task, path, program, rest, items, report),
            _ => {}
        }
        without_f(task, check, path, items, report);
        heavy(task, check, path, items, report);
        if secret(&items.join(" ")) {
            report.at(&HEALTH_SECRET_IN_COMMAND, path).text("name", check.container.name());
        }
    }
}

fn shell(task: &Task<'_>, path: &str, line: &str, report: &mut Report) {
    if line.contains(',') {
        report.at(&HEALTH_CONSOLE_COMMAS, path).done();
    }
    let first = line.split_whitespace().next().unwrap_or("");
    if matches!(first, "curl" | "wget") && !line.contains("||") && !line.contains([';', '|']) && !line.contains("exit") {
        report.at(&HEALTH_EXIT_CODE, path).text("tool", first).set(task.definition, &format!("{path}/1"), format!("{} || exit 1", line.trim_end()));
    }
}

fn operators(task: &Task<'_>, path: &str, program: &str, rest: &[&str], items: &[&str], report: &mut Report) {
    let code = RUNTIMES.contains(&program) || program == "perl";
    if is_shell(program) || (code && rest.iter().any(|r| matches!(*r, "-c" | "-e" | "-r"))) {
        return;
    }
    if let Some(i) = items.iter().position(|w| matches!(*w, "||" | "&&" | "|" | ";" | ">")) {
        let path_of = format!("{path}/{i}");
        report.at(&HEALTH_CMD_OPERATOR_ARGUMENT, path_of).text("value", items[i]).text("program", program).fix(
            "fix",
            Vec::new(),
            edit::set(task.definition, path, json!(["CMD-SHELL", items[1..].join(" ")])),
        );
    }
}

fn without_f(task: &Task<'_>, check: &HealthCheck<'_>, path: &str, items: &[&str], report: &mut Report) {
    let words: Vec<&str> = items.iter().flat_map(|i| i.split_whitespace()).collect();
    let fails = |w: &str| matches!(w, "--fail" | "--fail-with-body") || (w.starts_with('-') && !w.starts_with("--") && w.contains('f'));
    let Some(curl) = words.iter().position(|w| *w == "curl") else { return };
    if words[curl..].iter().any(|w| fails(w)) || words[curl..].iter().any(|w| w.contains("grep")) {
        return;
    }
    let finding = report.at(&HEALTH_CURL_WITHOUT_F, path).text("name", check.container.name());
    match items {
        ["CMD-SHELL", line] if line.contains("curl ") => {
            finding.set(task.definition, path, json!(["CMD-SHELL", line.replacen("curl ", "curl -f ", 1)]));
        }
        ["CMD", "curl", rest @ ..] => {
            finding.set(task.definition, path, json!([&["CMD", "curl", "-f"][..], rest].concat()));
        }
        _ => {}
    }
}

/// A runtime that starts every few seconds on a quarter of a processor.
fn heavy(task: &Task<'_>, check: &HealthCheck<'_>, path: &str, items: &[&str], report: &mut Report) {
    let program = match items {
        ["CMD-SHELL", line] => line.split_whitespace().next().unwrap_or(""),
        ["CMD", program, ..] => program,
        _ => return,
    };
    let interval = integer(check.value, "interval").unwrap_or(30);
    if RUNTIMES.contains(&program) && (5..15).contains(&interval) && task.cpu == Some(256) {
        report.at(&HEALTH_HEAVY_COMMAND, path).text("tool", program).number("interval", interval as u64).fix(
            "fix",
            Vec::new(),
            edit::set(task.definition, &format!("{}/interval", check.path), json!(30)),
        );
    }
}

/// A password or token that stands in the command itself and not in a variable.
fn secret(text: &str) -> bool {
    const HINTS: [&str; 9] = ["-u", "assword", "PASSWORD", "PWD", "_AUTH", "oken", "TOKEN", "-a ", "earer"];
    (HINTS.iter().any(|h| text.contains(h)) && in_words(text)) || crate::facts::secret::of_value(text) == Some(crate::facts::secret::Confidence::High)
}

fn in_words(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let literal = |t: &str| !t.is_empty() && !t.trim_matches(['"', '\'']).starts_with('$');
    let user = words.windows(2).any(|w| matches!(w[0], "-u" | "--user") && w[1].split_once(':').is_some_and(|(u, p)| literal(u) && literal(p)));
    let named = words.iter().any(|w| {
        let lower = w.to_ascii_lowercase();
        ["pgpassword=", "mysql_pwd=", "--password=", "rediscli_auth=", "password=", "token="]
            .iter()
            .any(|key| lower.find(key).is_some_and(|i| literal(w.get(i + key.len()..).unwrap_or(""))))
    });
    let flagged = words
        .windows(2)
        .any(|w| matches!(w[0], "--password" | "--token" | "-a") && literal(w[1]) && !w[1].starts_with('-') && (w[0] != "-a" || text.contains("redis-cli")));
    let bearer = words.windows(2).any(|w| w[0].trim_end_matches(':').eq_ignore_ascii_case("bearer") && literal(w[1]));
    user || named || flagged || bearer
}
