//! Every leaf of an input is in its report once: over made-up inputs of each format, right and wrong. Compose has its own in
//! `imports.rs`.

#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use taskdef::formats::{
    Format,
    import::{Input, Source, import, tree},
};

/// How often a property is tried: 128 times with every test, or as often as TASKWRIGHT_ROUNDS says.
fn rounds() -> u32 {
    std::env::var("TASKWRIGHT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(128)
}

fn leaves(node: &tree::Node) -> usize {
    match &node.kind {
        tree::Kind::List(items) if !items.is_empty() => items.iter().map(leaves).sum(),
        tree::Kind::Map(pairs) if !pairs.is_empty() => pairs.iter().map(|(_, value)| leaves(value)).sum(),
        _ => 1,
    }
}

/// Whether it was read. Each leaf has one entry, with a name that no other has.
fn conserved(format: Format, files: &[(&str, &str)], due: Option<usize>) -> Result<bool, TestCaseError> {
    let sources = files.iter().map(|(name, text)| Source { name: (*name).into(), text: (*text).into() }).collect();
    let Ok(found) = import(&Input { files: sources, format: Some(format), ..Input::default() }) else { return Ok(false) };
    let lost: Vec<&str> =
        found.report.entries.iter().filter(|e| e.said.as_ref().is_some_and(|s| s.message.id == "import-unread")).map(|e| e.path.as_str()).collect();
    prop_assert_eq!((found.report.unread, lost), (0, Vec::new()), "{:?}", files);
    let paths: BTreeSet<(usize, &str)> = found.report.entries.iter().map(|e| (e.place.file, e.path.as_str())).collect();
    prop_assert_eq!(paths.len(), found.report.entries.len(), "a leaf twice: {:?}", files);
    if let Some(due) = due {
        prop_assert_eq!(found.report.entries.len(), due, "{:?}", files);
    }
    Ok(true)
}

/// Keys of the API, below the definition and below a container, and one that it has not.
const KEYS: [&str; 40] = [
    "family",
    "cpu",
    "memory",
    "networkMode",
    "executionRoleArn",
    "volumes",
    "runtimePlatform",
    "ephemeralStorage",
    "proxyConfiguration",
    "placementConstraints",
    "tags",
    "requiresCompatibilities",
    "pidMode",
    "name",
    "image",
    "environment",
    "secrets",
    "portMappings",
    "containerPort",
    "command",
    "entryPoint",
    "healthCheck",
    "interval",
    "logConfiguration",
    "options",
    "logDriver",
    "linuxParameters",
    "capabilities",
    "add",
    "ulimits",
    "softLimit",
    "mountPoints",
    "dependsOn",
    "essential",
    "dockerLabels",
    "value",
    "user",
    "host",
    "sourcePath",
    "nonsense",
];

fn any_leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<u16>().prop_map(Value::from),
        prop::sample::select(vec!["", "a", "256", "0.5 vCPU", "a:1", "true", "x y", "80", "한", "arn:aws:iam::1:role/x"]).prop_map(Value::from),
    ]
}

fn any_tree(keys: &'static [&'static str]) -> impl Strategy<Value = Value> {
    any_leaf().prop_recursive(4, 16, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(keys).prop_map(str::to_owned), inner, 0..5).prop_map(|map| json!(map))
        ]
    })
}

/// A definition with values of every shape, right and wrong, and at least one container.
fn any_definition() -> impl Strategy<Value = Map<String, Value>> {
    let members = prop::collection::btree_map(prop::sample::select(&KEYS[..]).prop_map(str::to_owned), any_tree(&KEYS), 0..6);
    let container = prop::collection::btree_map(prop::sample::select(&KEYS[..]).prop_map(str::to_owned), any_tree(&KEYS), 0..6);
    (members, prop::collection::vec(container, 1..3)).prop_map(|(members, containers)| {
        let mut map: Map<String, Value> = members.into_iter().collect();
        map.insert("containerDefinitions".into(), json!(containers));
        map
    })
}

