//! `/{lang}/mine`.

use crate::{
    app_state::AppState,
    http::{cookies::Cookies, extract::Lang},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// All drafts that this browser remembers, as one file.
pub async fn get(_: Lang, State(app): State<AppState>, cookies: Cookies) -> Response {
    let mut drafts: Vec<Value> = Vec::new();
    for token in cookies.remembered() {
        if let Ok(open) = app.drafts.open_editable(&token).await {
            let root = open.draft.root();
            drafts.push(json!({ "title": root["title"], "region": root["region"], "cluster": root["cluster"], "taskDefinition": root["definition"] }));
        }
    }
    let text = serde_json::to_string_pretty(&json!({ "drafts": drafts })).unwrap_or_default() + "\n";
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"taskwright-drafts.json\""),
    ];
    (headers, text).into_response()
}
