//! One fault in a random valid definition: its rule speaks, and no other does.

#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use taskdef::{
    Severity,
    document::edit,
    grammar::size,
    lint::{self, Wizard},
};

/// A container that nothing can be said against, on its own port.
#[derive(Clone, Debug)]
struct Container {
    name: String,
    image: &'static str,
    web: bool,
    essential: bool,
    secret: bool,
    limits: u8,
    wait: bool,
    extra: u8,
}

#[derive(Clone, Debug)]
struct Plan {
    fargate: bool,
    family: String,
    pair: usize,
    arm: bool,
    tags: usize,
    volume: bool,
    containers: Vec<Container>,
}

fn container() -> impl Strategy<Value = Container> {
    let images =
        prop::sample::select(vec!["docker.io/me/app", "public.ecr.aws/x/y", "210987654321.dkr.ecr.ap-northeast-2.amazonaws.com/team/app", "ghcr.io/me/app"]);
    ("[a-z][a-z0-9]{2,8}", images, any::<bool>(), any::<bool>(), any::<bool>(), 0u8..3, any::<bool>(), 0u8..4)
        .prop_map(|(name, image, web, essential, secret, limits, wait, extra)| Container { name, image, web, essential, secret, limits, wait, extra })
}

fn plan() -> impl Strategy<Value = Plan> {
    (any::<bool>(), "[a-z][a-z0-9-]{0,20}", 0usize..77, any::<bool>(), 0usize..4, any::<bool>(), prop::collection::vec(container(), 1..6))
        .prop_map(|(fargate, family, pair, arm, tags, volume, containers)| Plan { fargate, family, pair, arm, tags, volume, containers })
}

fn built(plan: &Plan) -> Value {
    let pairs: Vec<(u64, u64)> =
        size::FARGATE.iter().filter(|r| r.cpu <= 4096).flat_map(|r| r.memory().into_iter().filter(|m| *m >= 1024).map(|m| (r.cpu, m))).collect();
    let (cpu, memory) = pairs[plan.pair % pairs.len()];
    let count = plan.containers.len() as u64;
    let containers: Vec<Value> = plan.containers.iter().enumerate().map(|(i, c)| one(i, c, memory / count, plan)).collect();
    let mut definition = json!({
        "family": plan.family,
        "requiresCompatibilities": [if plan.fargate { "FARGATE" } else { "EC2" }],
        "networkMode": "awsvpc",
        "runtimePlatform": { "operatingSystemFamily": "LINUX", "cpuArchitecture": if plan.arm { "ARM64" } else { "X86_64" } },
        "executionRoleArn": "arn:aws:iam::210987654321:role/my-execution",
        "cpu": cpu.to_string(),
        "memory": memory.to_string(),
        "containerDefinitions": containers
    });
    if plan.tags > 0 {
        definition["tags"] = (0..plan.tags).map(|i| json!({ "key": format!("key{i}"), "value": "value" })).collect();
    }
    if plan.volume {
        definition["volumes"] = json!([{ "name": "shared" }]);
        definition["containerDefinitions"][0]["mountPoints"] = json!([{ "sourceVolume": "shared", "containerPath": "/cache" }]);
    }
    definition
}

fn one(i: usize, c: &Container, share: u64, plan: &Plan) -> Value {
    let port = 8000 + i;
    let mut container = json!({
        "name": format!("{}-{i}", c.name),
        "image": format!("{}{i}:1.{i}", c.image),
        "essential": i == 0 || c.essential,
        "logConfiguration": { "logDriver": "awslogs", "options": {
            "awslogs-group": format!("/ecs/{}", plan.family), "awslogs-region": "ap-northeast-2", "awslogs-stream-prefix": "ecs", "awslogs-create-group": "true"
        } }
    });
    match c.limits {
        1 => container["memory"] = json!(share),
        2 => container["memoryReservation"] = json!(share / 2),
        _ => {}
    }
    if i == 0 || c.web {
        container["portMappings"] = json!([{ "containerPort": port, "protocol": "tcp", "name": format!("port-{i}") }]);
        container["healthCheck"] =
            json!({ "command": ["CMD-SHELL", format!("curl -f http://localhost:{port}/health || exit 1")], "interval": 30, "timeout": 5, "retries": 3 });
    }
    if c.secret {
        container["secrets"] = json!([{ "name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:ap-northeast-2:210987654321:secret:db-AbCdEf" }]);
    }
    if c.wait && i > 0 {
        container["dependsOn"] = json!([{ "containerName": format!("{}-0", plan.containers[0].name), "condition": "HEALTHY" }]);
    }
    match c.extra {
        1 => container["environment"] = json!([{ "name": "LEVEL", "value": "info" }]),
        2 => container["ulimits"] = json!([{ "name": "nofile", "softLimit": 1024, "hardLimit": 4096 }]),
        3 => container["linuxParameters"] = json!({ "initProcessEnabled": true }),
        _ => {}
    }
    container
}

