//! Which network modes there are to choose from.

use super::{Question, Size};
use crate::{Draft, Launch};

/// The name of the question about the network mode, which is its place.
pub const NETWORK_MODE: &str = "/networkMode";

/// The network modes that AWS accepts for what a draft runs on, the usual one first; an empty one is left to AWS.
///
/// Source: API reference, RegisterTaskDefinition.networkMode; Developer Guide, task networking for EC2, Amazon ECS Anywhere and
/// Amazon ECS Managed Instances.
pub fn network_modes(draft: &Draft) -> &'static [&'static str] {
    let windows = || Question::from(Size::Platform).rendered(draft).starts_with("WINDOWS_");
    match draft.launch() {
        Some(Launch::Fargate) => &["awsvpc"],
        Some(Launch::ManagedInstances) => &["awsvpc", "host", ""],
        Some(Launch::External) => &["bridge", "host", "none", ""],
        Some(Launch::Ec2) if windows() => &["awsvpc", ""],
        Some(Launch::Ec2) | None => &["awsvpc", "bridge", "host", "none", ""],
    }
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;
    use crate::{Severity, lint};
    use serde_json::json;

    /// A mode that the page offers must not be an error, and one that it does not offer must be.
    #[test]
    fn the_modes_that_are_offered_are_those_that_the_rules_accept() {
        let mut seen = 0;
        for launch in ["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"] {
            for system in ["LINUX", "WINDOWS_SERVER_2022_CORE"] {
                for mode in ["awsvpc", "bridge", "host", "none", ""] {
                    let mut definition = json!({ "family": "a", "requiresCompatibilities": [launch], "runtimePlatform": { "operatingSystemFamily": system },
                        "containerDefinitions": [{ "name": "a", "image": "nginx:1", "memory": 128 }] });
                    if !mode.is_empty() {
                        definition["networkMode"] = json!(mode);
                    }
                    let draft = Draft::around(definition);
                    let is_error = |f: &crate::Finding| f.path == NETWORK_MODE && f.severity == Severity::Error;
                    let refused = lint::check_draft(&draft).iter().any(is_error);
                    assert_eq!(network_modes(&draft).contains(&mode), !refused, "{launch} {system} {mode:?}");
                    seen += 1;
                }
            }
        }
        assert_eq!(seen, 40);
    }
}
