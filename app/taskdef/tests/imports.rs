//! Texts of other tools as drafts: traps that people really fell into, each with what we make of it; and what must hold for
//! every input: each leaf reported once, no credential anywhere, no panic.

#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use taskdef::{
    Lang,
    formats::{
        Format,
        import::{Answers, Import, Input, Refusal, Source, import, tree},
        report::{Outcome, Report},
    },
};

fn read(text: &str) -> Import {
    let found = import(&Input::of(text)).unwrap_or_else(|refusal| panic!("{text}: {} {:?}", refusal.said.message.id, refusal.place));
    assert_eq!(found.report.unread, 0, "{text}: {:?}", unread(&found.report));
    found
}

fn unread(report: &Report) -> Vec<&str> {
    report.entries.iter().filter(|e| e.said.as_ref().is_some_and(|s| s.message.id == "import-unread")).map(|e| e.path.as_str()).collect()
}

fn refused(text: &str) -> (&'static str, usize) {
    let Refusal { place, said, .. } = import(&Input::of(text)).err().unwrap_or_else(|| panic!("read: {text}"));
    (said.message.id, place.line)
}

fn with(text: &str, answers: &[(&str, &str)]) -> Import {
    import(&Input { answers: answers.iter().copied().collect::<Answers>(), ..Input::of(text) }).unwrap()
}

fn at(import: &Import, pointer: &str) -> Value {
    import.drafts[0].draft.definition().pointer(pointer).cloned().unwrap_or(Value::Null)
}

fn says(import: &Import, id: &str) -> bool {
    import.report.notes.iter().chain(&import.report.entries).any(|e| e.said.as_ref().is_some_and(|s| s.message.id == id))
}

/// The only container of a Compose file with one service.
fn service(lines: &str) -> (Import, Value) {
    let found = read(&format!("services:\n  web:\n    image: nginx:1.27\n    {}\n", lines.replace('\n', "\n    ")));
    let container = at(&found, "/containerDefinitions/0");
    (found, container)
}

#[test]
fn a_key_of_compose_becomes_what_has_the_same_effect() {
    for (lines, pointer, due) in [
        ("ports: [\"8080:80\"]", "/portMappings/0", json!({ "containerPort": 80, "protocol": "tcp" })),
        ("ports: [\"53:53/udp\"]", "/portMappings/0/protocol", json!("udp")),
        (
            "environment: [A=1, B=, \"C=x=y\"]",
            "/environment",
            json!([{ "name": "A", "value": "1" }, { "name": "B", "value": "" }, { "name": "C", "value": "x=y" }]),
        ),
        ("environment:\n  V: 24.10\n  W: \"24.10\"", "/environment", json!([{ "name": "V", "value": "24.1" }, { "name": "W", "value": "24.10" }])),
        ("mem_limit: 50M", "/memory", json!(50)),
        ("deploy:\n  resources:\n    limits: {memory: 512M, cpus: '0.5'}\n    reservations: {cpus: '0.25'}", "/cpu", json!(256)),
        (
            "healthcheck:\n  test: curl -f http://localhost\n  interval: 3s\n  retries: 100",
            "/healthCheck",
            json!({
            "command": ["CMD-SHELL", "curl -f http://localhost"], "interval": 5, "timeout": 30, "retries": 10, "startPeriod": 300 }),
        ),
        ("command: npm run build && npm start", "/command", json!(["sh", "-c", "npm run build && npm start"])),
        ("command: nginx -g 'daemon off;'", "/command", json!(["nginx", "-g", "daemon off;"])),
        ("stop_grace_period: 1m30s", "/stopTimeout", json!(90)),
        ("ulimits:\n  nofile: {soft: 1024, hard: 2048}", "/ulimits/0", json!({ "name": "nofile", "softLimit": 1024, "hardLimit": 2048 })),
        ("init: true", "/linuxParameters/initProcessEnabled", json!(true)),
        ("tty: yes", "/pseudoTerminal", json!(true)),
        ("cap_drop: [CAP_NET_RAW]", "/linuxParameters/capabilities/drop", json!(["NET_RAW"])),
        ("logging: {driver: json-file, options: {max-size: 10m}}", "/logConfiguration/logDriver", json!("awslogs")),
        ("user: 1000", "/user", json!("1000")),
    ] {
        let (_, container) = service(lines);
        assert_eq!(container.pointer(pointer), Some(&due), "{lines}: {container}");
    }
}

