//! What containers tell FireLens: the output of their logs.

use super::*;
use crate::{document::pointer, lint::context::placeholder::has_placeholder};

/// Options that the agent reads itself; all others go into the generated output. Source: Amazon ECS agent, FireLens.
const FOR_AGENT: [&str; 5] = ["include-pattern", "exclude-pattern", "log-driver-buffer-limit", "mode", "max-buffer-size"];
/// Outputs of Fluent Bit that call AWS with the task role.
const AWS: [&str; 7] = ["cloudwatch", "cloudwatch_logs", "firehose", "kinesis", "kinesis_firehose", "kinesis_streams", "s3"];

/// Outputs of Fluent Bit by an option that only they have. Source: Fluent Bit, output plugins.
const OUTPUTS: [(&str, &str); 6] = [
    ("log_group_name", "cloudwatch_logs"),
    ("delivery_stream", "kinesis_firehose"),
    ("stream", "kinesis_streams"),
    ("bucket", "s3"),
    ("splunk_token", "splunk"),
    ("dd_service", "datadog"),
];

/// The type of the task's router, unless its image tells another one.
fn router<'a>(task: &'a Task<'_>) -> Option<&'a str> {
    let router = objects(task).find(|c| find(*c, "firelensConfiguration").is_some())?;
    let kind = text(router, "firelensConfiguration/type")?;
    (super::firelens::type_by_image(router.image()).is_none_or(|image| image == kind)).then_some(kind)
}

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let kind = router(task);
    let mut calls_aws = false;
    for c in objects(task).filter(|c| c.log_driver() == "awsfirelens") {
        let path = c.at("logConfiguration/options");
        let Some(options) = find(c, "logConfiguration/options").and_then(Value::as_object) else { continue };
        for key in options.keys().filter(|key| key.eq_ignore_ascii_case("match")) {
            let at = pointer::join(&path, key);
            report.at(&LOG_FIRELENS_MATCH, &at).text("name", c.name()).clear(task.definition, &at);
        }
        let get = |key: &str| options.iter().find(|(k, _)| k.eq_ignore_ascii_case(key)).and_then(|(_, v)| v.as_str());
        let output = get("name").unwrap_or("");
        calls_aws |= AWS.contains(&output) || (matches!(output, "opensearch" | "es") && get("aws_auth").is_some_and(|v| v.eq_ignore_ascii_case("on")));
        let needed = match kind {
            Some("fluentbit") => "Name",
            Some("fluentd") => "@type",
            _ => continue,
        };
        let says_more = options.keys().any(|key| !FOR_AGENT.contains(&key.as_str()) && !key.eq_ignore_ascii_case("match"));
        if !says_more || options.contains_key(needed) {
            continue;
        }
        let finding = report.at(&LOG_FIRELENS_OUTPUT_NAME, &path).text("name", c.name()).text("key", needed);
        // The other router's word says the same.
        let other = if needed == "Name" { "@type" } else { "name" };
        let written = |key: &str| key.eq_ignore_ascii_case(needed) || key.eq_ignore_ascii_case(other);
        if let Some((at, (key, value))) = options.iter().enumerate().find(|(_, (key, _))| written(key)) {
            let add = Op::Add { path: pointer::join(&path, needed), value: value.clone(), at: Some(at) };
            finding.fix("fix", vec![("value", Param::Text(needed.to_owned()))], Edit(vec![Op::Remove { path: pointer::join(&path, key) }, add]));
        } else if let Some((_, output)) = OUTPUTS.iter().find(|(key, _)| needed == "Name" && get(key).is_some()) {
            let add = Op::Add { path: pointer::join(&path, needed), value: json!(output), at: Some(0) };
            finding.fix("fix-output", vec![("value", Param::Text((*output).to_owned()))], Edit(vec![add]));
        }
    }
    let takes_role = matches!(task.launch, Some(Launch::Fargate | Launch::ManagedInstances | Launch::External));
    if calls_aws && takes_role && find(task.definition, "taskRoleArn").is_none_or(|role| role.as_str() == Some("")) {
        report.at(&LOG_FIRELENS_TASK_ROLE, "/taskRoleArn");
    }
}

/// Whether the name of an option says that its value is a password or a key of an account.
fn is_secret_key(key: &str) -> bool {
    const ENDINGS: [&str; 9] = ["apikey", "token", "password", "passwd", "licensekey", "sharedkey", "secretkey", "accesskey", "secret"];
    let bare: String = key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    ENDINGS.iter().any(|ending| bare.ends_with(ending))
}

/// Keys of other services that stand among the options.
pub(super) fn plain_secrets(task: &Task<'_>, report: &mut Report) {
    for c in objects(task).filter(|c| matches!(c.log_driver(), "awsfirelens" | "gelf" | "fluentd" | "syslog")) {
        let path = c.at("logConfiguration/options");
        for (key, value) in find(c, "logConfiguration/options").and_then(Value::as_object).into_iter().flatten() {
            let literal = value.as_str().is_some_and(|v| !v.is_empty() && !v.starts_with(['$', '/']) && !has_placeholder(v));
            if !literal || !is_secret_key(key) {
                continue;
            }
            let at = pointer::join(&path, key);
            let secrets = c.at("logConfiguration/secretOptions");
            let given = list(c, "logConfiguration/secretOptions");
            let mut ops = vec![Op::Remove { path: at.clone() }];
            if find(c, "logConfiguration/secretOptions").is_none() {
                ops.push(Op::Add { path: secrets.clone(), value: json!([]), at: None });
            }
            if !given.iter().any(|s| text(s, "name") == Some(key)) {
                ops.push(Op::Add { path: format!("{secrets}/-"), value: json!({ "name": key, "valueFrom": "" }), at: None });
            }
            report.at(&LOG_FIRELENS_SECRET_PLAIN, at).text("key", key.as_str()).fix("fix", Vec::new(), Edit(ops)).done();
        }
    }
}
