//! `/{lang}/doctor` and `…/doctor`.

use super::{page::page, view::DoctorModel};
use crate::{
    app_state::AppState,
    http::{
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use axum::extract::{Query, State};
use serde::Deserialize;

/// `?about=`: a cause to read about.
#[derive(Debug, Default, Deserialize)]
pub struct About {
    about: Option<String>,
}

/// For everyone.
pub async fn get(Lang(lang): Lang, Query(query): Query<About>) -> Page {
    page(lang, DoctorModel { about: query.about, ..DoctorModel::default() })
}

/// For a draft.
pub async fn get_of_draft(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, Query(query): Query<About>) -> Page {
    page(lang, DoctorModel { about: query.about, ..DoctorModel::of(lang, &app.drafts, open) })
}
