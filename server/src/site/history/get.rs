//! `…/history`.

use super::view::{HistoryModel, LookModel, PointView, history};
use crate::{
    app_state::AppState,
    draft_service::{BrowserId, now},
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use app::{markup, tr};
use axum::extract::{Query, State};
use serde::Deserialize;
use taskdef::Draft;

/// `?at=`: the revision of one point.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    at: Option<i64>,
}

/// The points of a draft's history, or one of them.
pub async fn get(
    Lang(lang): Lang,
    EditableDraft(open): EditableDraft,
    Query(query): Query<Wanted>,
    State(app): State<AppState>,
    browser: BrowserId,
) -> Result<Page, PageError> {
    let points = app.drafts.history(&open.token, &browser).await?;
    let drafts: Vec<Option<Draft>> = points.iter().map(|(p, _)| Draft::parse(&p.body).ok()).collect();
    let look = query.at.and_then(|at| points.iter().zip(&drafts).find(|((p, _), _)| p.revision == at));
    let look = look.and_then(|((p, _), d)| {
        let then = d.clone()?;
        Some(LookModel { revision: p.revision, saved_at: p.saved_at, changes: markup::changes(lang, &then, &open.draft), draft: then })
    });
    let mut list = Vec::new();
    if look.is_none() {
        for (i, (p, own)) in points.iter().enumerate() {
            let before = drafts.get(i + 1).and_then(Option::as_ref);
            let changes = drafts[i].as_ref().and_then(|after| Some(markup::changes(lang, before?, after)));
            list.push(PointView { revision: p.revision, saved_at: p.saved_at, own: *own, changes });
        }
    }
    let model = HistoryModel { token: open.token.to_text(), now: now(), points: list, look };
    Ok(Page::new(lang, tr!(lang, history.title), move |head| history(head, model.clone())))
}
