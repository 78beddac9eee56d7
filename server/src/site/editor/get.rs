//! `…/json`.

use super::page::page;
use crate::{
    app_state::AppState,
    draft_service::BrowserId,
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        page::Page,
    },
    site::parts::changed::buttons,
};
use axum::extract::State;

/// The definition as JSON.
pub async fn get(State(app): State<AppState>, Lang(lang): Lang, EditableDraft(open): EditableDraft, browser: BrowserId) -> Result<Page, PageError> {
    let saved = buttons(lang, &app.drafts.timeline(&open.token, &browser).await?);
    Ok(page(lang, &open.token, open.revision(), &open.draft, saved, None))
}
