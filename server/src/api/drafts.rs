//! `/drafts`: made, read, replaced, deleted.

use super::{ApiError, Common, text, validate::report};
use crate::{pages::origin, posts::from_import, visitor, web::State};
use app::{backend::SaveOutcome, flow};
use axum::{
    Json,
    extract::{Path, Query, Request, State as From},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use taskdef::{Draft, Lang, document::bounds, formats::import, lint, preset::Preset};

/// The body of POST and PUT.
fn object(text: &str) -> Result<Map<String, Value>, ApiError> {
    // What is accepted is stored, and must open again.
    bounds::check(text).map_err(ApiError::Unfit)?;
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Ok(map),
        _ => Err(ApiError::NotJson),
    }
}

/// `taskDefinition`, an object or a text.
fn definition(body: &Map<String, Value>) -> Result<Option<import::Imported>, ApiError> {
    match body.get("taskDefinition") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => import::from_json(text).map(Some).map_err(ApiError::of_text),
        Some(value) => Ok(Some(import::from_value(value.clone()))),
    }
}

/// Title, Region and cluster, where they are given.
fn answers(draft: &mut Draft, body: &Map<String, Value>) {
    for key in ["title", "region"] {
        if let Some(value @ Value::String(_)) = body.get(key) {
            draft.put(key, value.clone());
        }
    }
    match body.get("cluster") {
        Some(Value::String(name)) => {
            let mut cluster = draft.root().get("cluster").and_then(Value::as_object).cloned().unwrap_or_default();
            cluster.insert("name".into(), json!(name));
            draft.put("cluster", Value::Object(cluster));
        }
        Some(value @ Value::Object(_)) => draft.put("cluster", value.clone()),
        _ => {}
    }
}

/// Makes a draft.
pub async fn create(From(state): From<State>, Query(query): Query<Common>, request: Request) -> Result<Response, ApiError> {
    let (headers, text) = text(request).await?;
    let lang = query.lang(&headers);
    let body = object(&text)?;
    let read = definition(&body)?;
    let dropped = read.as_ref().map(|r| r.dropped.clone()).unwrap_or_default();
    let mut draft = match (read, body.get("preset").and_then(Value::as_str)) {
        (Some(read), _) => from_import(read),
        (None, Some(name)) => Preset::parse(name).ok_or(ApiError::UnknownFormat)?.draft(),
        (None, None) => Draft::empty(),
    };
    answers(&mut draft, &body);
    let (edit, view) = state.backend.create(&draft.to_text(), &visitor::who(&headers)).await?;
    let base = format!("{}/{}", origin(&headers), lang.as_str());
    let answer = report(lang, lint::check_draft(&draft));
    let links = json!({
        "edit": { "token": edit, "url": format!("{base}/d/{edit}/cluster") },
        "view": { "token": view, "url": format!("{base}/s/{view}") },
        "revision": 1,
        "dropped": dropped,
        "summary": answer.summary,
        "findings": answer.findings,
    });
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(links)).into_response())
}

fn show(lang: Lang, draft: &Draft, revision: i64) -> Response {
    let said = report(lang, lint::check_draft(draft));
    let root = draft.root();
    let body = json!({
        "revision": revision, "title": root["title"], "region": root["region"], "cluster": root["cluster"],
        "taskDefinition": root["definition"], "summary": said.summary, "findings": said.findings,
    });
    let mut response = ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}

/// Reads a draft by either of its links.
pub async fn read(From(state): From<State>, Path(token): Path<String>, Query(query): Query<Common>, headers: HeaderMap) -> Result<Response, ApiError> {
    let (opened, draft) = flow::open(state.backend.as_ref(), &token).await?;
    Ok(show(query.lang(&headers), &draft, opened.revision))
}

/// Replaces what is given. Strict: only from the present revision, or a repeat of the last accepted PUT.
pub async fn replace(From(state): From<State>, Path(token): Path<String>, Query(query): Query<Common>, request: Request) -> Result<Response, ApiError> {
    let (headers, text) = text(request).await?;
    let (opened, mut draft) = flow::open(state.backend.as_ref(), &token).await?;
    if !opened.editable {
        return Err(ApiError::ReadOnly);
    }
    let named = headers.get(header::IF_MATCH).ok_or(ApiError::NoRevision)?;
    let named = named.to_str().unwrap_or("").trim().trim_start_matches("W/").trim_matches('"');
    let base: i64 = named.parse().map_err(|_| ApiError::Conflict(opened.revision))?;
    let body = object(&text)?;
    if let Some(read) = definition(&body)? {
        draft.put("definition", read.definition);
    }
    answers(&mut draft, &body);
    let text = draft.to_text();
    if text.len() > flow::LARGEST {
        return Err(ApiError::TooLarge);
    }
    match state.backend.save(&token, base, &text, &visitor::who(&headers)).await? {
        SaveOutcome::Saved(revision) => Ok(show(query.lang(&headers), &draft, revision)),
        SaveOutcome::Stale(revision) => Err(ApiError::Conflict(revision)),
    }
}

/// Deletes a draft for good.
pub async fn delete(From(state): From<State>, Path(token): Path<String>) -> Result<StatusCode, ApiError> {
    state.backend.delete(&token).await?;
    Ok(StatusCode::NO_CONTENT)
}
