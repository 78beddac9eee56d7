//! SARIF reports against OASIS's JSON schema (`fixtures/sarif-schema-2.1.0.json`, as the crate serde-sarif 0.8.0 ships it).
//!
//! A reader of the keywords of JSON Schema draft 7 that this schema uses; any other keyword ends the test, so nothing is passed
//! over. Formats and the patterns of identifiers are not looked at.

use serde_json::{Map, Value};

/// Keywords that describe and decide nothing.
const TELL: [&str; 8] = ["$schema", "$id", "title", "description", "default", "definitions", "format", "pattern"];

/// What a report has that the schema does not allow, with its place.
pub fn faults(report: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(include_str!("../fixtures/sarif-schema-2.1.0.json")).unwrap();
    let mut found = Vec::new();
    check(&schema, &schema, report, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().unwrap() {
        let right = match keyword.as_str() {
            "$ref" => {
                check(root, root.pointer(rule.as_str().unwrap().strip_prefix('#').unwrap()).unwrap(), value, at, found);
                true
            }
            "type" => rule.as_array().map_or_else(|| is(value, rule), |types| types.iter().any(|t| is(value, t))),
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|n| n >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= rule.as_u64().unwrap()),
            "uniqueItems" => value.as_array().is_none_or(|list| list.iter().enumerate().all(|(i, v)| !list[..i].contains(v))),
            "items" => {
                value.as_array().into_iter().flatten().enumerate().for_each(|(i, v)| check(root, rule, v, &format!("{at}/{i}"), found));
                true
            }
            "required" => value.as_object().is_none_or(|map| rule.as_array().unwrap().iter().all(|key| map.contains_key(key.as_str().unwrap()))),
            "properties" => {
                let known = |(key, v): (&String, &Value)| {
                    if let Some(of) = rule.get(key) {
                        check(root, of, v, &format!("{at}/{key}"), found);
                    }
                };
                value.as_object().into_iter().flatten().for_each(known);
                true
            }
            "additionalProperties" => others(root, schema, rule, value, at, found),
            "anyOf" => rule.as_array().unwrap().iter().any(|of| passes(root, of, value)),
            "oneOf" => rule.as_array().unwrap().iter().filter(|of| passes(root, of, value)).count() == 1,
            told => {
                assert!(TELL.contains(&told), "the keyword {told} is not read");
                true
            }
        };
        if !right {
            found.push(format!("{at}: {keyword} {rule}"));
        }
    }
}

fn passes(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut found = Vec::new();
    check(root, schema, value, "", &mut found);
    found.is_empty()
}

fn others(root: &Value, schema: &Value, rule: &Value, value: &Value, at: &str, found: &mut Vec<String>) -> bool {
    let none = Map::new();
    let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let mut unknown = value.as_object().into_iter().flatten().filter(|(key, _)| !known.contains_key(*key));
    match rule {
        Value::Bool(allowed) => *allowed || unknown.next().is_none(),
        of => {
            unknown.for_each(|(key, v)| check(root, of, v, &format!("{at}/{key}"), found));
            true
        }
    }
}

fn is(value: &Value, of: &Value) -> bool {
    match of.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_i64().is_some(),
        "null" => value.is_null(),
        other => panic!("the type {other} is not read"),
    }
}
