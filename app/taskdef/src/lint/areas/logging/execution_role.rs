//! Logs without a role that may write them.

use super::*;
use crate::lint::context::{Needs, USUAL_ROLE};

/// Speaks for images too, which need the role as well; secrets speak for logs.
pub(super) fn missing(task: &Task<'_>, report: &mut Report) {
    let Some(needs) = Needs::without_role(task).filter(|needs| needs.logs && !needs.secrets) else { return };
    let variant = if needs.images { "images" } else { "" };
    report.at(&LOG_AWSLOGS_EXECUTION_ROLE, "/executionRoleArn").variant(variant).set(task.definition, "/executionRoleArn", USUAL_ROLE);
}
