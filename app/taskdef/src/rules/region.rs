//! The Region, and what is where.

use super::prelude::*;
use crate::catalog;
use std::collections::BTreeSet;

pub(super) const RULES: &[Rule] = &[
    rule("region-unknown", Error, "Regions of Amazon ECS in the SDK's endpoints", chosen),
    rule("region-fargate-unknown", Warning, "Developer Guide: Supported Regions for Amazon ECS on AWS Fargate", with_another),
    rule("region-windows", Warning, "Developer Guide: Supported Regions for Amazon ECS on AWS Fargate, 2023", with_another),
    rule("region-zone-limits", Advice, "Developer Guide: Supported Regions for Amazon ECS on AWS Fargate", with_another),
    rule("region-arn-mix", Warning, "ARNs of the definition", arns),
];

fn chosen(task: &Task<'_>, out: &mut Findings) {
    let Some(code) = task.region() else { return };
    let Some(region) = catalog::region(code) else {
        let near = nearest(code);
        let said = out.at("region-unknown", "/region").wizard().text("value", code);
        if let Some(near) = near {
            let root = json!({ "region": code });
            said.fix("fix", vec![("value", Param::Text(near.id.clone()))], edit::set(&root, "/region", json!(near.id)));
        }
        return;
    };
    if !task.fargate() {
        return;
    }
    if region.fargate.is_none() {
        out.at("region-fargate-unknown", "/region").wizard().text("value", code);
    }
    if task.windows && region.windows != Some(true) {
        out.at("region-windows", "/runtimePlatform/operatingSystemFamily").text("region", code);
    }
    if !region.zones.is_empty() {
        out.at("region-zone-limits", "/region").wizard().text("value", code).text("zones", region.zones.join(", "));
    }
}

/// The Region that was meant: the same letters without hyphens, else the only one that is spelt alike.
fn nearest(code: &str) -> Option<&'static catalog::Region> {
    let all = catalog::regions();
    let mut alike = all.iter().filter(|r| super::shape::alike(&r.id, code));
    let only = alike.next().filter(|_| alike.next().is_none());
    all.iter().find(|r| super::shape::same_word(&r.id, code)).or(only)
}

/// Every ARN with a Region of its own, where no other rule looks.
fn arns(task: &Task<'_>, out: &mut Findings) {
    let mut seen = Seen { own: task.region(), others: BTreeSet::new(), path: None };
    walk(task.definition, &mut Vec::new(), &mut seen);
    if let (Some(path), Some(own)) = (seen.path, seen.own) {
        out.at("region-arn-mix", path).text("value", seen.others.into_iter().collect::<Vec<_>>().join(", ")).text("region", own);
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
                        Token::Key(key) => crate::pointer::join(&at, key),
                        Token::Index(i) => crate::pointer::join(&at, i),
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
