//! `…/note`, as a page or as a file.

use super::{markdown::markdown, view::note};
use crate::{
    draft_service::choices,
    http::{
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use app::{markup, tr};
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use taskdef::formats::export;

/// `?download=1`.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    download: Option<String>,
}

/// The draft in words.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft, Query(query): Query<Wanted>) -> Response {
    let text = markdown(lang, &open.draft, &markup::facts(lang, &open.draft, &choices(lang)));
    if query.download.is_some() {
        let name = export::file_name(open.draft.family()).replace(".json", ".md");
        let headers = [
            (header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        ];
        return (headers, text).into_response();
    }
    let token = open.token.to_text();
    Page::new(lang, tr!(lang, share.note_title), move |head| note(head, &token, text.clone())).into_response()
}
