//! For every rule: a document that breaks it, and the proof that its fixes cure it.

use super::*;
use crate::Draft;
use serde_json::json;

/// Rule, places to change in the tutorial's definition, new values (`null` removes).
fn cases() -> Vec<(&'static str, Value)> {
    let c0 = "/containerDefinitions/0";
    let c1 = "/containerDefinitions/1";
    let at = |path: &str, value: Value| json!({ path: value });
    let many: Vec<Value> = (0..11).map(|i| json!({ "name": format!("c{i}"), "image": "nginx:1" })).collect();
    let long = "a".repeat(256);
    let p = |base: &str, rest: &str| format!("{base}{rest}");
    let command = |v: Value| at(&p(c0, "/healthCheck/command"), v);
    let env = |v: Value| at(&p(c0, "/environment"), json!([v]));
    let image = |v: &str| at(&p(c0, "/image"), json!(v));
    let option = |key: &str, v: Value| at(&format!("{c0}/logConfiguration/options/{key}"), v);
    let port = |key: &str, v: Value| at(&format!("{c0}/portMappings/0/{key}"), v);
    vec![
        ("task-json-shape", at(&p(c0, "/cpu"), json!("512"))),
        ("task-json-shape", at("/cpu", json!(1024))),
        ("task-json-shape", at("/containerDefinitions", json!({ "name": "a", "image": "nginx:1" }))),
        ("task-misspelt-key", json!({ "/networkMode": null, "/NetworkMode": "awsvpc" })),
        ("task-misspelt-key", at(&p(c0, "/enviroment"), json!([]))).min_env(),
        ("task-unknown-key", at("/somethingNew", json!(1))),
        ("task-template-placeholder", at("/taskRoleArn", json!("arn:aws:iam::<ACCOUNT>:role/x"))),
        ("task-family-required", at("/family", Value::Null)),
        ("task-family-format", at("/family", json!("my task"))),
        ("task-family-has-revision", at("/family", json!("my-task:3"))),
        ("task-containers-required", at("/containerDefinitions", json!([]))),
        ("task-containers-max", at("/containerDefinitions", json!(many))),
        ("task-essential-at-least-one", json!({ p(c0, "/essential"): false, p(c1, "/essential"): false })),
        ("task-requires-compatibilities-missing", at("/requiresCompatibilities", Value::Null)),
        ("task-requires-compatibilities-enum", at("/requiresCompatibilities", json!(["FARGATE", "ec2"]))),
        ("task-requires-compatibilities-mixed", at("/requiresCompatibilities", json!(["FARGATE", "EC2"]))),
        ("network-fargate-awsvpc", at("/networkMode", Value::Null)),
        ("network-fargate-awsvpc", at("/networkMode", json!("bridge"))),
        ("network-enum", at("/networkMode", json!("vpc"))),
        ("platform-os-enum", at("/runtimePlatform/operatingSystemFamily", json!("linux"))),
        ("platform-arch-enum", at("/runtimePlatform/cpuArchitecture", json!("arm64"))),
        ("platform-missing", at("/runtimePlatform", Value::Null)),
        ("task-fargate-cpu-required", at("/cpu", Value::Null)),
        ("task-fargate-memory-required", at("/memory", Value::Null)),
        ("sizing-cpu-form", at("/cpu", json!("1 core"))),
        ("sizing-memory-form", at("/memory", json!("2G"))),
        ("sizing-fargate-pair", at("/memory", json!("9216"))),
        ("sizing-fargate-pair", at("/cpu", json!("1000"))),
        ("sizing-fargate-pair", json!({ "/cpu": "1", "/memory": "2" })),
        ("sizing-fargate-pair", json!({ "/cpu": "2048", "/memory": "1024" })),
        ("sizing-ec2-cpu-range", json!({ "/requiresCompatibilities": ["EC2"], "/cpu": "64", p(c0, "/cpu"): null, p(c1, "/cpu"): null })),
        ("sizing-ec2-memory-somewhere", json!({ "/requiresCompatibilities": ["EC2"], "/memory": null, p(c0, "/memoryReservation"): null })),
        ("container-name-required", at(&p(c0, "/name"), json!(""))),
        ("container-name-format", at(&p(c0, "/name"), json!("my server"))),
        ("container-name-unique", at(&p(c1, "/name"), json!("my-webserver"))),
        ("container-image-required", at(&p(c0, "/image"), Value::Null)),
        ("container-cpu-negative", at(&p(c0, "/cpu"), json!(-1))),
        ("container-cpu-sum", at(&p(c1, "/cpu"), json!(768))),
        ("container-command-string", at(&p(c0, "/command"), json!("npm start"))),
        ("container-command-one-item", at(&p(c0, "/command"), json!(["npm start"]))),
        ("image-reference-grammar", image("a..b:1")),
        ("image-whitespace", image(" docker.io/myid/web:1")),
        ("image-no-scheme", image("https://docker.io/myid/web:1")),
        ("image-uppercase", image("docker.io/MyId/web:1")),
        ("image-empty-tag", image("docker.io/myid/web:")),
        ("image-tag-length", image("docker.io/myid/web:.x")),
        ("image-digest-form", image("docker.io/myid/web@sha256:12")),
        ("image-length", image(&format!("docker.io/{long}:1"))),
        ("image-latest-tag", image("docker.io/myid/web:latest")),
        ("image-latest-tag", image("docker.io/myid/web")),
        ("image-ecr-placeholder", image("123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:1")),
        ("image-official-typo", image("nodejs:22")),
        ("image-arch-mismatch", image("docker.io/myid/web:1-arm64")),
        ("image-hub-needs-internet", json!({})),
        ("port-container-port-required", port("containerPort", Value::Null)),
        ("port-container-port-range", port("containerPort", json!(70000))),
        ("port-host-port-range", port("hostPort", json!(70000))),
        ("port-host-port-awsvpc", port("hostPort", json!(0))),
        ("port-host-port-host-mode", json!({ "/requiresCompatibilities": ["EC2"], "/networkMode": "host", p(c0, "/portMappings/0/hostPort"): 81 })),
        ("port-protocol-enum", port("protocol", json!("TCP"))),
        ("port-name-format", port("name", json!("Web Port"))),
        ("port-name-unique", port("name", json!("nginx-port"))),
        ("port-duplicate-in-container", at(&p(c0, "/portMappings"), json!([{ "containerPort": 8080 }, { "containerPort": 8080 }]))),
        ("port-conflict-across-containers", at(&p(c1, "/portMappings/0/containerPort"), json!(8080))),
        ("port-conflict-undeclared", json!({ p(c0, "/image"): "nginx:1.27", p(c1, "/image"): "nginx:1.27" })),
        ("port-none-mode", json!({ "/requiresCompatibilities": ["EC2"], "/networkMode": "none" })),
        ("port-env-port-mismatch", at(&p(c0, "/environment/1/value"), json!("3000"))),
        ("resources-memory-over-task", at(&p(c0, "/memory"), json!(4096))),
        ("resources-reservation-over-memory", at(&p(c0, "/memory"), json!(512))),
        ("resources-reserved-sum", at(&p(c1, "/memoryReservation"), json!(1536))),
        ("resources-hard-sum", json!({ p(c0, "/memory"): 1500, p(c1, "/memory"): 1500 })),
        ("resources-memory-min", at(&p(c0, "/memoryReservation"), json!(3))),
        ("health-command-required", command(json!([]))),
        ("health-command-list", command(json!("CMD-SHELL, curl -f http://localhost:8080 || exit 1"))),
        ("health-command-first-word", command(json!(["curl -f http://localhost:8080 || exit 1"]))),
        ("health-command-first-word", command(json!(["cmd-shell", "curl -f http://localhost:8080 || exit 1"]))),
        ("health-command-no-keyword", command(json!(["curl", "-f", "http://localhost:8080"]))),
        ("health-command-comma-in-one", command(json!(["CMD-SHELL, curl -f http://localhost:8080 || exit 1"]))),
        ("health-cmd-shell-extra-args", command(json!(["CMD-SHELL", "curl", "-f", "http://localhost:8080"]))),
        ("health-cmd-shell-empty", command(json!(["CMD-SHELL"]))),
        ("health-cmd-with-shell-syntax", command(json!(["CMD", "curl -f http://localhost:8080 || exit 1"]))),
        ("health-interval-range", at(&p(c0, "/healthCheck/interval"), json!(500))),
        ("health-timeout-range", at(&p(c0, "/healthCheck/timeout"), json!(90))),
        ("health-retries-range", at(&p(c0, "/healthCheck/retries"), json!(0))),
        ("health-start-period-range", at(&p(c0, "/healthCheck/startPeriod"), json!(600))),
        ("health-timeout-vs-interval", at(&p(c0, "/healthCheck/timeout"), json!(30))),
        ("health-port-not-declared", command(json!(["CMD-SHELL", "curl -f http://localhost:3000 || exit 1"]))),
        ("health-other-container-port", command(json!(["CMD-SHELL", "curl -f http://localhost || exit 1"]))),
        ("health-host-not-local", command(json!(["CMD-SHELL", "curl -f http://my-nginx:8080 || exit 1"]))),
        ("health-tool-missing", image("node:22-slim")),
        ("health-shell-missing", image("gcr.io/distroless/nodejs22-debian12:1")),
        (
            "health-bash-missing",
            json!({ p(c0, "/image"): "node:22-alpine", p(c0, "/healthCheck/command"): ["CMD-SHELL", "bash -c ': > /dev/tcp/127.0.0.1/8080' || exit 1"] }),
        ),
        ("health-curl-without-f", command(json!(["CMD-SHELL", "curl http://localhost:8080 || exit 1"]))),
        ("health-missing-essential", at(&p(c0, "/healthCheck"), Value::Null)),
        ("env-name-required", env(json!({ "name": "", "value": "x" }))),
        ("env-name-posix", env(json!({ "name": "MY-NAME", "value": "x" }))),
        ("env-value-string", env(json!({ "name": "LEVEL", "value": 3 }))),
        ("env-duplicate", at(&p(c0, "/environment/1/name"), json!("NODE_ENV"))),
        ("env-and-secret-duplicate", at(&p(c0, "/secrets"), json!([{ "name": "NODE_ENV", "valueFrom": "/x" }]))),
        ("env-aws-keys", env(json!({ "name": "AWS_SECRET_ACCESS_KEY", "value": "x" }))),
        ("env-secret-by-value", env(json!({ "name": "DATABASE", "value": "postgres://app:hunter2@db.example.com/app" }))),
        ("env-secret-by-name", env(json!({ "name": "DB_PASSWORD", "value": "hunter2" }))),
        ("env-compose-hostname", env(json!({ "name": "UPSTREAM", "value": "http://my-nginx:80/x" }))),
        ("secret-name-required", at(&p(c0, "/secrets"), json!([{ "valueFrom": "/x" }]))),
        ("secret-value-from-required", at(&p(c0, "/secrets"), json!([{ "name": "KEY" }]))),
        ("log-missing", at(&p(c0, "/logConfiguration"), Value::Null)),
        ("log-driver-required", at(&p(c0, "/logConfiguration/logDriver"), Value::Null)),
        ("log-driver-enum", at(&p(c0, "/logConfiguration/logDriver"), json!("cloudwatch"))),
        ("log-driver-fargate", at(&p(c0, "/logConfiguration/logDriver"), json!("json-file"))),
        ("log-awslogs-group", option("awslogs-group", Value::Null)),
        ("log-awslogs-group", at(&p(c0, "/logConfiguration/options"), Value::Null)),
        ("log-awslogs-region", option("awslogs-region", json!("Seoul"))),
        ("log-awslogs-region-differs", option("awslogs-region", json!("us-east-1"))),
        ("log-awslogs-prefix", option("awslogs-stream-prefix", Value::Null)),
        ("log-awslogs-prefix-chars", option("awslogs-stream-prefix", json!("a:b"))),
        ("log-group-name", option("awslogs-group", json!("my group"))),
        ("log-create-group-value", option("awslogs-create-group", json!("yes"))),
        ("log-create-group-permission", option("awslogs-create-group", json!("true"))),
        ("log-create-group-missing", json!({})),
        ("log-awslogs-unknown-option", option("awslogs_group", json!("x"))),
        ("log-option-string", option("awslogs-create-group", json!(true))),
        ("secret-needs-execution-role", json!({ "/executionRoleArn": null, p(c0, "/secrets"): [{ "name": "K", "valueFrom": "/x" }] })),
        ("log-awslogs-execution-role", at("/executionRoleArn", Value::Null)),
        (
            "image-ecr-needs-execution-role",
            json!({ "/executionRoleArn": null, p(c0, "/logConfiguration"): null, p(c1, "/logConfiguration"): null,
            p(c0, "/image"): "210987654321.dkr.ecr.ap-northeast-2.amazonaws.com/web:1" }),
        ),
        ("iam-execution-role-form", at("/executionRoleArn", json!("arn:aws:iam::210987654321:user/x"))),
        ("iam-task-role-form", at("/taskRoleArn", json!("arn:aws:iam::210987654321:policy/x"))),
        ("iam-placeholder-account", at("/executionRoleArn", json!("arn:aws:iam::123456789012:role/x"))),
    ]
}

