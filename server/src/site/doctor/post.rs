//! A text that AWS said. It is answered with the page: there is nothing to keep.

use super::{page::page, view::DoctorModel};
use crate::{
    app_state::AppState,
    http::{
        extract::{EditableDraft, Lang},
        form::Form,
        page::Page,
    },
};
use axum::extract::State;

/// Longest text that is read, in characters: a describe-tasks output of many tasks is shorter.
const LONGEST: usize = 1_000_000;

/// For everyone.
pub async fn post(Lang(lang): Lang, form: Form) -> Page {
    page(lang, DoctorModel { pasted: Some(pasted(&form)), ..DoctorModel::default() })
}

/// For a draft.
pub async fn post_of_draft(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, form: Form) -> Page {
    page(lang, DoctorModel { pasted: Some(pasted(&form)), ..DoctorModel::of(lang, &app.drafts, open) })
}

fn pasted(form: &Form) -> String {
    form.field("error").chars().take(LONGEST).collect()
}