/// Rule, what it changes (`c` stands for the first container), and others that may speak of the same cause.
const FAULTS: &[(&str, &str, &str, &[&str])] = &[
    ("task-json-shape", "/cpu", "=", &[]),
    ("task-json-shape", "c/essential", "\"true\"", &[]),
    ("task-misspelt-key", "c/workingDirectroy", "\"/app\"", &[]),
    ("task-unknown-key", "/somethingElse", "1", &[]),
    ("task-template-placeholder", "c/image", "\"<image>\"", &[]),
    ("task-null-values", "/pidMode", "null", &[]),
    ("task-family-format", "/family", "\"my family\"", &[]),
    ("task-family-has-revision", "/family", "\"web:3\"", &[]),
    (
        "task-requires-compatibilities-enum",
        "/requiresCompatibilities/0",
        "\"LAMBDA\"",
        &["sizing-ec2-memory-somewhere", "task-requires-compatibilities-missing"],
    ),
    ("network-enum", "/networkMode", "\"vpc\"", &[]),
    ("platform-os-enum", "/runtimePlatform/operatingSystemFamily", "\"DEBIAN\"", &[]),
    ("platform-arch-enum", "/runtimePlatform/cpuArchitecture", "\"amd64\"", &[]),
    ("sizing-cpu-form", "/cpu", "\"many\"", &[]),
    ("sizing-memory-form", "/memory", "\"much\"", &[]),
    ("container-name-required", "c/name", "\"\"", &["dep-unknown-container"]),
    ("container-name-format", "c/name", "\"my web\"", &["dep-unknown-container"]),
    ("container-image-required", "c/image", "\"\"", &[]),
    ("container-cpu-negative", "c/cpu", "-1", &[]),
    ("container-cpu-sum", "c/cpu", "9999", &[]),
    ("container-command-string", "c/command", "\"npm start\"", &[]),
    ("container-command-one-item", "c/command", "[\"npm start\"]", &[]),
    ("container-hostname-awsvpc", "c/hostname", "\"web\"", &[]),
    ("container-user-format", "c/user", "\"a:b:c\"", &[]),
    ("container-version-consistency-enum", "c/versionConsistency", "\"yes\"", &[]),
    ("image-uppercase", "c/image", "\"docker.io/Me/app:1\"", &[]),
    ("image-whitespace", "c/image", "\"docker.io/me/app:1 \"", &[]),
    ("image-no-scheme", "c/image", "\"https://docker.io/me/app:1\"", &[]),
    ("image-latest-tag", "c/image", "\"docker.io/me/app\"", &[]),
    ("port-container-port-range", "c/portMappings/0/containerPort", "70000", &["health-port-not-declared"]),
    ("port-host-port-awsvpc", "c/portMappings/0/hostPort", "80", &[]),
    ("port-protocol-enum", "c/portMappings/0/protocol", "\"TCP\"", &[]),
    ("port-name-format", "c/portMappings/0/name", "\"My Port\"", &[]),
    ("port-app-protocol-enum", "c/portMappings/0/appProtocol", "\"HTTP\"", &[]),
    ("resources-memory-over-task", "c/memory", "999999", &[]),
    ("resources-memory-min", "c/memory", "4", &["resources-reservation-over-memory"]),
    ("health-command-required", "c/healthCheck/command", "[]", &[]),
    ("health-command-comma-in-one", "c/healthCheck/command", "[\"CMD-SHELL, curl -f http://localhost:8000/health\"]", &[]),
    ("health-cmd-shell-extra-args", "c/healthCheck/command", "[\"CMD-SHELL\", \"curl\", \"-f\"]", &[]),
    ("health-interval-range", "c/healthCheck/interval", "1", &[]),
    ("health-retries-range", "c/healthCheck/retries", "11", &[]),
    ("health-port-not-declared", "c/healthCheck/command", "[\"CMD-SHELL\", \"curl -f http://localhost:9999/health || exit 1\"]", &[]),
    ("env-value-string", "c/environment", "[{\"name\": \"A\", \"value\": 1}]", &[]),
    ("env-name-posix", "c/environment", "[{\"name\": \"A-B\", \"value\": \"x\"}]", &[]),
    ("env-duplicate", "c/environment", "[{\"name\": \"A\", \"value\": \"x\"}, {\"name\": \"A\", \"value\": \"y\"}]", &[]),
    ("env-aws-keys", "c/environment", "[{\"name\": \"AWS_SECRET_ACCESS_KEY\", \"value\": \"x\"}]", &[]),
    ("secret-value-from-form", "c/secrets", "[{\"name\": \"K\", \"valueFrom\": \"a$b\"}]", &[]),
    ("log-driver-enum", "c/logConfiguration/logDriver", "\"cloudwatch\"", &[]),
    ("log-awslogs-region", "c/logConfiguration/options/awslogs-region", "\"Seoul\"", &[]),
    ("log-group-name", "c/logConfiguration/options/awslogs-group", "\"my group\"", &[]),
    ("log-option-string", "c/logConfiguration/options/mode", "1", &[]),
    ("log-mode-enum", "c/logConfiguration/options/mode", "\"fast\"", &[]),
    ("dep-self", "c/dependsOn", "[{\"containerName\": \"@\", \"condition\": \"START\"}]", &[]),
    ("dep-unknown-container", "c/dependsOn", "[{\"containerName\": \"nobody-at-all\", \"condition\": \"START\"}]", &[]),
    ("timeout-stop-min", "c/stopTimeout", "1", &[]),
    ("restart-enabled-required", "c/restartPolicy", "{}", &[]),
    ("volume-mount-unknown", "c/mountPoints", "[{\"sourceVolume\": \"nothing\", \"containerPath\": \"/x\"}]", &["volume-unused"]),
    ("volume-name-required", "/volumes", "[{}]", &["volume-mount-unknown"]),
    ("network-dns-awsvpc", "c/dnsServers", "[\"10.0.0.2\"]", &[]),
    ("iam-execution-role-form", "/executionRoleArn", "\"arn:aws:iam::210987654321:user/x\"", &[]),
    ("iam-placeholder-account", "/executionRoleArn", "\"arn:aws:iam::123456789012:role/x\"", &[]),
    ("linux-ulimit-name", "c/ulimits", "[{\"name\": \"files\", \"softLimit\": 1, \"hardLimit\": 1}]", &[]),
    ("linux-ulimit-soft-hard", "c/ulimits", "[{\"name\": \"nofile\", \"softLimit\": 2, \"hardLimit\": 1}]", &[]),
    ("tag-key-unique", "/tags", "[{\"key\": \"a\", \"value\": \"b\"}, {\"key\": \"a\", \"value\": \"c\"}]", &[]),
    ("tag-empty-list", "/tags", "[]", &[]),
    ("limits-definition-size", "c/dockerLabels", "#", &[]),
];

