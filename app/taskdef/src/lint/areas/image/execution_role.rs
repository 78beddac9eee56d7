//! Images in Amazon ECR without a role that may pull them.

use super::*;
use crate::lint::context::{Needs, USUAL_ROLE};

/// Secrets and logs speak for images.
pub(super) fn missing(task: &Task<'_>, report: &mut Report) {
    if Needs::without_role(task).is_some_and(|needs| needs.images && !needs.secrets && !needs.logs) {
        report.at(&IMAGE_ECR_NEEDS_EXECUTION_ROLE, "/executionRoleArn").set(task.definition, "/executionRoleArn", USUAL_ROLE);
    }
}
