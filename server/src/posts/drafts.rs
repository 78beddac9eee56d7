//! Links, life, name, history and clashes of a draft.

use super::{again, field, pairs};
use crate::{
    pages::{head, nowhere, open, refuse, render},
    visitor,
    web::State,
};
use app::{
    backend::BackendError,
    flow::{self, Unsettled},
    site,
};
use axum::{
    extract::{Path, Request, State as From},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;
use taskdef::{Draft, Lang, document::merge::Clash};

/// The page with both sides' answers; this side's draft travels in it.
#[allow(clippy::too_many_arguments)]
pub async fn collide(state: &State, lang: Lang, token: &str, base: i64, mine: Draft, clashes: Vec<Clash>, status: StatusCode, request: Request) -> Response {
    let text = |v: Option<serde_json::Value>| v.map(|v| site::short(&v));
    let view = |c: Clash| site::ClashView {
        what: site::place(lang, mine.root(), &c.path),
        base: text(c.base),
        mine: text(c.mine),
        theirs: text(c.theirs),
        path: c.path,
    };
    let views: Vec<site::ClashView> = clashes.into_iter().map(view).collect();
    let head = head(state, lang, request.headers(), site::title_conflict(lang), false);
    let (token, mine) = (token.to_owned(), mine.to_text());
    render(request, status, head, move |head| site::conflict(head, &token, base, mine.clone(), views.clone())).await
}

/// The choices of that page; without any, the page itself.
pub async fn conflict(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let opened = match open(&state, &token).await {
        Ok((opened, _)) => opened,
        Err(error) => return refuse(&state, lang, again(&parts), error).await,
    };
    let to = format!("/{}/d/{token}/review", lang.as_str());
    let Ok(mine) = Draft::parse(field(&pairs, "mine")) else { return Redirect::to(&to).into_response() };
    if field(&pairs, "op") == "theirs" {
        return Redirect::to(&to).into_response();
    }
    let base = field(&pairs, "base").parse().unwrap_or(opened.revision);
    let choice = |path: &str| {
        let said = pairs.iter().find(|(n, _)| n.strip_prefix("pick ") == Some(path));
        said.map(|(_, side)| side == "mine")
    };
    let who = visitor::who(&parts.headers);
    match flow::settle_with(state.backend.as_ref(), &token, base, mine.clone(), &who, choice).await {
        Ok(_) => Redirect::to(&to).into_response(),
        Err(Unsettled::Clash { clashes, .. }) => {
            // Who asked to see both sides is answered, not refused.
            let status = if field(&pairs, "op") == "open" { StatusCode::OK } else { StatusCode::CONFLICT };
            collide(&state, lang, &token, base, mine, clashes, status, again(&parts)).await
        }
        Err(Unsettled::Backend(error)) => refuse(&state, lang, again(&parts), error).await,
    }
}

/// Name, links, life and end of a draft.
pub async fn share(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let mut kept = HeaderMap::new();
    let here = format!("/{}/d/{token}/share", lang.as_str());
    let done: Result<String, BackendError> = async {
        let (opened, mut draft) = open(&state, &token).await?;
        match field(&pairs, "op") {
            "delete" => {
                state.backend.delete(&token).await?;
                visitor::forget(&parts.headers, &mut kept, |t| t == token);
                return Ok(format!("/{}", lang.as_str()));
            }
            "revoke" => drop(state.backend.revoke_view(&token).await?),
            "replace" => {
                let (edit, _) = state.backend.replace_links(&token).await?;
                if visitor::remembered(&parts.headers).contains(&token) {
                    visitor::remember(&parts.headers, &mut kept, &edit, Some(&token));
                }
                return Ok(format!("/{}/d/{edit}/share", lang.as_str()));
            }
            "life" => state.backend.set_life(&token, field(&pairs, "life").parse().unwrap_or(opened.life)).await?,
            "keep" => visitor::remember(&parts.headers, &mut kept, &token, None),
            "forget" => visitor::forget(&parts.headers, &mut kept, |t| t == token),
            _ => {
                let title: String = field(&pairs, "title").trim().chars().take(200).collect();
                draft.put("title", json!(title));
                match flow::settle(state.backend.as_ref(), &token, opened.revision, draft, &visitor::who(&parts.headers)).await {
                    Ok(_) => {}
                    Err(Unsettled::Backend(error)) => return Err(error),
                    Err(Unsettled::Clash { .. }) => return Err(BackendError::Unavailable),
                }
            }
        }
        Ok(here)
    }
    .await;
    match done {
        Ok(to) => (kept, Redirect::to(&to)).into_response(),
        Err(error) => refuse(&state, lang, again(&parts), error).await,
    }
}

/// Back to a point of the history: it becomes the newest revision, and the others stay.
pub async fn restore(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let done = async {
        let at = field(&pairs, "at").parse().map_err(|_| BackendError::NotFound)?;
        let who = visitor::who(&parts.headers);
        let Some(text) = state.backend.at_revision(&token, at).await? else { return Err(BackendError::NotFound) };
        // Whoever saves meanwhile stands in the history too; the wish was to have this point.
        for _ in 0..5 {
            let opened = state.backend.open(&token).await?;
            if let app::backend::SaveOutcome::Saved(_) = state.backend.save(&token, opened.revision, &text, &who).await? {
                return Ok(());
            }
        }
        Err(BackendError::Unavailable)
    };
    match done.await {
        Ok(()) => Redirect::to(&format!("/{}/d/{token}/review", lang.as_str())).into_response(),
        Err(error) => refuse(&state, lang, again(&parts), error).await,
    }
}
