//! `POST /live/save`. The framework reads the request and writes the answer; this is what it calls in between.

use crate::{
    api::error::ApiError,
    app_state::AppState,
    draft_service::{BrowserId, Claimed, Direction, DraftError, DraftService, SaveError},
    site::parts::changed::summary,
};
use app::{
    tr,
    wire::{Answer, Doing, LiveError, SaveDraft, Unsaved},
};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use drafts::{Token, Way};
use leptos::prelude::provide_context;
use taskdef::{Draft, Lang};

/// Saves and checks in one trip.
pub async fn post(State(app): State<AppState>, browser: BrowserId, mut request: Request) -> Response {
    // With these the library would answer a page's form with a redirect to wherever `Referer` says.
    request.headers_mut().remove(header::REFERER);
    request.headers_mut().remove(header::ACCEPT);
    let context = move || {
        let (drafts, browser) = (app.drafts.clone(), browser.clone());
        provide_context(SaveDraft::new(move |unsaved| {
            let (drafts, browser) = (drafts.clone(), browser.clone());
            async move { save(&drafts, &browser, unsaved).await }
        }));
    };
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    // The function itself answers whatever happens, so what the library calls an error is an argument that it cannot read.
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR { ApiError::NotJson.into_response() } else { response }
}

async fn save(drafts: &DraftService, browser: &BrowserId, unsaved: Unsaved) -> Result<Answer, LiveError> {
    let Unsaved { token, lang, base, draft, doing } = unsaved;
    let mine = Draft::parse(&draft).map_err(|_| LiveError::Internal("draft".into()))?;
    let token = Token::parse(&token).ok_or(LiveError::Gone)?;
    let claimed = match doing {
        Doing::Edited | Doing::Pressed => Claimed::Change(Way::Edited),
        Doing::Continued => Claimed::Change(Way::Continued),
        Doing::Undone => Claimed::Back(Direction::Undo),
        Doing::Redone => Claimed::Back(Direction::Redo),
    };
    let way = drafts.way_of(&token, claimed, &mine, browser).await.map_err(refused)?;
    let before = match doing {
        Doing::Edited | Doing::Continued => None,
        Doing::Pressed | Doing::Undone | Doing::Redone => drafts.text_at(&token, base).await.map_err(refused)?.and_then(|text| Draft::parse(&text).ok()),
    };
    match drafts.save_merged(&token, base, mine.clone(), browser, way).await {
        Ok(saved) => {
            let merged = saved.merged.then(|| saved.draft.to_text());
            let told = before.and_then(|before| told(lang, doing, &before, &mine));
            Ok(Answer { merged, told, ..drafts.answer(lang, &saved.draft, saved.revision) })
        }
        Err(SaveError::Clash(_)) => Err(LiveError::Conflict),
        Err(SaveError::Draft(error)) => Err(refused(error)),
    }
}

/// What was done, in words. An Undo names what it took back.
fn told(lang: Lang, doing: Doing, before: &Draft, after: &Draft) -> Option<String> {
    match doing {
        Doing::Undone => summary(lang, before, after).map(|what| tr!(lang, history.undone, what = what)),
        Doing::Redone => summary(lang, before, after).map(|what| tr!(lang, history.redone, what = what)),
        Doing::Edited | Doing::Continued | Doing::Pressed => summary(lang, before, after),
    }
}

fn refused(error: DraftError) -> LiveError {
    match error {
        DraftError::NotFound | DraftError::ReadOnly => LiveError::Gone,
        DraftError::TooLarge => LiveError::TooLarge,
        DraftError::SlowDown => LiveError::SlowDown,
        DraftError::Full | DraftError::Unavailable => LiveError::Internal(String::new()),
    }
}
