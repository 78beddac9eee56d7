//! Fargate's disk.

use super::prelude::*;
use crate::{catalog, cost};

pub(super) const RULES: &[Rule] = &[
    rule("ephemeral-range", Error, "API reference: EphemeralStorage.sizeInGiB", size),
    rule("ephemeral-required", Error, "API reference: EphemeralStorage.sizeInGiB", with_another),
    rule("ephemeral-platform", Advice, "Developer Guide: Fargate task ephemeral storage", with_another),
    rule("ephemeral-cost", Advice, "AWS Price List: Fargate ephemeral storage", with_another),
    waits("ephemeral-image-size", Advice, State::NeedsRegistry, "Developer Guide: Fargate task ephemeral storage"),
];

/// GiB that every task has for nothing. Source: Developer Guide, Fargate task ephemeral storage.
const FREE: i64 = 20;

fn size(task: &Task<'_>, out: &mut Findings) {
    let Some(storage) = find(task.definition, "ephemeralStorage").filter(|s| s.is_object()) else { return };
    let path = "/ephemeralStorage/sizeInGiB";
    let Some(size) = find(storage, "sizeInGiB") else {
        out.at("ephemeral-required", path).set(task.definition, path, FREE + 1).fix(
            "fix-remove",
            Vec::new(),
            edit::clear(task.definition, "/ephemeralStorage"),
        );
        return;
    };
    let Some(gib) = size.as_i64() else { return };
    if gib <= FREE {
        let said = out.at("ephemeral-range", path).variant("least").text("value", gib.to_string());
        said.fix("fix-remove", Vec::new(), edit::clear(task.definition, "/ephemeralStorage"));
        return;
    }
    if gib > 200 {
        out.at("ephemeral-range", path).text("value", gib.to_string()).set(task.definition, path, 200);
        return;
    }
    out.at("ephemeral-platform", "/ephemeralStorage").variant(if task.windows { "windows" } else { "" });
    let extra = (gib - FREE) as u64;
    let rate = task.region().and_then(catalog::price).and_then(|(p, date)| Some((p.disk?, date)));
    match rate {
        Some((rate, date)) => {
            let month = format!("{:.2}", rate * extra as f64 * cost::MONTH);
            out.at("ephemeral-cost", path).number("extra", extra).text("month", month).text("date", date);
        }
        None => out.at("ephemeral-cost", path).variant("unknown").number("extra", extra).done(),
    }
}
