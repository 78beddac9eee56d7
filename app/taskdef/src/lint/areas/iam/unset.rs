//! Roles named after a variable that was empty.

use super::*;
use crate::lint::context::{USUAL_ROLE, role_name};

/// What programs print for nothing.
const NOTHING: [&str; 7] = ["null", "undefined", "none", "nil", "nan", "empty", "false"];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for key in ["executionRoleArn", "taskRoleArn"] {
        let Some(text) = task.text(key) else { continue };
        if NOTHING.iter().any(|word| role_name(text).eq_ignore_ascii_case(word)) {
            let path = format!("/{key}");
            let finding = report.at(&IAM_ROLE_UNSET, &path).text("value", role_name(text));
            if key == "taskRoleArn" {
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path));
            } else {
                finding.set(task.definition, &path, USUAL_ROLE);
            }
        }
    }
}
