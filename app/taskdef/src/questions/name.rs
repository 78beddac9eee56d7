//! Which names are controls of a page: a post changes these places and no others.

use crate::{Draft, document::pointer};

const WORDS: [&str; 19] = [
    "/region",
    "/cluster/name",
    "/cluster/launch",
    "/cluster/instanceType",
    "/cluster/count",
    "/family",
    "/cpu",
    "/memory",
    "/executionRoleArn",
    "/taskRoleArn",
    "platform",
    "size",
    "size-exact",
    "size-cpu",
    "size-memory",
    "logs",
    "logs-group",
    "logs-prefix",
    "logs-create",
];

/// Whether some page has a control of this name for this draft.
pub(super) fn is_control(draft: &Draft, name: &str) -> bool {
    if WORDS.contains(&name) {
        return true;
    }
    let (place, part) = name.split_once('~').map_or((name, None), |(place, part)| (place, Some(part)));
    let tokens = pointer::tokens(place);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let ["containerDefinitions", i, rest @ ..] = tokens.as_slice() else { return false };
    let item = |list: &str, j: &str| {
        let there = pointer::get(draft.definition(), &format!("/containerDefinitions/{i}/{list}/{j}")).is_some();
        // A row may have been added in the browser after the page was rendered.
        there || pointer::index(j).is_some_and(|j| j <= MOST_ROWS)
    };
    if pointer::get(draft.definition(), &format!("/containerDefinitions/{i}")).is_none() {
        return false;
    }
    match (rest, part) {
        (["healthCheck"], Some("kind" | "port" | "path" | "form" | "text")) => true,
        (_, Some(_)) => false,
        (["name" | "image" | "cpu" | "memory" | "memoryReservation" | "essential"], None) => true,
        (["healthCheck", key], None) => super::TIMING.iter().any(|(known, _)| known == key),
        (["logConfiguration", "options", "awslogs-group" | "awslogs-stream-prefix"], None) => true,
        (["portMappings", j, "name" | "containerPort" | "hostPort" | "protocol" | "appProtocol" | "containerPortRange"], None) => item("portMappings", j),
        (["environment", j, "name" | "value"], None) => item("environment", j),
        (["secrets", j, "name" | "valueFrom"], None) => item("secrets", j),
        (["dependsOn", j, "containerName" | "condition"], None) => item("dependsOn", j),
        _ => false,
    }
}

/// Most rows of a list that a page shows.
const MOST_ROWS: usize = 1_000;
