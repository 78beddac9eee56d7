//! There and back: a draft through each format that goes both ways, and a file of a format through a draft.

use super::{bare, drafts, file};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use taskdef::{
    Draft, Lang,
    document::pointer,
    formats::{
        Format,
        import::{Answers, Import, Input, Recognised, import, recognise},
        report::Outcome,
    },
};

/// The formats that go both ways.
const BOTH: [Format; 6] = [Format::Json, Format::CloudFormation, Format::Terraform, Format::Ecspresso, Format::AwsCli, Format::Compose];

/// The leaves of a definition by their places; an item with a name is called by it, so that an order that does not matter is none.
fn leaves(value: &Value, at: &str, out: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(map) if !map.is_empty() => map.iter().for_each(|(key, value)| leaves(value, &pointer::join(at, key), out)),
        Value::Array(list) if !list.is_empty() => list.iter().enumerate().for_each(|(i, item)| {
            let name = item.get("name").and_then(Value::as_str);
            leaves(item, &name.map_or_else(|| pointer::join(at, i), |name| pointer::join(at, format!("={name}"))), out);
        }),
        leaf => {
            out.insert(at.to_owned(), leaf.clone());
        }
    }
}

/// What AWS fills in itself, and a writer may spell out.
fn is_default(place: &str, value: &Value) -> bool {
    let ends = |key: &str| place.ends_with(key);
    value == &json!([])
        || value == &json!({})
        || value.is_null()
        || ends("/essential") && value == &json!(true)
        || ends("/cpu") && value == &json!(0)
        || ends("/protocol") && value == "tcp"
        || ends("/hostPort")
        || (ends("/readOnly") || ends("/configuredAtLaunch")) && value == &json!(false)
        || ends("/rootDirectory") && value == "/"
        || (ends("/interval") && value == 30 || ends("/timeout") && value == 5 || ends("/retries") && value == 3)
        || ends("/restartAttemptPeriod") && value == 300
        || ends("/stopTimeout") && value == 30
        || place == "/networkMode" && (value == "awsvpc" || value == "bridge")
        || place == "/runtimePlatform/operatingSystemFamily" && value == "LINUX"
        || place == "/runtimePlatform/cpuArchitecture" && value == "X86_64"
        || ends("/dockerVolumeConfiguration/driver") && value == "local"
        || place.contains("/ulimits/=nofile/") && (value == 65_535 || value == "nofile")
}

fn back(format: Format, draft: &Draft, text: &str) -> Import {
    // The values of a draft of our own: none is taken out of it. What a Compose file cannot say is asked, and answered here.
    let launch = draft.launch().map_or("EC2", |launch| launch.as_str());
    let answers: Answers = [("secrets", "keep"), ("launch", launch)].into_iter().collect();
    import(&Input { format: Some(format), answers, ..Input::of(text) })
        .unwrap_or_else(|why| panic!("{}: {} {:?}\n{text}", format.name(), why.said.message.id, why.place))
}

