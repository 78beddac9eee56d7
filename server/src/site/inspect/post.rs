//! Looks into all images. It is answered with the page: what was found is kept by the reader of registries.

use super::page::page;
use crate::{
    app_state::AppState,
    http::{
        extract::{EditableDraft, Lang},
        form::Form,
        page::Page,
    },
};
use axum::extract::State;
use registry::Depth;

/// With the layers where the second button was pressed.
pub async fn post(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, form: Form) -> Page {
    let depth = if form.field("depth") == "layers" { Depth::Layers } else { Depth::Configuration };
    let answers = app.images.look_at_all(open.draft.definition(), depth).await;
    page(lang, &app, open, answers)
}
