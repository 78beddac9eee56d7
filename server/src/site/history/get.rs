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
    site::parts::changed::version,
};
use app::{markup, tr};
use axum::extract::{Query, State};
use drafts::Mark;
use serde::Deserialize;
use taskdef::Draft;

/// `?at=`: the revision of one point. `&with=`: the one that it is compared with, the newest where there is none.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    at: Option<i64>,
    /// Empty where the newest was chosen.
    with: Option<String>,
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
    let of = |at: i64| points.iter().zip(&drafts).find(|((p, _), _)| p.revision == at).and_then(|((p, _), d)| Some((p, d.clone()?)));
    let look = query.at.and_then(of).map(|(p, then)| {
        let with = query.with.as_deref().and_then(|with| with.parse().ok()).and_then(of).filter(|(other, _)| other.revision != p.revision);
        let other = with.as_ref().map_or(&open.draft, |(_, draft)| draft);
        // Changes are told from the older to the newer one, whichever was chosen first.
        let older = with.as_ref().is_none_or(|(other, _)| p.revision < other.revision);
        let changes = if older { markup::changes(lang, &then, other) } else { markup::changes(lang, other, &then) };
        let others = points.iter().map(|(p, _)| p).filter(|other| other.revision != p.revision && other.revision != open.revision());
        LookModel {
            revision: p.revision,
            saved_at: p.saved_at,
            name: version(lang, p.way),
            with: with.map(|(other, _)| other.revision),
            is_older: older,
            others: others.map(|p| (p.revision, p.saved_at, version(lang, p.way))).collect(),
            changes,
            draft: then,
        }
    });
    let mut list = Vec::new();
    if look.is_none() {
        for (i, (p, own)) in points.iter().enumerate() {
            let before = drafts.get(i + 1).and_then(Option::as_ref);
            let changes = drafts[i].as_ref().and_then(|after| Some(markup::changes(lang, before?, after)));
            list.push(PointView {
                revision: p.revision,
                saved_at: p.saved_at,
                own: *own,
                name: version(lang, p.way),
                is_exported: p.marks.has(Mark::Exported),
                is_registered: p.marks.has(Mark::Registered),
                changes,
            });
        }
    }
    let model = HistoryModel { token: open.token.to_text(), now: now(), points: list, look };
    Ok(Page::new(lang, tr!(lang, history.title), move |head| history(head, model.clone())))
}