/// Every leaf comes back, but for what the export named; what comes back besides is a default.
fn same(format: Format, draft: &Draft) -> Result<(), TestCaseError> {
    let made = bare(format, draft);
    let main = match format {
        Format::CloudFormation => "template.yaml",
        Format::Terraform => "main.tf",
        Format::Ecspresso => "ecs-task-def.json",
        Format::AwsCli => "register.sh",
        _ => &made.files[0].name,
    };
    let text = file(&made, main);
    let found = back(format, draft, text);
    prop_assert_eq!(found.drafts.len(), 1, "{}", text);
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    leaves(draft.definition(), "", &mut before);
    leaves(found.drafts[0].draft.definition(), "", &mut after);
    let by_name = |definition: &Value, place: &str| taskdef::formats::import::stable(definition, place).replace("/name=", "/=");
    let mut named: Vec<String> = made.losses.iter().map(|loss| by_name(draft.definition(), &loss.place)).collect();
    // Compose says less than a definition: what the import makes of that is in its own report.
    if format == Format::Compose {
        let told = found.report.notes.iter().chain(&found.report.entries).filter(|entry| entry.outcome != Outcome::Exact);
        named.extend(told.flat_map(|entry| &entry.targets).map(|target| by_name(found.drafts[0].draft.definition(), &target.pointer)));
        named.extend(["/memory", "/requiresCompatibilities"].map(str::to_owned));
    }
    let is_named = |place: &str| named.iter().any(|loss| !loss.is_empty() && pointer::contains(loss, place));
    for (place, value) in &before {
        let found = after.get(place);
        let size = matches!(place.as_str(), "/cpu" | "/memory");
        prop_assert!(
            found == Some(value) || is_named(place) || is_default(place, value) || size,
            "{}: {place} was {value} and is {found:?}\n{text}",
            format.name()
        );
    }
    for (place, value) in &after {
        prop_assert!(before.contains_key(place) || is_default(place, value) || is_named(place), "{}: {place} is {value} and was not\n{text}", format.name());
    }
    Ok(())
}

#[test]
fn a_draft_of_every_kind_comes_back_from_every_format() {
    let mut seen = 0;
    for (name, draft) in drafts::all() {
        for format in BOTH {
            same(format, &draft).unwrap_or_else(|why| panic!("{name}: {why}"));
            seen += 1;
        }
    }
    assert!(seen >= 150, "{seen}");
}

/// Texts that one of the languages reads as something else, and quiet ones.
const TEXTS: [&str; 18] = [
    "a",
    "a b",
    "yes",
    "0755",
    "1e3",
    "null",
    "\"q\"",
    "it's",
    "back\\slash",
    "${HOME}",
    "$${x}",
    "%{if}",
    "{{ x }}",
    "a: b # c",
    "한글",
    "line\nline",
    "- x",
    "<<EOF",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_draft_with_any_texts_comes_back_from_every_format(base in 0usize..30, texts in prop::collection::vec((0usize..4, prop::sample::select(&TEXTS[..])), 1..6)) {
        let mut draft = drafts::all().swap_remove(base).1;
        let container = &mut draft.root_mut()["definition"]["containerDefinitions"][0];
        for (i, (kind, text)) in texts.into_iter().enumerate() {
            match kind {
                0 => container["environment"] = json!([{ "name": format!("V{i}"), "value": text }]),
                1 => container["command"] = json!([text, "x"]),
                2 => container["dockerLabels"] = json!({ "label": text }),
                _ => container["workingDirectory"] = json!(format!("/{text}").replace("{{", "{").replace("${", "$")),
            }
        }
        for format in BOTH {
            same(format, &draft)?;
        }
    }
}

/// The script is recognised, keeps its Region and its parameters, and a finding has the line of the script.
#[test]
fn a_script_of_the_aws_cli_comes_back_with_its_region_parameters_and_lines() {
    let mut draft = Draft::tutorial();
    draft.root_mut()["region"] = json!("eu-west-1");
    let container = &mut draft.root_mut()["definition"]["containerDefinitions"][0];
    container["image"] = json!("registry/web:${TAG}");
    container["portMappings"][0]["containerPort"] = json!("${PORT}");
    container["command"] = json!(["say", "it's “quoted”\u{a0}$HOME", "# no comment\n$ no prompt\n"]);
    let text = file(&bare(Format::AwsCli, &draft), "register.sh").to_owned();
    assert_eq!(recognise(&text), Recognised::Format(Format::AwsCli));
    let found = import(&Input::of(text.clone())).unwrap();
    let made = &found.drafts[0].draft;
    assert_eq!(made.root()["region"], "eu-west-1");
    let again = &made.definition()["containerDefinitions"][0];
    assert_eq!(again["command"], draft.definition()["containerDefinitions"][0]["command"]);
    assert_eq!((&again["image"], &again["portMappings"][0]["containerPort"]), (&json!("registry/web:${TASK_TAG}"), &json!("${TASK_PORT}")));
    let entry = found.report.entries.iter().find(|e| e.targets.iter().any(|t| t.pointer == "/containerDefinitions/0/image")).unwrap();
    assert!(text.lines().nth(entry.place.line - 1).unwrap().contains("\"image\""), "{:?}", entry.place);
}

