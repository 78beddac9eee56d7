//! How a visitor reaches this server. `net/client.rs` has removed what an untrusted peer claims.

use axum::http::HeaderMap;

/// Whether the visitor's connection is encrypted, as the proxy in front says.
pub fn is_over_tls(request: &HeaderMap) -> bool {
    request.get("x-forwarded-proto").is_some_and(|proto| proto == "https")
}

/// The address of this server as the visitor sees it: scheme, host and port.
pub fn origin(request: &HeaderMap) -> String {
    let host = request.get("host").and_then(|v| v.to_str().ok()).unwrap_or("localhost");
    let scheme = if is_over_tls(request) { "https" } else { "http" };
    format!("{scheme}://{host}")
}
