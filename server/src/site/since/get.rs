//! `…/since`.

use super::view::{Since, since};
use crate::{
    app_state::AppState,
    draft_service::DraftError,
    http::{
        cookies::Cookies,
        error::PageError,
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use app::{markup, tr};
use axum::extract::State;
use taskdef::Draft;

/// The draft against what was exported last from this browser.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, cookies: Cookies) -> Result<Page, PageError> {
    let model = match cookies.exported(&open.token) {
        None => Since::Never,
        Some(revision) => match app.drafts.text_at(&open.token, revision).await? {
            None => Since::Gone,
            Some(text) => {
                let then = Draft::parse(&text).map_err(|_| DraftError::Unavailable)?;
                Since::Changes(markup::changes(lang, &then, &open.draft))
            }
        },
    };
    let token = open.token.to_text();
    Ok(Page::new(lang, tr!(lang, share.since_title), move |head| since(head, &token, model.clone())))
}
