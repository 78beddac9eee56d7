//! Files of a draft or of a body, and texts that become a definition.

use super::{
    error::ApiError,
    extract::{AnyDraft, Lang, Text},
};
use crate::http::cookies::Cookies;
use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use taskdef::{
    deploy::{Plan, scripts},
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

/// The definition of a draft. Its owner's browser remembers the revision.
pub async fn of_draft(AnyDraft(open): AnyDraft, mut cookies: Cookies) -> (Cookies, Response) {
    if open.is_editable() {
        cookies.set_exported(&open.token, open.revision());
    }
    (cookies, json(open.draft.definition()))
}

/// The script that registers a draft. Its owner's browser remembers the revision.
pub async fn deploy(Lang(lang): Lang, AnyDraft(open): AnyDraft, mut cookies: Cookies) -> Result<(Cookies, Response), ApiError> {
    let plan = Plan::new(&open.draft, &open.tag).map_err(ApiError::NoScript)?;
    if open.is_editable() {
        cookies.set_exported(&open.token, open.revision());
    }
    Ok((cookies, script(scripts::deploy(lang, &plan), "deploy.sh")))
}

/// The script that takes away what the other one made.
pub async fn teardown(Lang(lang): Lang, AnyDraft(open): AnyDraft) -> Result<Response, ApiError> {
    let plan = Plan::new(&open.draft, &open.tag).map_err(ApiError::NoScript)?;
    Ok(script(scripts::teardown(lang, &plan), "teardown.sh"))
}

fn script(text: String, name: &str) -> Response {
    file(text, name, "text/x-shellscript; charset=utf-8")
}

/// A definition, wrapped or not, as the same file.
pub async fn of_body(Text(text): Text) -> Result<Response, ApiError> {
    let read = import::from_json(&text).map_err(ApiError::of_text)?;
    Ok(json(&read.definition))
}

/// A text of a known format as a definition. Nothing is stored.
pub async fn import(Text(text): Text) -> Result<Json<Value>, ApiError> {
    let read = import::from_json(&text).map_err(|_| ApiError::UnknownFormat)?;
    if !read.definition.is_object() {
        return Err(ApiError::UnknownFormat);
    }
    let format = if read.unwrapped || !read.dropped.is_empty() { "describe-task-definition" } else { "task-definition" };
    Ok(Json(serde_json::json!({ "format": format, "taskDefinition": read.definition, "report": { "dropped": read.dropped, "unwrapped": read.unwrapped } })))
}
