//! A step's form, without JavaScript.

use crate::{
    app_state::AppState,
    draft_service::{BrowserId, submit},
    http::{
        error::PageError,
        extract::{EditableDraft, Lang, WizardPage},
        form::Form,
        location::Location,
    },
    site::conflict,
};
use app::actions::Next;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use drafts::Way;

/// Saves what the person changed, and leads on: to the next page, back to what must be corrected, or to the control that an
/// action was about.
pub async fn post(
    Lang(lang): Lang,
    WizardPage(page): WizardPage,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    browser: BrowserId,
    form: Form,
) -> Result<Response, PageError> {
    let revision = form.parsed("rev").unwrap_or(open.revision());
    let base = app.drafts.base(&open, revision).await?;
    let submitted = submit(&base, page, &form.0, &app.drafts.images(&base))?;
    let token = open.token;
    let draft = if submitted.draft == base && revision != open.stored.revision {
        // Nothing was changed here, so nothing of others' is merged.
        open.draft
    } else {
        match app.drafts.save_merged(&token, revision, submitted.draft.clone(), &browser, Way::Edited).await {
            Ok(saved) => saved.draft,
            Err(error) => return Ok(conflict::not_saved(lang, &token, revision, submitted.draft, error)?.into_response()),
        }
    };
    let next = match submitted.next {
        Next::Home => return Ok(Location::home(lang).into_response()),
        Next::GoOn(_) if app.drafts.has_errors(&draft, page) => return Ok(Location::checked(lang, &token, page).into_response()),
        Next::GoOn(next) | Next::Open(next) => next,
        Next::Stay => page,
    };
    let to = match submitted.focus {
        Some(id) => Location::element(lang, &token, next, &id),
        None => Location::step(lang, &token, next),
    };
    Ok(to.into_response())
}