/// The draft that an import keeps, with one value changed.
fn kept(text: &str, change: impl Fn(&mut Value)) -> Draft {
    let mut draft = import(&Input::of(text)).unwrap().kept(0).unwrap();
    change(&mut draft.root_mut()["definition"]);
    Draft::parse(&draft.to_text()).unwrap()
}

#[test]
fn a_template_keeps_its_functions_where_the_values_are_the_ones_they_gave() {
    let template = json!({
        "Parameters": { "Tag": { "Type": "String", "Default": "1.0" }, "Stage": { "Type": "String", "AllowedValues": ["dev", "live"], "Default": "dev" }, "Key": { "Type": "String", "NoEcho": true, "Default": "hidden-value" } },
        "Mappings": { "Sizes": { "dev": { "cpu": "256" } } },
        "Conditions": { "Live": { "Fn::Equals": [{ "Ref": "Stage" }, "live"] } },
        "Resources": { "Web": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
            "Family": { "Fn::Sub": "web-${Stage}" }, "Cpu": { "Fn::FindInMap": ["Sizes", { "Ref": "Stage" }, "cpu"] }, "Memory": "512",
            "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"],
            "ContainerDefinitions": [{ "Name": "web", "Image": { "Fn::Sub": "repo/web:${Tag}" }, "User": { "Fn::If": ["Live", "app", "root"] },
                "Environment": [{ "Name": "STAGE", "Value": { "Ref": "Stage" } }, { "Name": "K", "Value": { "Ref": "Key" } }] }]
        } } }
    });
    let written = |draft: &Draft| -> Value { serde_json::from_str(file(&super::written(Format::CloudFormation, draft), "template.json")).unwrap() };
    let draft = kept(&template.to_string(), |_| {});
    assert!(!draft.to_text().contains("hidden-value"));
    let again = written(&draft);
    let (was, is) = (&template["Resources"]["Web"]["Properties"], &again["Resources"]["TaskDefinition"]["Properties"]);
    for key in ["Family", "Cpu"] {
        assert_eq!(is[key], was[key], "{key}");
    }
    let (was, is) = (&was["ContainerDefinitions"][0], &is["ContainerDefinitions"][0]);
    for key in ["Image", "User"] {
        assert_eq!(is[key], was[key], "{key}");
    }
    assert_eq!(is["Environment"], was["Environment"]);
    for (section, name) in [("Parameters", "Tag"), ("Parameters", "Stage"), ("Mappings", "Sizes"), ("Conditions", "Live")] {
        assert_eq!(again[section][name], template[section][name], "{section} {name}");
    }
    assert_eq!(again["Parameters"]["Key"], json!({ "Type": "String", "NoEcho": true }), "without what the template hides");
    // The template with short forms is the same, and the second import gives the same draft.
    let short = file(&super::written(Format::CloudFormation, &draft), "template.yaml").to_owned();
    for line in ["Family: !Sub web-${Stage}", "Image: !Sub repo/web:${Tag}", "User: !If [Live, app, root]"] {
        assert!(short.replace('"', "").contains(line), "{line}\n{short}");
    }
    assert_eq!(import(&Input::of(short)).unwrap().drafts[0].draft.definition()["containerDefinitions"], draft.definition()["containerDefinitions"]);
    // A value that was changed is the new one; the others stay.
    let changed = written(&kept(&template.to_string(), |definition| {
        definition["containerDefinitions"][0]["user"] = json!("nobody");
        let first = json!({ "name": "first", "image": "a:1" });
        definition["containerDefinitions"].as_array_mut().unwrap().insert(0, first);
    }));
    let containers = &changed["Resources"]["TaskDefinition"]["Properties"]["ContainerDefinitions"];
    assert_eq!((&containers[1]["User"], &containers[1]["Image"]), (&json!("nobody"), &json!({ "Fn::Sub": "repo/web:${Tag}" })));
    assert_eq!(containers[0]["Image"], json!({ "Ref": "FirstImage" }));
    // Another format has the values.
    assert!(!file(&super::written(Format::Terraform, &draft), "main.tf").contains("Fn::"));
}

