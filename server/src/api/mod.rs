//! `/api/v1`: the same as the pages do, for programs.

mod drafts;
mod error;
mod export;
mod rules;
pub mod validate;

use crate::web::State;
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::HeaderMap,
    routing::{get, post},
};
pub use error::ApiError;
use serde::Deserialize;
use taskdef::Lang;
use tower_http::catch_panic::CatchPanicLayer;

/// The API's addresses.
pub fn router() -> Router<State> {
    Router::new()
        .route("/validate", post(validate::validate))
        .route("/rules", get(rules::rules))
        .route("/drafts", post(drafts::create))
        .route("/drafts/{token}", get(drafts::read).put(drafts::replace).delete(drafts::delete))
        .route("/drafts/{token}/export/json", get(export::of_draft))
        .route("/drafts/{token}/export/deploy.sh", get(export::deploy))
        .route("/drafts/{token}/export/teardown.sh", get(export::teardown))
        .route("/export/json", post(export::of_body))
        .route("/import", post(export::import))
        .fallback(async || ApiError::NotFound)
        .method_not_allowed_fallback(async || ApiError::NotFound)
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| axum::response::IntoResponse::into_response(ApiError::Internal)))
}

/// The query that every address understands.
#[derive(Debug, Default, Deserialize)]
pub struct Common {
    lang: Option<String>,
    region: Option<String>,
    #[serde(rename = "launchType")]
    launch_type: Option<String>,
}

impl Common {
    /// `lang=`, else Accept-Language, else English.
    fn lang(&self, headers: &HeaderMap) -> Lang {
        self.lang.as_deref().and_then(Lang::parse).or_else(|| crate::pages::accepted(headers)).unwrap_or(Lang::En)
    }
}

/// A body as text, whatever its Content-Type says. Bytes that are no UTF-8 become signs that no JSON has.
async fn text(request: Request) -> Result<(HeaderMap, String), ApiError> {
    let (parts, body): (_, Body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, crate::load::API).await.map_err(|_| ApiError::TooLarge)?;
    Ok((parts.headers, String::from_utf8_lossy(&bytes).into_owned()))
}
