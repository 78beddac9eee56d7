//! The objects of `POST /api/v1/validate`, one per file, in a list.

use super::{super::policy::NAME, Report};
use crate::api::report;
use serde_json::{Value, json};
use std::io;
use taskdef::{lint, shown, summary::Summary};

/// The report as JSON. An ignored finding is not counted and has the reason beside it.
pub fn write(told: &Report<'_>) -> io::Result<String> {
    let files = told.checked.iter().map(|checked| {
        let findings = told.shown(checked).map(|placed| {
            let mut said = serde_json::to_value(report::finding(told.lang, placed.finding.clone()))?;
            if let Some(task) = &placed.task {
                said["task"] = json!(task);
            }
            if let Some(reason) = &placed.ignored {
                said["ignored"] = json!({ "by": NAME, "reason": reason });
            }
            Ok(said)
        });
        let findings = findings.collect::<Result<Vec<Value>, serde_json::Error>>()?;
        Ok(json!({ "file": checked.name, "format": checked.format, "rulesAsOf": lint::AS_OF, "summary": Summary::of(checked.found()), "findings": findings }))
    });
    let files = files.collect::<Result<Vec<Value>, serde_json::Error>>()?;
    Ok(shown::json(&serde_json::to_string_pretty(&files)?) + "\n")
}
