//! Answers that refuse a request before a handler sees it: to programs in JSON, to people as a page in their language.

use super::{error::PageError, language, render};
use crate::{
    api::error::ApiError,
    app_state::AppState,
    load::{
        places::Load,
        refusal::{Prepared, Refusal, whole},
    },
    net::Client,
};
use axum::{
    body::Body,
    extract::Request,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use std::{sync::OnceLock, time::Duration};
use taskdef::Lang;

/// Longest that the page of a refusal is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

impl From<Refusal> for ApiError {
    fn from(why: Refusal) -> ApiError {
        match why {
            Refusal::Unknown => ApiError::NotFound,
            Refusal::TooLarge => ApiError::TooLarge,
            Refusal::Late | Refusal::Broken => ApiError::Late,
            Refusal::SlowDown => ApiError::SlowDown,
            Refusal::CrossSite => ApiError::CrossSite,
            Refusal::Busy => ApiError::Busy,
            Refusal::Ours => ApiError::Internal,
        }
    }
}

impl From<Refusal> for PageError {
    fn from(why: Refusal) -> PageError {
        match why {
            Refusal::Unknown => PageError::NoDraft,
            Refusal::TooLarge => PageError::TooLarge,
            Refusal::Late | Refusal::Broken => PageError::Late,
            Refusal::SlowDown => PageError::SlowDown,
            Refusal::CrossSite => PageError::CrossSite,
            Refusal::Busy => PageError::Busy,
            Refusal::Ours => PageError::Internal,
        }
    }
}

/// Refuses a request. The page is computed in a place of the visitor's address, like any other.
pub async fn refuse(app: &AppState, request: &Parts, why: Refusal) -> Response {
    let path = request.uri.path();
    if path.starts_with("/api/") || path.starts_with("/live/") {
        return ApiError::from(why).into_response();
    }
    let lang = language::of_page(path, &request.headers);
    if why == Refusal::Busy {
        return busy(&app.load, lang);
    }
    let Some(place) = request.extensions.get::<Client>().and_then(|client| app.load.enter(client.address)) else {
        return busy(&app.load, lang);
    };
    let (own, request) = (app.clone(), request.clone());
    let page = async move { whole(render::refusal(&own, &request, why.into()).await).await };
    app.load.run(place, PATIENCE, page).await.unwrap_or_else(|_| busy(&app.load, lang))
}

/// Makes the pages that are shown once nothing can be made.
pub async fn prepare(app: &AppState) {
    for lang in Lang::ALL {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = axum::http::Uri::from_static(if lang == Lang::Ko { "/ko" } else { "/en" });
        let (request, _) = request.into_parts();
        let (parts, body) = render::refusal(app, &request, PageError::Busy).await.into_parts();
        if let Ok(body) = axum::body::to_bytes(body, usize::MAX).await {
            let _ = prepared(&app.load, lang).set(Prepared { status: parts.status, headers: parts.headers, body });
        }
    }
}

fn prepared(load: &Load, lang: Lang) -> &OnceLock<Prepared> {
    let [en, ko] = &load.busy;
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

fn busy(load: &Load, lang: Lang) -> Response {
    match prepared(load, lang).get() {
        Some(page) => {
            let mut response = (page.status, page.body.clone()).into_response();
            *response.headers_mut() = page.headers.clone();
            // It is not about this visitor.
            response.headers_mut().remove(header::SET_COOKIE);
            response
        }
        None => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response(),
    }
}
