//! Why there is no page. A handler returns it; `render.rs` makes the page that says so, in the language of the address.

use super::{page::Page, problem};
use crate::draft_service::DraftError;
use app::tr;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use taskdef::{Lang, questions::PostError};

/// Why a request has no page for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    /// No page has this address.
    NoPage,
    /// No draft has this link, or the link does not permit this.
    NoDraft,
    /// What leads to AWS did not come from a page of this server. The address of the page to send it from.
    NotFromHere(String),
    /// A form has a name or a button that no page has.
    Unknown(PostError),
    /// Larger than a draft, or a body, may be.
    TooLarge,
    /// The body did not arrive in time.
    Late,
    /// Too many requests, or too much to store, from one address.
    SlowDown,
    /// As many drafts as there may be, or the disk is full.
    Full,
    /// As much is going on as may be.
    Busy,
    /// Another site's page asked for a change.
    CrossSite,
    /// The store does not answer.
    Unavailable,
    /// Our own fault.
    Internal,
}

impl From<DraftError> for PageError {
    fn from(error: DraftError) -> PageError {
        match error {
            DraftError::NotFound | DraftError::ReadOnly => PageError::NoDraft,
            DraftError::TooLarge => PageError::TooLarge,
            DraftError::SlowDown => PageError::SlowDown,
            DraftError::Full => PageError::Full,
            DraftError::Unavailable => PageError::Unavailable,
        }
    }
}

impl From<PostError> for PageError {
    fn from(error: PostError) -> PageError {
        PageError::Unknown(error)
    }
}

impl PageError {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            PageError::NoPage | PageError::NoDraft => StatusCode::NOT_FOUND,
            PageError::NotFromHere(_) | PageError::CrossSite => StatusCode::FORBIDDEN,
            PageError::Unknown(_) => StatusCode::UNPROCESSABLE_ENTITY,
            PageError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            PageError::Late => StatusCode::REQUEST_TIMEOUT,
            PageError::SlowDown => StatusCode::TOO_MANY_REQUESTS,
            PageError::Full => StatusCode::INSUFFICIENT_STORAGE,
            PageError::Busy | PageError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            PageError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether the same request may well succeed in a few seconds.
    pub fn passes(&self) -> bool {
        matches!(self, PageError::SlowDown | PageError::Busy | PageError::Unavailable)
    }

    /// The page. `id` is the request's, to quote when something went wrong.
    pub fn page(self, lang: Lang, id: String) -> Page {
        let (title, text) = match &self {
            PageError::NoPage => {
                return Page::new(lang, tr!(lang, common.page_missing), problem::no_page).status(self.status());
            }
            PageError::NoDraft => {
                return Page::new(lang, tr!(lang, share.missing_title), problem::no_draft).status(self.status());
            }
            PageError::NotFromHere(to) => {
                let to = to.clone();
                return Page::new(lang, tr!(lang, register.refused_title), move |head| problem::not_from_here(head, to.clone())).status(self.status());
            }
            PageError::Unknown(error) => {
                let error = error.clone();
                return Page::new(lang, tr!(lang, share.failed), move |head| problem::unknown(head, &error)).status(self.status());
            }
            PageError::TooLarge => (tr!(lang, share.large), tr!(lang, share.large_p)),
            PageError::Late => (tr!(lang, share.late), tr!(lang, share.late_p)),
            PageError::SlowDown => (tr!(lang, share.slow), tr!(lang, share.slow_p)),
            PageError::Full => (tr!(lang, share.full), tr!(lang, share.full_p)),
            PageError::Busy => (tr!(lang, share.busy), tr!(lang, share.busy_p)),
            PageError::CrossSite => (tr!(lang, share.cross_site), tr!(lang, share.cross_site_p)),
            PageError::Unavailable | PageError::Internal => (tr!(lang, share.failed), tr!(lang, share.failed_p)),
        };
        Page::new(lang, tr!(lang, share.failed), move |head| problem::failed(head, title, text, &id)).status(self.status())
    }
}

/// The status, and the error for `render.rs`.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if self.passes() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{document, page::Head},
        *,
    };
    use axum::{body::Body, extract::Request};
    use std::{collections::BTreeSet, sync::Arc};

    fn all() -> Vec<PageError> {
        use PageError::*;
        let list = vec![
            NoPage,
            NoDraft,
            NotFromHere("/en/d/x/register".into()),
            TooLarge,
            Late,
            SlowDown,
            Full,
            Busy,
            CrossSite,
            Unavailable,
            Internal,
            Unknown(PostError::Question("<script>id".into())),
        ];
        for error in &list {
            // A new kind does not compile here until it is in the list.
            match error {
                NoPage | NoDraft | NotFromHere(_) | TooLarge | Late | SlowDown | Full | Busy | CrossSite | Unavailable | Internal | Unknown(_) => {}
            }
        }
        list
    }

    async fn shown(error: PageError, lang: Lang) -> (StatusCode, String) {
        let page = error.page(lang, "<script>id</script>".into());
        let head = Head { lang, title: page.title, theme: None, live: page.live, index: page.index, again: page.again, assets: Arc::default() };
        let response = document::render(Request::new(Body::empty()), page.status, head, page.body).await;
        assert!(response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("'nonce-"));
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[test]
    fn every_error_has_its_status_and_a_page_that_says_it_in_both_languages() {
        let _ = any_spawner::Executor::init_tokio();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut headings = BTreeSet::new();
        for error in all() {
            let answer = error.clone().into_response();
            assert_eq!(answer.headers().contains_key(header::RETRY_AFTER), matches!(answer.status().as_u16(), 429 | 503), "{error:?}");
            for lang in Lang::ALL {
                let (status, html) = runtime.block_on(shown(error.clone(), lang));
                assert_eq!((status, status.is_client_error() || status.is_server_error()), (answer.status(), true), "{error:?}");
                assert!(html.contains(&format!("<html lang=\"{}\"", lang.as_str())) && html.contains("noindex"), "{error:?}");
                assert!(!html.contains("<script>id"), "{error:?}");
                let heading = html.split("<h1>").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
                headings.insert(heading);
            }
        }
        // Our own fault has one page, whether it is the program's or the store's.
        assert_eq!(headings.len(), 2 * (all().len() - 1), "{headings:?}");
    }
}