#[test]
fn what_will_break_is_said_and_never_filled_in_silently() {
    for (lines, id) in [
        ("mem_limit: 512", "import-memory-bytes"),
        ("privileged: true", "import-not-on-fargate"),
        ("volumes: [\"./nginx.conf:/etc/nginx/nginx.conf:ro\"]", "import-bind-file"),
        ("volumes: [\"/var/run/docker.sock:/var/run/docker.sock\"]", "import-bind-socket"),
        ("volumes: [\"data:/var/lib\"]", "import-volume-scratch"),
        ("ports: [\"127.0.0.1:8080:80\"]", "import-port-private"),
        ("ports: [\"8080:80\"]", "import-port-host"),
        ("environment: [SHELL_ONLY]", "import-env-shell"),
        ("environment: [\"KEY:value\"]", "import-env-colon"),
        ("healthcheck: {test: [curl, -f, x]}", "import-health-list"),
        ("healthcheck: {interval: 5s}", "import-health-image"),
        ("command: echo (x)", "import-command-broken"),
        ("enviroment: [A=1]", "import-misspelt-key"),
        ("secrets: [db]", "import-secret-no-file"),
        ("stop_signal: SIGINT", "import-stop-signal"),
        ("environment: [\"R=http://host.docker.internal:1\"]", "import-host-docker"),
        ("image: \"a:${TAG}\"", "import-image-variable"),
    ] {
        let text = format!("services:\n  web:\n    image: nginx:1.27\n    {}\n", lines.replace('\n', "\n    "));
        let text = if lines.starts_with("image") { text.replace("    image: nginx:1.27\n", "") } else { text };
        let found = read(&text);
        assert!(says(&found, id), "{lines}: {:?}", found.report.by_weight().iter().map(|e| e.words(Lang::En)).collect::<Vec<_>>());
    }
}

const SHOP: &str = "
name: shop
services:
  nginx:
    image: nginx:1.27
    ports: ['80:80']
    depends_on: [api]
    environment: {UPSTREAM: 'http://api:3000'}
  api:
    image: node:22
    expose: [3000]
    depends_on: {db: {condition: service_healthy}}
    environment: {DATABASE_URL: 'postgres://db:5432/app'}
  db:
    image: postgres:17
    volumes: ['data:/var/lib/postgresql/data']
volumes: {data: }
";

#[test]
fn an_application_becomes_the_tasks_that_a_person_chose() {
    let found = read(SHOP);
    assert_eq!(found.drafts.len(), 1, "the database is a managed service unless told otherwise");
    assert_eq!(at(&found, "/family"), "shop");
    let names: Vec<Value> = (0..2).map(|i| at(&found, &format!("/containerDefinitions/{i}/name"))).collect();
    assert_eq!(names, ["api", "nginx"], "what is needed comes first");
    assert_eq!(at(&found, "/containerDefinitions/1/environment/0/value"), "http://127.0.0.1:3000");
    assert_eq!(at(&found, "/containerDefinitions/0/environment/0/value"), "postgres://${DB_ENDPOINT}:5432/app");
    assert_eq!(at(&found, "/containerDefinitions/1/dependsOn/0"), json!({ "containerName": "api", "condition": "START" }));
    assert!(found.waits() && found.graph.len() == 3 && says(&found, "import-order-elsewhere"));

    let two = with(SHOP, &[("task:nginx", "2"), ("host:nginx:api", "keep")]);
    let families: Vec<&str> = two.drafts.iter().map(|made| made.name.as_str()).collect();
    assert_eq!(families, ["shop-api", "shop-nginx"]);
    assert_eq!(two.drafts[1].draft.definition()["containerDefinitions"][0]["environment"][0]["value"], "http://api:3000", "Service Connect keeps the name");
    assert!(says(&two, "import-host-other-task"));
}

