//! Two texts of one thing, in two formats, give the same definition.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use taskdef::formats::import::{Input, import};

fn definition(text: &str) -> Value {
    let found = import(&Input::of(text)).unwrap_or_else(|why| panic!("{}: {text}", why.said.message.id));
    assert_eq!(found.drafts.len(), 1, "{text}");
    found.drafts[0].draft.definition().clone()
}

#[test]
fn a_docker_run_command_is_the_compose_file_that_says_the_same() {
    let run = "docker run -d --name web -p 8080:80 -e A=1 -e B='x y' -m 512m --cpus 0.5 -u 1000 -w /srv --init --read-only --restart always --ulimit nofile=1024:2048 --cap-drop NET_RAW -v data:/d:ro --tmpfs /t:size=64m --health-cmd 'curl -f localhost' --health-interval 10s --health-timeout 3s --health-retries 2 --stop-timeout 60 nginx:1.27 nginx -g 'daemon off;'";
    let compose = "services:\n  web:\n    image: nginx:1.27\n    ports: ['8080:80']\n    environment: {A: '1', B: x y}\n    mem_limit: 512m\n    cpus: 0.5\n    user: '1000'\n    working_dir: /srv\n    init: true\n    read_only: true\n    restart: always\n    ulimits: {nofile: {soft: 1024, hard: 2048}}\n    cap_drop: [NET_RAW]\n    volumes: ['data:/d:ro']\n    tmpfs: ['/t:size=64m']\n    healthcheck: {test: curl -f localhost, interval: 10s, timeout: 3s, retries: 2}\n    stop_grace_period: 60s\n    command: [nginx, -g, 'daemon off;']\n";
    let (one, other) = (definition(run), definition(compose));
    assert_eq!(one["containerDefinitions"], other["containerDefinitions"]);
    assert_eq!((&one["cpu"], &one["memory"], &one["volumes"]), (&other["cpu"], &other["memory"], &other["volumes"]));
}

#[test]
fn a_definition_is_the_same_in_every_format_that_holds_all_of_it() {
    let json = "{\"family\":\"web\",\"requiresCompatibilities\":[\"FARGATE\"],\"networkMode\":\"awsvpc\",\"cpu\":\"256\",\"memory\":\"512\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"nginx:1.27\",\"portMappings\":[{\"containerPort\":80}],\"environment\":[{\"name\":\"A\",\"value\":\"1\"}],\"dockerLabels\":{\"a.b\":\"c\"}}],\"tags\":[{\"key\":\"team\",\"value\":\"a\"}]}";
    let due = definition(json);
    for (name, text) in [
        ("described", format!("{{\"taskDefinition\": {json}, \"tags\": []}}")),
        ("cli", format!("aws ecs register-task-definition --cli-input-json '{json}'")),
        ("yaml", "Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: web\n      RequiresCompatibilities: [FARGATE]\n      NetworkMode: awsvpc\n      Cpu: 256\n      Memory: 512\n      ContainerDefinitions:\n        - Name: web\n          Image: nginx:1.27\n          PortMappings: [{ContainerPort: '80'}]\n          Environment: [{Name: A, Value: 1}]\n          DockerLabels: {a.b: c}\n      Tags: [{Key: team, Value: a}]\n".to_owned()),
        ("terraform", "resource \"aws_ecs_task_definition\" \"t\" {\n  family                   = \"web\"\n  requires_compatibilities = [\"FARGATE\"]\n  network_mode             = \"awsvpc\"\n  cpu                      = 256\n  memory                   = 512\n  container_definitions    = jsonencode([{ name = \"web\", image = \"nginx:1.27\", portMappings = [{ containerPort = 80 }], environment = [{ name = \"A\", value = \"1\" }], dockerLabels = { \"a.b\" = \"c\" } }])\n  tags                     = { team = \"a\" }\n}\n".to_owned()),
        ("state", "{\"format_version\":\"1.0\",\"values\":{\"root_module\":{\"resources\":[{\"address\":\"t\",\"mode\":\"managed\",\"type\":\"aws_ecs_task_definition\",\"values\":{\"family\":\"web\",\"requires_compatibilities\":[\"FARGATE\"],\"network_mode\":\"awsvpc\",\"cpu\":\"256\",\"memory\":\"512\",\"ipc_mode\":\"\",\"container_definitions\":\"[{\\\"name\\\":\\\"web\\\",\\\"image\\\":\\\"nginx:1.27\\\",\\\"portMappings\\\":[{\\\"containerPort\\\":80}],\\\"environment\\\":[{\\\"name\\\":\\\"A\\\",\\\"value\\\":\\\"1\\\"}],\\\"dockerLabels\\\":{\\\"a.b\\\":\\\"c\\\"}}]\",\"tags\":{\"team\":\"a\"}}}]}}}".to_owned()),
    ] {
        assert_eq!(definition(&text), due, "{name}");
    }
}
