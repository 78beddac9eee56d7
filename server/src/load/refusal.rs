//! Answers that refuse a request before it is worked on: to programs in JSON, to people as a page in their language.

use super::places::{Load, Unfinished};
use crate::{api::ApiError, net::Client, pages, web::State};
use app::{backend::BackendError, site::Trouble};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use std::time::Duration;
use taskdef::Lang;

/// Longest that a page of a refusal is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No draft has this link.
    Unknown,
    /// The body is larger than this address takes.
    TooLarge,
    /// The body did not arrive in time.
    Late,
    /// The body ended before its announced end, or is no HTTP.
    Broken,
    /// Too many requests, or too much to store, from one address.
    SlowDown,
    /// A page of another site sent it.
    CrossSite,
    /// As much is going on as may be.
    Busy,
    /// Our own fault.
    Ours,
}

/// A page that was made before.
#[derive(Clone, Debug)]
pub struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl From<Unfinished> for Refusal {
    fn from(why: Unfinished) -> Refusal {
        match why {
            Unfinished::Late => Refusal::Busy,
            Unfinished::Broken => Refusal::Ours,
        }
    }
}

impl Refusal {
    fn api(self) -> ApiError {
        match self {
            Refusal::Unknown => ApiError::NotFound,
            Refusal::TooLarge => ApiError::TooLarge,
            Refusal::Late | Refusal::Broken => ApiError::Late,
            Refusal::SlowDown => ApiError::SlowDown,
            Refusal::CrossSite => ApiError::CrossSite,
            Refusal::Busy => ApiError::Busy,
            Refusal::Ours => ApiError::Internal,
        }
    }

    /// Status and words of the page; none for a link without a draft, which has a page of its own.
    fn page(self) -> Option<(StatusCode, Trouble)> {
        Some(match self {
            Refusal::Unknown => return None,
            Refusal::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Trouble::Large),
            Refusal::Late | Refusal::Broken => (StatusCode::REQUEST_TIMEOUT, Trouble::Late),
            Refusal::SlowDown => (StatusCode::TOO_MANY_REQUESTS, Trouble::Slow),
            Refusal::CrossSite => (StatusCode::FORBIDDEN, Trouble::CrossSite),
            Refusal::Busy => (StatusCode::SERVICE_UNAVAILABLE, Trouble::Busy),
            Refusal::Ours => (StatusCode::INTERNAL_SERVER_ERROR, Trouble::Ours),
        })
    }
}

/// Refuses a request.
pub async fn refuse(state: &State, parts: &Parts, why: Refusal) -> Response {
    let path = parts.uri.path();
    if path.starts_with("/api/") || path.starts_with("/live/") {
        return why.api().into_response();
    }
    let lang = pages::lang_of(path.split('/').nth(1).unwrap_or(""), &parts.headers);
    if why == Refusal::Busy {
        return state.load.busy(lang);
    }
    let Some(place) = parts.extensions.get::<Client>().and_then(|client| state.load.enter(client.address)) else {
        return state.load.busy(lang);
    };
    let (own, request) = (state.clone(), again(parts));
    let page = async move { whole(page(&own, lang, request, why).await).await };
    state.load.run(place, PATIENCE, page).await.unwrap_or_else(|_| state.load.busy(lang))
}

async fn page(state: &State, lang: Lang, request: Request, why: Refusal) -> Response {
    match why.page() {
        Some((status, trouble)) => pages::trouble(state, lang, request, status, trouble).await,
        None => pages::refuse(state, lang, request, BackendError::NotFound).await,
    }
}

/// An answer with all of its body: whatever makes it is done where this is awaited.
pub async fn whole(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    match axum::body::to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The head of a request, as one that asks for a page.
fn again(parts: &Parts) -> Request {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    request
}

impl Load {
    /// Makes the pages that are shown once nothing can be made.
    pub async fn prepare(&self, state: &State) {
        for lang in [Lang::En, Lang::Ko] {
            let request = Request::new(Body::empty());
            let (parts, body) = page(state, lang, request, Refusal::Busy).await.into_parts();
            if let Ok(body) = axum::body::to_bytes(body, usize::MAX).await {
                let _ = self.busy_of(lang).set(Page { status: parts.status, headers: parts.headers, body });
            }
        }
    }

    fn busy_of(&self, lang: Lang) -> &std::sync::OnceLock<Page> {
        let [en, ko] = &self.busy;
        match lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    fn busy(&self, lang: Lang) -> Response {
        match self.busy_of(lang).get() {
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
}
