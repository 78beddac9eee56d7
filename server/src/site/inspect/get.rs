//! `…/inspect`: what earlier looks found. Reading it asks no registry.

use super::page::page;
use crate::{
    app_state::AppState,
    http::{
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use axum::extract::State;

/// The images, and what is known of them.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>) -> Page {
    let answers = app.images.earlier(open.draft.definition());
    page(lang, &app, open, answers)
}
