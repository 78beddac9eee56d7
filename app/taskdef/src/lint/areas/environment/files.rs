//! Environment files in S3.

use super::*;
use crate::lint::context::{USUAL_ROLE, trimmed};

/// Most files of a container. Source: API reference, EnvironmentFile.
const MAX_FILES: usize = 10;

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let mut used = None;
    for c in objects(task) {
        let files = list(c, "environmentFiles");
        if files.is_empty() {
            continue;
        }
        let path = c.at("environmentFiles");
        used.get_or_insert(c);
        if task.windows {
            let (severity, variant) = if task.fargate() { (Error, "") } else { (Warning, "ec2") };
            report.at(&ENV_FILES_WINDOWS_FARGATE, &path).severity(severity).variant(variant).clear(task.definition, &path);
            continue;
        }
        if files.len() > MAX_FILES {
            report.at(&ENV_FILES_COUNT, &path).number("count", files.len() as u64).number("max", MAX_FILES as u64).fix(
                "fix",
                vec![("max", Param::Number(MAX_FILES as u64))],
                trimmed(&path, files.len(), MAX_FILES),
            );
        }
        for (i, file) in files.iter().enumerate() {
            one(task, file, &format!("{path}/{i}"), report);
        }
        if !list(c, "environment").is_empty() || files.len() > 1 {
            report.at(&ENV_FILES_OVERRIDE, &path).text("name", c.name());
        }
    }
    if used.is_some() && !task.has_execution_role() {
        report.at(&ENV_FILES_EXECUTION_ROLE, "/executionRoleArn").set(task.definition, "/executionRoleArn", USUAL_ROLE);
    }
}

/// Bucket and key of an S3 address, whatever the key ends in.
fn rest_of(value: &str) -> Option<&str> {
    value.strip_prefix("s3://").or_else(|| is_arn(value, &["s3"], |r| r.contains('/')).then(|| value.splitn(6, ':').nth(5))?)
}

fn one(task: &Task<'_>, file: &Value, path: &str, report: &mut Report) {
    if let Some(value) = text(file, "value") {
        let object = |r: &str| r.split_once('/').is_some_and(|(bucket, key)| !bucket.is_empty() && key.ends_with(".env"));
        let plain = value.splitn(6, ':').skip(3).take(2).all(str::is_empty);
        if !(is_arn(value, &["s3"], object) && plain) {
            let at = format!("{path}/value");
            let finding = report.at(&ENV_FILES_ARN, &at).text("value", value);
            let rest = value.strip_prefix("s3://").or_else(|| is_arn(value, &["s3"], object).then(|| value.splitn(6, ':').nth(5))?);
            let partition = value.strip_prefix("arn:").and_then(|rest| rest.split(':').next()).unwrap_or("aws");
            let found = rest.filter(|rest| object(rest)).map(|rest| format!("arn:{partition}:s3:::{rest}"));
            let named = || {
                let (start, file) = rest_of(value)?.rsplit_once('/')?;
                let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
                (!stem.is_empty() && !start.is_empty()).then(|| format!("arn:{partition}:s3:::{start}/{stem}.env"))
            };
            if let Some(arn) = found {
                finding.set(task.definition, &at, arn);
            } else if let Some(arn) = named() {
                finding.fix("fix-rename", vec![("value", Param::Text(arn.clone()))], edit::set(task.definition, &at, json!(arn))).done();
            }
        }
    }
    if let Some(kind) = text(file, "type").filter(|t| *t != "s3") {
        let at = format!("{path}/type");
        report.at(&ENV_FILES_TYPE, &at).text("value", kind).set(task.definition, &at, "s3");
    }
}
