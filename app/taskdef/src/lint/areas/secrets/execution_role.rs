//! Secrets without a role that may fetch them.

use super::*;
use crate::lint::context::{Needs, USUAL_ROLE};

/// Speaks for logs and images too, which need the role as well.
pub(super) fn missing(task: &Task<'_>, report: &mut Report) {
    let Some(needs) = Needs::without_role(task).filter(|needs| needs.secrets) else { return };
    let variant = match (needs.logs, needs.images) {
        (true, true) => "both",
        (true, false) => "logs",
        (false, true) => "images",
        (false, false) => "",
    };
    report.at(&SECRET_NEEDS_EXECUTION_ROLE, "/executionRoleArn").variant(variant).set(task.definition, "/executionRoleArn", USUAL_ROLE);
}
