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

/// What an image takes on the disk, compressed and unpacked, as tenths of its compressed size: layers of programs and libraries
/// shrink to about two fifths.
const TENTHS: u64 = 35;
const GIB: u64 = 1024 * 1024 * 1024;

/// Images that were looked into, and the disk that they are unpacked on.
pub(super) fn images(task: &Task<'_>, report: &mut Report) {
    if !task.fargate() || task.windows {
        return;
    }
    let mut sizes: Vec<(&str, u64)> = task.containers.iter().filter_map(|c| Some((c.image(), task.looked(*c)?.size))).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let compressed = sizes.iter().fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
    let needed = (compressed / 10).saturating_mul(TENTHS).div_ceil(GIB);
    let path = "/ephemeralStorage/sizeInGiB";
    let disk = match find(task.definition, "ephemeralStorage") {
        Some(storage) => find(storage, "sizeInGiB").and_then(Value::as_u64),
        None => Some(FREE as u64),
    };
    let Some(disk) = disk.filter(|disk| (FREE as u64..=200).contains(disk) && needed > *disk) else { return };
    let size = format!("{:.1}", compressed as f64 / GIB as f64);
    let finding = report.at(&EPHEMERAL_IMAGE_SIZE, path).text("size", size).number("disk", disk).number("needed", needed);
    if needed <= 200 {
        finding.set(task.definition, path, needed.max(FREE as u64 + 1));
    }
}
