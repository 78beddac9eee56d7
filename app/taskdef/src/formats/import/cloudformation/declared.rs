//! Parameters, mappings and conditions that expressions refer to, so that an export can declare them again.

use crate::{
    facts::secret,
    formats::import::{Expression, tree::Node},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Sections whose members can be declared again: what they hold needs no resource.
const SECTIONS: [&str; 3] = ["Parameters", "Mappings", "Conditions"];

/// The declarations that the expressions need, by `Section/Name`, each as JSON. No default that looks like a credential, or that
/// the template hides, is among them.
pub fn of<'e>(root: &Node, expressions: impl Iterator<Item = &'e Expression>) -> BTreeMap<String, String> {
    let names: BTreeSet<String> = expressions.flat_map(|expression| referenced(&expression.text)).collect();
    let mut declared = BTreeMap::new();
    // What is declared refers to other declarations: conditions to conditions and parameters.
    let mut open: Vec<String> = names.into_iter().collect();
    while let Some(name) = open.pop() {
        for section in SECTIONS {
            let key = format!("{section}/{name}");
            let Some(node) = root.get(section).and_then(|members| members.get(&name)).filter(|_| !declared.contains_key(&key)) else { continue };
            let mut value = node.to_value();
            if section == "Parameters" {
                without_secrets(&name, &mut value);
            }
            let mut more = BTreeSet::new();
            collect(&value, &mut more);
            declared.insert(key, value.to_string());
            open.extend(more);
        }
    }
    declared
}

/// Names that an expression refers to.
pub(in crate::formats) fn referenced(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if let Ok(value) = serde_json::from_str(text) {
        collect(&value, &mut names);
    }
    names
}

/// Names that functions refer to.
fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, argument) in map {
                match (key.as_str(), argument) {
                    ("Ref" | "Condition", Value::String(name)) => {
                        names.insert(name.clone());
                    }
                    ("Fn::FindInMap" | "Fn::If" | "Fn::GetAtt", Value::Array(items)) => names.extend(items.first().and_then(Value::as_str).map(str::to_owned)),
                    ("Fn::Sub", _) => names.extend(substituted(argument)),
                    _ => {}
                }
                collect(argument, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// `${Name}` and `${Name.Attribute}` of a text for `Fn::Sub`.
fn substituted(argument: &Value) -> Vec<String> {
    let text = argument.as_str().or_else(|| argument.get(0)?.as_str()).unwrap_or("");
    let names = text.split("${").skip(1).filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| name.split('.').next().unwrap_or("").trim().to_owned()).filter(|name| !name.starts_with('!')).collect()
}

fn without_secrets(name: &str, parameter: &mut Value) {
    let Some(map) = parameter.as_object_mut() else { return };
    let hidden = map.get("NoEcho").is_some_and(|value| value.as_bool() == Some(true) || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true")));
    for key in ["Default", "AllowedValues", "Description"] {
        let suspect = map.get(key).is_some_and(|value| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            secret::of_value(&text).is_some() || key == "Default" && secret::of_pair(name, &text)
        });
        if suspect || hidden && key != "Description" {
            map.shift_remove(key);
        }
    }
}
