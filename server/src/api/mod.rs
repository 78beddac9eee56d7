//! `/api/v1`: the same as the pages do, for programs.
//!
//! | file | what |
//! |---|---|
//! | `drafts.rs` | `/drafts`: made, read, replaced, deleted |
//! | `export.rs` | files of a draft or of a body in every format, and the list of formats |
//! | `import.rs` | texts of any format as drafts, with the report of what became of each part |
//! | `validate.rs` `rules.rs` | findings of a definition; every rule |
//! | `inspect.rs` | what a registry says about an image |
//! | `diagnose.rs` | what AWS said, back to its cause |
//! | `report.rs` | findings as JSON |
//! | `extract.rs` `error.rs` | what handlers ask for; the closed set of errors |

pub mod diagnose;
mod drafts;
pub mod error;
pub mod export;
mod extract;
pub mod import;
pub mod inspect;
pub mod report;
pub mod rules;
mod validate;

use crate::app_state::AppState;
use axum::{
    Router,
    routing::{get, post},
};
use error::ApiError;
use tower_http::catch_panic::CatchPanicLayer;

/// The API's addresses.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/validate", post(validate::validate))
        .route("/inspect", post(inspect::inspect))
        .route("/diagnose", post(diagnose::diagnose))
        .route("/rules", get(rules::rules))
        .route("/drafts", post(drafts::create))
        .route("/drafts/{token}", get(drafts::read).put(drafts::replace).delete(drafts::delete))
        .route("/drafts/{token}/import", get(import::of_draft))
        .route("/drafts/{token}/export/{format}", get(export::of_draft))
        .route("/drafts/{token}/export/deploy.sh", get(export::deploy))
        .route("/drafts/{token}/export/teardown.sh", get(export::teardown))
        .route("/export/{format}", post(export::of_body))
        .route("/formats", get(export::formats))
        .route("/import", post(import::import))
        .fallback(async || ApiError::NotFound)
        .method_not_allowed_fallback(async || ApiError::NotFound)
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| axum::response::IntoResponse::into_response(ApiError::Internal)))
}
