//! The API's errors: a closed set of codes.

use crate::draft_service::DraftError;
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use taskdef::{
    Lang,
    deploy::PlanError,
    document::bounds::Unfit,
    formats::{
        export::ExportError,
        import::{self, Refusal},
    },
};

/// Why there is no other answer. Nothing of the inside is told.
#[derive(Debug)]
pub enum ApiError {
    /// The body, or the text in it, is not JSON.
    NotJson,
    /// Nested too deep, or with a reserved key.
    Unfit(Unfit),
    /// A view link cannot change a draft.
    ReadOnly,
    /// Unknown, expired, revoked and deleted alike.
    NotFound,
    /// No format that we know.
    UnknownFormat,
    /// A text of a format that we know, which cannot be read.
    NotImportable(Box<Refusal>),
    /// Somebody saved first; the present revision.
    Conflict(i64),
    /// The body did not arrive whole, and in time.
    Late,
    /// Over the limit.
    TooLarge,
    /// No script can be made of the draft.
    NoScript(PlanError),
    /// No file of the format can be made of the draft.
    NoFiles(ExportError),
    /// A PUT without If-Match.
    NoRevision,
    /// Too many requests.
    SlowDown,
    /// The server has as much to do as it takes.
    Busy,
    /// As many drafts as there may be.
    Full,
    /// The store does not answer.
    Unavailable,
    /// Another site's page asked for a change.
    CrossSite,
    /// An image could not be looked into.
    Look(registry::Error),
    /// Looking into images is off.
    NoRegistry,
    /// Our own fault.
    Internal,
}

impl From<DraftError> for ApiError {
    fn from(error: DraftError) -> Self {
        match error {
            DraftError::NotFound => ApiError::NotFound,
            DraftError::ReadOnly => ApiError::ReadOnly,
            DraftError::TooLarge => ApiError::TooLarge,
            DraftError::SlowDown => ApiError::SlowDown,
            DraftError::Full => ApiError::Full,
            DraftError::Unavailable => ApiError::Unavailable,
        }
    }
}

impl ApiError {
    /// Why a text is no definition.
    pub fn of_text(error: import::NotJson) -> ApiError {
        match error.hint {
            import::Hint::Deep => ApiError::Unfit(Unfit::Deep),
            import::Hint::Reserved => ApiError::Unfit(Unfit::Reserved),
            _ => ApiError::NotJson,
        }
    }
}

/// The status for a look that failed: by the name, by the registry, or by our limits.
fn look_status(why: &registry::Error) -> u16 {
    use registry::Error;
    match why {
        Error::Reference => 422,
        Error::HostNotAllowed(_) | Error::Ecr | Error::EcrDenied | Error::NotPublic(_) | Error::Private => 403,
        Error::NotFound { .. } => 404,
        Error::Busy | Error::Budget | Error::RateLimited { .. } => 429,
        Error::Timeout => 504,
        _ => 502,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code, message) = match &self {
            ApiError::NotJson => (400, "not-json", "The body is not JSON in UTF-8"),
            ApiError::Unfit(Unfit::Deep) => (422, "too-deep", "The JSON is nested more than 64 levels deep"),
            ApiError::Unfit(Unfit::Reserved) => (422, "reserved-key", "The JSON has a key that starts with $serde_json::private::"),
            ApiError::ReadOnly => (403, "read-only", "This link is read-only"),
            ApiError::CrossSite => (
                403,
                "cross-site",
                "A page from another site cannot change anything here. Send the request from this site, or without Origin and Sec-Fetch-Site",
            ),
            ApiError::NoRegistry => (403, "registry-off", "This server does not inspect images"),
            ApiError::Look(why) => (look_status(why), why.code(), "The image could not be inspected"),
            ApiError::NotFound => (404, "not-found", "Not found"),
            ApiError::UnknownFormat => (404, "unknown-format", "Unknown format"),
            ApiError::NotImportable(_) => (422, "not-importable", "The text cannot be imported"),
            ApiError::Late => (408, "late", "The body did not arrive within 30 seconds"),
            ApiError::Conflict(_) => (412, "conflict", "Someone saved the draft after the revision in If-Match"),
            ApiError::TooLarge => (413, "too-large", "The body is larger than 1 MiB"),
            ApiError::NoScript(_) => (422, "no-script", "No script can be created from this draft"),
            ApiError::NoFiles(_) => (422, "no-files", "No file of this format can be created from this draft"),
            ApiError::NoRevision => (428, "no-revision", "Send the revision you read as If-Match"),
            ApiError::SlowDown => (429, "slow-down", "Too many requests"),
            ApiError::Busy => (503, "busy", "The server is overloaded. Try again in a few seconds"),
            ApiError::Unavailable => (503, "unavailable", "The database is not available right now"),
            ApiError::Full => (507, "full", "This server has reached its limit of drafts"),
            ApiError::Internal => (500, "internal", "Something went wrong on our side"),
        };
        let mut error = json!({ "code": code, "message": message });
        if let ApiError::Conflict(revision) = self {
            error["revision"] = json!(revision);
        }
        if let ApiError::NotImportable(why) = &self {
            error["message"] = json!(why.words(Lang::En));
            error["do"] = json!(why.said.how(Lang::En));
            error["file"] = json!(why.place.file);
            error["line"] = json!(why.place.line);
            error["column"] = json!(why.place.column);
            error["text"] = json!(why.line);
        }
        if let ApiError::NoScript(why) = &self {
            let (what, _, how) = why.words(Lang::En);
            error["message"] = json!(format!("No script can be created from this draft. {what}. {how}"));
            error["path"] = json!(why.place);
        }
        if let ApiError::NoFiles(why) = &self {
            let (what, how) = why.words(Lang::En);
            error["message"] = json!(format!("No file of this format can be created from this draft. {what}. {how}"));
        }
        if let ApiError::Look(why) = &self {
            error["message"] = json!(why.to_string());
            if let registry::Error::NotFound { nearest } = why {
                error["nearest"] = json!(nearest);
            }
        }
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut body = json!({ "error": error });
        if let ApiError::Conflict(revision) = self {
            body["revision"] = json!(revision);
        }
        let mut response = (status, Json(body)).into_response();
        if matches!(self, ApiError::SlowDown | ApiError::Busy | ApiError::Unavailable) {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
        }
        response
    }
}
