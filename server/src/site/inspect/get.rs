//! `…/inspect`: how far a look has come, and what earlier looks found. Reading it asks no registry.

use super::{
    going,
    page::{Told, page},
};
use crate::{
    app_state::AppState,
    http::{
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use axum::{extract::State, http::HeaderMap};

/// The look that is going on, or the images and what is known of them.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, visitor: HeaderMap) -> Page {
    match app.looks.of(open.tag.as_str()) {
        Some(look) if !look.has_ended() => going::page(lang, &open, &look),
        Some(look) => page(lang, &app, open, &visitor, look.answers(), Told { problem: look.problem(), ..Told::default() }),
        None => page(lang, &app, open, &visitor, Vec::new(), Told::default()),
    }
}