#[test]
fn what_refers_to_other_resources_is_a_part_of_its_template() {
    let text = "Parameters: {P: {Type: String}}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: web\n      ExecutionRoleArn: !GetAtt Runner.Arn\n      ContainerDefinitions: [{Name: w, Image: 'a:1', LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Ref Logs, awslogs-region: !Ref 'AWS::Region'}}}]\n";
    let made = super::written(Format::CloudFormation, &kept(text, |_| {}));
    let template = file(&made, "template.yaml");
    assert!(template.contains("!GetAtt Runner.Arn") && template.contains("!Ref Logs"), "{template}");
    assert!(!template.contains("AWS::IAM::Role") && !template.contains("AWS::Logs::LogGroup"), "nothing is made around it: {template}");
    assert!(made.losses.iter().any(|loss| loss.id() == "export-refers" && loss.text(Lang::En).contains("Logs, Runner")), "{:?}", made.losses);
}

#[test]
fn a_terraform_module_keeps_its_references() {
    let text = "variable \"tag\" {\n  default = \"1.0\" # the release\n}\nvariable \"open\" {}\nlocals {\n  stage = \"dev\"\n  env   = { STAGE = local.stage }\n}\nresource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web-${local.stage}\"\n  cpu    = var.open\n  container_definitions = jsonencode([{\n    name  = \"web\"\n    image = \"repo/web:${var.tag}\"\n    user  = local.stage == \"dev\" ? \"root\" : \"app\"\n    environment = [{ name = \"A\", value = local.env.STAGE }, { name = \"B\", value = \"plain\" }]\n  }])\n}\n";
    let draft = kept(text, |_| {});
    let module = file(&super::written(Format::Terraform, &draft), "main.tf").to_owned();
    for part in [
        "default = \"1.0\" # the release",
        "variable \"open\" {}",
        "stage = \"dev\"",
        "\"web-${local.stage}\"",
        "= var.open",
        "\"repo/web:${var.tag}\"",
        "local.stage == \"dev\" ? \"root\" : \"app\"",
        "value = local.env.STAGE",
        "value = \"plain\"",
    ] {
        assert!(module.contains(part), "{part}\n{module}");
    }
    assert_eq!(module.matches("variable \"open\"").count(), 1, "{module}");
    hcl::parse(&module).unwrap();
    let again = import(&Input::of(module)).unwrap();
    assert_eq!(again.drafts[0].draft.definition()["containerDefinitions"][0]["image"], "repo/web:1.0");
    let changed = file(&super::written(Format::Terraform, &kept(text, |definition| definition["family"] = json!("shop"))), "main.tf").to_owned();
    assert!(changed.contains("= \"shop\"") && changed.contains("\"repo/web:${var.tag}\""), "{changed}");
}

#[test]
fn an_ecspresso_definition_keeps_its_marks() {
    let text = "{\"family\": \"w\", \"cpu\": \"{{ env `CPU` `256` }}\", \"containerDefinitions\": [{\"name\": \"w\", \"image\": \"a:{{ must_env `TAG` }}\", \"memory\": {{ env `M` `1` }}, \"environment\": [{\"name\": \"E\", \"value\": \"{{ tfstate `aws_x.y.z` }}\"}] }]}";
    let made = super::written(Format::Ecspresso, &kept(text, |_| {}));
    let again = file(&made, "ecs-task-def.json");
    for mark in ["{{ env `CPU` `256` }}", "\"a:{{ must_env `TAG` }}\"", "\"memory\": {{ env `M` `1` }}", "\"{{ tfstate `aws_x.y.z` }}\""] {
        assert!(again.contains(mark), "{mark}\n{again}");
    }
}

