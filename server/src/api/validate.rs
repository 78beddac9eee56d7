//! `POST /validate`: the findings of a definition.

use super::{
    error::ApiError,
    extract::{Lang, Target, Text},
    report::{Report, report},
};
use axum::{Json, extract::Query};
use taskdef::{formats::import, lint};

/// Takes a definition, or what DescribeTaskDefinition prints, wrapped or not.
pub async fn validate(Lang(lang): Lang, Query(target): Query<Target>, Text(text): Text) -> Result<Json<Report>, ApiError> {
    let (findings, _) = lint::check_text(&text, target.region(), target.launch());
    let wrapped = import::from_json(&text).is_ok_and(|read| read.unwrapped);
    let places = import::places_of(&text, wrapped, &findings);
    let mut report = report(lang, findings);
    for (finding, (line, column)) in report.findings.iter_mut().zip(places) {
        (finding.line, finding.column) = (Some(line), Some(column));
    }
    Ok(Json(report))
}
