//! Any JSON.

use proptest::prelude::*;
use serde_json::{Map, Number, Value, json};

/// Any JSON, with the keys of task definitions among the others, and numbers in odd spellings.
pub fn any_json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(|n| json!(n)),
        "(0|[1-9][0-9]{0,25})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?".prop_map(|t| t.parse::<Number>().map_or(Value::Null, Value::Number)),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number,
        any::<String>().prop_map(Value::String),
        "[A-Z]{1,4}".prop_map(Value::String)
    ];
    let key = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "family",
            "containerDefinitions",
            "cpu",
            "memory",
            "portMappings",
            "containerPort",
            "environment",
            "name",
            "value",
            "image",
            "healthCheck",
            "command",
            "logConfiguration",
            "options",
            "essential",
            "taskDefinition",
            "revision",
            "status",
            "requiresCompatibilities",
            "networkMode",
            "tags",
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}