/// A misspelt key is only one while the right one is free.
trait FreeEnvironment {
    fn min_env(self) -> Self;
}

impl FreeEnvironment for (&'static str, Value) {
    fn min_env(mut self) -> Self {
        self.1["/containerDefinitions/0/environment"] = Value::Null;
        self
    }
}

fn wizard_cases() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    vec![
        ("wizard-region-required", vec![("/region", "")]),
        ("wizard-cluster-name-required", vec![("/cluster/name", "")]),
        ("cluster-name-format", vec![("/cluster/name", "my cluster")]),
        ("cluster-default-name", vec![("/cluster/name", "default")]),
        ("region-unknown", vec![("/region", "kr-seoul-1")]),
        ("region-fargate-unknown", vec![("/region", "il-central-1")]),
        ("sizing-ec2-fits-instance", vec![("/cluster/launch", "EC2"), ("/cluster/instanceType", "t3.micro")]),
    ]
}

fn changed(changes: &Value) -> Value {
    let mut root = json!({ "definition": Draft::tutorial().definition() });
    for (path, value) in changes.as_object().unwrap() {
        let path = format!("/definition{path}");
        let edit = if value.is_null() { crate::edit::clear(&root, &path) } else { crate::edit::set(&root, &path, value.clone()) };
        edit.apply(&mut root).unwrap();
    }
    root["definition"].take()
}

