//! Files of a draft or of a body, and texts that become a definition.

use super::{ApiError, Common, text};
use crate::{visitor, web::State};
use app::flow;
use axum::{
    Json,
    extract::{Path, Query, Request, State as From},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use taskdef::{
    Lang,
    deploy::Plan,
    deploy::scripts,
    formats::{export, import},
};

fn file(text: String, name: &str, kind: &'static str) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn json(definition: &Value) -> Response {
    let family = definition.get("family").and_then(Value::as_str).unwrap_or("");
    file(export::to_json(definition), &export::file_name(family), "application/json")
}

/// The definition of a draft.
pub async fn of_draft(From(state): From<State>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response, ApiError> {
    let (opened, draft) = flow::open(state.backend.as_ref(), &token).await?;
    let mut response = json(draft.definition());
    if opened.editable {
        visitor::export(&headers, response.headers_mut(), &token, opened.revision);
    }
    Ok(response)
}

async fn script(state: &State, token: &str, headers: &HeaderMap, lang: Lang, name: &str, write: fn(Lang, &Plan) -> String) -> Result<Response, ApiError> {
    let (opened, draft) = flow::open(state.backend.as_ref(), token).await?;
    let plan = Plan::new(&draft, &opened.tag).map_err(ApiError::NoScript)?;
    let mut response = file(write(lang, &plan), name, "text/x-shellscript; charset=utf-8");
    if opened.editable && name == "deploy.sh" {
        visitor::export(headers, response.headers_mut(), token, opened.revision);
    }
    Ok(response)
}

/// The script that registers a draft, in the language of `lang=`.
pub async fn deploy(From(state): From<State>, Path(token): Path<String>, Query(query): Query<Common>, headers: HeaderMap) -> Result<Response, ApiError> {
    script(&state, &token, &headers, query.lang(&headers), "deploy.sh", scripts::deploy).await
}

/// The script that takes away what the other one made.
pub async fn teardown(From(state): From<State>, Path(token): Path<String>, Query(query): Query<Common>, headers: HeaderMap) -> Result<Response, ApiError> {
    script(&state, &token, &headers, query.lang(&headers), "teardown.sh", scripts::teardown).await
}

/// A definition, wrapped or not, as the same file.
pub async fn of_body(request: Request) -> Result<Response, ApiError> {
    let (_, text) = text(request).await?;
    let read = import::from_json(&text).map_err(ApiError::of_text)?;
    Ok(json(&read.definition))
}

/// A text of a known format as a definition. Nothing is stored.
pub async fn import(request: Request) -> Result<Json<Value>, ApiError> {
    let (_, text) = text(request).await?;
    let read = import::from_json(&text).map_err(|_| ApiError::UnknownFormat)?;
    if !read.definition.is_object() {
        return Err(ApiError::UnknownFormat);
    }
    let format = if read.unwrapped || !read.dropped.is_empty() { "describe-task-definition" } else { "task-definition" };
    Ok(Json(serde_json::json!({ "format": format, "taskDefinition": read.definition, "report": { "dropped": read.dropped, "unwrapped": read.unwrapped } })))
}
