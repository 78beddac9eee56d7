//! Secrets: where ECS fetches them from.

use super::*;
use crate::facts::secret::{self, Confidence};
use crate::lint::context::Variable;
use crate::lint::context::is_usual_role;

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for v in &task.secrets {
        let missing = |key: &str| member(v.row, key).is_none_or(|r| r.is_null() || r.as_str() == Some(""));
        if missing("name") {
            report.at(&SECRET_NAME_REQUIRED, v.at("name")).clear(task.definition, &v.path());
        }
        if missing("valueFrom") {
            report.at(&SECRET_VALUE_FROM_REQUIRED, v.at("valueFrom")).text("name", v.name);
        } else if let Some(value) = v.value {
            place(task, v, value, report);
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

fn place(task: &Task<'_>, v: &Variable<'_>, value: &str, report: &mut Report) {
    let path = || v.at("valueFrom");
    if value.contains(char::is_whitespace) || (!value.starts_with("arn:") && secret::of_value(value) == Some(Confidence::High)) {
        report.at(&SECRET_PLAIN_VALUE, path()).text("name", v.name);
        return;
    }
    match read(value) {
        None => report.at(&SECRET_VALUE_FROM_FORM, path()).text("name", v.name).done(),
        Some(From::Manager(_, rest)) if rest.len() == 1 || rest.len() == 2 => {
            let whole = format!("{value}{}", ":".repeat(3 - rest.len()));
            report.at(&SECRET_JSON_KEY_COLONS, path()).fix("fix", Vec::new(), edit::set(task.definition, &path(), json!(whole)));
        }
        Some(From::Manager(_, rest)) if rest.len() > 3 => report.at(&SECRET_VALUE_FROM_FORM, path()).text("name", v.name).done(),
        Some(From::Manager(name, rest)) => {
            let suffix = name.rsplit_once('-').is_some_and(|(_, s)| s.len() == 6 && s.bytes().all(|b| b.is_ascii_alphanumeric()));
            if !rest.is_empty() && !suffix {
                report.at(&SECRET_JSON_KEY_NEEDS_FULL_ARN, path()).text("name", v.name);
            }
        }
        Some(From::Name) if !value.starts_with('/') => report.at(&SECRET_BARE_NAME_IS_SSM, path()).text("value", value).done(),
        Some(From::Parameter | From::Name) => {}
    }
    if let Some(account) = arn_account(value).filter(|a| is_example_account(a)) {
        report.at(&SECRET_PLACEHOLDER, path()).text("account", account);
    } else if let (Some(there), Some(own)) = (arn_region(value), task.region())
        && there != own
        && read(value).is_some()
    {
        report.at(&SECRET_REGION_DIFFERS, path()).text("name", v.name).text("value", there).text("region", own);
    }
}

pub(super) fn permissions(task: &Task<'_>, report: &mut Report) {
    let Some(first) = task.containers.iter().find(|c| !c.list("secrets").is_empty()) else { return };
    if is_usual_role(task) {
        report.at(&SECRET_ROLE_PERMISSIONS, "/executionRoleArn");
    }
    report.at(&SECRET_NOT_REFRESHED, first.at("secrets"));
}