/// Seoul; and Fargate where the definition leaves it open, as the wizard's first step says it.
fn context(definition: &Value) -> Wizard {
    let open = definition.get("requiresCompatibilities").is_none();
    Wizard { region: Some("ap-northeast-2".into()), launch: open.then_some(Launch::Fargate), ..Wizard::default() }
}

fn errors(findings: &[Finding]) -> Vec<String> {
    let errors = findings.iter().filter(|f| f.severity == Severity::Error);
    errors.map(|f| format!("{} {}", f.rule, f.path)).collect()
}

/// The finding is there; each fix removes it and brings no new error.
fn prove(rule: &str, definition: &Value) {
    let found = check(definition, &context(definition));
    let said = found.iter().find(|f| f.rule == rule);
    let said = said.unwrap_or_else(|| panic!("{rule} is silent: {:?}", found.iter().map(|f| (f.rule, &f.path)).collect::<Vec<_>>()));
    for fix in &said.fixes {
        let mut cured = definition.clone();
        fix.edit.apply(&mut cured).unwrap_or_else(|e| panic!("{rule} {}: {e}", fix.label));
        let after = check(&cured, &context(definition));
        assert!(!after.iter().any(|f| f.rule == rule && f.path == said.path && f.params == said.params), "{rule} {} does not cure: {cured:#}", fix.label);
        let (before, after) = (errors(&found), errors(&after));
        let new: Vec<_> = after.iter().filter(|e| !before.contains(e) && !e.starts_with("secret-value-from-required")).collect();
        assert!(new.is_empty(), "{rule} {} brings {new:?}", fix.label);
    }
}

