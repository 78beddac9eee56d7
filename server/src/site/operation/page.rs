//! The page of one registration. It does not call AWS.

use super::{model::OperationModel, view::operation};
use crate::{
    app_state::AppState,
    draft_service::{BrowserId, OpenDraft},
    http::{
        error::PageError,
        location::{Location, OperationId},
        page::Page,
    },
    site::register::{Refused, operations},
};
use app::tr;
use axum::http::{HeaderMap, StatusCode};
use taskdef::{Lang, deploy::Plan};

/// The page, perhaps with what was not in order in what was sent.
///
/// # Errors
/// Where the draft has no such registration, or the store does not answer.
pub async fn page(app: &AppState, lang: Lang, open: OpenDraft, id: OperationId, headers: &HeaderMap, refused: Option<Refused>) -> Result<Page, PageError> {
    let all = operations(&app.store, &open.token).await?;
    let stored = all.into_iter().find(|stored| stored.id == id).ok_or(PageError::NoDraft)?;
    let browser: BrowserId = crate::http::cookies::Cookies::of(headers).browser_id();
    let stored = stored.seen_by(&app.store, &open.token, &browser).await?;
    let operation_of_draft = Plan::new(&open.draft, &open.tag).map(|plan| plan.of_operation(&id.to_string()));
    let model = OperationModel {
        base: Location::draft(lang, &open.token).to_string(),
        token: open.token.to_text(),
        id: id.to_string(),
        stale: stored.operation.run.is_none() && operation_of_draft.as_ref() != Ok(&stored.operation.plan),
        held: stored.held,
        access: app.registrar.access(headers),
        refused,
        cost: app.drafts.answer(lang, &open.draft, open.revision()).cost,
        operation: stored.operation,
        draft: open.draft,
    };
    let page = Page::new(lang, tr!(lang, register.title), move |head| operation(head, model.clone())).wrong(refused.is_some());
    Ok(if refused.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}
