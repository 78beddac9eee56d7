//! Files of a draft or of a body, and texts that become a definition.

use super::{ApiError, text};
use crate::web::State;
use axum::{
    Json,
    extract::{Path, Request, State as From},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use taskdef::{Draft, export, import};

fn file(definition: &Value) -> Response {
    let family = definition.get("family").and_then(Value::as_str).unwrap_or("");
    let mut response = export::to_json(definition).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", export::file_name(family))) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// The definition of a draft.
pub async fn of_draft(From(state): From<State>, Path(token): Path<String>) -> Result<Response, ApiError> {
    let opened = state.backend.open(&token).await?;
    let draft = Draft::parse(&opened.body).map_err(|_| ApiError::Unavailable)?;
    Ok(file(draft.definition()))
}

/// A definition, wrapped or not, as the same file.
pub async fn of_body(request: Request) -> Result<Response, ApiError> {
    let (_, text) = text(request).await?;
    let read = import::from_json(&text).map_err(|_| ApiError::NotJson)?;
    Ok(file(&read.definition))
}

/// A text of a known format as a definition. Nothing is stored.
pub async fn import(request: Request) -> Result<Json<Value>, ApiError> {
    let (_, text) = text(request).await?;
    let read = import::from_json(&text).map_err(|_| ApiError::UnknownFormat)?;
    if !read.definition.is_object() {
        return Err(ApiError::UnknownFormat);
    }
    let format = if read.unwrapped || !read.dropped.is_empty() { "describe-task-definition" } else { "task-definition" };
    Ok(Json(json!({ "format": format, "taskDefinition": read.definition, "report": { "dropped": read.dropped, "unwrapped": read.unwrapped } })))
}
