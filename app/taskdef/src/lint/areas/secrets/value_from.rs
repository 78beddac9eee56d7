//! Secrets: where ECS fetches them from.

use super::{repair::Meant, *};
use crate::facts::secret::{self, Confidence};
use crate::lint::{
    areas::environment::is_needed,
    context::{arn::arn_parts, is_usual_role},
};

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for v in &task.secrets {
        let missing = |key: &str| member(v.row, key).is_none_or(|r| r.is_null() || r.as_str() == Some(""));
        if missing("name") {
            report.at(&SECRET_NAME_REQUIRED, v.at("name")).clear(task.definition, &v.path());
        }
        if missing("valueFrom") {
            let finding = report.at(&SECRET_VALUE_FROM_REQUIRED, v.at("valueFrom")).text("name", v.name);
            // What its image asks for would only be asked for again.
            if !is_needed(v.name) {
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &v.path()));
            }
        } else if let Some(value) = v.value {
            place(task, v.name, &|| v.at("valueFrom"), value, report);
        }
    }
    // Log options take secrets in the same form.
    for c in &task.containers {
        for (i, secret) in list(*c, "logConfiguration/secretOptions").iter().enumerate() {
            let at = || c.at(&format!("logConfiguration/secretOptions/{i}/valueFrom"));
            if find(secret, "valueFrom").is_some_and(|v| v.as_str() == Some("")) {
                report.at(&SECRET_VALUE_FROM_REQUIRED, at()).text("name", text(secret, "name").unwrap_or(""));
            }
            if let Some(value) = text(secret, "valueFrom") {
                place(task, text(secret, "name").unwrap_or(""), &at, value, report);
            }
        }
    }
}

/// Whether there is white space in a text. Of most texts no character is decoded.
fn has_space(text: &str) -> bool {
    !text.bytes().all(|b| b.is_ascii_graphic()) && text.contains(char::is_whitespace)
}

/// Whether a name ends as Secrets Manager ends the names in its ARNs: a hyphen and six characters.
fn has_suffix(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(_, s)| s.len() == 6 && s.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// What a value names.
pub(super) enum From<'a> {
    /// Secrets Manager: name of the secret and what follows it.
    Manager(&'a str, Vec<&'a str>),
    /// A parameter of Systems Manager, by ARN.
    Parameter,
    /// A name without an ARN.
    Name,
}

pub(super) fn read(value: &str) -> Option<From<'_>> {
    if let Some([partition, service, region, account, rest]) = arn_parts(value) {
        let word = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let twelve = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        if !partition.starts_with("aws") || !word(region) || !twelve {
            return None;
        }
        return match service {
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

fn place(task: &Task<'_>, owner: &str, path: &dyn Fn() -> String, value: &str, report: &mut Report) {
    let named = read(value);
    if let Some(meant) = wrong(task, value, named.is_some()) {
        let finding = report.at(&SECRET_VALUE_FROM_FORM, path()).variant(meant.variant).text("name", owner);
        if let Some(right) = meant.value {
            finding.fix("fix", vec![("value", Param::Text(right.clone()))], edit::set(task.definition, &path(), json!(right)));
        }
        return;
    }
    if has_space(value) || (!value.starts_with("arn:") && secret::of_value(value) == Some(Confidence::High)) {
        report.at(&SECRET_PLAIN_VALUE, path()).text("name", owner);
        return;
    }
    let readable = named.is_some();
    match named {
        None => report.at(&SECRET_VALUE_FROM_FORM, path()).text("name", owner).done(),
        Some(From::Manager(_, rest)) if rest.len() == 1 || rest.len() == 2 => {
            let whole = format!("{value}{}", ":".repeat(3 - rest.len()));
            report.at(&SECRET_JSON_KEY_COLONS, path()).fix("fix", Vec::new(), edit::set(task.definition, &path(), json!(whole)));
        }
        Some(From::Manager(_, rest)) if rest.len() > 3 => {
            // Key, stage and version: whatever is behind them has no meaning.
            let more = rest[3..].iter().map(|part| part.len() + 1).sum::<usize>();
            report.at(&SECRET_VALUE_FROM_FORM, path()).text("name", owner).set(task.definition, &path(), &value[..value.len() - more]);
        }
        Some(From::Manager(name, rest)) => {
            if !rest.is_empty() && !has_suffix(name) {
                report.at(&SECRET_JSON_KEY_NEEDS_FULL_ARN, path()).text("name", owner);
            }
            if rest.iter().all(|part| part.is_empty()) && name.starts_with("rds!") {
                let whole = format!("{}:password::", value.trim_end_matches(':'));
                let finding = report.at(&SECRET_RDS_NEEDS_JSON_KEY, path()).text("name", owner);
                finding.fix("fix", Vec::new(), edit::set(task.definition, &path(), json!(whole))).done();
            }
            parts(task, owner, path, value, &rest, report);
        }
        Some(From::Name) if !value.starts_with('/') => {
            // Secrets Manager ends its names in six random characters; words of six letters are common.
            let random = has_suffix(value) && value.bytes().rev().take(6).any(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            let finding = report.at(&SECRET_BARE_NAME_IS_SSM, path()).text("value", value);
            if random { finding.severity(Warning).variant("suffix").done() } else { finding.done() }
        }
        Some(From::Parameter | From::Name) => {}
    }
    if let Some(account) = arn_account(value).filter(|a| is_example_account(a)) {
        report.at(&SECRET_PLACEHOLDER, path()).text("account", account);
    } else if let (Some(there), Some(own)) = (arn_region(value), task.region())
        && there != own
        && readable
    {
        report.at(&SECRET_REGION_DIFFERS, path()).text("name", owner).text("value", there).text("region", own);
    }
}

/// A reference that ECS cannot read, and what it was meant to be. What ECS reads as the name of a parameter is wrong
/// where it begins like an ARN that lost a letter.
fn wrong(task: &Task<'_>, value: &str, readable: bool) -> Option<Meant> {
    let cut = || !value.starts_with("arn:") && (value.contains(":aws:") || value.starts_with("aws:") || value.starts_with("ssm:"));
    if readable && !cut() {
        return None;
    }
    repair::meant(task, value)
}

/// Key, stage and version behind a secret's name.
fn parts(task: &Task<'_>, owner: &str, path: &dyn Fn() -> String, value: &str, rest: &[&str], report: &mut Report) {
    let [key, stage, version] = rest else { return };
    if key.contains(['.', '/', '[']) {
        report.at(&SECRET_NESTED_JSON_KEY, path()).text("name", owner).text("key", *key);
    }
    // A version is an identifier of 32 to 64 characters; stages have names such as AWSCURRENT.
    if stage.is_empty() && !version.is_empty() && version.len() < 32 {
        let whole = value.strip_suffix(&format!("::{version}")).map(|start| format!("{start}:{version}:"));
        let finding = report.at(&SECRET_STAGE_AS_VERSION, path()).text("name", owner).text("value", *version);
        if let Some(whole) = whole {
            finding.fix("fix", Vec::new(), edit::set(task.definition, &path(), json!(whole)));
        }
    }
}

pub(super) fn permissions(task: &Task<'_>, report: &mut Report) {
    let Some(first) = task.containers.iter().find(|c| !c.list("secrets").is_empty()) else { return };
    if is_usual_role(task) {
        report.at(&SECRET_ROLE_PERMISSIONS, "/executionRoleArn");
    }
    report.at(&SECRET_NOT_REFRESHED, first.at("secrets"));
}
