//! A text that AWS said, to be read back to its cause. It is answered with the page: there is nothing to keep.

use super::{again, field, pairs};
use crate::{pages::consult, web::State};
use app::site::DoctorModel;
use axum::{
    extract::{Path, Request, State as From},
    response::Response,
};

/// Longest text that is read, in letters: a describe-tasks output of many tasks is shorter.
const LONGEST: usize = 1_000_000;

/// For everyone.
pub async fn doctor(state: From<State>, Path(lang): Path<String>, request: Request) -> Response {
    told(state, &lang, None, request).await
}

/// For a draft.
pub async fn doctor_of(state: From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    told(state, &lang, Some(token), request).await
}

async fn told(From(state): From<State>, lang: &str, token: Option<String>, request: Request) -> Response {
    match pairs(&state, request).await {
        Ok((parts, pairs)) => {
            let pasted = Some(field(&pairs, "error").chars().take(LONGEST).collect());
            consult(From(state), lang, token, again(&parts), DoctorModel { pasted, ..DoctorModel::default() }).await
        }
        Err(response) => response,
    }
}
