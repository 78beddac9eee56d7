//! The Region, and what is where.

use super::*;
use crate::{facts, grammar::name::is_region};
use std::collections::BTreeSet;

pub(super) fn chosen(task: &Task<'_>, report: &mut Report) {
    let Some(code) = task.region() else { return };
    let Some(region) = facts::region(code) else {
        let near = nearest(code);
        // AWS opens Regions between two versions of the catalogue.
        let (severity, variant) = if could_be_new(code) { (Warning, "new") } else { (Error, "") };
        let finding = report.at(&REGION_UNKNOWN, "/region").wizard().severity(severity).variant(variant).text("value", code);
        if let Some(near) = near {
            let root = json!({ "region": code });
            finding.fix("fix", vec![("value", Param::Text(near.id.clone()))], edit::set(&root, "/region", json!(near.id)));
        }
        return;
    };
    if !task.fargate() {
        return;
    }
    if region.fargate.is_none() {
        report.at(&REGION_FARGATE_UNKNOWN, "/region").wizard().text("value", code);
    }
    if task.windows && region.windows != Some(true) {
        let variant = if region.windows.is_none() { "unknown" } else { "" };
        report.at(&REGION_WINDOWS, "/runtimePlatform/operatingSystemFamily").variant(variant).text("region", code);
    }
    let zones = if task.windows && !region.windows_zones.is_empty() { &region.windows_zones } else { &region.zones };
    if !zones.is_empty() {
        report.at(&REGION_ZONE_LIMITS, "/region").wizard().text("value", code).text("zones", zones.join(", "));
    } else if task.windows && !region.excluded.is_empty() {
        report.at(&REGION_ZONE_LIMITS, "/region").wizard().variant("except").text("value", code).text("zones", region.excluded.join(", "));
    }
}

/// Whether AWS could have named a Region so: `sa-west-1`.
fn could_be_new(code: &str) -> bool {
    const DIRECTIONS: [&str; 9] = ["north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest"];
    is_region(code) && code.rsplit('-').nth(1).is_some_and(|direction| DIRECTIONS.contains(&direction))
}

/// The Region that was meant: the same letters without hyphens, else the only one that is spelt alike, else the one whose city is
/// named.
fn nearest(code: &str) -> Option<&'static facts::Region> {
    let all = facts::regions();
    let mut alike = all.iter().filter(|r| spelling::alike(&r.id, code));
    let only = alike.next().filter(|_| alike.next().is_none());
    let city = |r: &&facts::Region| {
        let name = r.en.rsplit_once('(').map_or("", |(_, name)| name.trim_end_matches(')'));
        name.len() > 3 && code.len() < 64 && code.to_ascii_lowercase().contains(&name.to_ascii_lowercase())
    };
    all.iter().find(|r| spelling::same_word(&r.id, code)).or(only).or_else(|| all.iter().find(city))
}

/// Every ARN that names a Region and that no other rule checks.
pub(super) fn arns(task: &Task<'_>, report: &mut Report) {
    let mut seen = Seen { own: task.region(), others: BTreeSet::new(), path: None };
    walk(task.definition, &mut Vec::new(), &mut seen);
    if let (Some(path), Some(own)) = (seen.path, seen.own) {
        report.at(&REGION_ARN_MIX, path).text("value", seen.others.into_iter().collect::<Vec<_>>().join(", ")).text("region", own);
    }
}

/// Regions of the ARNs so far.
struct Seen<'v> {
    /// The chosen one, or else that of the first ARN.
    own: Option<&'v str>,
    others: BTreeSet<&'v str>,
    /// Where the first of the others stands.
    path: Option<String>,
}

/// The way to a value; it becomes a pointer only where there is something to say of it.
enum Token<'v> {
    Key(&'v str),
    Index(usize),
}

fn walk<'v>(value: &'v Value, way: &mut Vec<Token<'v>>, seen: &mut Seen<'v>) {
    match value {
        Value::String(text) => {
            let region = arn_region(text).filter(|r| r.contains('-') && r.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            if let Some(region) = region.filter(|r| *r != *seen.own.get_or_insert(*r)) {
                seen.others.insert(region);
                let path = || {
                    way.iter().fold(String::new(), |at, token| match token {
                        Token::Key(key) => crate::document::pointer::join(&at, key),
                        Token::Index(i) => crate::document::pointer::join(&at, i),
                    })
                };
                seen.path.get_or_insert_with(path);
            }
        }
        Value::Array(list) => {
            for (i, v) in list.iter().enumerate() {
                way.push(Token::Index(i));
                walk(v, way, seen);
                way.pop();
            }
        }
        Value::Object(map) => {
            for (key, v) in map.iter().filter(|(k, _)| !matches!(k.as_str(), "secrets" | "command" | "dockerLabels")) {
                way.push(Token::Key(key));
                walk(v, way, seen);
                way.pop();
            }
        }
        _ => {}
    }
}
