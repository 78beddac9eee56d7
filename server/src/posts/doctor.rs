//! A text that AWS said, to be read back to its cause. It is answered with the page: there is nothing to keep.

use super::{again, field, pairs};
use crate::{
    pages::{nowhere, open, refuse, told},
    web::State,
};
use app::site::DoctorModel;
use axum::{
    extract::{Path, Request, State as From},
    response::Response,
};
use taskdef::Lang;

/// Longest text that is read, in letters: a describe-tasks output of many tasks is shorter.
const LONGEST: usize = 1_000_000;

/// For everyone.
pub async fn doctor(From(state): From<State>, Path(lang): Path<String>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    match pairs(&state, request).await {
        Ok((parts, pairs)) => {
            let pasted = Some(field(&pairs, "error").chars().take(LONGEST).collect());
            told(&state, lang, again(&parts), DoctorModel { pasted, ..DoctorModel::default() }).await
        }
        Err(response) => response,
    }
}

/// For a draft.
pub async fn doctor_of(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    match open(&state, &token).await {
        Ok((opened, draft)) => {
            let pasted = Some(field(&pairs, "error").chars().take(LONGEST).collect());
            told(&state, lang, again(&parts), DoctorModel { draft: Some((token, opened.revision, draft)), pasted, about: None }).await
        }
        Err(error) => refuse(&state, lang, again(&parts), error).await,
    }
}