/// Keys in the spelling of CloudFormation.
fn pascal(value: &Value) -> Value {
    match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key[..1].to_ascii_uppercase() + &key[1..], pascal(value))).collect::<Map<_, _>>().into(),
        Value::Array(items) => items.iter().map(pascal).collect(),
        other => other.clone(),
    }
}

/// Some texts become functions of a template.
fn with_functions(value: &mut Value, dice: &mut u64) {
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let pick = *dice >> 59;
    match value {
        Value::Object(map) => map.values_mut().for_each(|value| with_functions(value, dice)),
        Value::Array(items) => items.iter_mut().for_each(|value| with_functions(value, dice)),
        Value::String(text) => {
            *value = match pick {
                0 => json!({ "Ref": "Open" }),
                1 => json!({ "Ref": "Known" }),
                2 => json!({ "Ref": "AWS::NoValue" }),
                3 => json!({ "Ref": "Hidden" }),
                4 => json!({ "Fn::Sub": format!("{text}${{Open}}") }),
                5 => json!({ "Fn::Sub": ["${a}", { "a": { "Ref": "Known" } }] }),
                6 => json!({ "Fn::GetAtt": ["Role", "Arn"] }),
                7 => json!({ "Fn::If": ["Small", text, { "Ref": "AWS::NoValue" }] }),
                8 => json!({ "Fn::If": ["Unknown", { "Fn::Join": ["", [text, { "Ref": "Open" }]] }, "b"] }),
                9 => json!({ "Fn::Join": ["-", [text, { "Ref": "AWS::Region" }]] }),
                10 => json!({ "Fn::FindInMap": ["M", "a", "b"] }),
                11 => json!({ "Fn::FindInMap": ["M", { "Ref": "AWS::Region" }, "b"] }),
                12 => json!({ "Fn::Select": ["1", { "Fn::Split": [",", "a,b"] }] }),
                13 => json!({ "Fn::ImportValue": { "Fn::Sub": "${Open}-x" } }),
                14 => json!({ "Ref": "List" }),
                15 => json!({ "Fn::Cidr": ["a", 1, 2] }),
                _ => return,
            }
        }
        _ => {}
    }
}

fn snake(key: &str) -> String {
    key.chars().fold(String::new(), |mut out, c| {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
        out
    })
}

