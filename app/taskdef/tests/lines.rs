//! Texts of any format, checked: each finding at the line of the text that it is about, in the text and beside a draft of it.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::json;
use taskdef::{
    Lang,
    facts::Images,
    formats::{
        Format, check, definitions, drafts,
        import::{Input, Provenance, Source, import},
    },
};

/// A definition whose only error is a name with a blank, in each format; the line of the name.
const WRONG: [(Format, &str, usize); 7] = [
    (
        Format::CloudFormation,
        "AWSTemplateFormatVersion: '2010-09-09'\nParameters: {Image: {Type: String}}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: web\n      ContainerDefinitions:\n        - Image: !Ref Image\n          Name: my web\n          Memory: 64\n",
        10,
    ),
    (
        Format::CloudFormation,
        "{\"Resources\": {\"T\": {\"Type\": \"AWS::ECS::TaskDefinition\", \"Properties\": {\n\"Family\": \"web\",\n\"ContainerDefinitions\": [{\"Image\": {\"Ref\": \"I\"}, \"Memory\": 64,\n\"Name\": \"my web\"}]}}}}",
        4,
    ),
    (
        Format::Terraform,
        "resource \"aws_ecs_task_definition\" \"t\" {\n  family = \"web\"\n  container_definitions = jsonencode([{\n    image  = var.image\n    name   = \"my web\"\n    memory = 64\n  }])\n}\n",
        5,
    ),
    (
        Format::AwsCli,
        "aws ecs register-task-definition --family web \\\n  --container-definitions '[{\"image\":\"a:1\",\"memory\":64,\"name\":\"my web\"}]'\n",
        2,
    ),
    (
        Format::Ecspresso,
        "{\n\"family\": \"web\", \"containerDefinitions\": [{\n  \"image\": \"a:{{ must_env `TAG` }}\", \"memory\": 64,\n  \"name\": \"my web\"}]\n}",
        4,
    ),
    (Format::Json, "{\n\"family\": \"web\", \"containerDefinitions\": [{\n  \"image\": \"a:1\", \"memory\": 64,\n  \"name\": \"my web\"}]\n}", 4),
    (
        Format::TerraformState,
        "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": [{\"mode\": \"managed\", \"address\": \"a\",\n\"type\": \"aws_ecs_task_definition\", \"values\": {\"family\": \"web\",\n\"container_definitions\": \"[{\\\"name\\\":\\\"my web\\\",\\\"image\\\":\\\"a:1\\\",\\\"memory\\\":64}]\"}}]}}}",
        3,
    ),
];

#[test]
fn a_finding_is_at_the_line_of_the_text_in_every_format() {
    for (format, text, line) in WRONG {
        let found = check(&Input::of(text), None, None, &Images::default()).unwrap();
        assert_eq!((found.format, found.tasks.len()), (format, 1), "{text}");
        let names: Vec<_> = found.tasks[0].findings.iter().filter(|f| f.rule.id == "container-name-format").map(|f| f.at.unwrap().0).collect();
        let all: Vec<_> = found.tasks[0].findings.iter().map(|f| (f.rule.id, f.path.as_str(), f.at)).collect();
        assert_eq!(names, [line], "{format:?}: {all:?}");
        assert!(found.tasks[0].findings.iter().all(|f| f.rule.id != "task-template-placeholder"), "what a template leaves open is no finding: {all:?}");
        assert!(format == Format::Json || found.tasks[0].findings.iter().all(|f| f.fixes.is_empty()), "{format:?}");
    }
}

#[test]
fn a_compose_file_is_checked_task_by_task_with_its_own_values() {
    let text = "services:\n  web:\n    image: nginx:latest\n    environment:\n      DB_PASSWORD: correct-horse-9\n    ports: ['80:80']\n    restart: always\n    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n  worker:\n    image: me/worker:1\n    deploy: {replicas: 3}\n";
    let found = check(&Input::of(text), Some("eu-west-1"), None, &Images::default()).unwrap();
    let names: Vec<&str> = found.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(found.breaks > 0, "the socket has no place");
    let at = |rule: &str| found.tasks.iter().flat_map(|t| &t.findings).find(|f| f.rule.id.starts_with(rule)).and_then(|f| f.at).map(|at| at.0);
    assert_eq!(at("image-latest-tag"), Some(3));
    let secret = found.tasks[0].findings.iter().find(|f| f.path.starts_with("/containerDefinitions/0/environment")).unwrap();
    assert_eq!(secret.at.unwrap().0, 5, "the value is judged, though a draft would not take it over");
    assert_eq!(definitions(&Input::of(text)).len(), 2);
}

#[test]
fn a_file_is_checked_with_what_stands_beside_it_and_not_for_it() {
    let task = |name: &str| {
        format!(
            "resource \"aws_ecs_task_definition\" \"t\" {{\n  family = \"{name}\"\n  container_definitions = jsonencode([{{ name = var.n, image = \"a:1\" }}])\n}}\n"
        )
    };
    let files = vec![
        Source { name: "main.tf".into(), text: task("first") },
        Source { name: "other.tf".into(), text: task("second").replace("\"t\"", "\"u\"") },
        Source { name: "variables.tf".into(), text: "variable \"n\" { default = \"my web\" }\n".into() },
    ];
    let found = check(&Input { files, ..Input::default() }, None, None, &Images::default()).unwrap();
    assert_eq!(found.tasks.iter().map(|task| task.name.as_str()).collect::<Vec<_>>(), ["first"]);
    assert!(found.tasks[0].findings.iter().any(|f| f.rule.id == "container-name-format" && f.at == Some((3, 48))), "{:?}", found.tasks[0].findings);
}

#[test]
fn a_text_that_cannot_be_read_is_refused_at_its_line_and_json_never_is() {
    let refused = |text: &str| check(&Input::of(text), None, None, &Images::default()).err().map(|why| (why.said.message.id, why.place.line));
    assert_eq!(refused("services:\n  web:\n\timage: x\n"), Some(("import-yaml-tab", 3)));
    assert_eq!(refused("web:\n  image: x\n"), Some(("import-compose-v1", 0)));
    for text in ["", "hello", "{", "[1,", "{\"family\": 1}", "{'a': 1}"] {
        assert_eq!(refused(text), None, "{text}");
    }
}

#[test]
fn one_of_several_tasks_is_chosen_by_its_name() {
    let text = "Resources:\n  A: {Type: 'AWS::ECS::TaskDefinition', Properties: {Family: a, ContainerDefinitions: [{Name: w, Image: 'a:1'}]}}\n  B: {Type: 'AWS::ECS::TaskDefinition', Properties: {Family: b, ContainerDefinitions: [{Name: w, Image: 'a:1'}]}}\n";
    let found = drafts(&Input::of(text), None, None).unwrap();
    assert_eq!(found.task(Some("b")).unwrap().family(), "b");
    for name in [None, Some("c")] {
        let why = found.task(name).unwrap_err();
        assert!(why.said.message.id == "import-which-task" && why.words(Lang::En).contains("a, b"), "{why:?}");
    }
    let typed = drafts(&Input::of("{\"family\": \"a\", \"unknown\": 1, \"containerDefinitions\": []}"), Some("eu-west-1"), None).unwrap();
    assert_eq!(typed.task(None).unwrap().definition()["unknown"], 1, "JSON stays as it was typed");
}

/// What a draft keeps says where its places come from, until they are changed.
#[test]
fn a_place_of_a_draft_has_its_line_until_it_is_changed() {
    let text = "services:\n  web:\n    image: nginx:1.27\n    user: root\n  api:\n    image: node:22\n    environment: [A=1, B=2]\n";
    let found = import(&Input { files: vec![Source { name: "compose.yaml".into(), text: text.into() }], ..Input::default() }).unwrap();
    let mut draft = found.kept(0).unwrap();
    let index = |draft: &taskdef::Draft, name: &str| draft.definition()["containerDefinitions"].as_array().unwrap().iter().position(|c| c["name"] == name);
    let line = |draft: &taskdef::Draft, name: &str, below: &str| {
        let place = format!("/containerDefinitions/{}{below}", index(draft, name).unwrap());
        Provenance::of(draft).unwrap().origin(&place).map(|origin| (origin.file, origin.line))
    };
    let at = |line: usize| Some(("compose.yaml".to_owned(), line));
    assert_eq!(line(&draft, "web", "/user"), at(4));
    assert_eq!(line(&draft, "api", "/environment/1/value"), at(7));
    assert_eq!(line(&draft, "api", "/memory"), at(6), "what is missing is about its container");
    assert_eq!(Provenance::of(&draft).unwrap().origin("/cpu"), None, "a size that we chose comes from nowhere");
    // Another container in front, and a value that was changed.
    let api = index(&draft, "api").unwrap();
    let root = draft.root_mut();
    root["definition"]["containerDefinitions"][api]["image"] = json!("node:24");
    root["definition"]["containerDefinitions"].as_array_mut().unwrap().insert(0, json!({ "name": "new", "image": "a:1" }));
    assert_eq!((line(&draft, "web", "/user"), line(&draft, "api", "/environment/1")), (at(4), at(7)));
    assert_eq!((line(&draft, "api", "/image"), line(&draft, "new", "/image")), (None, None));
    let pasted = import(&Input::of("docker run -u root nginx:1.27")).unwrap().kept(0).unwrap();
    let origin = Provenance::of(&pasted).unwrap().origin("/containerDefinitions/0/user").unwrap();
    assert_eq!((origin.words(Lang::En).as_str(), origin.words(Lang::Ko).as_str()), ("line 1 of your docker run command", "가져온 docker run 명령 1번째 줄"));
    assert!(Provenance::of(&taskdef::Draft::tutorial()).is_none());
}
