//! Where a draft stores what an import left: one member, read by `kept.rs` and `expressions.rs`.

use crate::{Draft, formats::Format};
use serde_json::Value;

/// The member of a draft that holds it.
pub(super) const MEMBER: &str = "import";

/// The member of a draft that came from elsewhere.
pub(super) fn member(draft: &Draft) -> Option<&Value> {
    draft.root().get(MEMBER).filter(|kept| kept.is_object())
}

/// The format of what was imported.
pub(super) fn format(kept: &Value) -> Option<Format> {
    kept.get("format").and_then(Value::as_str).and_then(Format::parse)
}

/// A value in a few bytes (FNV-1a, 32 bits): enough to see that it was changed.
pub(in crate::formats) fn mark(value: Option<&Value>) -> u64 {
    let text = value.map(Value::to_string).unwrap_or_default();
    u64::from(text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
}