/// A value as HCL; some texts become references.
fn hcl(value: &Value, dice: &mut u64) -> String {
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let pick = *dice >> 60;
    match value {
        Value::Object(map) => format!("{{ {} }}", map.iter().map(|(key, value)| format!("{key} = {}", hcl(value, dice))).collect::<Vec<_>>().join(", ")),
        Value::Array(items) => format!("[{}]", items.iter().map(|item| hcl(item, dice)).collect::<Vec<_>>().join(", ")),
        Value::String(text) => match pick {
            0 => "var.open".into(),
            1 => "var.known".into(),
            2 => "\"x-${var.open}\"".into(),
            3 => "local.a.b".into(),
            4 => "aws_iam_role.x.arn".into(),
            5 => "(var.known == \"x\" ? 1 : 2)".into(),
            6 => "format(\"%s\", var.open)".into(),
            7 => "concat([\"a\"], var.list)".into(),
            _ => Value::from(text.as_str()).to_string(),
        },
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

const FLAGS: [(&str, &[&str]); 24] = [
    ("--name", &["web", "a b", ""]),
    ("-p", &["80:80", "127.0.0.1:1:2/udp", "x", "1-3:1-3"]),
    ("-e", &["A=1", "B", "C=", "=x"]),
    ("-v", &["/a:/b:ro", "data:/c", "x", "./a:/b"]),
    ("--mount", &["type=bind,src=/a,dst=/b", "type=tmpfs,dst=/t", "x"]),
    ("-d", &[]),
    ("-it", &[]),
    ("--rm", &[]),
    ("--privileged", &[]),
    ("--init", &[]),
    ("-m", &["512m", "512", "x"]),
    ("--cpus", &["0.5", "x"]),
    ("-u", &["1000", "a b"]),
    ("-l", &["a=b", "c"]),
    ("--restart", &["always", "on-failure:3", "no"]),
    ("--network", &["host", "none", "x"]),
    ("--health-cmd", &["curl x", ""]),
    ("--health-interval", &["5s", "x"]),
    ("--ulimit", &["nofile=1:2", "x"]),
    ("--tmpfs", &["/t:size=1m", "/t"]),
    ("--gpus", &["all"]),
    ("--entrypoint", &["sh", ""]),
    ("--log-opt", &["max-size=1m", "x"]),
    ("--add-host", &["a:1.2.3.4", "x"]),
];

const COPILOT: [&str; 36] = [
    "image",
    "location",
    "build",
    "port",
    "cpu",
    "memory",
    "platform",
    "variables",
    "secrets",
    "sidecars",
    "storage",
    "volumes",
    "efs",
    "path",
    "read_only",
    "ephemeral",
    "environments",
    "test",
    "healthcheck",
    "command",
    "interval",
    "retries",
    "entrypoint",
    "essential",
    "depends_on",
    "labels",
    "credentials",
    "mount_points",
    "source_volume",
    "logging",
    "env_file",
    "http",
    "count",
    "network",
    "taskdef_overrides",
    "nonsense",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: rounds(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_a_definition_in_json(definition in any_definition(), wrapped in any::<bool>(), loose in any::<bool>()) {
        let value = if wrapped { json!({ "taskDefinition": definition, "tags": [{ "key": "a", "value": "b" }], "ResponseMetadata": { "x": 1 } }) } else { Value::Object(definition) };
        let text = if loose { format!("// c\n{value:#}") } else { value.to_string() };
        let due = leaves(&tree::read_json(0, &text).unwrap());
        prop_assert!(conserved(Format::Json, &[("", &text)], Some(due))?);
    }

    #[test]
    fn of_a_template(definition in any_definition(), seed in any::<u64>()) {
        let mut properties = pascal(&Value::Object(definition));
        with_functions(&mut properties, &mut seed.clone());
        let text = json!({
            "Parameters": { "Open": { "Type": "String" }, "Known": { "Type": "String", "Default": "x" }, "Hidden": { "Type": "String", "NoEcho": true, "Default": "y" }, "List": { "Type": "CommaDelimitedList", "Default": "a,b" } },
            "Mappings": { "M": { "a": { "b": "c" } } },
            "Conditions": { "Small": { "Fn::Equals": [{ "Ref": "Known" }, "y"] } },
            "Resources": { "T": { "Type": "AWS::ECS::TaskDefinition", "Properties": properties }, "Role": { "Type": "AWS::IAM::Role" } }
        }).to_string();
        let due = leaves(&tree::read_json(0, &text).unwrap());
        prop_assert!(conserved(Format::CloudFormation, &[("", &text)], Some(due))?);
    }

    #[test]
    fn of_a_terraform_module(definition in any_definition(), seed in any::<u64>()) {
        let dice = &mut seed.clone();
        let mut body = String::new();
        for (key, value) in &definition {
            body += &match (key.as_str(), value) {
                ("containerDefinitions", value) => format!("  container_definitions = jsonencode({})\n", hcl(value, dice)),
                ("volumes" | "runtimePlatform" | "ephemeralStorage" | "placementConstraints" | "proxyConfiguration", Value::Object(map)) => {
                    let inside: String = map.iter().map(|(key, value)| format!("    {} = {}\n", snake(key), hcl(value, dice))).collect();
                    format!("  {} {{\n{inside}  }}\n", snake(key).replace("volumes", "volume"))
                }
                (key, value) => format!("  {} = {}\n", snake(key), hcl(value, dice)),
            };
        }
        let main = format!("resource \"aws_ecs_task_definition\" \"w\" {{\n{body}}}\n");
        let variables = "variable \"known\" { default = \"x\" }\nvariable \"open\" {}\nvariable \"list\" { default = [\"b\"] }\nlocals { a = { b = \"c\" } }\n";
        prop_assert!(conserved(Format::Terraform, &[("main.tf", &main), ("variables.tf", variables)], None)?);
    }

    #[test]
    fn of_a_terraform_state(definition in any_definition()) {
        let mut values: Map<String, Value> = definition.iter().map(|(key, value)| (snake(key), value.clone())).collect();
        values.insert("container_definitions".into(), json!(definition["containerDefinitions"].to_string()));
        let resource = json!({ "address": "a.w", "mode": "managed", "type": "aws_ecs_task_definition", "name": "w", "values": values });
        let text = json!({ "format_version": "1.0", "values": { "root_module": { "resources": [resource, { "type": "x", "values": { "a": 1 } }] } } }).to_string();
        prop_assert!(conserved(Format::TerraformState, &[("", &text)], None)?);
    }

    #[test]
    fn of_a_command_of_the_aws_cli(definition in any_definition(), whole in any::<bool>()) {
        let mut command = "aws ecs register-task-definition --region eu-west-1 --output json".to_owned();
        if whole {
            command += &format!(" --cli-input-json {}", quoted(&Value::Object(definition).to_string()));
        } else {
            for (key, value) in &definition {
                let value = match value {
                    Value::Object(_) | Value::Array(_) => value.to_string(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                command += &format!(" --{} {}", snake(key).replace('_', "-"), quoted(&value));
            }
        }
        conserved(Format::AwsCli, &[("", &command)], None)?;
    }

    #[test]
    fn of_an_ecspresso_definition(definition in any_definition(), marks in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
        let mut text = Value::Object(definition).to_string();
        for mark in marks {
            let places: Vec<usize> = text.match_indices("\"a\"").map(|(i, _)| i).collect();
            if let Some(at) = (!places.is_empty()).then(|| *mark.get(&places)) {
                text.replace_range(at..at + 3, "{{ env `N` `1` }}");
            }
        }
        prop_assert!(conserved(Format::Ecspresso, &[("", &text)], None)?);
    }

    #[test]
    fn of_a_copilot_manifest(manifest in prop::collection::btree_map(prop::sample::select(&COPILOT[..]).prop_map(str::to_owned), any_tree(&COPILOT), 0..8)) {
        let mut manifest: Map<String, Value> = manifest.into_iter().collect();
        manifest.insert("name".into(), json!("web"));
        manifest.insert("type".into(), json!("Backend Service"));
        let text = Value::Object(manifest).to_string();
        let due = leaves(&tree::read_yaml(0, &text).unwrap());
        prop_assert!(conserved(Format::Copilot, &[("", &text)], Some(due))?);
    }

    #[test]
    fn of_a_docker_run_command(flags in prop::collection::vec((prop::sample::select(&FLAGS[..]), any::<prop::sample::Index>(), any::<bool>()), 0..12), words in prop::collection::vec("[a-z =-]{1,6}", 0..4)) {
        let (mut command, mut due) = ("docker run".to_owned(), 1 + words.len());
        for ((flag, values), index, joined) in flags {
            due += if flag == "-it" { 2 } else { 1 };
            command += &match values {
                [] => format!(" {flag}"),
                _ => format!(" {flag}{}{}", if joined && flag.starts_with("--") { "=" } else { " " }, quoted(values[index.index(values.len())])),
            };
        }
        command += " nginx:1.27";
        words.iter().for_each(|word| command += &format!(" {}", quoted(word)));
        prop_assert!(conserved(Format::DockerRun, &[("", &command)], Some(due))?);
    }

    #[test]
    fn of_a_file_of_variables(lines in prop::collection::btree_map("[A-Z][A-Z0-9_]{0,6}", "[ -~]{0,8}", 1..6), named in any::<bool>()) {
        let variables: String = lines.iter().map(|(key, value)| format!("{key}={}\n", value.replace(['"', '\''], ""))).collect();
        let compose = "services:\n  web:\n    image: a:${A:-1}\n    env_file: [web.env]\n";
        let name = if named { "web.env" } else { ".env" };
        prop_assert!(conserved(Format::Compose, &[("compose.yaml", compose), (name, &variables)], Some(2 + lines.len()))?);
    }
}
