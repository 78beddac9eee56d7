//! `…/review/register/{operation}`.

use super::page::page;
use crate::{
    app_state::AppState,
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        location::OperationId,
        page::Page,
    },
};
use axum::{extract::State, http::HeaderMap};

/// What was found and would be made, how far a run is, or what it made.
pub async fn get(
    Lang(lang): Lang,
    EditableDraft(open): EditableDraft,
    id: OperationId,
    State(app): State<AppState>,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    page(&app, lang, open, id, &headers, None).await
}
