//! Checks that cannot fail, or cannot succeed: what the exit code will be.

use super::*;
use crate::lint::context::{HealthCheck, command_line::base_name, is_shell};

/// Programs that take their arguments as they are.
const PLAIN: [&str; 6] = ["curl", "wget", "nc", "pg_isready", "redis-cli", "mysqladmin"];
/// Programs that may read code out of an argument.
const INTERPRETERS: [&str; 7] = ["node", "python", "python3", "php", "ruby", "perl", "java"];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for check in task.health_checks() {
        let Some(items) = &check.command else { continue };
        let path = check.command_path.as_str();
        match items.as_slice() {
            ["CMD-SHELL", line] => {
                if let Some(bare) = unquoted(line) {
                    let at = format!("{path}/1");
                    report.at(&HEALTH_COMMAND_QUOTED, &at).fix("fix", Vec::new(), edit::set(task.definition, &at, json!(bare)));
                } else if let Some(asks) = never_fails(line) {
                    let finding = report.at(&HEALTH_NEVER_FAILS, path).text("name", check.container.name());
                    if !asks.is_empty() {
                        finding.fix("fix", Vec::new(), edit::set(task.definition, &format!("{path}/1"), json!(format!("{asks} || exit 1"))));
                    }
                }
            }
            ["CMD", "true" | "echo" | "/bin/true" | ":", ..] => report.at(&HEALTH_NEVER_FAILS, path).text("name", check.container.name()).done(),
            ["CMD", program, rest @ ..] => variable(task, path, program, rest, items, report),
            _ => {}
        }
        tls(task, check, path, items, report);
    }
}

/// The line inside one pair of quotes around the whole of it.
fn unquoted(line: &str) -> Option<&str> {
    let line = line.trim();
    let inside = ['\'', '"'].into_iter().find_map(|quote| line.strip_prefix(quote)?.strip_suffix(quote).filter(|inside| !inside.contains(quote)))?;
    // The path of a program may have a blank too; a command has options, an address or operators.
    [" -", "://", "||", "&&", " exit "].iter().any(|sign| inside.contains(sign)).then_some(inside)
}

/// What a line asks before an ending that hides the answer; empty where it asks nothing at all.
fn never_fails(line: &str) -> Option<&str> {
    let line = line.trim().trim_end_matches(';').trim_end();
    let well = |part: &str| matches!(part, "true" | ":" | "/bin/true" | "exit 0");
    let says = |part: &str| part == "echo" || part.starts_with("echo ") && !part.contains(['&', '|', ';', '>']);
    if well(line) || says(line) {
        return Some("");
    }
    let (at, sign) = [line.rfind("||").map(|i| (i, 2)), line.rfind(';').map(|i| (i, 1))].into_iter().flatten().max()?;
    let (asks, last) = (line[..at].trim_end(), line[at + sign..].trim());
    // A line that ends early in its own ways is not judged.
    let decides = asks.contains("exit") || asks.contains("set -e") || asks.contains("return");
    ((well(last) || says(last)) && !decides && !asks.is_empty()).then_some(asks)
}

/// A variable in a command that no shell reads.
fn variable(task: &Task<'_>, path: &str, program: &str, rest: &[&str], items: &[&str], report: &mut Report) {
    let name = base_name(program);
    let code = INTERPRETERS.contains(&name) && rest.iter().any(|r| r.starts_with('-') && !r.starts_with("--"));
    if is_shell(name) || code || matches!(name, "env" | "awk" | "grep" | "timeout") {
        return;
    }
    let named = |w: &str| w.find('$').is_some_and(|i| w[i + 1..].starts_with(|c: char| c.is_ascii_uppercase() || c == '{' || c == '_'));
    let Some(i) = rest.iter().position(|w| named(w)) else { return };
    let severity = if PLAIN.contains(&name) { Error } else { Warning };
    let finding = report.at(&HEALTH_CMD_VARIABLE, format!("{path}/{}", i + 2)).severity(severity).text("program", name);
    if !items.iter().any(|item| item.contains(|c: char| c.is_whitespace() || "\"'`\\;&|<>()".contains(c))) {
        finding.fix("fix", Vec::new(), edit::set(task.definition, path, json!(["CMD-SHELL", format!("{} || exit 1", items[1..].join(" "))])));
    }
}

/// A certificate that names another host than localhost.
fn tls(task: &Task<'_>, check: &HealthCheck<'_>, path: &str, items: &[&str], report: &mut Report) {
    if !items.iter().any(|item| item.contains("https://localhost") || item.contains("https://127.0.0.1")) {
        return;
    }
    let words: Vec<&str> = items.iter().flat_map(|item| item.split_whitespace()).collect();
    let short = |w: &str, sign: char| w.starts_with('-') && !w.starts_with("--") && w.contains(sign);
    let curl =
        words.contains(&"curl") && !words.iter().any(|w| short(w, 'k') || matches!(*w, "--insecure" | "--cacert" | "--capath" | "--resolve" | "--connect-to"));
    let wget = words.contains(&"wget") && !words.iter().any(|w| w.starts_with("--no-check-certificate") || w.starts_with("--ca-"));
    let (tool, option) = match (curl, wget) {
        (true, _) => ("curl", "-k"),
        (_, true) => ("wget", "--no-check-certificate"),
        _ => return,
    };
    let finding = report.at(&HEALTH_HTTPS_LOCALHOST, path).text("tool", tool).text("option", option).text("name", check.container.name());
    let better = match items {
        ["CMD-SHELL", line] => json!(["CMD-SHELL", line.replacen(tool, &format!("{tool} {option}"), 1)]),
        ["CMD", first, rest @ ..] if *first == tool => json!([&["CMD", tool, option][..], rest].concat()),
        _ => return,
    };
    finding.fix("fix", vec![("value", Param::Text(option.to_owned()))], edit::set(task.definition, path, better)).done();
}