/// Comments are written again above what they stood at, as long as it is there.
#[test]
fn comments_come_back_where_the_format_has_them() {
    let template = "# who runs this\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: web # of the shop\n      ContainerDefinitions:\n        # the front\n        - Name: w\n          Image: a:1\n          Command: [\"sh\", \"-c\", \"echo '# none'\"]\n          # password: hunter2-and-more\n          User: app\n";
    let module = "# who runs this\nresource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\" # of the shop\n  container_definitions = jsonencode([{\n    // the front\n    name = \"w\"\n    image = \"a:1\"\n    command = [\"sh\", \"-c\", \"echo '# none'\"]\n    # password: hunter2-and-more\n    user = \"app\"\n  }])\n}\n";
    let compose = "# who runs this\nname: web\nservices:\n  # the front\n  w:\n    image: a:1\n    command: [\"sh\", \"-c\", \"echo '# none'\"]\n    # of the shop\n    environment: {A: '1'}\n    # password: hunter2-and-more\n    user: app\n";
    for (format, name, text) in
        [(Format::CloudFormation, "template.yaml", template), (Format::Terraform, "main.tf", module), (Format::Compose, "compose.yaml", compose)]
    {
        let draft = kept(text, |_| {});
        let made = super::written(format, &draft);
        let again = file(&made, name);
        for comment in ["# who runs this\n", "# of the shop\n", "# the front\n"] {
            assert_eq!(again.matches(comment).count(), 1, "{} {comment}\n{again}", format.name());
        }
        assert!(!again.contains("hunter2"), "{again}");
        let line = |text: &str| again.lines().position(|line| line.contains(text)).unwrap();
        assert_eq!(
            line("# the front") + 1,
            line(if format == Format::Compose {
                "image: a:1"
            } else if format == Format::Terraform {
                "name "
            } else {
                "- Name: w"
            }),
            "{again}"
        );
        // The file is the same to its own language, and to us.
        assert_eq!(
            back(format, &draft, again).drafts[0].draft.definition()["containerDefinitions"][0]["command"],
            draft.definition()["containerDefinitions"][0]["command"]
        );
        let gone = kept(text, |definition| {
            definition["containerDefinitions"][0].as_object_mut().unwrap().shift_remove("image");
            definition["family"] = json!("shop");
        });
        assert!(file(&super::written(format, &gone), name).contains("# who runs this"));
    }
}

/// A password in an expression's own words is not kept beside the draft either.
#[test]
fn no_credential_of_an_expression_is_kept() {
    for text in [
        "Parameters: {H: {Type: String}, D: {Type: String, Default: AKIAQQQQWWWWEEEERRRR}}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: web\n      ContainerDefinitions: [{Name: w, Image: 'a:1', User: !Ref D, Environment: [{Name: URL, Value: !Sub 'postgres://app:correct-horse-9@${H}/app'}]}]\n",
        "variable \"h\" {}\nvariable \"d\" { default = \"AKIAQQQQWWWWEEEERRRR\" }\nresource \"aws_ecs_task_definition\" \"w\" {\n  family = \"w\"\n  container_definitions = jsonencode([{ name = \"w\", image = \"a:1\", user = var.d, environment = [{ name = \"URL\", value = \"postgres://app:correct-horse-9@${var.h}/app\" }] }])\n}\n",
    ] {
        let draft = kept(text, |_| {}).to_text();
        assert!(!draft.contains("correct-horse-9") && !draft.contains("AKIAQQQQWWWWEEEERRRR"), "{draft}");
    }
}