#[test]
fn every_rule_speaks_and_its_fixes_cure() {
    let mut seen: Vec<&str> = vec!["task-null-values", "task-import-read-only-fields", "wizard-launch-required"];
    for (rule, changes) in cases() {
        prove(rule, &changed(&changes));
        seen.push(rule);
    }
    for (rule, answers) in wizard_cases() {
        let mut draft = Draft::tutorial();
        for (name, value) in answers {
            crate::form::change(&draft, name, value).apply(draft.root_mut()).unwrap();
        }
        let found = check_draft(&draft);
        let said = found.iter().find(|f| f.rule == rule).unwrap_or_else(|| panic!("{rule} is silent"));
        for fix in &said.fixes {
            let mut cured = draft.clone();
            fix.edit.apply(cured.root_mut()).unwrap();
            assert!(!check_draft(&cured).iter().any(|f| f.rule == rule), "{rule} is not cured");
        }
        seen.push(rule);
    }
    for (_, rule) in all() {
        assert!(seen.contains(&rule.id), "{} has no case", rule.id);
    }
}

#[test]
fn the_tutorial_has_no_error_and_says_only_what_is_known() {
    let rules: Vec<_> = check_draft(&Draft::tutorial()).iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["log-create-group-missing", "image-hub-needs-internet"]);
}

