//! Whether a health check can run in its image, and what that image brings for one.

use super::*;
use crate::{
    facts::{self, Has},
    grammar::health::{Known, Tool},
    lint::context::command_line::started,
};

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for check in task.health_checks() {
        let (Some(items), Some(reference)) = (&check.command, check.container.reference()) else { continue };
        let path = check.command_path.as_str();
        let known = check.known.as_ref();
        if let (Some(what), Some(known)) = (facts::protocol(&reference), known.filter(|k| k.tool != Tool::Bash)) {
            let mut finding = report.at(&HEALTH_NOT_HTTP, path).text("name", check.container.name()).text("what", what);
            finding = with_own(task, check, Some(known), finding);
            if task.has(check.container, "bash") == Has::Yes {
                finding.fix("fix-bash", Vec::new(), edit::set(task.definition, path, Tool::Bash.command(known.port(), "")));
            }
            continue;
        }
        let has = |program: &str| task.has(check.container, program);
        // The layers overrule the catalogue, and the message says which of them is speaking.
        let by = |program: &str| if task.looked(check.container).is_some_and(|f| f.program(program) == Has::No) { "looked" } else { "" };
        let (shell, text) = match items.as_slice() {
            ["CMD-SHELL", text] => (true, *text),
            ["CMD", program, ..] => (false, *program),
            _ => continue,
        };
        let image = check.container.image();
        if shell && has("sh") == Has::No {
            let finding = report.at(&HEALTH_SHELL_MISSING, path).variant(by("sh")).text("image", image);
            if let (Has::Yes, Some(known)) = (has("node"), known) {
                // Distroless has Node.js outside the path.
                let mut command = Tool::Node.command(known.port(), known.path());
                if task.looked(check.container).is_none_or(|f| f.program("node") == Has::Unknown) {
                    command[1] = json!("/nodejs/bin/node");
                }
                finding.fix("fix-node", Vec::new(), edit::set(task.definition, path, command));
            }
            continue;
        }
        let needs_bash = text.contains("/dev/tcp/") || text.split_whitespace().next() == Some("bash");
        let program = if needs_bash { "bash".to_owned() } else { needed(shell, text, &has) };
        let program = program.as_str();
        if has(program) != Has::No {
            continue;
        }
        let rule = if needs_bash { &HEALTH_BASH_MISSING } else { &HEALTH_TOOL_MISSING };
        let mut finding = report.at(rule, path).variant(by(program)).text("tool", program).text("image", image);
        let Some(known) = known else { continue };
        for (other, label) in [(Tool::Node, "fix-node"), (Tool::Curl, "fix-curl"), (Tool::Wget, "fix-wget")] {
            let works = has(other.as_str()) == Has::Yes && (other == Tool::Node || has("sh") == Has::Yes);
            if works {
                let command = other.command(known.port(), known.path());
                finding = finding.fix(label, Vec::new(), edit::set(task.definition, path, command));
            }
        }
        with_own(task, check, Some(known), finding);
    }
}

/// The program of a check that is missing, or its first one. What follows a failure (`|| exit 1`) starts nothing else.
fn needed(shell: bool, text: &str, has: &impl Fn(&str) -> Has) -> String {
    let first = text.split_whitespace().next().unwrap_or("").to_owned();
    if !shell || has(&first) == Has::No {
        return first;
    }
    let line = text.rsplit_once("||").filter(|(_, end)| matches!(end.split_whitespace().next(), Some("exit" | "false"))).map_or(text, |(line, _)| line);
    started(line).into_iter().find(|program| has(program) == Has::No).unwrap_or(first)
}

/// A check that the image declares and ECS does not run.
pub(super) fn ignored(task: &Task<'_>, report: &mut Report) {
    for c in objects(task).filter(|c| find(*c, "healthCheck").is_none()) {
        let Some(facts) = task.looked(c) else { continue };
        let Some(check) = facts.healthcheck.as_ref().and_then(|check| check.for_ecs()) else { continue };
        let program = match check["command"][0].as_str() {
            Some("CMD-SHELL") => "sh",
            _ => check["command"][1].as_str().unwrap_or(""),
        };
        let path = c.at("healthCheck");
        let finding = report.at(&HEALTH_IMAGE_HEALTHCHECK_IGNORED, &path).text("name", c.name());
        if task.has(c, program) != Has::No {
            finding.fix("fix", Vec::new(), edit::set(task.definition, &path, check));
        }
    }
}

/// With the check that the image brings as a fix.
pub(in crate::lint) fn with_own<'f>(task: &Task<'_>, check: &HealthCheck<'_>, known: Option<&Known>, finding: Reporter<'f>) -> Reporter<'f> {
    match own(check.container, known.map(Known::port), known.map_or("", Known::path)) {
        Some((program, command)) => {
            let fix = edit::set(task.definition, &check.command_path, command);
            finding.fix("fix-own", vec![("program", Param::Text(program.to_owned()))], fix)
        }
        None => finding,
    }
}

/// A check where there is none yet: what the image brings, or a program that it has; and to do without.
pub(in crate::lint) fn offered(task: &Task<'_>, check: &HealthCheck<'_>, finding: Reporter<'_>) {
    let path = format!("{}/command", check.path);
    let mut finding = with_own(task, check, None, finding);
    let container = check.container;
    let port = container.ports().first().copied().or_else(|| container.env_port()).map(|port| port.to_string());
    if let Some(port) = port {
        for (tool, label) in [(Tool::Node, "fix-node"), (Tool::Curl, "fix-curl"), (Tool::Wget, "fix-wget")] {
            let has = |program: &str| task.has(container, program) == Has::Yes;
            if has(tool.as_str()) && (tool == Tool::Node || has("sh")) {
                finding = finding.fix(label, Vec::new(), edit::set(task.definition, &path, tool.command(&port, "")));
            }
        }
    }
    if !awaited(task, container) {
        finding.fix("fix-none", Vec::new(), edit::clear(task.definition, &check.path));
    }
}

/// The check that the image brings, on this port or else the container's first.
pub(in crate::lint) fn own(container: ContainerView<'_>, port: Option<&str>, path: &str) -> Option<(&'static str, Value)> {
    let listed = || container.ports().first().copied().or_else(|| container.env_port()).map(|port| port.to_string());
    let port = port.map(str::to_owned).or_else(listed);
    facts::probe(&container.reference()?, port.as_deref(), path)
}
