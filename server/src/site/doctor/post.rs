//! A text that AWS said. It is answered with the page: there is nothing to keep.

use super::{page::page, view::DoctorModel};
use crate::{
    app_state::AppState,
    http::{
        cookies::Cookies,
        extract::{EditableDraft, Lang},
        form::Form,
        page::Page,
    },
};
use axum::extract::State;

/// Longest text that is read, in characters: a describe-tasks output of many tasks is shorter.
const LONGEST: usize = 1_000_000;

/// For everyone.
pub async fn post(Lang(lang): Lang, State(app): State<AppState>, cookies: Cookies, form: Form) -> Page {
    page(lang, DoctorModel { pasted: Some(pasted(&form)), ..DoctorModel::of_nothing(&app.drafts, &cookies).await })
}

/// For a draft.
pub async fn post_of_draft(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, form: Form) -> Page {
    page(lang, DoctorModel { pasted: Some(pasted(&form)), ..DoctorModel::of(lang, &app.drafts, open) })
}

/// The text of this page's own form, or of a form of an import, which can send its text here.
fn pasted(form: &Form) -> String {
    let text = ["error", "taskDefinition", "text", "file"].map(|name| form.field(name)).into_iter().find(|text| !text.trim().is_empty());
    text.unwrap_or_default().chars().take(LONGEST).collect()
}
