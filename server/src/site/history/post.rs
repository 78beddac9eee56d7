//! Back to a point of the history.

use crate::{
    app_state::AppState,
    draft_service::BrowserId,
    http::{
        error::PageError,
        extract::{DraftToken, Lang},
        form::Form,
        location::Location,
    },
};
use app::address::Page;
use axum::extract::State;
use taskdef::Step;

/// Saves an earlier revision as the newest one.
pub async fn post(Lang(lang): Lang, DraftToken(token): DraftToken, State(app): State<AppState>, browser: BrowserId, form: Form) -> Result<Location, PageError> {
    let at = form.parsed("at").ok_or(PageError::NoDraft)?;
    app.drafts.restore(&token, at, &browser).await?;
    Ok(Location::step(lang, &token, Page::Step(Step::Review)))
}
