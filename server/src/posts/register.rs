//! What leads to AWS: unlocking, a look at the account, a run. Each only from this server's own pages (`register/gate.rs`).

use super::{again, field, pairs};
use crate::{
    pages::{self, Said, nowhere},
    web::State,
};
use app::site::{Refused, Way};
use axum::{
    extract::{Path, Request, State as From},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use taskdef::Lang;

/// The address that the terminal shows: it unlocks this browser, and leads on to the start.
pub async fn unlock(From(state): From<State>, Path(code): Path<String>, request: Request) -> Response {
    // A code works once, and a HEAD is no visit: previews and scanners send it.
    let visit = (request.method() == axum::http::Method::GET).then(|| state.desk.unlock(request.headers(), &code));
    match visit.flatten() {
        Some(cookie) => {
            state.desk.announce();
            ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        None => nowhere(From(state), request).await,
    }
}

/// Unlocks, or looks.
pub async fn register(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    if !state.desk.is_from_here(request.headers()) {
        return pages::refused(&state, lang, &token, request).await;
    }
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let here = format!("/{}/d/{token}/register", lang.as_str());
    if field(&pairs, "op") == "unlock" {
        return match state.desk.unlock(&parts.headers, field(&pairs, "code")) {
            Some(cookie) => {
                state.desk.announce();
                ([(header::SET_COOKIE, cookie)], Redirect::to(&here)).into_response()
            }
            None => {
                let said = Said { refused: Some(Refused::Code), ..Said::default() };
                pages::again(&state, lang, &token, again(&parts), StatusCode::UNPROCESSABLE_ENTITY, said).await
            }
        };
    }
    if !may(&state, &parts.headers) {
        return pages::refused(&state, lang, &token, again(&parts)).await;
    }
    #[cfg(feature = "aws")]
    return look(&state, lang, &token, &parts, &pairs, &here).await;
    #[cfg(not(feature = "aws"))]
    return Redirect::to(&here).into_response();
}

/// Whether this visitor may have AWS called at all.
fn may(state: &State, visitor: &HeaderMap) -> bool {
    matches!(state.desk.way(visitor), Way::Local { .. } | Way::Keys { .. })
}

#[cfg(feature = "aws")]
async fn look(state: &State, lang: Lang, token: &str, parts: &http::request::Parts, pairs: &[(String, String)], here: &str) -> Response {
    use crate::pages::{open, refuse};
    use taskdef::{Severity, deploy::Plan, lint};
    let (opened, draft) = match open(state, token).await {
        Ok(open) => open,
        Err(error) => return refuse(state, lang, again(parts), error).await,
    };
    // AWS would refuse it; the page says so, and leads to what has to be mended.
    if draft.region().is_empty() || lint::check_draft(&draft).iter().any(|f| f.severity == Severity::Error) {
        return Redirect::to(here).into_response();
    }
    let sign = match sign(state, &parts.headers, pairs) {
        Ok(sign) => sign,
        Err(refused) => {
            let said = Said { refused: Some(refused), ..Said::default() };
            return pages::again(state, lang, token, again(parts), StatusCode::UNPROCESSABLE_ENTITY, said).await;
        }
    };
    let Some(key) = drafts::Token::parse(token) else { return refuse(state, lang, again(parts), app::backend::BackendError::NotFound).await };
    // The page says what is in the way.
    let Ok(plan) = Plan::new(&draft, &opened.tag) else { return Redirect::to(here).into_response() };
    match state.desk.look(state, &key, &crate::visitor::who(&parts.headers), opened.revision, plan, sign).await {
        Ok(Ok(id)) => Redirect::to(&of_operation(lang, token, id)).into_response(),
        Ok(Err(trouble)) => {
            let said = Said { trouble: Some(trouble), ..Said::default() };
            pages::again(state, lang, token, again(parts), StatusCode::FAILED_DEPENDENCY, said).await
        }
        Err(error) => refuse(state, lang, again(parts), crate::backend::failed(error)).await,
    }
}

#[cfg(feature = "aws")]
fn of_operation(lang: Lang, token: &str, id: i64) -> String {
    format!("/{}/d/{token}/review/register/{id:016x}", lang.as_str())
}

/// Whose keys are used: this server's way decides, never the request.
#[cfg(feature = "aws")]
fn sign(state: &State, visitor: &HeaderMap, pairs: &[(String, String)]) -> Result<aws::Sign, Refused> {
    if matches!(state.desk.way(visitor), Way::Local { .. }) {
        return Ok(aws::Sign::Local);
    }
    let [id, secret, token, lines] = ["key-id", "key-secret", "key-token", "key-lines"].map(|name| field(pairs, name));
    aws::Keys::read(id, secret, token, lines).map(aws::Sign::Keys).map_err(|refusal| match refusal {
        aws::Refusal::NoId => Refused::NoId,
        aws::Refusal::NotAnId => Refused::NotAnId,
        aws::Refusal::LongLived => Refused::LongLived,
        aws::Refusal::NoSecret => Refused::NoSecret,
        aws::Refusal::NoToken => Refused::NoToken,
    })
}

/// Begins a run, or goes on with one.
pub async fn operation(From(state): From<State>, Path((lang, token, id)): Path<(String, String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    if !state.desk.is_from_here(request.headers()) || !may(&state, request.headers()) {
        return pages::refused(&state, lang, &token, request).await;
    }
    #[cfg(feature = "aws")]
    return run(&state, lang, &token, &id, request).await;
    #[cfg(not(feature = "aws"))]
    return pages::operation_page(&state, lang, &token, &id, request, StatusCode::OK, None).await;
}

#[cfg(feature = "aws")]
async fn run(state: &State, lang: Lang, token: &str, id: &str, request: Request) -> Response {
    use crate::{
        pages::{open, refuse},
        register::Begun,
    };
    use app::backend::BackendError;
    let (parts, pairs) = match pairs(state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    // A link that may only view begins nothing.
    if let Err(error) = open(state, token).await {
        return refuse(state, lang, again(&parts), error).await;
    }
    let (Some(key), Ok(number)) = (drafts::Token::parse(token), i64::from_str_radix(id, 16)) else {
        return refuse(state, lang, again(&parts), BackendError::NotFound).await;
    };
    let anew = field(&pairs, "op") != "again";
    let refused = |refused| pages::operation_page(state, lang, token, id, again(&parts), StatusCode::UNPROCESSABLE_ENTITY, Some(refused));
    let sign = match sign(state, &parts.headers, &pairs) {
        Ok(sign) => sign,
        Err(why) => return refused(why).await,
    };
    if anew && field(&pairs, "agree") != "yes" {
        return refused(Refused::Unticked).await;
    }
    let start = if anew { aws::Start::Anew } else { aws::Start::Again };
    match state.desk.begin(state, &key, number, start, field(&pairs, "hash"), sign).await {
        Ok(Begun::Shown(shown)) => Redirect::to(&of_operation(lang, token, shown)).into_response(),
        Ok(Begun::Gone) => refuse(state, lang, again(&parts), BackendError::NotFound).await,
        Err(error) => refuse(state, lang, again(&parts), crate::backend::failed(error)).await,
    }
}
