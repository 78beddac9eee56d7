//! Fargate's disk.

use super::*;
use crate::{facts, facts::cost};

/// GiB that every task has for nothing. Source: Developer Guide, Fargate task ephemeral storage.
const FREE: i64 = 20;

pub(super) fn size(task: &Task<'_>, report: &mut Report) {
    let Some(storage) = find(task.definition, "ephemeralStorage").filter(|s| s.is_object()) else { return };
    let path = "/ephemeralStorage/sizeInGiB";
    let Some(size) = find(storage, "sizeInGiB") else {
        report.at(&EPHEMERAL_REQUIRED, path).set(task.definition, path, FREE + 1).fix(
            "fix-remove",
            Vec::new(),
            edit::clear(task.definition, "/ephemeralStorage"),
        );
        return;
    };
    let Some(gib) = size.as_i64() else { return };
    if gib <= FREE {
        let finding = report.at(&EPHEMERAL_RANGE, path).variant("least").text("value", gib.to_string());
        finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, "/ephemeralStorage"));
        return;
    }
    if gib > 200 {
        report.at(&EPHEMERAL_RANGE, path).text("value", gib.to_string()).set(task.definition, path, 200);
        return;
    }
    let extra = (gib - FREE) as u64;
    let rate = task.region().and_then(facts::price).and_then(|(p, date)| Some((p.disk?, date)));
    match rate {
        Some((rate, date)) => {
            let month = format!("{:.2}", rate * extra as f64 * cost::MONTH);
            report.at(&EPHEMERAL_COST, path).number("extra", extra).text("month", month).text("date", date);
        }
        None => report.at(&EPHEMERAL_COST, path).variant("unknown").number("extra", extra).done(),
    }
}
