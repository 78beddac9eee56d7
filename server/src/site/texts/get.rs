//! `/texts/{lang}/{version}`.

use crate::http::{error::PageError, extract::Lang};
use app::texts;
use axum::{
    http::{Uri, header},
    response::{IntoResponse, Response},
};

/// The texts that the browser's program shows: an address names one state of them for good.
pub async fn get(Lang(lang): Lang, uri: Uri) -> Result<Response, PageError> {
    if texts::address(lang) != uri.path() {
        return Err(PageError::NoPage);
    }
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, texts::wizard(lang)).into_response())
}
