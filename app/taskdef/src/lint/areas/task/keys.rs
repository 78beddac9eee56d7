//! Keys that the API does not know: misspelt, Compose's words, or new. Keys in the wrong place are in `misplaced.rs`.

use super::{convert::converted, misplaced, *};
use crate::{
    document::pointer,
    lint::{
        context::docker_size,
        schema::{Kind, Node, Unknown},
        spelling::nearest,
    },
};

/// Compose's words for a container and what they are called here.
const COMPOSE: &[(&str, &str)] = &[
    ("ports", "portMappings"),
    ("env", "environment"),
    ("env_file", "environmentFiles"),
    ("args", "command"),
    ("build", "image"),
    ("depends_on", "dependsOn"),
    ("labels", "dockerLabels"),
    ("healthcheck", "healthCheck"),
    ("restart", "restartPolicy"),
    ("volumes", "mountPoints"),
    ("cpus", "cpu"),
    ("mem_limit", "memory"),
    ("mem_reservation", "memoryReservation"),
    ("container_name", "name"),
    ("working_dir", "workingDirectory"),
    ("logging", "logConfiguration"),
    ("read_only", "readonlyRootFilesystem"),
    ("stop_grace_period", "stopTimeout"),
    ("dns", "dnsServers"),
    ("dns_search", "dnsSearchDomains"),
    ("sysctls", "systemControls"),
    ("security_opt", "dockerSecurityOptions"),
    ("stdin_open", "interactive"),
    ("tty", "pseudoTerminal"),
];

/// Words of other tools elsewhere: the object that has them, the word, and what it is called here.
const WORDS: &[(&str, &str, &str)] = &[
    ("logConfiguration", "secrets", "secretOptions"),
    ("logConfiguration", "driver", "logDriver"),
    ("healthCheck", "test", "command"),
    ("portMappings", "port", "containerPort"),
    ("portMappings", "target", "containerPort"),
    ("portMappings", "published", "hostPort"),
    ("mountPoints", "volume", "sourceVolume"),
    ("mountPoints", "source", "sourceVolume"),
    ("mountPoints", "target", "containerPath"),
    ("mountPoints", "mountPath", "containerPath"),
    ("mountPoints", "path", "containerPath"),
    ("dependsOn", "container", "containerName"),
    ("dependsOn", "name", "containerName"),
    ("environment", "key", "name"),
    ("secrets", "arn", "valueFrom"),
    ("tags", "name", "key"),
    ("", "name", "family"),
    ("", "containers", "containerDefinitions"),
];

/// Says what a key was meant to be, or where it belongs.
pub(super) fn unknown(task: &Task<'_>, unknown: Unknown<'_>, report: &mut Report) {
    let Unknown { object, node, key, value, parent, place } = unknown;
    let free = |k: &&str| object.get(*k).is_none_or(Value::is_null);
    let in_container = parent.strip_prefix("/containerDefinitions/").is_some_and(|rest| !rest.contains('/'));
    let compose = COMPOSE.iter().find(|(word, _)| in_container && *word == key).map(|(_, k)| *k);
    let swapped = match (parent.contains("/environment/"), parent.contains("/secrets/"), key) {
        (true, _, "valueFrom") => Some("value"),
        (_, true, "value") => Some("valueFrom"),
        _ => None,
    };
    let list = pointer::tokens(parent).into_iter().rev().find(|t| pointer::index(t).is_none()).unwrap_or_default();
    let word = WORDS.iter().find(|(of, word, _)| *of == list && *word == key).map(|(_, _, right)| *right);
    let spelt = || nearest(key, node.members.iter().map(|(name, _)| name).filter(|name| free(name)));
    let Some(right) = compose.or(swapped).or(word).filter(free).or_else(spelt) else {
        if !misplaced::report(task.definition, &unknown, report) {
            report.at(&TASK_UNKNOWN_KEY, place).text("key", key);
        }
        return;
    };
    let finding = report.at(&TASK_MISSPELT_KEY, place).text("key", key).text("right", right);
    let there = pointer::join(parent, right);
    let of_tool = || of_compose(key, value, node.members.get(right)).or_else(|| reshaped(task, node.members.get(right)?, &there, value));
    let value = if compose.or(word).is_some() { of_tool() } else { Some(value.clone()) };
    if let Some(value) = value {
        let at = object.keys().position(|k| k == key);
        let edit = Edit(vec![Op::Remove { path: place.to_owned() }, Op::Add { path: there, value, at }]);
        finding.fix("fix", vec![("right", Param::Text(right.to_owned()))], edit);
    }
}

/// What a value of Compose is here; `None` where its shape is another one.
fn of_compose(key: &str, value: &Value, due: Option<&Node>) -> Option<Value> {
    match (key, value) {
        // Compose counts processors and bytes.
        ("cpus", Value::String(_) | Value::Number(_)) => {
            let processors: f64 = text_of(value).parse().ok().filter(|n| (0.0..=1024.0).contains(n))?;
            return Some(json!((processors * 1024.0).round() as u64));
        }
        ("mem_limit" | "mem_reservation", Value::String(_) | Value::Number(_)) => {
            return docker_size(&text_of(value)).map(|bytes| json!(bytes >> 20));
        }
        _ => {}
    }
    let objects = |list: &[Value]| list.iter().all(Value::is_object);
    let texts = |list: &[Value]| list.iter().all(Value::is_string);
    let fits = match (due?.kind, value) {
        (Kind::Text, Value::String(_)) | (Kind::Boolean, Value::Bool(_)) | (Kind::Map, Value::Object(_)) => true,
        (Kind::Integer, Value::Number(_)) => true,
        (Kind::Texts, Value::Array(list)) => texts(list),
        (Kind::List, Value::Array(list)) => objects(list),
        _ => false,
    };
    // A path to build from is no image, and Compose's check and logs are objects with other members.
    (fits && key != "build").then(|| value.clone())
}

/// A value of another tool in the shape that AWS expects; each item of a list is converted by itself.
fn reshaped(task: &Task<'_>, member: &Node, place: &str, value: &Value) -> Option<Value> {
    match (member.kind, value) {
        (Kind::Text | Kind::OneOf(_), Value::String(_)) if !place.ends_with("/image") => Some(value.clone()),
        // A command is split by its own rule.
        (Kind::Texts, Value::String(_)) if place.ends_with("/command") => Some(value.clone()),
        (Kind::List, Value::Array(items)) => {
            let row = |(i, item): (usize, &Value)| {
                if item.is_object() { Some(item.clone()) } else { converted(task, Kind::Object, &format!("{place}/{i}"), item) }
            };
            items.iter().enumerate().map(row).collect::<Option<Vec<_>>>().map(Value::Array)
        }
        (Kind::Text, _) => None,
        (kind, _) => converted(task, kind, place, value),
    }
}
