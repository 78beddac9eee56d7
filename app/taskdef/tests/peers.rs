//! cfn-lint's own cases for task definitions: the same verdict, or the reason why not.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/outside.rs"]
mod outside;

use serde_json::{Value, json};
use taskdef::{Severity, lint};

/// Cases where we differ, and why.
const OTHERWISE: [(&str, &str); 1] =
    [("test_task_definition_log_configuration-02", "a list where the API has an object: the SDK refuses it, and cfn-lint leaves it to another of its rules")];

/// CloudFormation's spelling of the values as the API has them: numbers of CPU and memory are texts, ports
/// are numbers, and what the template fills in later is a mark.
fn as_api(value: &Value, key: &str) -> Value {
    match value {
        Value::Object(map) if map.contains_key("Ref") => json!("<Ref>"),
        Value::Object(map) if map.contains_key("Fn::Sub") => as_api(&map["Fn::Sub"], key),
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), as_api(v, k))).collect(),
        Value::Array(list) => list.iter().map(|v| as_api(v, key)).collect(),
        Value::Number(n) if matches!(key, "cpu" | "memory") => json!(n.to_string()),
        Value::String(text) if key.ends_with("Port") => text.parse::<u64>().map_or(value.clone(), |n| json!(n)),
        _ => value.clone(),
    }
}

/// A whole definition around the part that a case is about.
fn whole(id: &str, fragment: &Value) -> Value {
    let mut definition = json!({ "family": "case", "containerDefinitions": [{}] });
    let part = fragment.pointer("/resources/taskDefinition/properties").unwrap_or(fragment);
    let part = as_api(part, "");
    if id.contains("essentials") {
        if part.is_array() {
            definition["containerDefinitions"] = part;
        }
    } else if id.contains("log_configuration") {
        definition["containerDefinitions"][0]["logConfiguration"] = part;
    } else {
        for (key, value) in part.as_object().unwrap() {
            definition[key] = value.clone();
        }
    }
    // What a case leaves out because it looks at something else.
    let fargate = definition["requiresCompatibilities"].is_array();
    if fargate {
        definition["executionRoleArn"] = json!("ecsTaskExecutionRole");
        if id.contains("cpu_memory") {
            definition["networkMode"] = json!("awsvpc");
        }
    }
    for (i, container) in definition["containerDefinitions"].as_array_mut().unwrap().iter_mut().enumerate() {
        let container = container.as_object_mut().unwrap();
        container.entry("name").or_insert(json!(format!("c{i}")));
        container.entry("image").or_insert(json!("docker.io/me/app:1"));
        container.entry("memory").or_insert(json!(128));
    }
    definition
}

#[test]
fn cfn_lint_says_the_same_or_we_say_why_not() {
    let Some(path) = outside::corpus("peer-cases/cfn-lint-ecs-unit.json") else { return };
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 45);
    let mut differ = Vec::new();
    for case in cases {
        let id = case["id"].as_str().unwrap();
        let definition = whole(id, &case["taskDefinitionFragment"]);
        let found = lint::check_text(&definition.to_string(), None, None).0;
        let errors: Vec<_> = found.iter().filter(|f| f.severity == Severity::Error).map(|f| format!("{} {}", f.rule.id, f.path)).collect();
        let refused = !case["expected"].as_array().unwrap().is_empty();
        if refused == errors.is_empty() {
            differ.push((id.to_owned(), errors, definition));
        }
    }
    let ids: Vec<&str> = differ.iter().map(|(id, ..)| id.as_str()).collect();
    assert_eq!(ids, OTHERWISE.map(|(id, _)| id), "{differ:#?}");
}
