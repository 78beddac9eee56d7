//! Container definition basics: name, image, share of the processor, command.

use super::*;
use crate::lint::context::{bigger, is_shell, placeholder::has_placeholder};
use crate::{
    document::pointer,
    grammar::name::{as_name, is_name},
};

pub(super) fn name(task: &Task<'_>, report: &mut Report) {
    for c in &task.containers {
        let path = || c.at("name");
        match find(c, "name").and_then(Value::as_str) {
            None | Some("") if c.value().is_object() => {
                let finding = report.at(&CONTAINER_NAME_REQUIRED, path());
                let taken = |name: &str| task.containers.iter().any(|o| o.name() == name);
                let image = c.reference().and_then(|r| as_name(r.path.rsplit('/').next().unwrap_or(r.path)));
                if let Some(free) = image.and_then(|name| std::iter::once(name.clone()).chain((2..20).map(|n| format!("{name}-{n}"))).find(|n| !taken(n))) {
                    finding.set(task.definition, &path(), free);
                }
            }
            Some(text) if !is_name(text) => {
                let finding = report.at(&CONTAINER_NAME_FORMAT, path()).text("value", text);
                if let Some(name) = as_name(text) {
                    finding.set(task.definition, &path(), name);
                }
            }
            Some(text) if text.starts_with("ecs-service-connect") || text.starts_with("aws-fargate") => {
                report.at(&CONTAINER_NAME_RESERVED, path()).text("name", text);
            }
            _ => {}
        }
    }
}

pub(super) fn unique(task: &Task<'_>, report: &mut Report) {
    for (i, c) in task.containers.iter().enumerate() {
        let taken = |name: &str| task.containers.iter().any(|o| o.name().eq_ignore_ascii_case(name));
        if !c.name().is_empty() && task.containers[..i].iter().any(|o| o.name() == c.name()) {
            let path = format!("{}/name", c.place());
            let free = (2..).map(|n| format!("{}-{n}", c.name())).find(|n| !taken(n)).unwrap_or_default();
            report.at(&CONTAINER_NAME_UNIQUE, &path).text("name", c.name()).set(task.definition, &path, free);
        } else if let Some(o) = task.containers[..i].iter().find(|o| o.name().eq_ignore_ascii_case(c.name()) && !c.name().is_empty()) {
            let finding = report.at(&CONTAINER_NAME_UNIQUE, c.at("name")).severity(Warning).variant("case");
            finding.text("name", c.name()).text("other", o.name()).done();
        }
    }
}

pub(super) fn image(task: &Task<'_>, report: &mut Report) {
    for c in task.containers.iter().filter(|c| c.value().is_object()) {
        if find(c, "image").is_none_or(|v| v.as_str() == Some("")) {
            report.at(&CONTAINER_IMAGE_REQUIRED, format!("{}/image", c.place())).text("name", c.name());
        }
    }
}

pub(super) fn cpu(task: &Task<'_>, report: &mut Report) {
    for c in &task.containers {
        let Some(value) = find(c, "cpu").filter(|v| v.is_number()) else { continue };
        let path = || c.at("cpu");
        match value.as_i64() {
            Some(n) if n < 0 => report.at(&CONTAINER_CPU_NEGATIVE, path()).text("value", n.to_string()).clear(task.definition, &path()).done(),
            Some(n) if !task.windows && (n == 1 || n > 262_144) => report.at(&CONTAINER_CPU_RANGE, path()).text("value", n.to_string()).done(),
            _ => {}
        }
    }
}

pub(super) fn cpu_sum(task: &Task<'_>, report: &mut Report) {
    let Some(total) = task.cpu else { return };
    let sum = task.containers.iter().filter_map(|c| c.number("cpu")).fold(0u64, u64::saturating_add);
    if sum <= total {
        return;
    }
    let Some(last) = task.containers.iter().rev().find(|c| c.number("cpu").is_some_and(|n| n > 0)) else { return };
    let own = last.number("cpu").unwrap_or(0);
    let path = format!("{}/cpu", last.place());
    let mut finding = report.at(&CONTAINER_CPU_SUM, &path).number("sum", sum).number("total", total);
    if own > sum - total {
        let left = own - (sum - total);
        finding =
            finding.fix("fix", vec![("name", Param::Text(last.name().into())), ("value", Param::Number(left))], edit::set(task.definition, &path, json!(left)));
    }
    if let Some((params, edit)) = task.memory.and_then(|memory| bigger(task, sum, memory)) {
        finding.fix("fix-size", params, edit);
    }
}

pub(super) fn command(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let entry: Vec<&str> = texts(c, "entryPoint").map(|(_, t)| t).collect();
        let words: Vec<&str> = texts(c, "command").map(|(_, t)| t).collect();
        let one = one_item(task, c, "entryPoint", &entry, report) | (entry.is_empty() && one_item(task, c, "command", &words, report));
        if !one && !entry.iter().chain(&words).any(|w| is_shell(w)) && entry.is_empty() {
            operators(task, c, &words, report);
        }
        if !entry.is_empty() && !says(c, "command") {
            clears(task, c, report);
        }
    }
}

/// An entry point without a command. Where the image was looked into, its command is known, or that it has none to lose.
fn clears(task: &Task<'_>, c: ContainerView<'_>, report: &mut Report) {
    // What a person pasted may be about something else of the image: it has no digest.
    let of_image = task.looked(c).filter(|facts| !facts.digest.is_empty()).map(|facts| &facts.command);
    if of_image.is_some_and(Vec::is_empty) {
        return;
    }
    let path = c.at("command");
    let finding = report.at(&CONTAINER_ENTRYPOINT_CLEARS_CMD, &path).text("name", c.name());
    if let Some(command) = of_image {
        finding.fix("fix", Vec::new(), edit::set(task.definition, &path, json!(command)));
    }
}

/// One item that is a whole line: it would be the name of one program.
fn one_item(task: &Task<'_>, c: ContainerView<'_>, key: &str, items: &[&str], report: &mut Report) -> bool {
    let [text] = items else { return false };
    if !text.trim().contains(' ') || text.starts_with('/') || text.contains('\\') || has_placeholder(text) {
        return false;
    }
    let path = pointer::join(&c.place(), key);
    let finding = report.at(&CONTAINER_COMMAND_ONE_ITEM, &path).text("value", *text);
    let shell = text.contains(['&', '|', ';', '$', '*', '"', '\'', '>', '<']);
    let words: Vec<&str> = if shell { vec!["sh", "-c", text] } else { text.split_whitespace().collect() };
    finding.set(task.definition, &path, json!(words)).done();
    true
}

/// Signs of a shell without a shell: the program gets them as plain words.
fn operators(task: &Task<'_>, c: ContainerView<'_>, words: &[&str], report: &mut Report) {
    let variable = |w: &str| w.find('$').is_some_and(|i| w[i + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '{'));
    let operator = |w: &&&str| matches!(**w, "&&" | "||" | "|" | ";") || variable(w) || (w.starts_with('*') && w.len() < 8 && !w.contains('/'));
    let program = words.first().copied().unwrap_or("");
    let reads_code =
        matches!(program, "node" | "python" | "python3" | "php" | "ruby" | "perl" | "nginx") && words.iter().any(|w| matches!(*w, "-c" | "-e" | "-r" | "-g"));
    if let Some(sign) = words.iter().find(operator).filter(|_| !reads_code) {
        let path = c.at("command");
        report.at(&CONTAINER_COMMAND_SHELL_OPERATORS, &path).text("value", *sign).set(task.definition, &path, json!(["sh", "-c", words.join(" ")]));
    }
}
