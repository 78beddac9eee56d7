//! Environment variables.

use super::{env_files, env_values, prelude::*};
use crate::model::Variable;
use crate::secret::{self, Confidence};
use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
    hash::{Hash, Hasher},
};

pub(super) const RULES: &[Rule] = &[
    rule("env-name-required", Error, "API reference: KeyValuePair.name", names),
    rule("env-name-chars", Warning, "How Docker passes variables", with_another),
    rule("env-name-posix", Warning, "POSIX: environment variables", with_another),
    rule("env-value-string", Error, "API reference: KeyValuePair.value", with_another),
    rule("env-value-missing", Warning, "Developer Guide: task definition parameters, environment", with_another),
    rule("env-duplicate", Warning, "API reference: ContainerDefinition.environment", twice),
    rule("env-and-secret-duplicate", Error, "API reference: ContainerDefinition.secrets", with_another),
    rule("env-whitespace", Warning, "Developer Guide: environment files", env_values::check),
    rule("env-interpolation", Warning, "API reference: EnvironmentFile", with_another),
    rule("env-reserved-names", Warning, "Amazon ECS agent: variables that it sets", with_another),
    rule("env-aws-keys", Warning, "Security Hub ECS.8", secret_values),
    rule("env-secret-by-name", Warning, "Security Hub ECS.8", with_another),
    rule("env-secret-by-value", Warning, "Shapes of well-known tokens", with_another),
    rule("env-localhost-db", Warning, "Developer Guide: task networking with awsvpc", with_another),
    rule("env-compose-hostname", Warning, "Developer Guide: task networking with awsvpc", with_another),
    rule("env-node-env", Advice, "Node.js: NODE_ENV", with_another),
    rule("env-host-binding", Advice, "Reports of tasks that nobody reaches", with_another),
    rule("env-files-count", Error, "API reference: ContainerDefinition.environmentFiles", env_files::check),
    rule("env-files-arn", Error, "API reference: EnvironmentFile.value", with_another),
    rule("env-files-type", Error, "API reference: EnvironmentFileType", with_another),
    rule("env-files-windows-fargate", Error, "Developer Guide: task definition parameters, environmentFiles", with_another),
    rule("env-files-execution-role", Warning, "Developer Guide: environment files", with_another),
    rule("env-files-override", Advice, "API reference: EnvironmentFile", with_another),
];

/// The rows of `environment` or `secrets` in all containers.
pub(super) fn rows<'t>(task: &'t Task<'_>, list: &str) -> &'t [Variable<'t>] {
    if list == "secrets" { &task.secrets } else { &task.environment }
}

fn names(task: &Task<'_>, out: &mut Findings) {
    for list in ["environment", "secrets"] {
        let taken: LazyCell<HashSet<(usize, &str)>, _> = LazyCell::new(|| rows(task, list).iter().map(|v| (v.container.index, v.name)).collect());
        for v in rows(task, list) {
            if v.name.is_empty() {
                if list == "environment" && v.row.get("name").is_none_or(|r| r.is_null() || r.is_string()) {
                    out.at("env-name-required", v.at("name")).clear(task.definition, &v.path());
                }
                continue;
            }
            if v.name.contains('=') || v.name.contains(char::is_whitespace) {
                let path = v.at("name");
                let better: String = v.name.split('=').next().unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
                let said = out.at("env-name-chars", &path).text("name", v.name);
                if !better.is_empty() && !taken.contains(&(v.container.index, better.as_str())) {
                    said.set(task.definition, &path, better);
                }
            } else if !is_posix(v.name) && !v.name.contains('.') {
                out.at("env-name-posix", v.at("name")).text("name", v.name);
            }
            if list == "environment" && v.row.get("value").is_none() {
                out.at("env-value-missing", v.at("value")).text("name", v.name).set(task.definition, &v.at("value"), "");
            }
        }
    }
}

fn is_posix(name: &str) -> bool {
    name.bytes().enumerate().all(|(i, b)| b.is_ascii_alphabetic() || b == b'_' || (i > 0 && b.is_ascii_digit()))
}

fn twice(task: &Task<'_>, out: &mut Findings) {
    let named: HashSet<(usize, &str)> = rows(task, "secrets").iter().map(|v| (v.container.index, v.name)).collect();
    let mut seen: HashMap<(usize, Folded<'_>), &str> = HashMap::with_capacity(task.environment.len());
    for v in rows(task, "environment").iter().filter(|v| !v.name.is_empty()) {
        if named.contains(&(v.container.index, v.name)) {
            out.at("env-and-secret-duplicate", v.at("name")).text("name", v.name).clear(task.definition, &v.path());
            continue;
        }
        match seen.insert((v.container.index, Folded(v.name)), v.name) {
            Some(other) if other == v.name => out.at("env-duplicate", v.at("name")).text("name", v.name).clear(task.definition, &v.path()).done(),
            Some(other) => out.at("env-duplicate", v.at("name")).variant("case").text("name", v.name).text("other", other).done(),
            None => {}
        }
    }
    let mut seen: HashSet<(usize, &str)> = HashSet::new();
    for v in rows(task, "secrets").iter().filter(|v| !v.name.is_empty()) {
        if !seen.insert((v.container.index, v.name)) {
            out.at("env-and-secret-duplicate", v.at("name")).variant("twice").text("name", v.name).clear(task.definition, &v.path());
        }
    }
}

/// A name whose capitals do not count.
struct Folded<'a>(&'a str);

impl PartialEq for Folded<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Folded<'_> {}

impl Hash for Folded<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // FNV-1a, then one step of the map's own hash.
        state.write_u64(self.0.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)));
    }
}

fn secret_values(task: &Task<'_>, out: &mut Findings) {
    for v in rows(task, "environment") {
        let Some(value) = v.value.filter(|t| !t.is_empty()) else { continue };
        let said = if matches!(v.name, "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "ECS_ENGINE_AUTH_DATA") {
            out.at("env-aws-keys", v.path()).text("name", v.name).fix("fix", Vec::new(), crate::edit::clear(task.definition, &v.path()));
            continue;
        } else {
            match (secret::of_value(value), secret::of_pair(v.name, value)) {
                (Some(Confidence::High), _) => out.at("env-secret-by-value", v.at("value")),
                (_, true) => out.at("env-secret-by-name", v.path()),
                (Some(Confidence::Medium), false) => out.at("env-secret-by-value", v.at("value")).variant("random"),
                (None, false) => continue,
            }
        };
        said.text("name", v.name).fix("fix", vec![("name", Param::Text(v.name.into()))], move_to_secrets(v));
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
