//! `/{lang}/doctor` and `…/doctor`.

use super::{page::page, view::DoctorModel};
use crate::{
    app_state::AppState,
    http::{
        cookies::Cookies,
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use axum::extract::{Query, State};
use serde::Deserialize;
use taskdef::diagnose::symptom::{MOST_QUESTIONS, symptom_named};

/// `?about=`: a cause to read about. `?symptom=`: what is seen, with the answers so far, counted from 0: `a=1.0`.
#[derive(Debug, Default, Deserialize)]
pub struct About {
    about: Option<String>,
    symptom: Option<String>,
    a: Option<String>,
}

impl About {
    fn in_model(self, model: DoctorModel) -> DoctorModel {
        let answers = self.a.unwrap_or_default().split('.').take(MOST_QUESTIONS).filter_map(|n| n.parse().ok()).collect();
        let symptom = self.symptom.as_deref().and_then(symptom_named).map(|symptom| (symptom, answers));
        DoctorModel { about: self.about, symptom, ..model }
    }
}

/// For everyone.
pub async fn get(Lang(lang): Lang, State(app): State<AppState>, cookies: Cookies, Query(query): Query<About>) -> Page {
    page(lang, query.in_model(DoctorModel::of_nothing(&app.drafts, &cookies).await))
}

/// For a draft.
pub async fn get_of_draft(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, Query(query): Query<About>) -> Page {
    page(lang, query.in_model(DoctorModel::of(lang, &app.drafts, open)))
}
