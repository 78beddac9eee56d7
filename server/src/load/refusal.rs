//! Why a request is refused before it is worked on. `http/refuse.rs` answers it.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No draft has this link.
    Unknown,
    /// The body is larger than this address takes.
    TooLarge,
    /// The body did not arrive in time.
    Late,
    /// The body ended before its announced end, or is no HTTP.
    Broken,
    /// Too many requests, or too much to store, from one address.
    SlowDown,
    /// A page of another site sent it.
    CrossSite,
    /// As much is going on as may be.
    Busy,
    /// Our own fault.
    Ours,
}

/// A page that was made before.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// Why work has no result.
pub enum Unfinished {
    /// It took too long.
    Late,
    /// It panicked.
    Broken,
}

impl From<Unfinished> for Refusal {
    fn from(why: Unfinished) -> Refusal {
        match why {
            Unfinished::Late => Refusal::Busy,
            Unfinished::Broken => Refusal::Ours,
        }
    }
}

/// An answer with all of its body: whatever makes it is done where this is awaited.
pub async fn whole(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    match axum::body::to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
