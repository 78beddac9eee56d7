//! Whatever names and values hold, they arrive as they are.

use super::{bare, file, readers};
use proptest::prelude::*;
use serde_json::{Value, json};
use taskdef::{Draft, formats::Format};

const HOSTILE: [&str; 26] = [
    "${AWS::Region}",
    "${!x} ${} $${y} $${",
    "$",
    "$$",
    "%{ if true }%{",
    "%%{x} 100%",
    "{{ must_env `X` }} {{`",
    "{",
    "${{ github.token }}",
    "'\"`\\",
    "a'b'\\''$(id)`id`",
    "line one\nline two\n",
    "\n\n  indented\n",
    "  two\n spaces \n",
    "tab\there\r\nend",
    "nul\0nul",
    "\u{202e}right to left\u{2066}",
    "\u{feff}bom\u{2028}\u{85}",
    "\u{1f980}\u{10ffff}",
    "yes",
    "Null",
    "0755",
    "1e3",
    "22:22",
    "# no comment",
    "- [x]: {y}, *a &b !c |",
];

/// Any string, or one that some language reads as more than that.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned), any::<String>(), "[ -~]{0,12}"]
}

/// The same without brackets: where they stand for a placeholder, they become a parameter.
fn plain() -> impl Strategy<Value = String> {
    text().prop_map(|t| t.replace(['{', '<', '('], "_")).prop_filter("no size, no name", |t| !t.is_empty())
}

prop_compose! {
    /// A definition with hostile texts in fields of every kind.
    fn definition()(a in text(), b in text(), c in text(), d in text(), key in text(), e in plain(), f in plain(), g in plain(), h in plain(), name in "[a-z][a-z0-9-]{0,8}") -> Value {
        json!({
            "family": e,
            "requiresCompatibilities": ["EC2"],
            "networkMode": "bridge",
            "cpu": "256",
            "volumes": [{ "name": "data", "host": { "sourcePath": f } }],
            "placementConstraints": [{ "type": "memberOf", "expression": g }],
            "containerDefinitions": [{
                "name": name, "image": h, "cpu": 10, "memory": 64, "essential": true,
                "entryPoint": [a, "", b],
                "command": [c],
                "environment": [{ "name": "A", "value": a }, { "name": "B", "value": d }, { "name": "C", "value": "" }],
                "secrets": [{ "name": "S", "valueFrom": f }],
                "user": g,
                "workingDirectory": e,
                "dockerLabels": { format!("k{key}"): b, "other": c },
                "extraHosts": [{ "hostname": e, "ipAddress": "127.0.0.1" }],
                "healthCheck": { "command": ["CMD-SHELL", d], "interval": 30, "timeout": 5, "retries": 3 },
                "logConfiguration": { "logDriver": "fluentd", "options": { format!("o{key}"): a, "tag": b } }
            }],
            "tags": [{ "key": g, "value": h }]
        })
    }
}

