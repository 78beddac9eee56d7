//! The execution role: its usual name, and what a missing one is needed for.

use super::{Task, read::find};
use serde_json::Value;

/// The name that the console and most tutorials give the execution role.
pub(in crate::lint) const USUAL_ROLE: &str = "ecsTaskExecutionRole";

/// Whether the execution role is the usual one, whose policy is known.
pub(in crate::lint) fn is_usual_role(task: &Task<'_>) -> bool {
    task.text("executionRoleArn").is_some_and(|t| role_name(t).eq_ignore_ascii_case(USUAL_ROLE))
}

/// The role's name, out of an ARN or a path.
pub(in crate::lint) fn role_name(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// What needs the role that is missing. The first reason speaks, the others are named with it.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Needs {
    /// Secrets of containers, of log options or of a registry.
    pub secrets: bool,
    /// Logs to CloudWatch on Fargate.
    pub logs: bool,
    /// Images in Amazon ECR on Fargate.
    pub images: bool,
}

impl Needs {
    /// `None` where a role is named.
    pub fn without_role(task: &Task<'_>) -> Option<Needs> {
        if task.has_execution_role() {
            return None;
        }
        let secrets = task.containers.iter().any(|c| {
            !c.list("secrets").is_empty()
                || find(c, "logConfiguration/secretOptions").and_then(Value::as_array).is_some_and(|l| !l.is_empty())
                || find(c, "repositoryCredentials").is_some()
        });
        let logs = task.fargate() && task.containers.iter().any(|c| c.log_driver() == "awslogs");
        let images = task.fargate() && task.containers.iter().any(|c| c.reference().is_some_and(|r| r.ecr().is_some()));
        Some(Needs { secrets, logs, images })
    }

    /// Whether nothing needs it yet.
    pub fn nothing(self) -> bool {
        !(self.secrets || self.logs || self.images)
    }
}
