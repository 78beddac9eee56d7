//! The program that a container starts: whether its image has it, and whether it is told to stop.

use super::*;
use crate::{
    facts::{Has, ImageFacts},
    lint::context::{
        command_line::{Word, base_name, program, started},
        is_shell,
    },
};

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let Some(word) = program(c) else {
            nothing(task, c, report);
            continue;
        };
        if word.key == "command" && task.looked(c).is_some_and(takes_arguments) {
            continue;
        }
        missing(task, c, word, report);
        let name = base_name(word.text);
        if matches!(name, "npm" | "yarn" | "pnpm") {
            report.at(&CONTAINER_NPM_SIGNALS, c.at(word.key)).text("name", c.name()).text("value", name);
        }
    }
}

/// Neither the definition nor the image names a program.
fn nothing(task: &Task<'_>, c: ContainerView<'_>, report: &mut Report) {
    // What a person pasted may be about something else of the image: it has no digest.
    let empty = |facts: &ImageFacts| !facts.digest.is_empty() && facts.entry_point.is_empty() && facts.command.is_empty();
    if task.looked(c).is_some_and(empty) && !says(c, "entryPoint") && !says(c, "command") {
        report.at(&CONTAINER_NO_COMMAND, c.at("command")).text("name", c.name()).text("image", c.image());
    }
}

/// Whether the image has an entry point that takes the command as its arguments, and is no script or helper that starts it.
fn takes_arguments(facts: &ImageFacts) -> bool {
    const HELPERS: [&str; 8] = ["tini", "dumb-init", "catatonit", "gosu", "su-exec", "env", "init", "exec"];
    let starts = |word: &String| {
        let name = base_name(word);
        is_shell(name) || HELPERS.contains(&name) || name.ends_with(".sh") || name.contains("entrypoint")
    };
    !facts.entry_point.is_empty() && !facts.entry_point.iter().any(starts)
}

fn missing(task: &Task<'_>, c: ContainerView<'_>, word: Word<'_>, report: &mut Report) {
    let has = |program: &str| task.has(c, program);
    let (name, path) = (base_name(word.text), word.path(c));
    if is_shell(name) && has("sh") == Has::No {
        let finding = report.at(&CONTAINER_SHELL_MISSING, &path).text("value", name).text("image", c.image());
        if let Some(words) = without_shell(c, word) {
            let mut fix = edit::set(task.definition, &c.at(word.key), json!(words));
            if word.key == "entryPoint" {
                fix.0.extend(edit::clear(task.definition, &c.at("command")).0);
            }
            finding.fix("fix", Vec::new(), fix);
        }
    } else if has(name) == Has::No {
        let finding = report.at(&CONTAINER_PROGRAM_MISSING, &path).text("value", name).text("image", c.image());
        if name == "bash" && has("sh") == Has::Yes {
            finding.set(task.definition, &path, word.text.replace("bash", "sh"));
        }
    } else if is_shell(name)
        && let Some((path, line)) = line(c, word)
        && let Some(program) = started(line).into_iter().find(|program| has(base_name(program)) == Has::No)
    {
        report.at(&CONTAINER_PROGRAM_MISSING, path).variant("line").text("value", base_name(&program)).text("image", c.image());
    }
}

/// The line that `sh -c` reads, and its item.
fn line<'a>(c: ContainerView<'a>, word: Word<'_>) -> Option<(String, &'a str)> {
    let item = |key: &str, index: usize| texts(c, key).find(|(i, _)| *i == index).map(|(_, text)| (c.at(&format!("{key}/{index}")), text));
    item(word.key, word.index + 1).filter(|(_, flag)| flag.starts_with('-') && flag.ends_with('c'))?;
    item(word.key, word.index + 2).or_else(|| item("command", 0).filter(|_| word.key == "entryPoint"))
}

/// The words of `["sh", "-c"]` with one plain line behind it, which needs no shell.
fn without_shell<'a>(c: ContainerView<'a>, word: Word<'_>) -> Option<Vec<&'a str>> {
    let entry: Vec<&str> = texts(c, "entryPoint").map(|(_, t)| t).collect();
    let command: Vec<&str> = texts(c, "command").map(|(_, t)| t).collect();
    let line = match (word.key, entry.as_slice(), command.as_slice()) {
        ("entryPoint", [_, "-c"], [line]) => *line,
        ("entryPoint", [_, "-c", line], []) | ("command", [], [_, "-c", line]) => *line,
        _ => return None,
    };
    let plain = line.starts_with('/') && !line.contains(['&', '|', ';', '$', '*', '"', '\'', '>', '<', '`', '(', '=']);
    plain.then(|| line.split_whitespace().collect())
}
