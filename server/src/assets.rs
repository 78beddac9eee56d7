//! The built site.

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::path::Path;

/// Addresses of the built files, with their content's hash in the name.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Assets {
    /// The stylesheet.
    pub css: String,
    /// The stylesheet for pages without JavaScript.
    pub noscript: String,
    /// The program's JavaScript.
    pub js: String,
    /// The program.
    pub wasm: String,
}

/// Reads the names of the built files.
pub fn read(site: &Path) -> Result<Assets, String> {
    let file = site.join("assets.json");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("cannot read {}: {e}. Build the site first: cargo xtask build --release", file.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{} is damaged: {e}", file.display()))
}

/// No file has a NUL in its name. The library knows that of GET only; to HEAD it would answer 500.
pub async fn named(request: Request, next: Next) -> Response {
    if request.uri().path().contains("%00") { StatusCode::NOT_FOUND.into_response() } else { next.run(request).await }
}
