//! EFS and S3 Files volumes.

use super::volume::volumes;
use super::*;
use crate::lint::context::{named_account, named_region};

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let mut noted = false;
    let mut needs_role = None;
    for (path, v) in volumes(task) {
        if let Some(efs) = find(v, "efsVolumeConfiguration").filter(|e| e.is_object()) {
            let path = format!("{path}/efsVolumeConfiguration");
            if text(efs, "authorizationConfig/iam") == Some("ENABLED") && !task.runs_on(Launch::External) {
                needs_role.get_or_insert("");
            }
            if task.runs_on(Launch::External) {
                report.at(&VOLUME_EFS_EXTERNAL, &path).clear(task.definition, &path);
                continue;
            }
            one(task, &path, efs, report);
            if task.fargate() && !task.windows && !noted {
                noted = true;
                report.at(&VOLUME_EFS_PLATFORM, &path);
            }
        }
        if let Some(s3) = find(v, "s3filesVolumeConfiguration").filter(|s| s.is_object()) {
            needs_role = Some("s3");
            s3files(task, &format!("{path}/s3filesVolumeConfiguration"), s3, report);
        }
    }
    if let Some(variant) = needs_role.filter(|_| find(task.definition, "taskRoleArn").is_none_or(|r| r.as_str() == Some(""))) {
        // For EFS on EC2 no refusal was seen.
        let severity = if variant == "s3" || task.fargate() { Error } else { Warning };
        let finding = report.at(&VOLUME_EFS_IAM_TASK_ROLE, "/taskRoleArn").severity(severity).variant(variant);
        if variant.is_empty() {
            finding.fix("fix", Vec::new(), without_iam(task));
        }
    }
}

/// No EFS volume asks for IAM any more.
fn without_iam(task: &Task<'_>) -> Edit {
    let iam = |path: String| format!("{path}/efsVolumeConfiguration/authorizationConfig/iam");
    let asks = volumes(task).filter(|(_, v)| text(*v, "efsVolumeConfiguration/authorizationConfig/iam") == Some("ENABLED"));
    Edit(asks.map(|(path, _)| Op::Replace { path: iam(path), value: json!("DISABLED") }).collect())
}

fn is_file_system(text: &str) -> bool {
    let id =
        |t: &str| t.strip_prefix("fs-").is_some_and(|h| (8..=40).contains(&h.len()) && h.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
    id(text) || is_arn(text, &["elasticfilesystem"], |r| r.strip_prefix("file-system/").is_some_and(id))
}

fn one(task: &Task<'_>, path: &str, efs: &Value, report: &mut Report) {
    let at = |key: &str| format!("{path}/{key}");
    match find(efs, "fileSystemId") {
        None => report.at(&VOLUME_EFS_ID, at("fileSystemId")).variant("missing").clear(task.definition, path).done(),
        Some(Value::String(id)) if id.is_empty() => report.at(&VOLUME_EFS_ID, at("fileSystemId")).variant("missing").clear(task.definition, path).done(),
        Some(Value::String(id)) if !is_file_system(id) => report.at(&VOLUME_EFS_ID, at("fileSystemId")).text("value", id.as_str()).done(),
        _ => {}
    }
    for key in ["transitEncryption", "authorizationConfig/iam"] {
        if let Some(text) = text(efs, key).filter(|t| !["ENABLED", "DISABLED"].contains(t)) {
            let finding = report.at(&VOLUME_EFS_ENUM, at(key)).text("value", text);
            let right = match text.to_ascii_lowercase().as_str() {
                "enabled" | "enable" | "true" | "on" => "ENABLED",
                "disabled" | "disable" | "false" | "off" => "DISABLED",
                _ => "",
            };
            if right.is_empty() {
                finding.fix("fix-clear", Vec::new(), edit::clear(task.definition, &at(key)));
            } else {
                finding.set(task.definition, &at(key), right);
            }
            return;
        }
    }
    let point = text(efs, "authorizationConfig/accessPointId");
    let tls = at("transitEncryption");
    let encrypted = text(efs, "transitEncryption") == Some("ENABLED");
    if point.is_some() && text(efs, "rootDirectory").is_some_and(|r| r != "/") {
        report.at(&VOLUME_EFS_AP_ROOT, at("rootDirectory")).clear(task.definition, &at("rootDirectory"));
    }
    let port = integer(efs, "transitEncryptionPort");
    if let Some(port) = port.filter(|p| !(1..=65535).contains(p)) {
        let finding = report.at(&VOLUME_EFS_PORT_TLS, at("transitEncryptionPort")).variant("range").text("value", port.to_string());
        finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &at("transitEncryptionPort"))).done();
    }
    if encrypted {
        return;
    }
    if text(efs, "authorizationConfig/iam") == Some("ENABLED") {
        report.at(&VOLUME_EFS_IAM_TLS, &tls).set(task.definition, &tls, "ENABLED");
    } else if point.is_some() {
        report.at(&VOLUME_EFS_AP_TLS, &tls).set(task.definition, &tls, "ENABLED");
    } else if port.is_some_and(|p| (1..=65535).contains(&p)) {
        report.at(&VOLUME_EFS_PORT_TLS, at("transitEncryptionPort")).set(task.definition, &tls, "ENABLED");
    } else {
        report.at(&VOLUME_EFS_ENCRYPTION, &tls).set(task.definition, &tls, "ENABLED");
    }
}

fn s3files(task: &Task<'_>, path: &str, s3: &Value, report: &mut Report) {
    let at = |key: &str| format!("{path}/{key}");
    match find(s3, "fileSystemArn") {
        None => report.at(&VOLUME_S3FILES_ARN, at("fileSystemArn")).variant("missing").fix("fix-empty", Vec::new(), edit::clear(task.definition, path)).done(),
        Some(Value::String(arn)) if !is_arn(arn, &["s3files", "s3", "elasticfilesystem"], |r| !r.is_empty()) => {
            let finding = report.at(&VOLUME_S3FILES_ARN, at("fileSystemArn")).text("value", arn.as_str());
            // The ID alone: the rest of the ARN is known where the definition names one Region and one account.
            if let (true, Some(region), Some(account)) = (arn.starts_with("fs-"), named_region(task), named_account(task)) {
                let whole = format!("arn:aws:s3files:{region}:{account}:file-system/{arn}");
                finding.fix("fix-arn", vec![("value", Param::Text(whole.clone()))], edit::set(task.definition, &at("fileSystemArn"), json!(whole)));
            }
        }
        _ => {}
    }
    if says(s3, "accessPointArn") && text(s3, "rootDirectory").is_some_and(|r| r != "/") {
        report.at(&VOLUME_S3FILES_ARN, at("rootDirectory")).variant("root").clear(task.definition, &at("rootDirectory"));
    }
}
