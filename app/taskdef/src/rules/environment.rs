//! Environment variables and secrets.

use super::{Findings, Rule, rule, with_another};
use crate::{
    Edit,
    Severity::{Error, Warning},
    edit::Op,
    finding::Param,
    model::{Network, Task, present},
    view::ContainerView,
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    rule("env-name-required", Error, "API reference: KeyValuePair.name", names),
    rule("env-name-posix", Warning, "POSIX: environment variables", with_another),
    rule("env-value-string", Error, "API reference: KeyValuePair.value", with_another),
    rule("env-duplicate", Warning, "API reference: ContainerDefinition.environment", twice),
    rule("env-and-secret-duplicate", Error, "API reference: ContainerDefinition.secrets", with_another),
    rule("env-aws-keys", Warning, "Security Hub ECS.8", secret_values),
    rule("env-secret-by-value", Warning, "Shapes of well-known tokens", with_another),
    rule("env-secret-by-name", Warning, "Security Hub ECS.8", with_another),
    rule("env-compose-hostname", Warning, "Developer Guide: task networking with awsvpc", hostname),
    rule("secret-name-required", Error, "API reference: Secret.name", secrets),
    rule("secret-value-from-required", Error, "API reference: Secret.valueFrom", with_another),
];

struct Variable<'a> {
    container: ContainerView<'a>,
    path: String,
    name: &'a str,
    value: Option<&'a str>,
}

fn rows<'t>(task: &'t Task<'_>, list: &'static str) -> Vec<Variable<'t>> {
    let each = |c: &ContainerView<'t>| {
        let (container, place) = (*c, c.place());
        c.list(list).iter().enumerate().filter(|(_, v)| v.is_object()).map(move |(j, v)| Variable {
            container,
            path: format!("{place}/{list}/{j}"),
            name: v.get("name").and_then(Value::as_str).unwrap_or(""),
            value: v.get(if list == "secrets" { "valueFrom" } else { "value" }).and_then(Value::as_str),
        })
    };
    task.containers.iter().flat_map(each).collect()
}

fn names(task: &Task<'_>, out: &mut Findings) {
    for v in rows(task, "environment") {
        let path = format!("{}/name", v.path);
        let raw = task.definition.pointer(&path);
        if v.name.is_empty() && raw.is_none_or(|r| r.is_null() || r.is_string()) {
            out.at("env-name-required", &path).clear(task.definition, &v.path);
        } else if !v.name.is_empty() && !is_posix(v.name) && !v.name.contains('.') {
            out.at("env-name-posix", &path).text("name", v.name);
        }
    }
}

fn is_posix(name: &str) -> bool {
    name.bytes().enumerate().all(|(i, b)| b.is_ascii_alphabetic() || b == b'_' || (i > 0 && b.is_ascii_digit()))
}

fn twice(task: &Task<'_>, out: &mut Findings) {
    let (env, secrets) = (rows(task, "environment"), rows(task, "secrets"));
    for (i, v) in env.iter().enumerate().filter(|(_, v)| !v.name.is_empty()) {
        let path = format!("{}/name", v.path);
        let same = |o: &&Variable<'_>| o.container.index == v.container.index && o.name == v.name;
        if secrets.iter().any(|o| same(&o)) {
            out.at("env-and-secret-duplicate", &path).text("name", v.name).clear(task.definition, &v.path);
        } else if env[..i].iter().any(|o| same(&o)) {
            out.at("env-duplicate", &path).text("name", v.name).clear(task.definition, &v.path);
        }
    }
}

fn secret_values(task: &Task<'_>, out: &mut Findings) {
    for v in rows(task, "environment") {
        let Some(value) = v.value.filter(|t| !t.is_empty()) else { continue };
        let path = format!("{}/value", v.path);
        let said = if matches!(v.name, "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "ECS_ENGINE_AUTH_DATA") {
            out.at("env-aws-keys", &v.path).text("name", v.name).fix("fix", Vec::new(), crate::edit::clear(task.definition, &v.path));
            continue;
        } else if looks_secret(value) {
            out.at("env-secret-by-value", &path)
        } else if names_secret(v.name) {
            out.at("env-secret-by-name", &v.path)
        } else {
            continue;
        };
        said.text("name", v.name).fix("fix", vec![("name", Param::Text(v.name.into()))], move_to_secrets(&v));
    }
}

/// Takes the plain value out and asks for the place of the secret instead.
fn move_to_secrets(v: &Variable<'_>) -> Edit {
    let list = format!("{}/secrets", v.container.place());
    let mut ops = vec![Op::Remove { path: v.path.clone() }];
    if present(v.container.value(), "secrets").is_none() {
        ops.push(Op::Add { path: list.clone(), value: json!([]), at: None });
    }
    ops.push(Op::Add { path: format!("{list}/-"), value: json!({ "name": v.name, "valueFrom": "" }), at: None });
    Edit(ops)
}

