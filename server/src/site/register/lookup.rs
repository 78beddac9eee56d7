//! A lookup in the account.

use super::{
    page::{Notice, page},
    sign,
};
use crate::{
    app_state::AppState,
    draft_service::{DraftError, OpenDraft},
    http::{
        cookies::Cookies,
        error::PageError,
        form::Form,
        location::{Around, Location, OperationId},
    },
};
use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use taskdef::{Lang, Severity, deploy::Plan};

/// Looks up the account, and keeps what was found as an operation, whose page asks before anything is made.
///
/// # Errors
/// Where the store does not answer.
pub async fn lookup(app: &AppState, lang: Lang, open: OpenDraft, headers: &HeaderMap, form: &Form) -> Result<Response, PageError> {
    let token = open.token.clone();
    let here = Location::around(lang, &token, Around::Register);
    // AWS would refuse it; the page says so, and leads to what has to be mended.
    if open.draft.region().is_empty() || app.drafts.check(&open.draft).iter().any(|f| f.severity == Severity::Error) {
        return Ok(here.into_response());
    }
    let sign = match sign(&app.registrar, headers, form) {
        Ok(sign) => sign,
        Err(refused) => return Ok(page(app, lang, open, headers, Notice::refused(refused)).await?.into_response()),
    };
    // The page says what is in the way.
    let Ok(plan) = Plan::new(&open.draft, &open.tag) else { return Ok(here.into_response()) };
    let browser = Cookies::of(headers).browser_id();
    match app.registrar.lookup(&app.store, &token, &browser.0, open.revision(), plan, sign).await.map_err(DraftError::from)? {
        Ok(id) => Ok(Location::operation(lang, &token, OperationId(id)).into_response()),
        Err(problem) => Ok(page(app, lang, open, headers, Notice::problem(problem)).await?.into_response()),
    }
}
