//! What AWS said: the page, with what was pasted or what is read about. Nothing of it is stored or logged.

use super::{head, nowhere, open, refuse, render};
use crate::web::State;
use app::site::{self, DoctorModel};
use axum::{
    extract::{Path, Query, Request, State as From},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use taskdef::Lang;

/// The query of the page.
#[derive(Debug, Default, Deserialize)]
pub struct About {
    about: Option<String>,
}

/// For everyone.
pub async fn doctor(state: From<State>, Path(lang): Path<String>, Query(query): Query<About>, request: Request) -> Response {
    consult(state, &lang, None, request, DoctorModel { about: query.about, ..DoctorModel::default() }).await
}

/// For a draft.
pub async fn doctor_of(state: From<State>, Path((lang, token)): Path<(String, String)>, Query(query): Query<About>, request: Request) -> Response {
    consult(state, &lang, Some(token), request, DoctorModel { about: query.about, ..DoctorModel::default() }).await
}

/// Renders the page, for a draft where there is one.
pub async fn consult(From(state): From<State>, lang: &str, token: Option<String>, request: Request, mut model: DoctorModel) -> Response {
    let Some(lang) = Lang::parse(lang) else { return nowhere(From(state), request).await };
    if let Some(token) = token {
        model.draft = match open(&state, &token).await {
            Ok((opened, draft)) => Some((token, opened.revision, draft)),
            Err(error) => return refuse(&state, lang, request, error).await,
        };
    }
    let index = model.draft.is_none() && model.pasted.is_none();
    let head = head(&state, lang, request.headers(), site::title_doctor(lang), index);
    render(request, StatusCode::OK, head, move |head| site::doctor(head, model.clone())).await
}
