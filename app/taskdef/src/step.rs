//! The seven steps of the wizard, and which place of the document belongs to which.

use crate::document::pointer;
use serde::{Deserialize, Serialize};

/// A step; its slug is the last segment of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Region, cluster name, Fargate or EC2.
    Cluster,
    /// Family, platform, CPU and memory.
    Size,
    /// The containers and their editor.
    Containers,
    /// Port mappings of all containers.
    Ports,
    /// Health checks of all containers.
    Health,
    /// Log configuration and execution role.
    Logs,
    /// Answers, findings, export.
    Review,
}

impl Step {
    /// All seven, in order.
    pub const ALL: [Step; 7] = [Step::Cluster, Step::Size, Step::Containers, Step::Ports, Step::Health, Step::Logs, Step::Review];

    /// The last segment of the step's address.
    pub fn slug(self) -> &'static str {
        match self {
            Step::Cluster => "cluster",
            Step::Size => "size",
            Step::Containers => "containers",
            Step::Ports => "ports",
            Step::Health => "health",
            Step::Logs => "logs",
            Step::Review => "review",
        }
    }

    /// Reads a slug.
    pub fn parse(slug: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|s| s.slug() == slug)
    }

    /// 1 to 7.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The step after this one; the last has none.
    pub fn next(self) -> Option<Step> {
        Step::ALL.get(self as usize + 1).copied()
    }

    /// The step before this one; the first has none.
    pub fn previous(self) -> Option<Step> {
        (self as usize).checked_sub(1).map(|i| Step::ALL[i])
    }

    /// The step on which a place is asked for; what no form shows belongs to the review.
    pub fn of_place(place: &str) -> Step {
        let tokens = pointer::tokens(place);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens.as_slice() {
            ["region" | "cluster" | "requiresCompatibilities" | "placementConstraints", ..] | ["aside", "hub"] => Step::Cluster,
            [
                "family"
                | "cpu"
                | "memory"
                | "runtimePlatform"
                | "volumes"
                | "ephemeralStorage"
                | "tags"
                | "pidMode"
                | "ipcMode"
                | "proxyConfiguration"
                | "enableFaultInjection"
                | "trustedExecutionConfiguration"
                | "inferenceAccelerators",
                ..,
            ] => Step::Size,
            ["networkMode", ..] => Step::Ports,
            ["executionRoleArn" | "taskRoleArn"] => Step::Logs,
            ["containerDefinitions"] => Step::Containers,
            ["containerDefinitions", _, "portMappings", ..] => Step::Ports,
            ["containerDefinitions", _, "healthCheck" | "dependsOn", ..] => Step::Health,
            ["containerDefinitions", _, "logConfiguration", ..] => Step::Logs,
            ["containerDefinitions", _, ..] => Step::Containers,
            _ => Step::Review,
        }
    }
}

/// How a step stands; what the step list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepState {
    /// Not visited yet.
    Todo,
    /// Answered, no error.
    Done,
    /// Tried, and something must be corrected.
    Attention,
    /// Answered by an example or an import, and not looked at yet.
    Filled,
    /// Looked at, and something is left that only the person can fill in.
    FillIn,
}
