//! What people really ran into: definitions from public reports, each reduced to an input of our own.
//!
//! Files are in `fixtures/reports`. Personal details are replaced.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use taskdef::{Finding, Lang, Severity, lint, messages};

/// File, rule, place, and what the first fix puts there; `Null` where only the person can know the value.
fn wrong() -> Vec<(&'static str, &'static str, &'static str, Value)> {
    let c = |rest: &'static str| format!("/containerDefinitions/0/{rest}").leak() as &'static str;
    let arn = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:";
    vec![
        ("01-secret-nested-json-key", "secret-nested-json-key", c("secrets/0/valueFrom"), Value::Null),
        ("02-secret-cfn-dynamic-reference", "secret-value-from-form", c("secrets/0/valueFrom"), json!(format!("{arn}/shop/db:password::"))),
        ("04-secret-arn-lost-letter", "secret-value-from-form", c("secrets/0/valueFrom"), json!(format!("{arn}shop/db-a1B2c3:password::"))),
        ("05-secret-partial-arn", "secret-json-key-needs-full-arn", c("secrets/0/valueFrom"), Value::Null),
        ("07-role-named-null", "iam-role-unset", "/taskRoleArn", json!("(removed)")),
        ("08-splunk-token-under-secrets", "task-misspelt-key", c("logConfiguration/secrets"), json!("(moved)")),
        (
            "10-awslogs-datetime-brackets",
            "log-datetime-format-signs",
            c("logConfiguration/options/awslogs-datetime-format"),
            json!("\\[%Y-%m-%dT%H:%M:%S\\+00:00\\]"),
        ),
        ("11-fluentd-non-blocking-start", "log-fluentd-async", c("logConfiguration/options/fluentd-async"), json!("true")),
        ("13-windows-cpu-zero", "windows-cpu-zero", c("cpu"), json!(1024)),
        ("14-depends-success-on-proxy", "dep-complete-on-essential", c("dependsOn/0/condition"), json!("START")),
        ("16-entrypoint-sh-c-with-list", "container-shell-list", c("command"), json!(["dagster api execute_run"])),
        ("17-runtime-platform-in-container", "task-misspelt-key", c("runtimePlatform"), json!("(moved)")),
        ("19-environment-as-object", "task-json-shape", c("environment"), json!([{ "name": "STAGE", "value": "prod" }, { "name": "PORT", "value": "8080" }])),
        ("20-container-port-as-string", "task-json-shape", c("portMappings/0/containerPort"), json!(3000)),
        ("20-container-port-as-string", "task-json-shape", c("portMappings/0/hostPort"), json!(3000)),
        ("22-image-ecr-arn", "image-arn", c("image"), json!("123456789012.dkr.ecr.us-east-1.amazonaws.com/my-webapp")),
        ("23-image-unexpanded-variables", "task-template-placeholder", c("image"), Value::Null),
        (
            "25-health-curl-without-f-exec-form",
            "health-curl-without-f",
            c("healthCheck/command"),
            json!(["CMD", "curl", "-f", "http://127.0.0.1:10000/consul-ecs/health"]),
        ),
        (
            "26-health-golang-alpine-curl",
            "health-tool-missing",
            c("healthCheck/command"),
            json!(["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:8080/health || exit 1"]),
        ),
        (
            "28-context-path-mismatch",
            "health-context-path",
            c("healthCheck/command/1"),
            json!("curl -f http://127.0.0.1:8080/customers/actuator/health || exit 1"),
        ),
        ("29-nonroot-port-80", "container-user-lowport", c("user"), Value::Null),
        ("31-efs-hides-program", "volume-mount-hides-program", c("mountPoints/0/containerPath"), json!("/opt/sonarqube/data")),
        ("32-dev-shm-volume-fargate", "volume-mount-dev-shm", c("mountPoints/0/containerPath"), json!("(removed)")),
        ("34-placement-distinct-instance", "ec2-placement-type", "/placementConstraints/0/type", json!("(removed)")),
        ("35-bridge-120-host-ports", "limits-reserved-ports", c("portMappings"), Value::Null),
        ("37-jvm-without-container-memory", "runtime-jvm-no-limit", c("memory"), json!(8192)),
    ]
}

/// Definitions that are right as they stand: the file, and the places about which nothing more than advice may be said.
const RIGHT: [(&str, &[&str]); 11] = [
    ("81-tmpfs-fargate", &["linuxParameters", "readonlyRootFilesystem"]),
    ("83-repeated-arguments", &["command"]),
    ("84-essential-omitted", &["essential"]),
    ("86-size-1GB-with-256", &["/cpu", "/memory"]),
    ("87-fargate-32-vcpu", &["/memory"]),
    ("89-stop-timeout-day-ec2", &["stopTimeout"]),
    ("90-firelens-nonessential", &["essential"]),
    ("92-ssm-bare-name", &["valueFrom"]),
    ("93-secret-arn-with-slashes", &["valueFrom"]),
    ("95-privileged-managed-instances", &["privileged", "capabilities"]),
    ("96-memory-sum-equals-task", &["memory"]),
];