#[test]
fn nulls_and_read_only_keys_are_named() {
    let found = check_text(
        r#"{"taskDefinition": {"family": "a", "revision": 1, "pidMode": null, "containerDefinitions": [{"name": "a", "image": "a:1"}]}}"#,
        None,
        None,
    )
    .0;
    let named: Vec<_> = found.iter().filter(|f| f.rule.starts_with("task-")).map(|f| (f.rule, f.path.as_str())).collect();
    assert_eq!(named, [("task-null-values", "/pidMode"), ("task-import-read-only-fields", "/revision")]);
}

#[test]
fn marks_of_templates_are_never_an_error() {
    let definition = changed(&json!({
        "/requiresCompatibilities": ["{{launchtype}}"],
        "/containerDefinitions/0/portMappings/0/containerPort": "<container-port>",
        "/containerDefinitions/0/image": "IMAGE_PLACEHOLDER_FRONTEND",
        "/containerDefinitions/0/logConfiguration/options/awslogs-region": "{{region}}",
        "/containerDefinitions/1/logConfiguration/options/awslogs-group": "${GROUP}",
        "/executionRoleArn": "arn:aws:iam::<ACCOUNT_ID>:role/x"
    }));
    let found = check(&definition, &context(&definition));
    assert_eq!(errors(&found), Vec::<String>::new());
    assert_eq!(found.iter().filter(|f| f.rule == "task-template-placeholder").count(), 6);
}

#[test]
fn an_empty_draft_asks_for_its_answers() {
    let rules: Vec<_> = check_draft(&Draft::empty()).iter().map(|f| f.rule).collect();
    for rule in ["wizard-region-required", "wizard-launch-required", "wizard-cluster-name-required", "task-family-required", "task-containers-required"] {
        assert!(rules.contains(&rule), "{rule}");
    }
}

#[test]
fn text_that_is_not_json_has_line_and_column() {
    let found = check_text("{\n  \"family\": 'a'\n}", None, None).0;
    assert_eq!((found[0].rule, found[0].at), ("task-json-shape", Some((2, 13))));
}

#[test]
fn errors_come_first_then_the_order_of_the_document() {
    let definition = changed(&json!({ "/memory": "1024", "/containerDefinitions/1/image": "x" }));
    let found = check(&definition, &context(&definition));
    let keys: Vec<_> = found.iter().map(|f| f.severity).collect();
    assert!(keys.is_sorted() && keys.len() > 2, "{keys:?}");
}