#[test]
fn files_of_the_computer_come_back_as_a_dockerfile() {
    let found = read("services:\n  web:\n    image: nginx:1.27\n    volumes: [\"./nginx.conf:/etc/nginx/nginx.conf:ro\"]\n");
    assert_eq!(found.files[0].name, "Dockerfile.web");
    assert_eq!(found.files[0].text, "FROM nginx:1.27\nCOPY [\"./nginx.conf\",\"/etc/nginx/nginx.conf\"]\n");
}

#[test]
fn several_files_are_one_application() {
    let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
    let files = vec![
        source("compose.yaml", "services:\n  web:\n    image: a:${TAG}\n    env_file: app.env\n    environment: {A: '1'}\n"),
        source("compose.override.yaml", "services:\n  web:\n    environment: {A: '2'}\n    command: [x]\n"),
        source(".env", "TAG=1.2\n"),
        source("app.env", "A=0\nB='two words' # c\n"),
    ];
    let found = import(&Input { files, ..Input::default() }).unwrap();
    assert_eq!(found.report.unread, 0);
    assert_eq!(at(&found, "/containerDefinitions/0/image"), "a:1.2");
    assert_eq!(at(&found, "/containerDefinitions/0/environment"), json!([{ "name": "B", "value": "two words" }, { "name": "A", "value": "2" }]));
    assert_eq!(at(&found, "/containerDefinitions/0/command"), json!(["x"]));
    let files = vec![source("", "docker run --env-file a.env x"), source("a.env", "A=\"1\" # x\n")];
    let found = import(&Input { files, ..Input::default() }).unwrap();
    assert_eq!(at(&found, "/containerDefinitions/0/environment/0/value"), "\"1\" # x", "Docker keeps quotes and comments");
}

/// Source: issues of composerize, as formats lists them.
#[test]
fn a_docker_run_line_is_read_as_docker_reads_it() {
    for (text, pointer, due) in [
        ("docker run -d nginx", "/containerDefinitions/0/image", json!("nginx")),
        (
            "docker run -itd --name web -p 8080:80 nginx:1.27 nginx -g 'daemon off;' --rm",
            "/containerDefinitions/0/command",
            json!(["nginx", "-g", "daemon off;", "--rm"]),
        ),
        ("docker run --entrypoint /bin/bash img -c 'a b'", "/containerDefinitions/0/entryPoint", json!(["/bin/bash"])),
        ("docker run -p80:80/udp x", "/containerDefinitions/0/portMappings/0/protocol", json!("udp")),
        ("docker run -m 512m --cpus=.5 x", "/containerDefinitions/0/memory", json!(512)),
        ("sudo podman run --ulimit nofile=1:2 x", "/containerDefinitions/0/ulimits/0/hardLimit", json!(2)),
        ("$ docker run \\  \n -e A=1 \\\n -e \"B=b c\" x", "/containerDefinitions/0/environment/1/value", json!("b c")),
        ("TAG=7\ndocker run x:$TAG", "/containerDefinitions/0/image", json!("x:7")),
        ("docker run --health-cmd 'curl -f x' --health-interval 10s x", "/containerDefinitions/0/healthCheck/interval", json!(10)),
        (
            "docker run --mount type=volume,src=d,dst=/d,readonly x",
            "/containerDefinitions/0/mountPoints/0",
            json!({ "sourceVolume": "d", "containerPath": "/d", "readOnly": true }),
        ),
        ("docker run --stop-timeout 40 x", "/containerDefinitions/0/stopTimeout", json!(40)),
        ("docker run --name my.app x", "/family", json!("my-app")),
    ] {
        let found = read(text);
        assert_eq!((found.format, at(&found, pointer)), (Format::DockerRun, due), "{text}");
    }
    assert_eq!(refused("docker run --port 80:80 x"), ("import-flag-near", 1));
    assert_eq!(refused("docker run -d --xyzzy=1 x"), ("import-flag-unknown", 1));
    assert_eq!(refused("docker run -e A=1"), ("import-no-image-word", 1));
    assert_eq!(refused("docker run -e"), ("import-flag-value", 1));
    let two =
        read("docker network create n\ndocker run -d --name db --network n postgres:17 && docker run -d --name web -p 80:80 --network n -e DB=db:5432 nginx");
    assert_eq!((two.graph.len(), two.drafts.len()), (2, 1));
    assert!(says(&two, "import-run-other") && two.waits());
    assert!(!read("docker run -d --name web -p 8080:80 nginx:1.27").waits(), "one press");
}

