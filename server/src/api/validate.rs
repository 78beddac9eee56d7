//! `POST /validate`: the findings of a definition.

use super::{
    error::ApiError,
    extract::{Lang, Target, Text},
    report::{Report, report},
};
use axum::{Json, extract::Query};
use taskdef::lint;

/// Takes a definition, or what DescribeTaskDefinition prints, wrapped or not.
pub async fn validate(Lang(lang): Lang, Query(target): Query<Target>, Text(text): Text) -> Result<Json<Report>, ApiError> {
    let (findings, _) = lint::check_text(&text, target.region(), target.launch());
    Ok(Json(report(lang, findings)))
}
