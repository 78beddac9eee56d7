//! What stops a request before anything else reads it.

use super::{
    address::{Fault, fault},
    error::PageError,
    refuse::refuse,
    render,
    same_origin::is_from_this_site,
};
use crate::{api::error::ApiError, app_state::AppState, load::refusal::Refusal, net::Client};
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, Uri},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// 400 for a target that is no path, 404 for a path that no page can have.
pub async fn paths(State(app): State<AppState>, request: Request, next: Next) -> Response {
    match fault(request.uri()) {
        None => next.run(request).await,
        Some(Fault::NotAPath) => (StatusCode::BAD_REQUEST, "The request target must be a path\n").into_response(),
        Some(Fault::NoAddress) if request.uri().path().starts_with("/api/") => ApiError::NotFound.into_response(),
        Some(Fault::NoAddress) => {
            // The page is rendered for the root: nothing of the address gets into it.
            let (mut parts, _) = request.into_parts();
            parts.uri = Uri::from_static("/");
            render::refusal(&app, &parts, PageError::NoPage).await
        }
    }
}

/// Lets a request through that reads, or that comes from this site or from no page at all; any other is a 403.
pub async fn same_origin(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_from_this_site(request.headers()) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    refuse(&app, &parts, Refusal::CrossSite).await
}

/// Lets a request through, or says to slow down.
pub async fn limits(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let makes = request.method() == Method::POST && (path == "/api/v1/drafts" || path.ends_with("/d"));
    let client = request.extensions().get::<Client>();
    if client.is_none_or(|client| app.limits.allows(client.address, makes)) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    refuse(&app, &parts, Refusal::SlowDown).await
}
