//! `POST /inspect`: what a registry says about an image.

use super::{error::ApiError, extract::Text};
use crate::app_state::AppState;
use axum::{Json, extract::State};
use registry::Depth;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use taskdef::facts::{ImageFacts, Platform};

/// What is asked.
#[derive(Debug, Deserialize)]
struct Question {
    image: String,
    /// `linux/amd64` unless it is given.
    platform: Option<String>,
    /// Whether the layers are read too.
    #[serde(default)]
    layers: bool,
}

/// What is answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspected {
    image: String,
    /// Seconds since the registry was asked.
    age: u64,
    #[serde(flatten)]
    facts: ImageFacts,
}

impl Inspected {
    /// A look as the API and the command write it.
    pub fn new(image: &str, look: registry::Look) -> Inspected {
        Inspected { image: image.to_owned(), age: look.at.elapsed().unwrap_or_default().as_secs(), facts: Arc::unwrap_or_clone(look.facts) }
    }
}

/// Looks into an image.
pub async fn inspect(State(app): State<AppState>, Text(text): Text) -> Result<Json<Inspected>, ApiError> {
    let question: Question = serde_json::from_str(&text).map_err(|_| ApiError::NotJson)?;
    let platform = Platform::parse(question.platform.as_deref().unwrap_or("linux/amd64")).ok_or(ApiError::Look(registry::Error::Reference))?;
    let depth = if question.layers { Depth::Layers } else { Depth::Configuration };
    let answer = app.images.look(&question.image, &platform, depth).await.ok_or(ApiError::NoRegistry)?;
    Ok(Json(Inspected::new(&question.image, answer.map_err(ApiError::Look)?)))
}
