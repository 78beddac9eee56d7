//! References to secrets in the forms that other tools write, turned into the one that ECS reads.

use super::*;
use crate::lint::context::{named_account, named_region};

/// What a reference was meant to be.
pub(super) struct Meant {
    /// How the message names the form.
    pub variant: &'static str,
    /// The reference that ECS reads, where the parts tell it.
    pub value: Option<String>,
}

/// The form that a wrong reference has, and the right one where it can be built.
pub(super) fn meant(task: &Task<'_>, text: &str) -> Option<Meant> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix("{{resolve:").and_then(|t| t.strip_suffix("}}")) {
        return Some(Meant { variant: "resolve", value: resolved(task, inner) });
    }
    // `rn:aws:…`, `rarn:aws:…`, `aws:secretsmanager:…`: an ARN that was not copied as a whole.
    for service in [":secretsmanager:", ":ssm:"] {
        let Some(i) = text.find(service) else { continue };
        let partition = ["aws-us-gov", "aws-cn", "aws"].into_iter().find(|p| text[..i].ends_with(p))?;
        let whole = format!("arn:{partition}{}", &text[i..]);
        if whole != text && text[..i].len() < 20 && !text[..i].starts_with("arn:") {
            return Some(Meant { variant: "cut", value: Some(whole).filter(|w| read(w).is_some()) });
        }
    }
    if let Some(rest) = text.strip_prefix("arn:") {
        return arn(task, rest);
    }
    let name = text.strip_prefix("ssm:").or_else(|| text.strip_prefix("ssm://"))?;
    let name = format!("/{}", name.trim_start_matches('/'));
    Some(Meant { variant: "prefix", value: Some(name).filter(|name| read(name).is_some()) })
}

/// An ARN whose parts are there, but not all in their place.
fn arn(task: &Task<'_>, rest: &str) -> Option<Meant> {
    let parts: Vec<&str> = rest.splitn(5, ':').collect();
    let [partition, service, region, account, resource] = parts.as_slice() else { return None };
    match *service {
        // A parameter of the own account and Region is known by its name alone.
        "ssm" => {
            let name = resource.strip_prefix("parameter").unwrap_or(resource).trim_start_matches('/');
            let slash = if name.contains('/') { "/" } else { "" };
            if account.is_empty() || region.is_empty() {
                let here = region.is_empty() || task.region().is_none_or(|own| own == *region);
                return Some(Meant { variant: "account", value: Some(format!("{slash}{name}")).filter(|v| here && !name.is_empty() && read(v).is_some()) });
            }
            let whole = format!("arn:{partition}:ssm:{region}:{account}:parameter/{name}");
            Some(Meant { variant: "", value: Some(whole).filter(|w| read(w).is_some()) })
        }
        "secretsmanager" => {
            let region = if region.is_empty() { named_region(task)? } else { region };
            let account = if account.len() == 12 { account } else { named_account(task)? };
            let name = resource.strip_prefix("secret:").unwrap_or(resource);
            let whole = format!("arn:{partition}:secretsmanager:{region}:{account}:secret:{name}");
            Some(Meant { variant: "account", value: Some(whole).filter(|w| read(w).is_some()) })
        }
        _ => None,
    }
}

/// CloudFormation's dynamic reference: `secretsmanager:ID:SecretString:key:stage:version`, `ssm:name:version`.
fn resolved(task: &Task<'_>, inner: &str) -> Option<String> {
    let (service, rest) = inner.split_once(':')?;
    if matches!(service, "ssm" | "ssm-secure") {
        return read(rest).is_some().then(|| rest.to_owned());
    }
    if service != "secretsmanager" {
        return None;
    }
    let (secret, tail) = match rest.split_once(":SecretString") {
        Some((secret, tail)) => (secret, tail.trim_start_matches(':')),
        None => (rest, ""),
    };
    let arn = if secret.starts_with("arn:") {
        secret.to_owned()
    } else {
        let (region, account) = (named_region(task)?, named_account(task)?);
        format!("arn:aws:secretsmanager:{region}:{account}:secret:{secret}")
    };
    let mut parts = tail.split(':').filter(|_| !tail.is_empty());
    let (key, stage, version) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let whole = if tail.is_empty() { arn } else { format!("{arn}:{key}:{stage}:{version}") };
    read(&whole).is_some().then_some(whole)
}
