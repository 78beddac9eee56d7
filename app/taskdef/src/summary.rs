//! How many findings there are.

use crate::{Finding, Severity, finding::Concern, lint::concern};
use serde::{Deserialize, Serialize};

/// How many findings of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Pieces of advice about this definition.
    pub advice: usize,
    /// Pieces of advice that are true of nearly every definition: what comes next.
    pub next: usize,
}

impl Summary {
    /// Counts.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Summary {
        let mut summary = Summary::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Advice if concern(finding) == Concern::Next => summary.next += 1,
                Severity::Advice => summary.advice += 1,
            }
        }
        summary
    }
}
