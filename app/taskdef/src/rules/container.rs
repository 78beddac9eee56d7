//! Container definition basics.

use super::{
    Findings, Rule, rule,
    task::{as_name, is_name},
    with_another,
};
use crate::{
    Severity::{Error, Warning},
    finding::Param,
    model::{Task, present},
    pointer,
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    rule("container-name-required", Error, "API reference: ContainerDefinition.name", name),
    rule("container-name-format", Error, "API reference: ContainerDefinition.name", with_another),
    rule("container-name-unique", Error, "API reference: ContainerDefinition.name", unique),
    rule("container-image-required", Error, "API reference: ContainerDefinition.image", image),
    rule("container-cpu-negative", Error, "API reference: ContainerDefinition.cpu", cpu),
    rule("container-cpu-sum", Error, "API reference: ContainerDefinition.cpu", cpu_sum),
    rule("container-command-string", Error, "API reference: ContainerDefinition.command", with_another),
    rule("container-command-one-item", Warning, "API reference: ContainerDefinition.command", one_item),
];

fn name(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        let path = format!("{}/name", c.place());
        match present(c.value(), "name").and_then(Value::as_str) {
            None | Some("") if c.value().is_object() => {
                out.at("container-name-required", path);
            }
            Some(text) if !is_name(text) => {
                let said = out.at("container-name-format", &path).text("value", text);
                if let Some(name) = as_name(text) {
                    said.set(task.definition, &path, name);
                }
            }
            _ => {}
        }
    }
}

fn unique(task: &Task<'_>, out: &mut Findings) {
    for (i, c) in task.containers.iter().enumerate() {
        let taken = |name: &str| task.containers.iter().any(|o| o.name() == name);
        if !c.name().is_empty() && task.containers[..i].iter().any(|o| o.name() == c.name()) {
            let path = format!("{}/name", c.place());
            let free = (2..).map(|n| format!("{}-{n}", c.name())).find(|n| !taken(n)).unwrap_or_default();
            out.at("container-name-unique", &path).text("name", c.name()).set(task.definition, &path, free);
        }
    }
}

fn image(task: &Task<'_>, out: &mut Findings) {
    for c in task.containers.iter().filter(|c| c.value().is_object()) {
        if present(c.value(), "image").is_none_or(|v| v.as_str() == Some("")) {
            out.at("container-image-required", format!("{}/image", c.place())).text("name", c.name());
        }
    }
}

fn cpu(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        if let Some(n) = present(c.value(), "cpu").and_then(Value::as_i64).filter(|n| *n < 0) {
            let path = format!("{}/cpu", c.place());
            out.at("container-cpu-negative", &path).text("value", n.to_string()).clear(task.definition, &path);
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
    let said = out.at("container-cpu-sum", &path).number("sum", sum).number("total", total);
    if own > sum - total {
        let left = own - (sum - total);
        said.fix("fix", vec![("name", Param::Text(last.name().into())), ("value", Param::Number(left))], crate::edit::set(task.definition, &path, json!(left)));
    }
}

fn one_item(task: &Task<'_>, out: &mut Findings) {
    for c in &task.containers {
        for key in ["command", "entryPoint"] {
            let [only] = c.list(key) else { continue };
            let Some(text) = only.as_str().filter(|t| t.trim().contains(' ') && !t.starts_with('/') && !t.contains('\\')) else { continue };
            let has_entry = key == "command" && present(c.value(), "entryPoint").is_some();
            if has_entry {
                continue;
            }
            let path = pointer::join(&c.place(), key);
            let said = out.at("container-command-one-item", &path).text("value", text);
            let shell = text.contains(['&', '|', ';', '$', '*', '"', '\'', '>', '<']);
            let words: Vec<&str> = if shell { vec!["sh", "-c", text] } else { text.split_whitespace().collect() };
            said.set(task.definition, &path, json!(words));
        }
    }
}