#[test]
fn a_template_is_computed_where_it_is_constant() {
    let template = r#"
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Image: {Type: String}
  Port: {Type: Number, Default: 8080}
  Stage: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /ecs/web}}
  WebTask:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Cpu: .25 vCPU
      Memory: 512
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ExecutionRoleArn: !GetAtt Role.Arn
      ContainerDefinitions:
        - Name: web
          Image: !Ref Image
          Essential: "true"
          PortMappings: [{ContainerPort: !Ref Port}]
          Environment:
            - {Name: URL, Value: !Sub 'https://${Stage}.example.com'}
            - !If [IsProd, {Name: P, Value: '1'}, !Ref AWS::NoValue]
            - {Name: DATE, Value: 2012-10-17}
          LogConfiguration:
            LogDriver: awslogs
            Options: {awslogs-group: !Ref Logs, awslogs-region: !Ref AWS::Region}
      Volumes: [{Name: d, EFSVolumeConfiguration: {FilesystemId: fs-12345678}}]
"#;
    let found = with(template, &[("region", "eu-west-1")]);
    assert_eq!((found.format, found.report.unread), (Format::CloudFormation, 0), "{:?}", unread(&found.report));
    for (pointer, due) in [
        ("/family", json!("web-task")),
        ("/cpu", json!("256")),
        ("/memory", json!("512")),
        ("/executionRoleArn", json!("${Role.Arn}")),
        ("/containerDefinitions/0/image", json!("${Image}")),
        ("/containerDefinitions/0/essential", json!(true)),
        ("/containerDefinitions/0/portMappings/0/containerPort", json!(8080)),
        ("/containerDefinitions/0/environment", json!([{ "name": "URL", "value": "https://dev.example.com" }, { "name": "DATE", "value": "2012-10-17" }])),
        ("/containerDefinitions/0/logConfiguration/options", json!({ "awslogs-group": "/ecs/web", "awslogs-region": "eu-west-1" })),
        ("/volumes/0/efsVolumeConfiguration/fileSystemId", json!("fs-12345678")),
    ] {
        assert_eq!(at(&found, pointer), due, "{pointer}");
    }
    let origins: Vec<(&str, &str)> = found.placeholders.iter().map(|p| (p.name.as_str(), p.origin.as_str())).collect();
    assert!(origins.contains(&("Image", r#"{"Ref":"Image"}"#)), "{origins:?}");
    let line = found.report.origin(0, "/containerDefinitions/0/portMappings/0/containerPort").map(|place| place.line);
    assert_eq!(line, Some(23), "where the template says it");
    assert_eq!(refused("Resources:\n  A: {Type: AWS::S3::Bucket}\n").0, "import-none");
    assert_eq!(refused("Resources:\n  A:\n    Type: AWS::ECS::TaskDefinition\n    Properties: !Nope x\n"), ("import-tag-unknown", 4));
}

#[test]
fn terraform_is_read_from_configuration_plan_and_state() {
    let hcl = r#"
variable "image" { default = "nginx:1.27" }
variable "token" {
  default   = "hidden"
  sensitive = true
}
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.exec.arn
  container_definitions = jsonencode([{
    name  = "web"
    image = var.image
    portMappings = [{ containerPort = 80 }]
    environment = [{ name = "URL", value = "https://${var.host}/$${x}" }]
  }])
  volume {
    name = "d"
    efs_volume_configuration { file_system_id = "fs-12345678" }
  }
  tags = { a = "b" }
  lifecycle { create_before_destroy = true }
}
"#;
    let found = read(hcl);
    assert_eq!(found.format, Format::Terraform);
    for (pointer, due) in [
        ("/family", json!("web")),
        ("/cpu", json!("256")),
        ("/executionRoleArn", json!("${aws_iam_role.exec.arn}")),
        ("/containerDefinitions/0/image", json!("nginx:1.27")),
        ("/containerDefinitions/0/portMappings/0/containerPort", json!(80)),
        ("/containerDefinitions/0/environment/0/value", json!("https://${host}/${x}")),
        ("/volumes/0", json!({ "name": "d", "efsVolumeConfiguration": { "fileSystemId": "fs-12345678" } })),
        ("/tags/0", json!({ "key": "a", "value": "b" })),
    ] {
        assert_eq!(at(&found, pointer), due, "{pointer}");
    }
    assert_eq!(found.report.origin(0, "/family").map(|p| p.line), Some(8));
    let heredoc = "resource \"aws_ecs_task_definition\" \"w\" {\n  family = \"w\"\n  container_definitions = <<EOF\n[{\"name\": \"w\",\n \"image\": \"${var.i}\", \"cpu\": ${var.c}}]\nEOF\n}\n";
    let found = read(heredoc);
    assert_eq!(at(&found, "/containerDefinitions/0"), json!({ "name": "w", "image": "${i}", "cpu": "${c}" }));
    let state = json!({ "format_version": "1.0", "values": { "root_module": { "child_modules": [{ "resources": [{
        "address": "module.a.aws_ecs_task_definition.w", "mode": "managed", "type": "aws_ecs_task_definition", "values": {
            "family": "w", "cpu": "256", "ipc_mode": "", "volume": [], "arn": "arn:x", "tags": null,
            "container_definitions": "[{\"name\":\"w\",\"image\":\"a:1\"}]" } }] }] } } });
    let found = read(&state.to_string());
    assert_eq!((found.format, at(&found, "/containerDefinitions/0/image"), at(&found, "/ipcMode")), (Format::TerraformState, json!("a:1"), Value::Null));
    assert_eq!(refused("resource \"aws_ecs_task_definition\" \"w\" {\n  family = \n}\n").0, "import-not-hcl");
}

#[test]
fn the_other_tools_are_read_too() {
    let ecspresso = "{\"family\": \"w\", \"cpu\": \"{{ env `CPU` `256` }}\", \"containerDefinitions\": [{\"name\": \"w\", \"image\": \"a:{{ must_env \"TAG\" }}\", \"memory\": {{ env `M` `1` }} }]}";
    let found = read(ecspresso);
    assert_eq!(
        (found.format, at(&found, "/containerDefinitions/0/image"), at(&found, "/containerDefinitions/0/memory")),
        (Format::Ecspresso, json!("a:${TAG}"), json!("${M}"))
    );
    assert_eq!(refused("{\"containerDefinitions\": [{{ if env `X` }}1{{ end }}]}").0, "import-control");

    let command = "aws ecs register-task-definition --family w --cpu 256 --requires-compatibilities FARGATE --container-definitions '[{\"name\":\"w\",\"image\":\"a:1\"}]' --region eu-west-1";
    let found = read(command);
    assert_eq!(
        (found.format, at(&found, "/requiresCompatibilities"), at(&found, "/containerDefinitions/0/image")),
        (Format::AwsCli, json!(["FARGATE"]), json!("a:1"))
    );
    assert_eq!(refused("aws ecs register-task-definition --cli-input-json file://x.json").0, "import-cli-file");

    let manifest = "name: web\ntype: Load Balanced Web Service\nimage: {location: 'a:1', port: 8080}\ncpu: 512\nmemory: 1024\nhttp: {path: /}\nvariables: {A: 1}\nsecrets: {K: /copilot/k}\nsidecars:\n  n: {image: 'nginx:1', port: 80}\n";
    let found = read(manifest);
    assert_eq!((found.format, at(&found, "/cpu"), at(&found, "/containerDefinitions/1/image")), (Format::Copilot, json!("512"), json!("nginx:1")));
    assert_eq!(at(&found, "/containerDefinitions/0/secrets/0"), json!({ "name": "K", "valueFrom": "/copilot/k" }));
    assert!(says(&found, "import-copilot") && says(&found, "import-copilot-elsewhere"));

    for (text, id) in [
        ("web:\n  image: nginx\n", "import-compose-v1"),
        ("apiVersion: v1\nkind: Pod\n", "import-kubernetes"),
        ("cluster: c\ntask_definition: t.json\n", "import-ecspresso-config"),
        ("on: push\njobs: {a: {steps: [{uses: aws-actions/amazon-ecs-deploy-task-definition@v2}]}}\n", "import-workflow"),
        ("import * as ecs from 'aws-cdk-lib/aws-ecs';\n", "import-cdk"),
        ("A=1\nB=2\n", "import-only-env"),
        ("hello", "import-unknown"),
        ("services:\n  web:\n\timage: x\n", "import-yaml-tab"),
        ("", "import-empty"),
    ] {
        assert_eq!(refused(text).0, id, "{text}");
    }
}

#[test]
fn hand_written_json_is_read_and_what_it_lacks_is_told() {
    let found = read("{\n  // family\n  “family”: \"web\", \"containerDefinitions\": [{'name': \"a\", \"image\": \"b:1\",},],\n}");
    assert_eq!((at(&found, "/family"), at(&found, "/containerDefinitions/0/name")), (json!("web"), json!("a")));
    assert!(says(&found, "import-lenient"));
    assert_eq!(refused("{\n \"family\": \"web,\n \"containerDefinitions\": []}"), ("import-json-quote", 2));
    assert_eq!(refused("{\n \"family\": \"web\",\n \"containerDefinitions\": [{}\n}"), ("import-json-bracket", 3));
}

/// Marked values in every place where people keep them: none is in a draft, a report or an error.
#[test]
fn no_credential_is_in_a_draft_a_report_or_an_error() {
    const MARK: &str = "AKIAQQQQWWWWEEEERRRR";
    let json = |value: &str| {
        format!(
            "{{\"family\": \"w\", \"containerDefinitions\": [{{\"name\": \"w\", \"image\": \"a:1\", \"environment\": [{{\"name\": \"X\", \"value\": \"{value}\"}}], \"dockerLabels\": {{\"l\": \"{value}\"}}, \"command\": [\"--key={value}\"]}}]}}"
        )
    };
    let texts = [
        format!(
            "services:\n  web:\n    image: a:1\n    environment: [X={MARK}]\n    command: run --key {MARK}\n    labels: {{l: {MARK}}}\n    healthcheck: {{test: 'x {MARK}'}}\n    hostname: {MARK}\n    {MARK}: 1\n"
        ),
        format!("docker run -e X={MARK} -l l={MARK} --hostname {MARK} a:1 run --key={MARK}"),
        json(MARK),
        format!("// c\n{}", json(MARK)),
        format!(
            "AWSTemplateFormatVersion: '1'\nParameters: {{P: {{Default: {MARK}}}}}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions: [{{Name: w, Image: 'a:1', Environment: [{{Name: X, Value: !Ref P}}]}}]\n"
        ),
        format!(
            "resource \"aws_ecs_task_definition\" \"w\" {{\n  family = \"w\"\n  container_definitions = jsonencode([{{ name = \"w\", image = \"a:1\", command = [\"{MARK}\"] }}])\n}}\n"
        ),
        format!("name: web\ntype: Backend Service\nimage: {{location: 'a:1'}}\nvariables: {{X: {MARK}}}\n"),
    ];
    for text in texts {
        let found = read(&text);
        let kept: String = found.drafts.iter().map(|made| made.draft.to_text()).collect();
        let told = format!("{} {} {:?} {:?}", found.report.to_json(Lang::En), found.report.to_value(0), found.questions, found.files);
        assert!(!kept.contains(MARK), "{text}\n{kept}");
        assert!(!told.contains(MARK), "{text}\n{told}");
        assert!(found.waits() && found.report.count(Outcome::Asked) > 0, "{text}");
    }
    for text in [
        format!("{{\"family\": \"{MARK}\n\"x\": 1}}"),
        format!("services:\n  a: [{MARK}\n"),
        format!("docker run --nope {MARK} x"),
        format!("docker run --name {MARK}"),
    ] {
        let refusal = import(&Input::of(&text)).unwrap_err();
        assert!(!format!("{refusal:?} {}", refusal.words(Lang::Ko)).contains(MARK), "{text}: {refusal:?}");
    }
    let kept =
        with(&format!("services:\n  web:\n    image: a:1\n    environment: [X={MARK}]\n"), &[("secret:0:/containerDefinitions/0/environment/0", "keep")]);
    assert_eq!(at(&kept, "/containerDefinitions/0/environment/0/value"), MARK, "a person may keep it");
}

#[test]
fn a_report_that_is_kept_beside_a_draft_says_the_same_again() {
    let found = read(SHOP);
    let again = Report::from_value(&found.report.to_value(0));
    let words = |report: &Report| report.by_weight().iter().map(|e| (e.path.clone(), e.words(Lang::Ko), e.place)).collect::<Vec<_>>();
    assert_eq!(words(&again), words(&found.report));
}

fn leaves(node: &tree::Node) -> usize {
    match &node.kind {
        tree::Kind::List(items) if !items.is_empty() => items.iter().map(leaves).sum(),
        tree::Kind::Map(pairs) if !pairs.is_empty() => pairs.iter().map(|(_, value)| leaves(value)).sum(),
        _ => 1,
    }
}

/// Keys of a service with values of every shape, right and wrong.
fn any_service() -> impl Strategy<Value = Value> {
    const KEYS: [&str; 44] = [
        "image",
        "build",
        "command",
        "entrypoint",
        "environment",
        "env_file",
        "ports",
        "volumes",
        "depends_on",
        "restart",
        "healthcheck",
        "container_name",
        "networks",
        "expose",
        "labels",
        "secrets",
        "configs",
        "deploy",
        "logging",
        "user",
        "privileged",
        "cap_add",
        "ulimits",
        "sysctls",
        "init",
        "mem_limit",
        "cpus",
        "stop_grace_period",
        "extra_hosts",
        "links",
        "network_mode",
        "platform",
        "profiles",
        "tmpfs",
        "shm_size",
        "gpus",
        "devices",
        "dns",
        "ipc",
        "pid",
        "storage_opt",
        "security_opt",
        "memswap_limit",
        "nonsense",
    ];
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<u16>().prop_map(Value::from),
        prop::sample::select(vec![
            "a",
            "80:80",
            "127.0.0.1:1:2/udp",
            "./a:/b",
            "data:/c:ro",
            "A=1",
            "512m",
            "5s",
            "service_healthy",
            "sh -c 'x'",
            "a;b",
            "${X:-1}",
            "",
            "host",
            "none"
        ])
        .prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 4, |inner| {
        let key = prop::sample::select(vec![
            "test",
            "interval",
            "retries",
            "driver",
            "options",
            "resources",
            "limits",
            "memory",
            "source",
            "target",
            "type",
            "condition",
            "a",
            "file",
            "published",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key.prop_map(str::to_owned), inner, 0..4).prop_map(|map| json!(map))
        ]
    });
    prop::collection::btree_map(prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned), value, 0..8).prop_map(|map| json!(map))
}

