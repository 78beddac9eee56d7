//! Where a new key stands among its siblings: the order in which people read a definition.
//!
//! Keys that are there already are never moved; a new one goes before the first sibling that the
//! usual order puts later, and a key this table does not know goes last.

use crate::document::pointer;
use serde_json::{Map, Value};

const DRAFT: &[&str] = &["schema", "title", "region", "cluster", "definition", "aside"];
const CLUSTER: &[&str] = &["name", "launch", "instanceType", "count"];
const DEFINITION: &[&str] = &[
    "family",
    "taskRoleArn",
    "requiresCompatibilities",
    "networkMode",
    "cpu",
    "memory",
    "runtimePlatform",
    "executionRoleArn",
    "containerDefinitions",
    "volumes",
];
const CONTAINER: &[&str] = &[
    "name",
    "image",
    "repositoryCredentials",
    "essential",
    "cpu",
    "memory",
    "memoryReservation",
    "portMappings",
    "entryPoint",
    "command",
    "environment",
    "environmentFiles",
    "secrets",
    "dependsOn",
    "mountPoints",
    "healthCheck",
    "logConfiguration",
];
const PORT: &[&str] = &["name", "containerPort", "hostPort", "protocol", "appProtocol"];
const HEALTH: &[&str] = &["command", "interval", "timeout", "retries", "startPeriod"];
const LOG: &[&str] = &["logDriver", "options", "secretOptions"];
const LOG_OPTIONS: &[&str] = &["awslogs-group", "awslogs-create-group", "awslogs-region", "awslogs-stream-prefix"];
const PLATFORM: &[&str] = &["operatingSystemFamily", "cpuArchitecture"];

fn table(parent: &str) -> &'static [&'static str] {
    let tokens = pointer::tokens(parent);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        [] => DRAFT,
        ["cluster"] => CLUSTER,
        ["definition"] => DEFINITION,
        ["definition", "runtimePlatform"] => PLATFORM,
        ["definition", "containerDefinitions", _] => CONTAINER,
        ["definition", "containerDefinitions", _, "portMappings", _] => PORT,
        ["definition", "containerDefinitions", _, "healthCheck"] => HEALTH,
        ["definition", "containerDefinitions", _, "logConfiguration"] => LOG,
        ["definition", "containerDefinitions", _, "logConfiguration", "options"] => LOG_OPTIONS,
        _ => &[],
    }
}

/// The index at which `key` enters the object at `parent` (a pointer from the draft's root).
pub fn position(parent: &str, key: &str, map: &Map<String, Value>) -> usize {
    let table = table(parent);
    let Some(rank) = table.iter().position(|k| *k == key) else { return map.len() };
    map.keys().position(|k| table.iter().position(|t| t == k).is_some_and(|r| r > rank)).unwrap_or(map.len())
}
