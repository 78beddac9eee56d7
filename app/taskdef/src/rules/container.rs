//! Container definition basics: name, image, share of the processor, command.

use super::{container_rights, prelude::*};
use crate::{
    name::{as_name, is_name},
    pointer,
};

pub(super) use container_rights::is_root;

pub(super) const RULES: &[Rule] = &[
    rule("container-name-required", Error, "API reference: ContainerDefinition.name", name),
    rule("container-name-format", Error, "API reference: ContainerDefinition.name", with_another),
    rule("container-name-unique", Error, "API reference: ContainerDefinition.name", unique),
    rule("container-name-reserved", Advice, "Names of containers that ECS adds", with_another),
    rule("container-image-required", Error, "API reference: ContainerDefinition.image", image),
    rule("container-cpu-negative", Error, "API reference: ContainerDefinition.cpu", cpu),
    rule("container-cpu-sum", Error, "API reference: ContainerDefinition.cpu", cpu_sum),
    rule("container-cpu-range", Advice, "API reference: ContainerDefinition.cpu", with_another),
    rule("container-command-string", Error, "API reference: ContainerDefinition.command", with_another),
    rule("container-command-one-item", Warning, "API reference: ContainerDefinition.command", command),
    rule("container-command-shell-operators", Warning, "API reference: ContainerDefinition.command", with_another),
    rule("container-entrypoint-clears-cmd", Advice, "Docker: ENTRYPOINT and CMD", with_another),
    rule("container-workdir-absolute", Warning, "API reference: ContainerDefinition.workingDirectory", container_rights::place),
    rule("container-user-format", Error, "API reference: ContainerDefinition.user", container_rights::user),
    rule("container-user-root", Advice, "Security Hub ECS.20", with_another),
    rule("container-user-lowport", Warning, "Linux: ports below 1024", with_another),
    rule("container-readonly-root", Advice, "Security Hub ECS.5", container_rights::readonly),
    rule("container-readonly-root-breaks", Warning, "Directories that the official images write to", with_another),
    rule("container-docker-labels-strings", Error, "API reference: ContainerDefinition.dockerLabels", with_another),
    rule("container-version-consistency-enum", Error, "API reference: VersionConsistency", container_rights::other),
    rule("container-interactive-pointless", Advice, "API reference: ContainerDefinition.interactive", with_another),
    rule("container-hostname-awsvpc", Error, "API reference: ContainerDefinition.hostname", with_another),
    rule("container-credential-specs", Error, "API reference: ContainerDefinition.credentialSpecs", with_another),
    rule("container-repository-credentials", Warning, "API reference: RepositoryCredentials", with_another),
];

fn name(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        let path = format!("{}/name", c.place());
        match find(c, "name").and_then(Value::as_str) {
            None | Some("") if c.value().is_object() => {
                out.at("container-name-required", path);
            }
            Some(text) if !is_name(text) => {
                let said = out.at("container-name-format", &path).text("value", text);
                if let Some(name) = as_name(text) {
                    said.set(task.definition, &path, name);
                }
            }
            Some(text) if text.starts_with("ecs-service-connect") || text.starts_with("aws-fargate") => {
                out.at("container-name-reserved", path).text("name", text);
            }
            _ => {}
        }
    }
}

fn unique(task: &Task<'_>, out: &mut Findings) {
    for (i, c) in task.containers.iter().enumerate() {
        let taken = |name: &str| task.containers.iter().any(|o| o.name().eq_ignore_ascii_case(name));
        if !c.name().is_empty() && task.containers[..i].iter().any(|o| o.name() == c.name()) {
            let path = format!("{}/name", c.place());
            let free = (2..).map(|n| format!("{}-{n}", c.name())).find(|n| !taken(n)).unwrap_or_default();
            out.at("container-name-unique", &path).text("name", c.name()).set(task.definition, &path, free);
        } else if let Some(o) = task.containers[..i].iter().find(|o| o.name().eq_ignore_ascii_case(c.name()) && !c.name().is_empty()) {
            let said = out.at("container-name-unique", c.at("name")).severity(Warning).variant("case");
            said.text("name", c.name()).text("other", o.name()).done();
        }
    }
}

fn image(task: &Task<'_>, out: &mut Findings) {
    for c in task.containers.iter().filter(|c| c.value().is_object()) {
        if find(c, "image").is_none_or(|v| v.as_str() == Some("")) {
            out.at("container-image-required", format!("{}/image", c.place())).text("name", c.name());
        }
    }
}

