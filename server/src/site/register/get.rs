//! `…/register`.

use super::page::{Notice, page};
use crate::{
    app_state::AppState,
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use axum::{extract::State, http::HeaderMap};

/// All ways to register, and what was registered.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, headers: HeaderMap) -> Result<Page, PageError> {
    page(&app, lang, open, &headers, Notice::default()).await
}
