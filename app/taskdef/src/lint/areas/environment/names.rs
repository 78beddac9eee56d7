//! Environment variables.

use super::*;
use crate::facts::secret::{self, Confidence};
use crate::lint::context::Variable;
use std::{cell::LazyCell, cmp::Ordering, collections::HashSet};

pub(super) fn names(task: &Task<'_>, report: &mut Report) {
    for (list, rows) in [("environment", &task.environment), ("secrets", &task.secrets)] {
        let taken: LazyCell<HashSet<(usize, &str)>, _> = LazyCell::new(|| rows.iter().map(|v| (v.container.index, v.name)).collect());
        for v in rows {
            if v.name.is_empty() {
                if list == "environment" && v.row.get("name").is_none_or(|r| r.is_null() || r.is_string()) {
                    report.at(&ENV_NAME_REQUIRED, v.at("name")).clear(task.definition, &v.path());
                }
                continue;
            }
            if v.name.contains('=') || v.name.contains(char::is_whitespace) {
                let path = v.at("name");
                let better: String = v.name.split('=').next().unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
                let finding = report.at(&ENV_NAME_CHARS, &path).text("name", v.name);
                if !better.is_empty() && !taken.contains(&(v.container.index, better.as_str())) {
                    finding.set(task.definition, &path, better);
                }
            } else if !is_posix(v.name) && !v.name.contains('.') {
                report.at(&ENV_NAME_POSIX, v.at("name")).text("name", v.name);
            }
            if list == "environment" && v.given.is_none() {
                report.at(&ENV_VALUE_MISSING, v.at("value")).text("name", v.name).set(task.definition, &v.at("value"), "");
            }
        }
    }
}

fn is_posix(name: &str) -> bool {
    name.bytes().enumerate().all(|(i, b)| b.is_ascii_alphabetic() || b == b'_' || (i > 0 && b.is_ascii_digit()))
}

pub(super) fn twice(task: &Task<'_>, report: &mut Report) {
    let secrets = sorted(task.secrets.iter().filter(|v| !v.name.is_empty()).collect(), exactly);
    for rows in task.environment.chunk_by(|a, b| a.container.index == b.container.index) {
        let (both, plain): (Vec<&Variable<'_>>, Vec<&Variable<'_>>) = rows.iter().filter(|v| !v.name.is_empty()).partition(|v| is_among(v, &secrets));
        for v in both {
            report.at(&ENV_AND_SECRET_DUPLICATE, v.at("name")).text("name", v.name).clear(task.definition, &v.path());
        }
        for (before, v) in pairs(&sorted(plain, ignoring_case), ignoring_case) {
            let finding = report.at(&ENV_DUPLICATE, v.at("name"));
            if before.name == v.name {
                finding.text("name", v.name).clear(task.definition, &v.path()).done();
            } else {
                finding.variant("case").text("name", v.name).text("other", before.name).done();
            }
        }
    }
    for (_, v) in pairs(&secrets, exactly) {
        report.at(&ENV_AND_SECRET_DUPLICATE, v.at("name")).variant("twice").text("name", v.name).clear(task.definition, &v.path());
    }
}

/// An order in which the same names of one container are neighbours.
type Order = fn(&Variable<'_>, &Variable<'_>) -> Ordering;

fn exactly(a: &Variable<'_>, b: &Variable<'_>) -> Ordering {
    (a.container.index, a.name.len(), a.name).cmp(&(b.container.index, b.name.len(), b.name))
}

/// Capitals do not count.
fn ignoring_case(a: &Variable<'_>, b: &Variable<'_>) -> Ordering {
    (a.container.index, a.name.len()).cmp(&(b.container.index, b.name.len())).then_with(|| letters(a.name).cmp(letters(b.name)))
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|b| b.to_ascii_lowercase())
}

/// Rows of one name stay in the order of the document.
fn sorted<'v, 'a>(mut rows: Vec<&'v Variable<'a>>, order: Order) -> Vec<&'v Variable<'a>> {
    rows.sort_by(|a, b| order(a, b));
    rows
}

/// Each row whose name was there before, behind the one before it.
fn pairs<'s, 'v, 'a>(sorted: &'s [&'v Variable<'a>], order: Order) -> impl Iterator<Item = (&'v Variable<'a>, &'v Variable<'a>)> + use<'s, 'v, 'a> {
    sorted.windows(2).map(|two| (two[0], two[1])).filter(move |(a, b)| order(a, b).is_eq())
}

/// Whether a container has a row of this name among those that `exactly` sorted.
fn is_among(v: &Variable<'_>, sorted: &[&Variable<'_>]) -> bool {
    sorted.binary_search_by(|s| exactly(s, v)).is_ok()
}

pub(super) fn secret_values(task: &Task<'_>, report: &mut Report) {
    for v in &task.environment {
        let Some(value) = v.value.filter(|t| !t.is_empty()) else { continue };
        let finding = if matches!(v.name, "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "ECS_ENGINE_AUTH_DATA") {
            report.at(&ENV_AWS_KEYS, v.path()).text("name", v.name).fix("fix", Vec::new(), edit::clear(task.definition, &v.path()));
            continue;
        } else {
            match (secret::of_value(value), secret::of_pair(v.name, value)) {
                (Some(Confidence::High), _) => report.at(&ENV_SECRET_BY_VALUE, v.at("value")),
                (_, true) => report.at(&ENV_SECRET_BY_NAME, v.path()),
                (Some(Confidence::Medium), false) => report.at(&ENV_SECRET_BY_VALUE, v.at("value")).variant("random"),
                (None, false) => continue,
            }
        };
        finding.text("name", v.name).fix("fix", vec![("name", Param::Text(v.name.into()))], move_to_secrets(v));
    }
}

/// Takes the plain value out and asks for the place of the secret instead.
fn move_to_secrets(v: &Variable<'_>) -> Edit {
    let list = format!("{}/secrets", v.container.place());
    let mut ops = vec![Op::Remove { path: v.path() }];
    if present(v.container.value(), "secrets").is_none() {
        ops.push(Op::Add { path: list.clone(), value: json!([]), at: None });
    }
    ops.push(Op::Add { path: format!("{list}/-"), value: json!({ "name": v.name, "valueFrom": "" }), at: None });
    Edit(ops)
}
