//! The choices between two people's answers; without any, the page itself.

use super::page::{not_saved, page};
use crate::{
    app_state::AppState,
    draft_service::{BrowserId, SaveError},
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        form::Form,
        location::Location,
    },
};
use app::address;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use taskdef::{Draft, Step};

/// Saves what was chosen, and leads to the review.
pub async fn post(
    Lang(lang): Lang,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    browser: BrowserId,
    form: Form,
) -> Result<Response, PageError> {
    let token = open.token;
    let review = Location::step(lang, &token, address::Page::Step(Step::Review));
    let Ok(mine) = Draft::parse(form.field("mine")) else { return Ok(review.into_response()) };
    if form.field("op") == "theirs" {
        return Ok(review.into_response());
    }
    let base = form.parsed("base").unwrap_or(open.stored.revision);
    let choice = |path: &str| {
        let said = form.0.iter().find(|(n, _)| n.strip_prefix("pick ") == Some(path));
        said.map(|(_, side)| side == "mine")
    };
    match app.drafts.save_chosen(&token, base, mine.clone(), &browser, choice).await {
        Ok(_) => Ok(review.into_response()),
        Err(SaveError::Clash(clashes)) => {
            // Who asked to see both sides is answered, not refused.
            let status = if form.field("op") == "open" { StatusCode::OK } else { StatusCode::CONFLICT };
            Ok(page(lang, &token, base, mine, clashes).status(status).into_response())
        }
        Err(error) => Ok(not_saved(lang, &token, base, mine, error)?.into_response()),
    }
}
