//! Keys that the API does not know: misspelt, in the wrong place, or new.

use super::*;
use crate::{
    document::pointer,
    lint::{schema::Unknown, spelling::alike},
};

/// Compose words and what they are called here.
const COMPOSE: &[(&str, &str)] = &[
    ("ports", "portMappings"),
    ("env", "environment"),
    ("args", "command"),
    ("build", "image"),
    ("depends_on", "dependsOn"),
    ("labels", "dockerLabels"),
    ("healthcheck", "healthCheck"),
    ("restart", "restartPolicy"),
    ("volumes", "mountPoints"),
];

/// Says what a key was meant to be.
pub(super) fn unknown(unknown: Unknown<'_>, report: &mut Report) {
    let Unknown { object, node, key, value, parent, place } = unknown;
    let free = |k: &&str| object.get(*k).is_none_or(Value::is_null);
    let in_container = parent.strip_prefix("/containerDefinitions/").is_some_and(|rest| !rest.contains('/'));
    let compose = COMPOSE.iter().find(|(word, _)| in_container && *word == key).map(|(_, k)| *k);
    let swapped = match (parent.contains("/environment/"), parent.contains("/secrets/"), key) {
        (true, _, "valueFrom") => Some("value"),
        (_, true, "value") => Some("valueFrom"),
        _ => None,
    };
    let meant = compose.or(swapped).or_else(|| node.members.iter().map(|(k, _)| k).find(|k| alike(key, k))).filter(free);
    if let (None, Some(home)) = (meant, home(key, in_container, parent)) {
        report.at(&TASK_MISSPELT_KEY, place).variant("place").text("key", key).text("home", home);
        return;
    }
    let Some(right) = meant else {
        report.at(&TASK_UNKNOWN_KEY, place).text("key", key);
        return;
    };
    let finding = report.at(&TASK_MISSPELT_KEY, place).text("key", key).text("right", right);
    // Compose's values have other shapes; only the key is not enough.
    if compose.is_none() || matches!((right, value), ("command", Value::Array(_)) | ("dockerLabels", Value::Object(_))) {
        let at = object.keys().position(|k| k == key);
        let edit = Edit(vec![Op::Remove { path: place.to_owned() }, Op::Add { path: pointer::join(parent, right), value: value.clone(), at }]);
        finding.fix("fix", vec![("right", Param::Text(right.to_owned()))], edit);
    }
}

/// Keys that people put on the wrong floor: of a container at the task, and the other way round.
fn home(key: &str, in_container: bool, parent: &str) -> Option<&'static str> {
    const OF_TASK: [&str; 9] = [
        "executionRoleArn",
        "taskRoleArn",
        "networkMode",
        "requiresCompatibilities",
        "runtimePlatform",
        "ephemeralStorage",
        "family",
        "pidMode",
        "placementConstraints",
    ];
    const OF_CONTAINER: [&str; 11] = [
        "image",
        "portMappings",
        "environment",
        "logConfiguration",
        "healthCheck",
        "essential",
        "secrets",
        "mountPoints",
        "command",
        "entryPoint",
        "dependsOn",
    ];
    if in_container && OF_TASK.contains(&key) {
        Some("the task definition")
    } else if parent.is_empty() && OF_CONTAINER.contains(&key) {
        Some("containerDefinitions")
    } else {
        None
    }
}
