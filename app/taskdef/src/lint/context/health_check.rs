//! The health checks of a task, read once for all passes.

use super::read::{find, present};
use crate::{
    document::view::ContainerView,
    grammar::health::{self, Known},
};
use serde_json::Value;

/// A health check that is an object.
pub struct HealthCheck<'a> {
    /// Its container.
    pub container: ContainerView<'a>,
    /// The check itself.
    pub value: &'a Value,
    /// Pointer of the check.
    pub path: String,
    /// Pointer of its command.
    pub command_path: String,
    /// The command, where it is a list of texts.
    pub command: Option<Vec<&'a str>>,
    /// The command, where one of the presets could have made it.
    pub known: Option<Known>,
}

impl<'a> HealthCheck<'a> {
    /// The checks of all containers, in order.
    pub(super) fn all(containers: &[ContainerView<'a>]) -> Vec<HealthCheck<'a>> {
        let read = |container: &ContainerView<'a>| {
            let value = find(container, "healthCheck").filter(|v| v.is_object())?;
            let given = present(value, "command");
            let command = given.and_then(Value::as_array).and_then(|list| list.iter().map(Value::as_str).collect());
            Some(HealthCheck {
                container: *container,
                value,
                path: container.at("healthCheck"),
                command_path: container.at("healthCheck/command"),
                command,
                known: given.and_then(health::recognise),
            })
        };
        containers.iter().filter_map(read).collect()
    }
}
