//! What a shell would read, where there is none, and what `sh -c` does not read.

use super::*;
use crate::lint::context::is_shell;

/// Words that only a shell knows.
const BUILTINS: [&str; 6] = ["cd", "export", "source", ".", "set", "ulimit"];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let entry: Vec<&str> = texts(c, "entryPoint").map(|(_, t)| t).collect();
        let words: Vec<&str> = texts(c, "command").map(|(_, t)| t).collect();
        match (entry.as_slice(), words.as_slice()) {
            ([shell, "-c"], [line, _, ..]) if is_shell(shell) && is_word(line) => {
                let path = c.at("command");
                let finding = report.at(&CONTAINER_SHELL_LIST, &path).text("value", *line);
                if let Ok(joined) = shlex::try_join(words.iter().copied()) {
                    finding.fix("fix", Vec::new(), edit::set(task.definition, &path, json!([joined]))).fix(
                        "fix-entry",
                        Vec::new(),
                        edit::clear(task.definition, &c.at("entryPoint")),
                    );
                }
            }
            ([], [shell, "-c", line, _, ..]) if is_shell(shell) && is_word(line) => {
                let path = c.at("command");
                let finding = report.at(&CONTAINER_SHELL_LIST, &path).text("value", *line);
                if let Ok(joined) = shlex::try_join(words[2..].iter().copied()) {
                    finding.fix("fix", Vec::new(), edit::set(task.definition, &path, json!([shell, "-c", joined])));
                }
            }
            _ => {
                let (key, items) = if entry.is_empty() { ("command", &words) } else { ("entryPoint", &entry) };
                no_program(task, c, key, items, report);
            }
        }
    }
}

/// One word without anything that a shell splits or fills in: the others were meant to belong to it.
fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || "$&|;<>`*".contains(c))
}

/// `NODE_ENV=production`, as a shell reads it in front of a program.
fn assignment(word: &str) -> Option<(&str, &str)> {
    let name = |n: &str| !n.is_empty() && n.bytes().enumerate().all(|(i, b)| b.is_ascii_alphabetic() || b == b'_' || (i > 0 && b.is_ascii_digit()));
    word.split_once('=').filter(|(key, _)| name(key))
}

/// A first word that is no program: a variable for the program, or a word of the shell.
fn no_program(task: &Task<'_>, c: ContainerView<'_>, key: &str, items: &[&str], report: &mut Report) {
    // Signs of a shell further on have their own rule, whose fix fixes this too.
    if items.len() < 2 || items.iter().any(|w| matches!(*w, "&&" | "||" | "|" | ";") || w.contains('$')) {
        return;
    }
    let path = c.at(key);
    let set: Vec<(&str, &str)> = items.iter().map_while(|w| assignment(w)).collect();
    if BUILTINS.contains(&items[0]) {
        let finding = report.at(&CONTAINER_COMMAND_NO_PROGRAM, format!("{path}/0")).variant("builtin").text("value", items[0]);
        if let Ok(joined) = shlex::try_join(items.iter().copied()) {
            finding.fix("fix-shell", Vec::new(), edit::set(task.definition, &path, json!(["sh", "-c", joined])));
        }
    } else if !set.is_empty() && set.len() < items.len() {
        let finding = report.at(&CONTAINER_COMMAND_NO_PROGRAM, format!("{path}/0")).text("value", items[0]);
        let taken = |name: &str| list(c, "environment").iter().chain(list(c, "secrets")).any(|row| text(row, "name") == Some(name));
        let rows = find(c, "environment");
        if set.iter().any(|(name, _)| taken(name)) || rows.is_some_and(|v| !v.is_array()) {
            return;
        }
        let mut fix = edit::set(task.definition, &path, json!(&items[set.len()..]));
        let added: Vec<Value> = set.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let place = c.at("environment");
        if rows.is_some() {
            fix.0.extend(added.into_iter().map(|row| Op::Add { path: format!("{place}/-"), value: row, at: None }));
        } else {
            fix.0.extend(edit::set(task.definition, &place, Value::Array(added)).0);
        }
        finding.fix("fix", vec![("value", Param::Text(items[0].to_owned()))], fix);
    }
}
