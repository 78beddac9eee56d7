//! The editor's text, and all safe fixes at once.

use super::{again, base, drafts::collide, field, pairs};
use crate::{
    pages::{self, nowhere, open, refuse},
    visitor,
    web::State,
};
use app::{
    flow::{self, Unsettled},
    site,
};
use axum::{
    extract::{Path, Request, State as From},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use taskdef::{Draft, Lang, formats::import, lint::autofix};

/// Saves what was made from a revision, and goes on to the review.
async fn keep(state: &State, lang: Lang, token: &str, base: i64, draft: Draft, parts: &http::request::Parts) -> Response {
    match flow::settle(state.backend.as_ref(), token, base, draft.clone(), &visitor::who(&parts.headers)).await {
        Ok(_) => Redirect::to(&format!("/{}/d/{token}/review", lang.as_str())).into_response(),
        Err(Unsettled::Clash { clashes, .. }) => collide(state, lang, token, base, draft, clashes, StatusCode::CONFLICT, again(parts)).await,
        Err(Unsettled::Backend(error)) => refuse(state, lang, again(parts), error).await,
    }
}

/// `…/json`: checks the text, or saves it.
pub async fn editor(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let (opened, newest) = match open(&state, &token).await {
        Ok(open) => open,
        Err(error) => return refuse(&state, lang, again(&parts), error).await,
    };
    let (base, draft) = match base(&state, &token, &pairs, &opened, &newest).await {
        Ok(base) => base,
        Err(error) => return refuse(&state, lang, again(&parts), error).await,
    };
    // Browsers send line ends as CR LF.
    let text = field(&pairs, "text").replace("\r\n", "\n");
    let saves = field(&pairs, "op") == "save";
    let error = match import::from_json(&text) {
        Ok(read) if read.definition.is_object() => {
            if saves {
                return keep(&state, lang, &token, base, draft.with_definition(read.definition), &parts).await;
            }
            None
        }
        Ok(_) => Some(site::editor_not_object(lang)),
        Err(error) => Some(site::import_not_json(lang, error.line, error.column)),
    };
    pages::editor_page(&state, lang, token, base, &draft, Some(text), error.filter(|_| saves), again(&parts)).await
}

/// `…/fixes`: makes them.
pub async fn fixes(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    // Made on what was shown; what others changed since is merged.
    let read = async {
        let (opened, newest) = open(&state, &token).await?;
        base(&state, &token, &pairs, &opened, &newest).await
    };
    match read.await {
        Ok((base, draft)) => keep(&state, lang, &token, base, autofix::safe(&draft).0, &parts).await,
        Err(error) => refuse(&state, lang, again(&parts), error).await,
    }
}
