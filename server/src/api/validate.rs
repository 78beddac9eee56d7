//! `POST /validate`: the findings of a text of any format.

use super::{
    error::ApiError,
    extract::{Lang, Target, Text},
    report::{Report, of_text},
};
use axum::{Json, extract::Query};
use taskdef::{
    facts::Images,
    formats::{self, import::Input},
};

/// Takes a definition, what DescribeTaskDefinition prints, or a file of another format. Lines and columns are those of the text.
pub async fn validate(Lang(lang): Lang, Query(target): Query<Target>, Text(text): Text) -> Result<Json<Report>, ApiError> {
    let found = formats::check(&Input::of(text), target.region().as_deref(), target.launch(), &Images::default());
    found.map(|found| Json(of_text(lang, found))).map_err(|refusal| ApiError::NotImportable(Box::new(refusal)))
}