fn cpu(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        let Some(value) = find(c, "cpu").filter(|v| v.is_number()) else { continue };
        let path = c.at("cpu");
        match value.as_i64() {
            Some(n) if n < 0 => out.at("container-cpu-negative", &path).text("value", n.to_string()).clear(task.definition, &path).done(),
            Some(n) if !task.windows && (n == 1 || n > 262_144) => out.at("container-cpu-range", &path).text("value", n.to_string()).done(),
            _ => {}
        }
    }
}

fn cpu_sum(task: &Task<'_>, out: &mut Findings) {
    let Some(total) = task.cpu else { return };
    let sum = task.containers.iter().filter_map(|c| c.number("cpu")).fold(0u64, u64::saturating_add);
    if sum <= total {
        return;
    }
    let Some(last) = task.containers.iter().rev().find(|c| c.number("cpu").is_some_and(|n| n > 0)) else { return };
    let own = last.number("cpu").unwrap_or(0);
    let path = format!("{}/cpu", last.place());
    let mut said = out.at("container-cpu-sum", &path).number("sum", sum).number("total", total);
    if own > sum - total {
        let left = own - (sum - total);
        said = said.fix(
            "fix",
            vec![("name", Param::Text(last.name().into())), ("value", Param::Number(left))],
            crate::edit::set(task.definition, &path, json!(left)),
        );
    }
    if let Some((params, edit)) = task.memory.and_then(|memory| super::resources::bigger(task, sum, memory)) {
        said.fix("fix-size", params, edit);
    }
}

/// Shells that read a line of their own.
const SHELLS: [&str; 8] = ["sh", "bash", "ash", "dash", "zsh", "cmd", "powershell", "pwsh"];

/// Whether a word names a shell, by whatever path.
pub(super) fn is_shell(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word).to_ascii_lowercase();
    SHELLS.contains(&name.trim_end_matches(".exe"))
}

fn command(task: &Task<'_>, out: &mut Findings) {
    for c in objects(task) {
        let entry: Vec<&str> = texts(c, "entryPoint").map(|(_, t)| t).collect();
        let words: Vec<&str> = texts(c, "command").map(|(_, t)| t).collect();
        let one = one_item(task, c, "entryPoint", &entry, out) | (entry.is_empty() && one_item(task, c, "command", &words, out));
        if !one && !entry.iter().chain(&words).any(|w| is_shell(w)) && entry.is_empty() {
            operators(task, c, &words, out);
        }
        if !entry.is_empty() && !says(c, "command") {
            out.at("container-entrypoint-clears-cmd", c.at("command")).text("name", c.name());
        }
    }
}

/// One item that is a whole line: it would be the name of one program.
fn one_item(task: &Task<'_>, c: ContainerView<'_>, key: &str, items: &[&str], out: &mut Findings) -> bool {
    let [text] = items else { return false };
    if !text.trim().contains(' ') || text.starts_with('/') || text.contains('\\') {
        return false;
    }
    let path = pointer::join(&c.place(), key);
    let said = out.at("container-command-one-item", &path).text("value", *text);
    let shell = text.contains(['&', '|', ';', '$', '*', '"', '\'', '>', '<']);
    let words: Vec<&str> = if shell { vec!["sh", "-c", text] } else { text.split_whitespace().collect() };
    said.set(task.definition, &path, json!(words)).done();
    true
}

/// Signs of a shell without a shell: the program gets them as plain words.
fn operators(task: &Task<'_>, c: ContainerView<'_>, words: &[&str], out: &mut Findings) {
    let variable = |w: &str| w.find('$').is_some_and(|i| w[i + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '{'));
    let operator = |w: &&&str| matches!(**w, "&&" | "||" | "|" | ";") || variable(w) || (w.starts_with('*') && w.len() < 8 && !w.contains('/'));
    let program = words.first().copied().unwrap_or("");
    let reads_code =
        matches!(program, "node" | "python" | "python3" | "php" | "ruby" | "perl" | "nginx") && words.iter().any(|w| matches!(*w, "-c" | "-e" | "-r" | "-g"));
    if let Some(sign) = words.iter().find(operator).filter(|_| !reads_code) {
        let path = c.at("command");
        out.at("container-command-shell-operators", &path).text("value", *sign).set(task.definition, &path, json!(["sh", "-c", words.join(" ")]));
    }
}
