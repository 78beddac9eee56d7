//! Secrets: where ECS fetches them from.

use super::{environment::rows, image::is_example_account, prelude::*};
use crate::model::Variable;
use crate::secret::{self, Confidence};

pub(super) const RULES: &[Rule] = &[
    rule("secret-name-required", Error, "API reference: Secret.name", check),
    rule("secret-value-from-required", Error, "API reference: Secret.valueFrom", with_another),
    rule("secret-value-from-form", Error, "API reference: Secret.valueFrom", with_another),
    rule("secret-plain-value", Error, "API reference: Secret.valueFrom", with_another),
    rule("secret-json-key-colons", Error, "Developer Guide: secrets from Secrets Manager", with_another),
    rule("secret-json-key-needs-full-arn", Warning, "Developer Guide: secrets from Secrets Manager", with_another),
    rule("secret-bare-name-is-ssm", Warning, "API reference: Secret.valueFrom", with_another),
    rule("secret-region-differs", Warning, "API reference: Secret.valueFrom", with_another),
    rule("secret-placeholder", Warning, "Account numbers of AWS's own examples", with_another),
    rule("secret-needs-execution-role", Error, "API reference: RegisterTaskDefinition.executionRoleArn", with_another),
    rule("secret-role-permissions", Warning, "Developer Guide: secrets from Secrets Manager", permissions),
    rule("secret-not-refreshed", Advice, "Developer Guide: secrets from Secrets Manager", with_another),
];

fn check(task: &Task<'_>, out: &mut Findings) {
    for v in rows(task, "secrets") {
        let missing = |key: &str| v.row.get(key).is_none_or(|r| r.is_null() || r.as_str() == Some(""));
        if missing("name") {
            out.at("secret-name-required", v.at("name")).clear(task.definition, &v.path());
        }
        if missing("valueFrom") {
            out.at("secret-value-from-required", v.at("valueFrom")).text("name", v.name);
        } else if let Some(value) = v.value {
            place(task, v, value, out);
        }
    }
}

/// What a value names.
enum From<'a> {
    /// Secrets Manager: name of the secret and what follows it.
    Manager(&'a str, Vec<&'a str>),
    /// A parameter of Systems Manager, by ARN.
    Parameter,
    /// A name without an ARN.
    Name,
}

fn read(value: &str) -> Option<From<'_>> {
    let parts: Vec<&str> = value.splitn(6, ':').collect();
    if let ["arn", partition, service, region, account, rest] = parts.as_slice() {
        let word = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let twelve = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        if !partition.starts_with("aws") || !word(region) || !twelve {
            return None;
        }
        return match *service {
            "secretsmanager" => {
                let mut rest = rest.strip_prefix("secret:")?.split(':');
                let name = rest.next().filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+=.@!-".contains(&b)))?;
                Some(From::Manager(name, rest.collect()))
            }
            "ssm" => rest.strip_prefix("parameter/").filter(|r| !r.is_empty()).map(|_| From::Parameter),
            _ => None,
        };
    }
    let word = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b));
    let (path, label) = value.split_once(':').map_or((value, None), |(p, l)| (p, Some(l)));
    let ok = path.strip_prefix('/').unwrap_or(path).split('/').all(word) && label.is_none_or(word);
    ok.then_some(From::Name)
}

fn place(task: &Task<'_>, v: &Variable<'_>, value: &str, out: &mut Findings) {
    let path = || v.at("valueFrom");
    if value.contains(char::is_whitespace) || (!value.starts_with("arn:") && secret::of_value(value) == Some(Confidence::High)) {
        out.at("secret-plain-value", path()).text("name", v.name);
        return;
    }
    match read(value) {
        None => out.at("secret-value-from-form", path()).text("name", v.name).done(),
        Some(From::Manager(_, rest)) if rest.len() == 1 || rest.len() == 2 => {
            let whole = format!("{value}{}", ":".repeat(3 - rest.len()));
            out.at("secret-json-key-colons", path()).fix("fix", Vec::new(), edit::set(task.definition, &path(), json!(whole)));
        }
        Some(From::Manager(_, rest)) if rest.len() > 3 => out.at("secret-value-from-form", path()).text("name", v.name).done(),
        Some(From::Manager(name, rest)) => {
            let suffix = name.rsplit_once('-').is_some_and(|(_, s)| s.len() == 6 && s.bytes().all(|b| b.is_ascii_alphanumeric()));
            if !rest.is_empty() && !suffix {
                out.at("secret-json-key-needs-full-arn", path()).text("name", v.name);
            }
        }
        Some(From::Name) if !value.starts_with('/') => out.at("secret-bare-name-is-ssm", path()).text("value", value).done(),
        Some(From::Parameter | From::Name) => {}
    }
    if let Some(account) = arn_account(value).filter(|a| is_example_account(a)) {
        out.at("secret-placeholder", path()).text("account", account);
    } else if let (Some(there), Some(own)) = (arn_region(value), task.region())
        && there != own
        && read(value).is_some()
    {
        out.at("secret-region-differs", path()).text("name", v.name).text("value", there).text("region", own);
    }
}

fn permissions(task: &Task<'_>, out: &mut Findings) {
    let Some(first) = task.containers.iter().find(|c| !c.list("secrets").is_empty()) else { return };
    if super::iam::is_usual_role(task) {
        out.at("secret-role-permissions", "/executionRoleArn");
    }
    out.at("secret-not-refreshed", first.at("secrets"));
}
