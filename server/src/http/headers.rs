//! Headers of every answer. What a handler set stays; everything else gets the strictest value that works.

use super::{cookies::Cookies, transport::is_over_tls};
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Name and value of what an answer carries unless its handler says otherwise.
///
/// - `no-store`: pages, redirects and errors name edit links, and a cache or the Back button would keep them.
/// - The policy is for answers that are no page: a page sets its policy itself, with a nonce.
/// - COOP and CORP keep other sites from holding a window of ours or reading a file of ours.
const DEFAULTS: [(HeaderName, HeaderValue); 8] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)"),
    ),
];

/// A year, for this host alone: the operator decides about subdomains and preload lists.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds the headers to every answer.
pub async fn add(request: Request, next: Next) -> Response {
    let tls = is_over_tls(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(value);
    }
    if tls {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HSTS);
    }
    // Language, theme and the list of drafts come from cookies.
    headers.append(header::VARY, HeaderValue::from_static("cookie"));
    response
}

/// How long what is good for ever is kept.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// For files whose name holds a hash of their content. Only a file that was found may be kept: a 404 that a cache keeps
/// for a year would break the site in the middle of an update.
pub async fn immutable(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == axum::http::StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, FOREVER);
    }
    response
}

/// Pages whose address is a key: listed nowhere. Browsers that have no id get one.
pub async fn private(mut cookies: Cookies, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    cookies.give_browser_id();
    cookies.write(headers);
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}
