//! The place in a definition that AWS's words speak of: a container by its name in quotes, a port by its number, a field
//! by what AWS calls it.

use super::read::Message;
use crate::document::view::{self, ContainerView};
use serde_json::Value;

/// Words for a member of the definition itself, the more exact first. Lower case.
const OF_TASK: [(&str, &str); 14] = [
    ("no fargate configuration exists", "/cpu"),
    ("invalid 'cpu' setting for task", "/cpu"),
    ("'cpu' be defined at the task level", "/cpu"),
    ("'memory' be defined at the task level", "/memory"),
    ("task-level 'cpu'", "/cpu"),
    ("network mode", "/networkMode"),
    ("execution role", "/executionRoleArn"),
    ("executionrolearn", "/executionRoleArn"),
    ("role is not valid", "/executionRoleArn"),
    ("taskrolearn", "/taskRoleArn"),
    ("ephemeralstorage", "/ephemeralStorage"),
    ("volume", "/volumes"),
    ("family", "/family"),
    ("tags can not be empty", "/tags"),
];

/// The same for a member of a container.
const OF_CONTAINER: [(&str, &str); 15] = [
    ("memoryreservation", "memoryReservation"),
    ("'memory'", "memory"),
    ("container.name", "name"),
    ("container name", "name"),
    ("container.image", "image"),
    ("'image'", "image"),
    ("log driver", "logConfiguration"),
    ("log configuration", "logConfiguration"),
    ("health check", "healthCheck"),
    ("environment", "environment"),
    ("secret", "secrets"),
    ("port", "portMappings"),
    ("depend", "dependsOn"),
    ("'cpu'", "cpu"),
    ("ulimit", "ulimits"),
];

/// The place, relative to the definition; `None` where the words name none.
pub fn place(said: &str, definition: &Value) -> Option<String> {
    let low = Message::new(said).plain;
    let containers = view::containers(definition);
    let quoted = |text: &str| ['\'', '"'].iter().any(|q| low.contains(&format!("{q}{}{q}", text.to_lowercase())));
    if let Some(port) = port(&containers, &quoted) {
        return Some(port);
    }
    let named = containers.iter().find(|c| !c.name().is_empty() && quoted(c.name()));
    let member = |c: &ContainerView<'_>| OF_CONTAINER.iter().find(|(words, _)| low.contains(words)).map(|(_, key)| c.at(key));
    if let Some(c) = named {
        return Some(member(c).unwrap_or_else(|| c.place()));
    }
    let of_task = OF_TASK.iter().find(|(words, _)| low.contains(words)).map(|(_, place)| (*place).to_owned());
    // With several containers, one that is not named could be any of them.
    of_task.or_else(|| containers.first().filter(|_| containers.len() == 1).and_then(member))
}

/// The last mapping of a port whose number is in quotes: the first one was there before it.
fn port(containers: &[ContainerView<'_>], quoted: &impl Fn(&str) -> bool) -> Option<String> {
    let mut found = None;
    for c in containers {
        for (i, port) in c.ports().iter().enumerate() {
            if quoted(&port.to_string()) {
                found = Some(c.at(&format!("portMappings/{i}/containerPort")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;

    #[test]
    fn words_of_aws_lead_to_the_field_that_they_speak_of() {
        let draft = Draft::tutorial();
        for (said, wanted) in [
            ("TCP host port '8080' is mapped multiple times in task.", Some("/containerDefinitions/0/portMappings/0/containerPort")),
            ("Fargate only supports network mode ‘awsvpc’.", Some("/networkMode")),
            ("Fargate requires that 'memory' be defined at the task level.", Some("/memory")),
            (
                "Invalid setting for container 'my-nginx'. At least one of 'memory' or 'memoryReservation' must be specified.",
                Some("/containerDefinitions/1/memoryReservation"),
            ),
            ("Invalid 'containerPort' setting for container 'my-webserver'.", Some("/containerDefinitions/0/portMappings")),
            ("Role is not valid", Some("/executionRoleArn")),
            ("Container.name contains invalid characters.", None),
            ("Something else", None),
        ] {
            assert_eq!(place(said, draft.definition()).as_deref(), wanted, "{said}");
        }
    }

    #[test]
    fn the_only_container_is_meant_even_without_its_name() {
        let definition = serde_json::json!({ "containerDefinitions": [{ "name": "a" }] });
        assert_eq!(place("Container.image should not be null or empty.", &definition).as_deref(), Some("/containerDefinitions/0/image"));
    }
}
