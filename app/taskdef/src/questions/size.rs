//! Task CPU and memory as one question: three presets, or a pair that Fargate offers.

use super::changes::Changes;
use crate::{Draft, Edit, grammar::size};
use serde_json::{Value, json};

const EXACT: &str = "/aside/exactSize";

fn pair(draft: &Draft) -> (Option<u64>, Option<u64>) {
    let text = |key: &str| draft.definition().get(key).map(super::text_of).unwrap_or_default();
    (size::parse_cpu(&text("cpu")), size::parse_memory(&text("memory")))
}

fn stated(draft: &Draft) -> bool {
    ["cpu", "memory"].iter().any(|k| draft.definition().get(k).is_some_and(|v| !v.is_null()))
}

pub(super) fn rendered(draft: &Draft, name: &str) -> String {
    let exact = draft.root().pointer(EXACT) == Some(&Value::Bool(true));
    match (name, pair(draft)) {
        ("size", (Some(cpu), Some(memory))) if !exact && size::PRESETS.contains(&(cpu, memory)) => format!("{cpu}x{memory}"),
        ("size", _) if exact || stated(draft) => "exact".into(),
        ("size-exact", (Some(cpu), Some(memory))) if size::is_pair(cpu, memory) => format!("{cpu}x{memory}"),
        ("size-exact", _) if stated(draft) => "now".into(),
        ("size-cpu", (Some(cpu), _)) => cpu.to_string(),
        ("size-memory", (_, Some(memory))) => memory.to_string(),
        _ => String::new(),
    }
}

pub(super) fn change(draft: &Draft, name: &str, value: &str) -> Edit {
    let mut changes = Changes::of(draft);
    match (name, value) {
        ("size", "exact") => changes.set(EXACT, Value::Bool(true)),
        ("size" | "size-exact", _) => {
            let Some((cpu, memory)) = value.split_once('x').and_then(|(c, m)| Some((c.parse().ok()?, m.parse().ok()?))) else {
                return Edit::default();
            };
            put(&mut changes, cpu, memory);
            if name == "size" { changes.clear(EXACT) } else { changes.set(EXACT, Value::Bool(true)) }
        }
        ("size-cpu", _) => {
            let Some(row) = value.parse().ok().and_then(size::row) else { return Edit::default() };
            put(&mut changes, row.cpu, fitting(row, pair(draft).1.unwrap_or(0)));
            changes.set(EXACT, Value::Bool(true));
        }
        ("size-memory", _) => {
            let (Some(cpu), Ok(memory)) = (pair(draft).0, value.parse()) else { return Edit::default() };
            put(&mut changes, cpu, memory);
            changes.set(EXACT, Value::Bool(true));
        }
        _ => {}
    }
    changes.done()
}

/// The wanted memory where the row has it, else the next larger, else the largest.
fn fitting(row: &size::Row, wanted: u64) -> u64 {
    let sizes = row.memory();
    sizes.iter().copied().find(|m| *m >= wanted).or(sizes.last().copied()).unwrap_or(wanted)
}

fn put(changes: &mut Changes<'_>, cpu: u64, memory: u64) {
    let (now_cpu, now_memory) = pair(changes.draft());
    if now_cpu != Some(cpu) {
        changes.set("/definition/cpu", json!(cpu.to_string()));
    }
    if now_memory != Some(memory) {
        changes.set("/definition/memory", json!(memory.to_string()));
    }
}
