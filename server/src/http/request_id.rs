//! Around every request: an id, and a log line without secrets.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// The id of a request, to quote when something went wrong.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id and logs its route (never its address: that holds the key of a draft).
pub async fn identify(mut request: Request, next: Next) -> Response {
    let mut bytes = [0u8; 8];
    // Without random numbers an id is not unique, which only a log reader would notice.
    let _ = getrandom::fill(&mut bytes);
    let id: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    request.extensions_mut().insert(RequestId(id.clone()));
    let route = request.extensions().get::<MatchedPath>().map_or("-".to_owned(), |p| p.as_str().to_owned());
    let method = request.method().clone();
    let started = std::time::Instant::now();
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let ms = started.elapsed().as_millis() as u64;
    if status >= 500 {
        tracing::error!(id, %method, route, status, ms);
    } else {
        tracing::debug!(id, %method, route, status, ms);
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    response
}

/// The answer of what panicked. The panic itself is logged where it happens (`logging.rs`).
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side. Nothing of your draft is lost.\n").into_response()
}
