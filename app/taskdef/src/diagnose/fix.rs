//! Cures of what no rule can see in a draft: only the start on AWS told it.

use crate::{
    Draft, Edit,
    document::{edit, merge, view},
    grammar::size,
};
use serde_json::{Value, json};

/// The change of a draft that fixes a cause, where it can be told. Its pointers start at the draft's root.
pub fn fix(id: &str, draft: &Draft) -> Option<Edit> {
    match id {
        "pull-platform" | "exec-format" => other_chip(draft),
        "log-group-missing" => groups_made_by_the_agent(draft),
        "out-of-memory" | "exit-137" => more_memory(draft),
        _ => None,
    }
}

/// The image is for the chip that the task does not run on.
fn other_chip(draft: &Draft) -> Option<Edit> {
    let place = "/definition/runtimePlatform/cpuArchitecture";
    let now = draft.root().pointer(place).and_then(Value::as_str);
    let other = if now == Some("ARM64") { "X86_64" } else { "ARM64" };
    Some(edit::set(draft.root(), place, json!(other))).filter(|e| !e.is_empty())
}

fn groups_made_by_the_agent(draft: &Draft) -> Option<Edit> {
    let mut changed = draft.root().clone();
    for c in view::containers(draft.definition()) {
        if c.log_driver() == "awslogs" && c.log_option("awslogs-create-group") != "true" {
            let place = format!("/definition/containerDefinitions/{}/logConfiguration/options/awslogs-create-group", c.index);
            edit::set(&changed, &place, json!("true")).apply(&mut changed).ok()?;
        }
    }
    Some(merge::diff(draft.root(), &changed)).filter(|e| !e.is_empty())
}

/// The next larger memory that Fargate offers with this CPU.
fn more_memory(draft: &Draft) -> Option<Edit> {
    let text = |key: &str| draft.definition().get(key).and_then(Value::as_str);
    let (cpu, memory) = (size::parse_cpu(text("cpu")?)?, size::parse_memory(text("memory")?)?);
    let more = size::row(cpu)?.memory().into_iter().find(|m| *m > memory)?;
    Some(edit::set(draft.root(), "/definition/memory", json!(more.to_string())))
}
