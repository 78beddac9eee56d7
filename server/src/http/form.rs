//! A form's fields. `load/offload.rs` has read the body within its limits.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    http::header,
    response::{IntoResponse, Response},
};
use taskdef::questions;

/// Names and values in the order in which they were sent: URL-encoded, or `multipart/form-data` with files as texts.
#[derive(Clone, Debug, Default)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// The last value of a name; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// The last value of a name, read; `None` where there is none, or it does not read.
    pub fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.field(name).parse().ok()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Form, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/")) {
            return multipart(request, state).await.map(Form);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        Ok(Form(questions::decode(&bytes)))
    }
}

async fn multipart<S: Send + Sync>(request: Request, state: &S) -> Result<Vec<(String, String)>, Response> {
    let mut parts = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
    let mut pairs = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(IntoResponse::into_response)? {
        let name = part.name().unwrap_or("").to_owned();
        let bytes = part.bytes().await.map_err(IntoResponse::into_response)?;
        pairs.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(pairs)
}