/// How often a property is tried: 192 times with every test, as often as `cargo xtask torture import` says there.
fn rounds() -> u32 {
    std::env::var("TASKWRIGHT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(192)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: rounds(), failure_persistence: None, ..ProptestConfig::default() })]

    /// JSON is YAML, so a value is written as JSON and read as Compose.
    #[test]
    fn every_leaf_of_a_compose_file_is_reported_once(services in prop::collection::vec(any_service(), 1..4), ec2 in any::<bool>()) {
        let names: serde_json::Map<String, Value> = services.into_iter().enumerate().map(|(i, s)| (format!("s{i}"), s)).collect();
        let text = json!({ "version": "3", "services": names, "volumes": { "data": null }, "x-a": [1] }).to_string();
        let answers: Answers = [("launch", if ec2 { "EC2" } else { "FARGATE" })].into_iter().collect();
        let input = Input { format: Some(Format::Compose), answers, ..Input::of(text.clone()) };
        if let Ok(found) = import(&input) {
            prop_assert_eq!(unread(&found.report), Vec::<&str>::new(), "{}", text);
            let due = leaves(&tree::read_yaml(0, &text).unwrap());
            let paths: BTreeSet<&str> = found.report.entries.iter().map(|e| e.path.as_str()).collect();
            prop_assert_eq!((found.report.entries.len(), paths.len()), (due, due), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_any_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), seed in 0usize..SEEDS.len(), cut in any::<prop::sample::Index>(), piece in prop::sample::select(PIECES.to_vec())) {
        hurt(&bytes, seed, cut.index(SEEDS[seed].len() + 1), piece);
    }
}

/// A text of each format, to be broken.
const SEEDS: [&str; 8] = [
    SHOP,
    "docker run -d --name web -p 8080:80 -e \"A=$(x)\" --mount type=bind,src=a,dst=/b nginx sh -c 'a && b'",
    "AWSTemplateFormatVersion: '1'\nParameters: {P: {Default: x}}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Cpu: !Ref P\n      ContainerDefinitions: [{Name: w, Image: !Sub 'a:${P}'}]\n",
    "variable \"x\" { default = \"y\" }\nresource \"aws_ecs_task_definition\" \"w\" {\n  family = \"${var.x}\"\n  container_definitions = jsonencode([{ name = \"w\" }])\n}\n",
    "{\"family\": \"w\", \"containerDefinitions\": [{\"name\": \"w\", \"image\": \"{{ must_env `X` }}\"}]}",
    "aws ecs register-task-definition --family w --container-definitions name=w,image=a:1",
    "name: web\ntype: Backend Service\nimage: {location: 'a:1', port: 80}\nvariables: {A: 1}\n",
    "A=1\nB='x\ny'\n",
];

const PIECES: [&str; 16] = ["{", "[", "\"", "'", "${", "{{", "}}", "!Sub ", "&a ", "*a", "<<: ", "\t", "\u{0}", "\u{202e}", "\\", "<<EOF\n"];

fn hurt(bytes: &[u8], seed: usize, cut: usize, piece: &str) {
    let seed = SEEDS[seed];
    let cut = (0..=cut).rev().find(|i| seed.is_char_boundary(*i)).unwrap_or(0);
    let noise = String::from_utf8_lossy(bytes);
    for text in [
        format!("{}{piece}{}", &seed[..cut], &seed[cut..]),
        seed[..cut].to_owned(),
        format!("{}{noise}{}", &seed[..cut], &seed[cut..]),
        noise.clone().into_owned(),
    ] {
        if let Ok(found) = import(&Input::of(text)) {
            assert_eq!(found.report.unread, 0);
        }
    }
}

/// Bombs of each kind end soon, with a word.
#[test]
fn nothing_large_takes_long() {
    const SIZE: usize = 1 << 20;
    let mut bomb = "x0: &x0 [a,a,a,a,a,a,a,a,a,a]\n".to_owned();
    for i in 1..10 {
        bomb += &format!("x{i}: &x{i} [{}]\n", vec![format!("*x{}", i - 1); 10].join(","));
    }
    let texts = [
        bomb,
        "[".repeat(20_000),
        "{\"a\":".repeat(20_000),
        format!("services:\n  a:\n    image: {}", "$".repeat(SIZE - 100)),
        format!("docker run {}", "$".repeat(SIZE - 100)),
        format!("docker run {}", "-e A=1 ".repeat(1_400)) + "x",
        format!("resource \"aws_ecs_task_definition\" \"w\" {{\n a = {}\n}}", "[".repeat(20_000)),
        format!("resource \"aws_ecs_task_definition\" \"w\" {{\n a = \"{}\"\n}}", "${".repeat(5_000)),
        format!("{{\"containerDefinitions\": {}", "{{ env ".repeat(50_000)),
        "A=1\n".repeat(SIZE / 4 - 10),
        format!("services:\n  a:\n    image: x\n    environment:\n{}", (0..20_000).map(|i| format!("      K{i}: v\n")).collect::<String>()),
    ];
    for text in texts {
        let head: String = text.chars().take(40).collect();
        match import(&Input::of(text)) {
            Ok(found) => assert_eq!(found.report.unread, 0, "{head}"),
            Err(refusal) => assert!(!refusal.words(Lang::En).is_empty(), "{head}"),
        }
    }
}
