//! `/drafts`: made, read, replaced, deleted.

use super::{
    error::ApiError,
    extract::{AnyDraft, DraftToken, Lang, Text},
    report::of_draft,
};
use crate::{
    app_state::AppState,
    draft_service::{BrowserId, LARGEST},
    http::{location::Location, transport::origin},
    site::home::from_import,
};
use app::address::Page;
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use drafts::{Saved, Way};
use serde_json::{Map, Value, json};
use taskdef::{Draft, Step, document::bounds, formats::import, preset::Preset};

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
pub async fn create(State(app): State<AppState>, Lang(lang): Lang, browser: BrowserId, headers: HeaderMap, Text(text): Text) -> Result<Response, ApiError> {
    let body = object(&text)?;
    let read = definition(&body)?;
    let way = if read.is_some() { Way::Imported } else { Way::Created };
    let dropped = read.as_ref().map(|r| r.dropped.clone()).unwrap_or_default();
    let mut draft = match (read, body.get("preset").and_then(Value::as_str)) {
        (Some(read), _) => from_import(read),
        (None, Some(name)) => Preset::parse(name).ok_or(ApiError::UnknownFormat)?.draft(),
        (None, None) => Draft::empty(),
    };
    answers(&mut draft, &body);
    let made = app.drafts.create(&draft, &browser, way).await?;
    let origin = origin(&headers);
    app.images.recall(draft.definition()).await;
    let answer = of_draft(lang, &draft, app.drafts.check(&draft));
    let links = json!({
        "edit": { "token": made.edit.to_text(), "url": format!("{origin}{}", Location::step(lang, &made.edit, Page::Step(Step::Cluster))) },
        "view": { "token": made.view.to_text(), "url": format!("{origin}{}", Location::shared(lang, &made.view)) },
        "revision": 1,
        "dropped": dropped,
        "rulesAsOf": answer.rules_as_of,
        "summary": answer.summary,
        "findings": answer.findings,
    });
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(links)).into_response())
}

fn show(app: &AppState, lang: taskdef::Lang, draft: &Draft, revision: i64) -> Response {
    let report = of_draft(lang, draft, app.drafts.check(draft));
    let root = draft.root();
    let body = json!({
        "revision": revision, "title": root["title"], "region": root["region"], "cluster": root["cluster"],
        "taskDefinition": root["definition"], "rulesAsOf": report.rules_as_of, "summary": report.summary, "findings": report.findings,
    });
    let mut response = ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}

/// Reads a draft by either of its links.
pub async fn read(Lang(lang): Lang, AnyDraft(open): AnyDraft, State(app): State<AppState>) -> Response {
    show(&app, lang, &open.draft, open.revision())
}

/// Replaces what is given. Strict: only from the present revision, or a repeat of the last accepted PUT.
pub async fn replace(
    Lang(lang): Lang,
    AnyDraft(open): AnyDraft,
    State(app): State<AppState>,
    browser: BrowserId,
    headers: HeaderMap,
    Text(text): Text,
) -> Result<Response, ApiError> {
    if !open.is_editable() {
        return Err(ApiError::ReadOnly);
    }
    let named = headers.get(header::IF_MATCH).ok_or(ApiError::NoRevision)?;
    let named = named.to_str().unwrap_or("").trim().trim_start_matches("W/").trim_matches('"');
    let base: i64 = named.parse().map_err(|_| ApiError::Conflict(open.revision()))?;
    let body = object(&text)?;
    let mut draft = open.draft;
    if let Some(read) = definition(&body)? {
        draft.put("definition", read.definition);
    }
    answers(&mut draft, &body);
    let text = draft.to_text();
    if text.len() > LARGEST {
        return Err(ApiError::TooLarge);
    }
    app.images.recall(draft.definition()).await;
    match app.drafts.save(&open.token, base, &text, &browser, Way::Api).await? {
        Saved::Done(revision) | Saved::Unchanged(revision) => Ok(show(&app, lang, &draft, revision)),
        Saved::Conflict(revision) => Err(ApiError::Conflict(revision)),
    }
}

/// Deletes a draft for good.
pub async fn delete(DraftToken(token): DraftToken, State(app): State<AppState>) -> Result<StatusCode, ApiError> {
    app.drafts.delete(&token).await?;
    Ok(StatusCode::NO_CONTENT)
}
