//! Makes the safe fixes.

use crate::{
    app_state::AppState,
    draft_service::BrowserId,
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        form::Form,
        location::Location,
    },
    site::conflict,
};
use app::address::Page;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use drafts::Way;
use taskdef::{Step, lint::autofix};

/// Makes them on what was shown; what others changed since is merged.
pub async fn post(
    Lang(lang): Lang,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    browser: BrowserId,
    form: Form,
) -> Result<Response, PageError> {
    let revision = form.parsed("rev").unwrap_or(open.revision());
    let base = app.drafts.base(&open, revision).await?;
    let mine = autofix::safe(&base, &app.drafts.images(&base)).0;
    match app.drafts.save_merged(&open.token, revision, mine.clone(), &browser, Way::Fixed).await {
        Ok(_) => Ok(Location::step(lang, &open.token, Page::Step(Step::Review)).into_response()),
        Err(error) => Ok(conflict::not_saved(lang, &open.token, revision, mine, error)?.into_response()),
    }
}