fn said(definition: &Value) -> BTreeSet<String> {
    let wizard = Wizard { region: Some("ap-northeast-2".into()), ..Wizard::default() };
    lint::check(definition, &wizard).into_iter().filter(|f| f.severity != Severity::Advice).map(|f| format!("{} {}", f.rule.id, f.path)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_single_fault_is_told_by_its_own_rule(plan in plan(), which in 0..FAULTS.len()) {
        let definition = built(&plan);
        let before = said(&definition);
        prop_assert!(before.is_empty(), "not valid to begin with: {before:?} {definition:#}");
        let (rule, path, value, also) = FAULTS[which];
        let path = path.strip_prefix('c').map_or(path.to_owned(), |rest| format!("/containerDefinitions/0{rest}"));
        let name = definition["containerDefinitions"][0]["name"].as_str().unwrap();
        let value = match value {
            "#" => json!({ "a": "b".repeat(70_000) }),
            "=" => json!(definition["cpu"].as_str().unwrap().parse::<u64>().unwrap()),
            text => serde_json::from_str(&text.replace('@', name)).unwrap(),
        };
        let mut broken = definition.clone();
        edit::set(&definition, &path, value).apply(&mut broken).unwrap();
        let after = said(&broken);
        let rules: BTreeSet<&str> = after.iter().map(|l| l.split(' ').next().unwrap()).collect();
        prop_assert!(rules.contains(rule), "{rule} is silent at {path}: {after:?}");
        let others: Vec<_> = rules.iter().filter(|r| **r != rule && !also.contains(r)).collect();
        prop_assert!(others.is_empty(), "{rule} at {path}: also {others:?} in {broken:#}");
    }
}
