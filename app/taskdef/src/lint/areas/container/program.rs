//! The program that a container starts: whether its image has it, and whether it is told to stop.

use super::*;
use crate::{
    facts::Has,
    lint::context::{
        command_line::{Word, base_name, program},
        is_shell,
    },
};

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let Some(word) = program(c) else { continue };
        missing(task, c, word, report);
        let name = base_name(word.text);
        if matches!(name, "npm" | "yarn" | "pnpm") {
            report.at(&CONTAINER_NPM_SIGNALS, c.at(word.key)).text("name", c.name()).text("value", name);
        }
    }
}

fn missing(task: &Task<'_>, c: ContainerView<'_>, word: Word<'_>, report: &mut Report) {
    let has = |program: &str| task.has(c, program);
    let (name, path) = (base_name(word.text), word.path(c));
    if is_shell(name) && has("sh") == Has::No {
        let finding = report.at(&CONTAINER_SHELL_MISSING, &path).text("value", name).text("image", c.image());
        if let Some(words) = without_shell(c, word) {
            let mut fix = edit::set(task.definition, &c.at("entryPoint"), json!(words));
            fix.0.extend(edit::clear(task.definition, &c.at("command")).0);
            finding.fix("fix", Vec::new(), fix);
        }
    } else if has(name) == Has::No {
        let finding = report.at(&CONTAINER_PROGRAM_MISSING, &path).text("value", name).text("image", c.image());
        if name == "bash" && has("sh") == Has::Yes {
            finding.set(task.definition, &path, word.text.replace("bash", "sh"));
        }
    }
}

/// The words of `["sh", "-c"]` with one plain line behind it, which needs no shell.
fn without_shell<'a>(c: ContainerView<'a>, word: Word<'_>) -> Option<Vec<&'a str>> {
    let entry: Vec<&str> = texts(c, "entryPoint").map(|(_, t)| t).collect();
    let command: Vec<&str> = texts(c, "command").map(|(_, t)| t).collect();
    let line = match (word.key, entry.as_slice(), command.as_slice()) {
        ("entryPoint", [_, "-c"], [line]) => *line,
        ("entryPoint", [_, "-c", line], []) => *line,
        _ => return None,
    };
    let plain = line.starts_with('/') && !line.contains(['&', '|', ';', '$', '*', '"', '\'', '>', '<', '`', '(', '=']);
    plain.then(|| line.split_whitespace().collect())
}
