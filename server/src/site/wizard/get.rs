//! `/{lang}/d/{token}` and its steps.

use crate::{
    app_state::AppState,
    draft_service::{BrowserId, OpenDraft, choices},
    http::{
        cookies::Cookies,
        error::PageError,
        extract::{DraftToken, EditableDraft, Lang, WizardPage},
        location::Location,
        page,
    },
    site::parts::changed::{buttons, summary},
};
use app::{
    App,
    address::Page,
    tr,
    wire::{Answer, PageModel},
};
use axum::{
    extract::{self, State},
    response::{IntoResponse, Response},
};
use drafts::Way;
use leptos::prelude::*;
use serde::Deserialize;
use taskdef::{Severity, Step};

/// To the first step.
pub async fn first(Lang(lang): Lang, DraftToken(token): DraftToken) -> Location {
    Location::step(lang, &token, Page::Step(Step::Cluster))
}

/// `?check`: comes back from a Continue that found errors. `?told`: comes back from Undo or Redo.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    check: Option<String>,
    told: Option<String>,
}

/// A page of the wizard; where the draft has no such container, the list of them.
pub async fn get(
    State(app): State<AppState>,
    Lang(lang): Lang,
    WizardPage(page): WizardPage,
    EditableDraft(open): EditableDraft,
    extract::Query(query): extract::Query<Query>,
    browser: BrowserId,
    cookies: Cookies,
) -> Result<Response, PageError> {
    let draft = &open.draft;
    let containers = taskdef::document::view::containers(draft.definition()).len();
    let instead = match page {
        Page::Container(i) if i >= containers => Some(Step::Containers),
        Page::Health(i) if i >= containers.max(1) => Some(Step::Health),
        _ => None,
    };
    if let Some(step) = instead {
        return Ok(Location::step(lang, &open.token, Page::Step(step)).into_response());
    }
    let timeline = app.drafts.timeline(&open.token, &browser).await?;
    let told = match query.told {
        Some(_) => told(&app, lang, &open).await?,
        None => None,
    };
    let answer = Answer { told, ..app.drafts.answer(lang, draft, open.revision()) };
    let checked = query.check.is_some();
    let wrong = checked && answer.findings.iter().any(|f| f.severity == Severity::Error && page.shows(&f.place));
    let title = app::title(lang, app::step_name(lang, page.step()), page.step().number(), draft.title(), wrong);
    let dropped = draft.root()["aside"].get("dropped").and_then(|v| v.as_str()).filter(|_| open.revision() == 1).map(str::to_owned);
    let model = PageModel {
        lang,
        exported: cookies.exported(&open.token),
        token: open.token.to_text(),
        path: page.path(),
        checked,
        dropped,
        saved: buttons(lang, &timeline),
        theme: None,
        draft: open.stored.body,
        choices: choices(lang),
        answer,
    };
    let body = move |head: &page::Head| {
        let model = PageModel { theme: head.theme.clone(), ..model.clone() };
        let embedded = model.embedded();
        provide_context(model);
        view! { <App /><script type="application/json" id=PageModel::ELEMENT inner_html=embedded></script> }.into_any()
    };
    Ok(page::Page::live(lang, title, body).into_response())
}

/// What the newest revision undid or did again; `None` where it did neither.
async fn told(app: &AppState, lang: taskdef::Lang, open: &OpenDraft) -> Result<Option<String>, PageError> {
    let Some(way) = app.drafts.newest_way(&open.token).await? else { return Ok(None) };
    let before = app.drafts.text_at(&open.token, open.revision() - 1).await?;
    let Some(before) = before.and_then(|text| taskdef::Draft::parse(&text).ok()) else { return Ok(None) };
    Ok(match way {
        Way::Undone(_) => summary(lang, &before, &open.draft).map(|what| tr!(lang, history.undone, what = what)),
        Way::Redone(_) => summary(lang, &before, &open.draft).map(|what| tr!(lang, history.redone, what = what)),
        _ => None,
    })
}
