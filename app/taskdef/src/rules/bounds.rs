//! How large a document may be for the rules to look at it. Said as one finding, before anything is compared.

use super::{Findings, build::Said, limits, work};
use crate::pointer;
use serde_json::Value;

/// Most items of a list.
pub const ITEMS: usize = 1_000;
/// Most keys of an object.
pub const KEYS: usize = 1_000;
/// Most values of a document, lists and objects counted too: AWS's 65,536 bytes hold fewer in any definition that means something.
pub const VALUES: usize = 20_000;
/// Most bytes as compact JSON: four times what AWS takes.
pub const BYTES: usize = 262_144;

/// Whether the definition and the cluster's answers are within the bounds; if not, what is too much is said.
pub(super) fn check(definition: &Value, cluster: Option<&Value>, out: &mut Findings) -> bool {
    if let Some(excess) = cluster.and_then(excess) {
        say(excess, "/cluster", out).wizard().done();
        return false;
    }
    let Some(excess) = excess(definition) else { return true };
    say(excess, "", out).done();
    false
}

fn say<'o>(excess: Excess, root: &str, out: &'o mut Findings) -> Said<'o> {
    let path = excess.way.iter().rev().fold(root.to_owned(), |at, token| pointer::join(&at, token));
    out.at("limits-too-many", path).variant(excess.variant).number("count", excess.count as u64).number("max", excess.max as u64)
}

fn excess(document: &Value) -> Option<Excess> {
    let mut count = 0;
    let excess = walk(document, &mut count).err().or_else(|| {
        let bytes = limits::bytes(document);
        work::spend(bytes / 64);
        (bytes > BYTES).then(|| Excess { way: Vec::new(), variant: "bytes", count: bytes, max: BYTES })
    });
    work::spend(count);
    excess
}

/// The evaluation used up its budget.
pub(super) fn say_over(out: &mut Findings) {
    out.at("limits-too-many", "").variant("work");
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