/// What profile "full" adds to a container is taken away again.
fn without_defaults(container: &Value) -> Value {
    let mut container = container.clone();
    let map = container.as_object_mut().unwrap();
    for key in ["mountPoints", "volumesFrom", "systemControls", "portMappings"] {
        if map.get(key) == Some(&json!([])) {
            map.remove(key);
        }
    }
    container
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_format_gives_names_and_values_back_as_they_were(definition in definition()) {
        let draft = Draft::around(definition.clone());
        let container = &definition["containerDefinitions"][0];

        let template = bare(Format::CloudFormation, &draft);
        let json: Value = serde_json::from_str(file(&template, "template.json")).unwrap();
        prop_assert_eq!(&readers::yaml(file(&template, "template.yaml")), &json);
        prop_assert_eq!(&readers::cloudformation(&json), &definition);

        let containers = readers::terraform(file(&bare(Format::Terraform, &draft), "main.tf"));
        prop_assert_eq!(&without_defaults(&containers[0]), container);

        prop_assert_eq!(&readers::go_template(file(&bare(Format::Ecspresso, &draft), "ecs-task-def.json")), &definition);
        let github = bare(Format::GitHub, &draft);
        prop_assert_eq!(&serde_json::from_str::<Value>(file(&github, "task-definition.json")).unwrap(), &definition);
        prop_assert!(!file(&github, ".github/workflows/deploy.yml").contains("github.token"));
        readers::yaml(file(&github, ".github/workflows/deploy.yml"));
        prop_assert_eq!(&readers::script(file(&bare(Format::AwsCli, &draft), "register.sh")), &definition);

        let compose = readers::yaml(file(&bare(Format::Compose, &draft), "compose.yaml"));
        let service = &compose["services"][container["name"].as_str().unwrap()];
        let mut service = service.clone();
        service["environment"].as_object_mut().unwrap().remove("S").unwrap();
        let service = readers::compose(&service);
        for (ours, theirs) in [("image", "image"), ("entryPoint", "entrypoint"), ("command", "command"), ("user", "user"), ("workingDirectory", "working_dir"), ("dockerLabels", "labels")] {
            prop_assert_eq!(&service[theirs], &container[ours], "{}", ours);
        }
        let variables: Value = container["environment"].as_array().unwrap().iter().map(|e| (e["name"].as_str().unwrap().to_owned(), e["value"].clone())).collect::<serde_json::Map<_, _>>().into();
        prop_assert_eq!(&service["environment"], &variables);
        prop_assert_eq!(&service["healthcheck"]["test"], &container["healthCheck"]["command"]);
        prop_assert_eq!(&service["volumes"], &Value::Null);

        for (i, file) in [bare(Format::IamPolicy, &draft), github].iter().flat_map(|e| &e.files).filter(|f| f.name.ends_with(".json")).enumerate() {
            prop_assert!(serde_json::from_str::<Value>(&file.text).is_ok(), "{i}: {}", file.name);
        }
    }

    /// No definition, however wrong, stops a writer or breaks the language of a file.
    #[test]
    fn any_json_is_written_in_every_format(definition in any_json()) {
        let draft = Draft::around(definition);
        for format in super::formats() {
            let Ok(made) = taskdef::formats::export::export(format, &draft, &taskdef::formats::export::Options::new(taskdef::Lang::Ko)) else { continue };
            for file in made.files {
                match file.name.rsplit('.').next().unwrap() {
                    "yaml" | "yml" => { readers::yaml(&file.text); }
                    "tf" => { hcl::parse(&file.text).unwrap_or_else(|error| panic!("{error}\n{}", file.text)); }
                    "json" if format != Format::Ecspresso => { serde_json::from_str::<Value>(&file.text).unwrap_or_else(|error| panic!("{error}\n{}", file.text)); }
                    _ => {}
                }
                prop_assert!(file.text.ends_with('\n') && !file.name.contains("..") && !file.name.starts_with('/'), "{}", file.name);
            }
        }
    }
}

#[path = "../support/any.rs"]
mod any;
use any::any_json;

/// A container whose name Compose or a file system knows otherwise loses nothing.
#[test]
fn containers_with_one_name_or_none_are_all_written() {
    let environment = json!([{ "name": "A", "value": "1" }]);
    let one = |name: &str| json!({ "name": name, "image": "nginx", "environment": environment });
    let draft = Draft::around(
        json!({ "family": "a", "networkMode": "awsvpc", "containerDefinitions": [one("task-network"), one("a"), one("a"), one(""), one("../A"), one("한글")] }),
    );
    let compose = readers::yaml(file(&bare(Format::Compose, &draft), "compose.yaml"));
    let names: Vec<&String> = compose["services"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["task-network-2", "task-network", "a", "a-3", "container", "../A", "한글"]);
    let files: Vec<String> = bare(Format::EnvFile, &draft).files.into_iter().map(|f| f.name).collect();
    assert_eq!(files, ["task-network.env", "a.env", "a-2.env", "container.env", "A-3.env", "container-2.env"]);
}
