//! `/{lang}/s/{token}`.

use super::view::{SharedModel, shared};
use crate::{
    app_state::AppState,
    draft_service::choices,
    http::{
        extract::{Lang, ViewableDraft},
        page::Page,
    },
};
use app::{tr, wire::Answer};
use axum::extract::State;

/// A shared draft, read only.
pub async fn get(State(app): State<AppState>, Lang(lang): Lang, ViewableDraft(open): ViewableDraft) -> Page {
    let title = if open.draft.title().is_empty() { tr!(lang, share.read_only).to_owned() } else { open.draft.title().to_owned() };
    let Answer { cost, findings, .. } = app.drafts.answer(lang, &open.draft, open.revision());
    let model = SharedModel { token: open.token.to_text(), draft: open.draft, choices: choices(lang), cost, findings };
    Page::new(lang, title, move |head| shared(head, model.clone()))
}
