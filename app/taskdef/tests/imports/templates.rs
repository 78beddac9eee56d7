//! Templates of CloudFormation and Terraform, and the files of smaller tools.

use super::*;

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

/// The choices were once labelled as default values of a parameter.
#[test]
fn a_copilot_environment_is_asked_for_by_its_name() {
    let manifest = "name: web\ntype: Backend Service\nimage: {location: 'a:1'}\ncpu: 256\nmemory: 512\nenvironments: {test: {cpu: 512}, prod: {cpu: 1024}}\n";
    let found = read(manifest);
    let question = found.questions.iter().find(|question| question.id == "environment").unwrap();
    let labels: Vec<String> = question.choices.iter().map(|choice| choice.said.words(Lang::En)).collect();
    assert_eq!(labels, ["None: only the settings that all environments share", "The environment test", "The environment prod"]);
}

/// On instances, the reason was once that Fargate lacks it.
#[test]
fn a_host_gateway_has_no_place_on_instances() {
    let found = with("services:\n  web:\n    image: nginx:1.27\n    extra_hosts: ['host.docker.internal:host-gateway']\n", &[("launch", "EC2")]);
    assert!(says(&found, "import-no-place") && !says(&found, "import-not-on-fargate"));
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
        // Opened as an untitled draft full of errors, or as a text of an unknown format.
        (
            r#"{"services": [{"serviceArn": "arn:aws:ecs:ap-northeast-2:123456789012:service/c/web", "taskDefinition": "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:3"}], "failures": []}"#,
            "import-services",
        ),
        (r#"{"tasks": [{"taskArn": "arn:aws:ecs:ap-northeast-2:123456789012:task/c/0", "lastStatus": "STOPPED"}], "failures": []}"#, "import-tasks"),
        (r#"{"tasks": [], "failures": []}"#, "import-tasks"),
        ("tasks:\n- taskArn: arn:aws:ecs:ap-northeast-2:123456789012:task/c/0\n", "import-tasks"),
        ("# syntax=docker/dockerfile:1\nARG V=20\nFROM --platform=linux/amd64 node:20 AS build\nRUN npm ci\n", "import-dockerfile"),
        ("FROM nginx\n", "import-dockerfile"),
        ("Error: Unable to pull image", "import-error"),
        ("CannotPullContainerError: pull access denied for web", "import-error"),
        (r#"{"message": "Role is not valid"}"#, "import-error"),
        ("접속이 안돼요", "import-error"),
        ("services:\n  web:\n\timage: x\n", "import-yaml-tab"),
        ("", "import-empty"),
    ] {
        assert_eq!(refused(text).0, id, "{text}");
    }
    let services = r#"{"services": [{"serviceArn": "arn:aws:ecs:ap-northeast-2:123456789012:service/c/web", "taskDefinition": "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:3"}]}"#;
    let command = "aws ecs describe-task-definition --task-definition arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:3 --region ap-northeast-2";
    for lang in Lang::ALL {
        let how = import(&Input::of(services)).unwrap_err().said.how(lang).unwrap();
        assert!(how.contains(command), "{how}");
    }
}
