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

/// Renders the page.
pub async fn told(state: &State, lang: Lang, request: Request, model: DoctorModel) -> Response {
    let index = model.draft.is_none() && model.pasted.is_none();
    let head = head(state, lang, request.headers(), site::title_doctor(lang), index);
    render(request, StatusCode::OK, head, || (), move |head| site::doctor(head, model.clone())).await
}

/// For everyone.
pub async fn doctor(From(state): From<State>, Path(lang): Path<String>, Query(query): Query<About>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    told(&state, lang, request, DoctorModel { about: query.about, ..DoctorModel::default() }).await
}

/// For a draft.
pub async fn doctor_of(From(state): From<State>, Path((lang, token)): Path<(String, String)>, Query(query): Query<About>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    match open(&state, &token).await {
        Ok((opened, draft)) => {
            told(&state, lang, request, DoctorModel { draft: Some((token, opened.revision, draft)), about: query.about, ..DoctorModel::default() }).await
        }
        Err(error) => refuse(&state, lang, request, error).await,
    }
}