/// What a place is said of that the report calls right: as a warning that names another risk than the reported one.
const KNOWN: [(&str, &str); 4] = [
    // The account number of AWS's examples stands where the report's own was.
    ("93-secret-arn-with-slashes", "secret-placeholder"),
    // A lost log router is worth a warning: the tasks go on without logs. The report's own source calls it advice.
    ("90-firelens-nonessential", "log-firelens-router-optional"),
    // Both are allowed, and both give the container the instance.
    ("95-privileged-managed-instances", "linux-privileged"),
    ("95-privileged-managed-instances", "linux-capability-all"),
];

/// Inputs that are no definitions: error texts are the doctor's, other formats the import's.
#[rustfmt::skip]
const OTHERS: [(&str, &str); 29] = [
    ("38-secret-single-quotes", "an error text"),
    ("39-secret-not-json-circuit-breaker", "events of a service"),
    ("41-ssm-other-account", "an error text"),
    ("42-register-collection-type", "an error text"),
    ("44-tf-bool-in-environment", "an error text of Terraform"),
    ("45-depends-on-missing-container", "an error text"),
    ("47-cfn-camel-case", "an error text of CloudFormation"),
    ("48-fargate-memory-hint-misleads", "an error text"),
    ("50-digest-gone-overwritten-tag", "an error text"),
    ("51-image-version-stability-korean", "a text of the Korean console"),
    ("53-windows-disk-0x70", "an error text"),
    ("54-efs-chown", "an error text"),
    ("56-es-max-map-count", "the log of a program"),
    ("57-log-router-139", "the output of describe-tasks"),
    ("59-service-connect-fixed-config", "an error text"),
    ("60-infrastructure-role", "an error text"),
    ("62-target-type", "an error text"),
    ("63-tags-long-arn", "an error text"),
    ("65-eni-provisioning-timeout", "an error text"),
    ("66-platform-version", "an error text"),
    ("68-empty-capacity-provider", "an error text"),
    ("69-soft-limit-rolling-update", "an event of a service"),
    ("70-compose-bind-mount-fargate", "a Compose file"),
    ("71-compose-published-differs", "a Compose file"),
    ("73-docker-run-cap-add", "a docker run command"),
    ("74-cfn-yaml-properties-too-high", "a CloudFormation template"),
    ("76-describe-output-registered-by", "the output of describe-task-definition, which the import unwraps"),
    ("77-json-missing-quote", "text that is not JSON"),
    ("79-json-with-comments", "text that is not JSON"),
];

fn check(name: &str) -> (Vec<Finding>, Value) {
    let path = format!("{}/tests/fixtures/reports/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let (found, definition) = lint::check_text(&std::fs::read_to_string(path).unwrap(), None, None);
    (found, definition.unwrap())
}

#[test]
fn each_report_is_told_at_its_field_with_the_right_fix_first() {
    let cases = wrong();
    let (mut detected, mut fixed, mut failed) = (0, 0, Vec::new());
    for (name, rule, place, fix) in &cases {
        let (found, definition) = check(name);
        let Some(said) = found.iter().find(|f| f.rule.id == *rule && f.path == *place) else {
            failed.push(format!("{name}: {rule} is silent at {place}"));
            continue;
        };
        detected += 1;
        for lang in Lang::ALL {
            assert!(!messages::of_finding(lang, said).message.is_empty(), "{name}");
        }
        let first = said.fixes.first().map(|fix| {
            let mut cured = definition.clone();
            fix.edit.apply(&mut cured).unwrap();
            let after = lint::check_text(&cured.to_string(), None, None).0;
            assert!(!after.iter().any(|f| f.rule == said.rule && f.path == said.path), "{name}: {cured:#}");
            cured.pointer(place).cloned()
        });
        let right = match (fix, first) {
            (Value::Null, first) => first.is_none(),
            (Value::String(text), Some(None)) if text.starts_with('(') => true,
            (value, Some(Some(now))) => now == *value,
            _ => false,
        };
        fixed += usize::from(right && !fix.is_null());
        if !right {
            failed.push(format!("{name}: the first fix is {:?}", said.fixes.first().map(|f| f.edit.to_text())));
        }
    }
    eprintln!("{detected} of {} told at the field, {fixed} with the right value as the first fix", cases.len());
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!((detected, fixed), (26, 21));
}

#[test]
fn what_is_right_is_left_alone() {
    let mut alarms = Vec::new();
    for (name, places) in RIGHT {
        let (found, _) = check(name);
        let serious = found.iter().filter(|f| f.severity != Severity::Advice && !KNOWN.contains(&(name, f.rule.id)));
        alarms.extend(serious.filter(|f| places.iter().any(|p| f.path.contains(p))).map(|f| format!("{name}: {} {}", f.rule.id, f.path)));
        assert!(!found.iter().any(|f| f.severity == Severity::Error), "{name}: {found:#?}");
    }
    assert!(alarms.is_empty(), "{alarms:#?}");
}

#[test]
fn every_file_is_in_one_of_the_lists() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/reports");
    let files: BTreeSet<String> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let listed = wrong().into_iter().map(|(name, ..)| name).chain(RIGHT.map(|(name, _)| name)).chain(OTHERS.map(|(name, _)| name));
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    assert_eq!(files.len(), 65);
    assert_eq!(files, listed);
}
