//! How large a document may be for the rules to look at it. Said as one finding, before anything is compared.

use super::*;
use crate::{
    document::pointer,
    lint::{context::bytes, work},
};

/// Most items of a list.
pub const ITEMS: usize = 1_000;
/// Most keys of an object.
pub const KEYS: usize = 1_000;
/// Most values of a document, lists and objects counted too: AWS's 65,536 bytes hold fewer in any definition that means something.
pub const VALUES: usize = 20_000;
/// Most bytes as compact JSON: four times what AWS takes.
pub const BYTES: usize = 262_144;

/// Says what is too much of the definition, or of the cluster's answers. The engine runs it first, and alone where it reports.
pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    if let Some(excess) = task.wizard.cluster.as_ref().and_then(|cluster| excess(cluster, || bytes(cluster))) {
        say(excess, "/cluster", report).wizard().done();
    } else if let Some(excess) = excess(task.definition, || task.bytes()) {
        say(excess, "", report).done();
    }
}

fn say<'r>(excess: Excess, root: &str, report: &'r mut Report) -> Reporter<'r> {
    let path = excess.way.iter().rev().fold(root.to_owned(), |at, token| pointer::join(&at, token));
    report.at(&LIMITS_TOO_MANY, path).variant(excess.variant).number("count", excess.count as u64).number("max", excess.max as u64)
}

fn excess(document: &Value, bytes: impl FnOnce() -> usize) -> Option<Excess> {
    let mut count = 0;
    let excess = walk(document, &mut count).err().or_else(|| {
        let bytes = bytes();
        work::spend(bytes / 64);
        (bytes > BYTES).then(|| Excess { way: Vec::new(), variant: "bytes", count: bytes, max: BYTES })
    });
    work::spend(count);
    excess
}

/// The evaluation used up its budget.
pub(in crate::lint) fn say_over(report: &mut Report) {
    report.at(&LIMITS_TOO_MANY, "").variant("work");
}

struct Excess {
    /// Tokens of the place, the innermost first.
    way: Vec<String>,
    variant: &'static str,
    count: usize,
    max: usize,
}

fn walk(value: &Value, count: &mut usize) -> Result<(), Excess> {
    *count += 1;
    let here = |variant, count, max| Err(Excess { way: Vec::new(), variant, count, max });
    if *count > VALUES {
        return here("values", *count, VALUES);
    }
    let inside = |mut excess: Excess, token: String| {
        // The whole has too many values, wherever the last of them stands.
        if excess.variant != "values" {
            excess.way.push(token);
        }
        excess
    };
    match value {
        Value::Array(list) if list.len() > ITEMS => here("", list.len(), ITEMS),
        Value::Array(list) => list.iter().enumerate().try_for_each(|(i, item)| walk(item, count).map_err(|e| inside(e, i.to_string()))),
        Value::Object(map) if map.len() > KEYS => here("keys", map.len(), KEYS),
        Value::Object(map) => map.iter().try_for_each(|(key, item)| walk(item, count).map_err(|e| inside(e, key.clone()))),
        _ => Ok(()),
    }
}
