//! What a draft leaves open becomes a parameter of each format, and comes back from it.

use super::{file, readers, written};
use serde_json::{Value, json};
use taskdef::{Draft, formats::Format};

fn draft() -> Draft {
    let mut draft = Draft::tutorial();
    let definition = &mut draft.root_mut()["definition"];
    definition["taskRoleArn"] = json!("arn:aws:iam::${ACCOUNT}:role/web");
    definition["containerDefinitions"][0]["image"] = json!("registry/web:${TAG}");
    definition["containerDefinitions"][0]["portMappings"][0]["containerPort"] = json!("${PORT}");
    definition["containerDefinitions"][0]["environment"][0]["value"] = json!("${HOME}");
    draft
}

#[test]
fn a_placeholder_is_a_parameter_and_a_shells_variable_is_not() {
    let draft = draft();
    let template: Value = serde_json::from_str(file(&written(Format::CloudFormation, &draft), "template.json")).unwrap();
    let container = &template["Resources"]["TaskDefinition"]["Properties"]["ContainerDefinitions"][0];
    assert_eq!(container["Image"], json!({ "Fn::Sub": "registry/web:${Tag}" }));
    assert_eq!(container["PortMappings"][0]["ContainerPort"], json!({ "Ref": "Port" }));
    assert_eq!(container["Environment"][0]["Value"], json!("${HOME}"));
    assert_eq!(template["Resources"]["TaskDefinition"]["Properties"]["TaskRoleArn"], json!({ "Fn::Sub": "arn:aws:iam::${Account}:role/web" }));

    let terraform = written(Format::Terraform, &draft);
    for line in [
        "image             = \"registry/web:${var.tag}\"",
        "containerPort = tonumber(var.port)",
        "value = \"$${HOME}\"",
        "variable \"account\"",
        "variable \"tag\"",
    ] {
        assert!(file(&terraform, "main.tf").contains(line), "{line}\n{}", file(&terraform, "main.tf"));
    }
    let cdk = written(Format::Cdk, &draft);
    for line in [
        "image: cdk.Fn.join('', ['registry/web:', tagParameter.valueAsString])",
        "containerPort: cdk.Token.asNumber(portParameter.valueAsString)",
        "value: '${HOME}'",
    ] {
        assert!(file(&cdk, "lib/task-definition-stack.ts").contains(line), "{line}");
    }
    let compose = written(Format::Compose, &draft);
    for line in ["image: \"registry/web:${TASK_TAG:?set TASK_TAG in .env}\"", "NODE_ENV: \"$${HOME}\""] {
        assert!(file(&compose, "compose.yaml").contains(line), "{line}\n{}", file(&compose, "compose.yaml"));
    }
    assert_eq!(file(&compose, ".env.example").lines().collect::<Vec<_>>(), ["TASK_TAG=", "TASK_PORT=", "TASK_ACCOUNT="]);
    let ecspresso = written(Format::Ecspresso, &draft);
    for line in ["\"image\": \"registry/web:{{ must_env `TASK_TAG` }}\"", "\"containerPort\": {{ must_env `TASK_PORT` }}"] {
        assert!(file(&ecspresso, "ecs-task-def.json").contains(line), "{line}");
    }
    let github = written(Format::GitHub, &draft);
    for line in ["TASK_TAG: \"${{ vars.TASK_TAG }}\"", "set the repository variable TASK_PORT"] {
        assert!(file(&github, ".github/workflows/deploy.yml").contains(line), "{line}");
    }
    readers::yaml(file(&github, ".github/workflows/deploy.yml"));
    // Each place is told once, by the name that the person sets.
    let asked: Vec<String> = written(Format::CloudFormation, &draft).losses.into_iter().filter(|l| l.id() == "export-placeholder").map(|l| l.place).collect();
    assert_eq!(asked, ["/containerDefinitions/0/image", "/containerDefinitions/0/portMappings/0/containerPort", "/taskRoleArn"]);
}