/// Shapes of keys and tokens; the value itself is never shown.
fn looks_secret(value: &str) -> bool {
    let run = |from: usize, ok: fn(u8) -> bool| value[from..].bytes().take_while(|b| ok(*b)).count();
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let starts = |prefix: &str, least: usize, ok: fn(u8) -> bool| {
        value.match_indices(prefix).any(|(i, _)| {
            let before = value[..i].bytes().last();
            before.is_none_or(|b| !b.is_ascii_alphanumeric()) && run(i + prefix.len(), ok) >= least
        })
    };
    let upper: fn(u8) -> bool = |b| b.is_ascii_uppercase() || b.is_ascii_digit();
    let alnum: fn(u8) -> bool = |b| b.is_ascii_alphanumeric();
    let dashed: fn(u8) -> bool = |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let jwt = value
        .match_indices("eyJ")
        .any(|(i, _)| value[i..].split('.').take(2).all(|p| p.len() >= 8 && p.bytes().all(word)) && value[i..].matches('.').count() >= 2);
    starts("AKIA", 16, upper)
        || starts("ASIA", 16, upper)
        || (value.contains("-----BEGIN ") && value.contains("PRIVATE KEY-----"))
        || ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].iter().any(|p| starts(p, 36, alnum))
        || ["xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-"].iter().any(|p| starts(p, 10, dashed))
        || starts("sk-", 20, dashed)
        || starts("AIza", 35, dashed)
        || jwt
        || password_in_url(value)
}

fn password_in_url(value: &str) -> bool {
    value.match_indices("://").any(|(i, _)| {
        let rest = &value[i + 3..];
        let host = &rest[..rest.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(rest.len())];
        host.split_once('@')
            .and_then(|(user, _)| user.split_once(':'))
            .is_some_and(|(user, password)| !user.is_empty() && !password.is_empty() && !password.starts_with('$'))
    })
}

fn names_secret(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    if ["_FILE", "_PATH", "_URL", "_ARN", "_NAME", "_ID", "_TTL", "_EXPIRES_IN"].iter().any(|s| upper.ends_with(s)) {
        return false;
    }
    const WORDS: &[&str] = &[
        "PASS",
        "PASSWD",
        "PASSWORD",
        "PWD",
        "SECRET",
        "TOKEN",
        "APIKEY",
        "API_KEY",
        "ACCESSKEY",
        "ACCESS_KEY",
        "PRIVATEKEY",
        "PRIVATE_KEY",
        "CREDENTIAL",
        "CREDENTIALS",
        "AUTH",
        "JWT",
        "SALT",
        "ENCRYPTIONKEY",
        "ENCRYPTION_KEY",
        "SIGNINGKEY",
        "SIGNING_KEY",
        "CONNECTIONSTRING",
        "CONNECTION_STRING",
        "DSN",
    ];
    let padded = format!("_{upper}_");
    WORDS.iter().any(|w| padded.contains(&format!("_{w}_")))
}

fn hostname(task: &Task<'_>, out: &mut Findings) {
    if task.network != Network::Awsvpc {
        return;
    }
    for v in rows(task, "environment") {
        let Some(value) = v.value else { continue };
        let start = value.find("://").map_or(0, |i| i + 3);
        let host = &value[start..start + value[start..].find([':', '/']).unwrap_or(value.len() - start)];
        let is_host = start > 0 || v.name.to_ascii_uppercase().contains("HOST") || value[start + host.len()..].starts_with(':');
        let other = task.containers.iter().find(|c| c.index != v.container.index && c.name() == host && !host.is_empty());
        if let Some(other) = other.filter(|_| is_host) {
            let path = format!("{}/value", v.path);
            let better = format!("{}127.0.0.1{}", &value[..start], &value[start + host.len()..]);
            out.at("env-compose-hostname", &path).text("name", v.name).text("host", other.name()).set(task.definition, &path, better);
        }
    }
}

fn secrets(task: &Task<'_>, out: &mut Findings) {
    for v in rows(task, "secrets") {
        if v.name.is_empty() && task.definition.pointer(&format!("{}/name", v.path)).is_none_or(|r| r.is_null() || r.is_string()) {
            out.at("secret-name-required", format!("{}/name", v.path));
        }
        let from = format!("{}/valueFrom", v.path);
        if v.value.is_none_or(str::is_empty) && task.definition.pointer(&from).is_none_or(|r| r.is_null() || r.is_string()) {
            out.at("secret-value-from-required", from).text("name", v.name);
        }
    }
}
