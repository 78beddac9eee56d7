//! Environment variables.

use super::*;
use crate::facts::secret::{self, Confidence};
use crate::lint::context::Variable;
use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
};

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
    let named: HashSet<(usize, &str)> = task.secrets.iter().map(|v| (v.container.index, v.name)).collect();
    // Capitals do not count.
    let mut seen: HashMap<(usize, String), &str> = HashMap::with_capacity(task.environment.len());
    for v in task.environment.iter().filter(|v| !v.name.is_empty()) {
        if named.contains(&(v.container.index, v.name)) {
            report.at(&ENV_AND_SECRET_DUPLICATE, v.at("name")).text("name", v.name).clear(task.definition, &v.path());
            continue;
        }
        match seen.insert((v.container.index, v.name.to_ascii_lowercase()), v.name) {
            Some(other) if other == v.name => report.at(&ENV_DUPLICATE, v.at("name")).text("name", v.name).clear(task.definition, &v.path()).done(),
            Some(other) => report.at(&ENV_DUPLICATE, v.at("name")).variant("case").text("name", v.name).text("other", other).done(),
            None => {}
        }
    }
    let mut seen: HashSet<(usize, &str)> = HashSet::new();
    for v in task.secrets.iter().filter(|v| !v.name.is_empty()) {
        if !seen.insert((v.container.index, v.name)) {
            report.at(&ENV_AND_SECRET_DUPLICATE, v.at("name")).variant("twice").text("name", v.name).clear(task.definition, &v.path());
        }
    }
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
