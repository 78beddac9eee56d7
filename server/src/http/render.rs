//! Makes documents of the pages and errors that handlers return: the only place that renders.

use super::{
    cookies::Cookies,
    document,
    error::PageError,
    language,
    page::{Head, Page},
    request_id::RequestId,
};
use crate::app_state::AppState;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Around all handlers: renders what they return. Cookies and other headers of their answer stay.
pub async fn render(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visit = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let error = response.extensions_mut().remove::<PageError>();
    let page = match error {
        Some(error) => Some(page_of(&visit, error)),
        None => response.extensions_mut().remove::<Page>(),
    };
    let Some(page) = page else { return response };
    let mut rendered = document_of(&app, visit, page).await;
    let mut given = std::mem::take(response.headers_mut());
    // Those of the empty answer.
    given.remove(header::CONTENT_LENGTH);
    for (name, value) in &given {
        rendered.headers_mut().append(name, value.clone());
    }
    rendered
}

/// The whole answer to a request that no handler sees.
pub async fn refusal(app: &AppState, request: &Parts, error: PageError) -> Response {
    let (head, _) = error.clone().into_response().into_parts();
    let mut response = document_of(app, request.clone(), page_of(request, error)).await;
    response.headers_mut().extend(head.headers);
    response
}

fn page_of(request: &Parts, error: PageError) -> Page {
    let id = request.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    error.page(language::of_page(request.uri.path(), &request.headers), id)
}

async fn document_of(app: &AppState, mut request: Parts, page: Page) -> Response {
    let mut cookies = Cookies::of(&request.headers);
    cookies.set_lang(page.lang);
    let head = Head {
        lang: page.lang,
        title: page.title,
        theme: cookies.theme().map(str::to_owned),
        live: page.live,
        index: page.index,
        again: page.again,
        assets: app.assets.clone(),
    };
    // A page is read, however it was asked for.
    request.method = Method::GET;
    let mut response = document::render(Request::from_parts(request, Body::empty()), page.status, head, page.body).await;
    cookies.write(response.headers_mut());
    response
}
