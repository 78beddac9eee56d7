//! Begins a look into all images, or ends it. It is answered with the page: what was found is kept by the reader of registries.

use super::{
    going,
    page::{Told, page},
};
use crate::{
    app_state::AppState,
    draft_service::{BrowserId, OpenDraft},
    http::{
        error::PageError,
        extract::{EditableDraft, Lang as LangOf},
        form::Form,
        location::{Around, Location},
        page::Page,
    },
    inspect::{images, own},
    site::conflict,
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use drafts::Way;
use registry::Depth;
use std::time::Duration;
use taskdef::Lang;

/// How long the answer waits for a look. Most have ended by then; the others show how far they have come.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// With the layers where the second button was pressed.
///
/// # Errors
/// Where what was pasted cannot be saved.
pub async fn post(
    LangOf(lang): LangOf,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    browser: BrowserId,
    visitor: HeaderMap,
    form: Form,
) -> Result<Response, PageError> {
    if form.field("look") == "pasted" {
        return keep(lang, open, &app, &browser, &visitor, &form).await;
    }
    Ok(look(lang, open, &app, &visitor, &form).await.into_response())
}

/// Keeps what a person pasted about an image, in their draft.
async fn keep(lang: Lang, open: OpenDraft, app: &AppState, browser: &BrowserId, visitor: &HeaderMap, form: &Form) -> Result<Response, PageError> {
    let revision = form.parsed("rev").unwrap_or(open.revision());
    let image = form.field("image").to_owned();
    let base = app.drafts.base(&open, revision).await?;
    let known = images(base.definition()).contains(&image);
    let Some(pasted) = registry::pasted(form.field("text")).filter(|_| known) else {
        return Ok(page(lang, app, open, visitor, Vec::new(), Told { wrong: Some(image), ..Told::default() }).into_response());
    };
    let mut mine = base.clone();
    // The edit is made for this very document, so it fits.
    let _ = own::keep(&base, &image, pasted).apply(mine.root_mut());
    match app.drafts.save_merged(&open.token, revision, mine.clone(), browser, Way::Edited).await {
        Ok(_) => Ok(Location::around(lang, &open.token, Around::Inspect).into_response()),
        Err(error) => Ok(conflict::not_saved(lang, &open.token, revision, mine, error)?.into_response()),
    }
}

async fn look(lang: Lang, open: OpenDraft, app: &AppState, visitor: &HeaderMap, form: &Form) -> Page {
    if form.field("look") == "stop" {
        app.looks.stop(open.tag.as_str());
        return page(lang, app, open, visitor, Vec::new(), Told::default());
    }
    let depth = if form.field("depth") == "layers" { Depth::Layers } else { Depth::Configuration };
    let (images_of, client, definition) = (app.images.clone(), app.images.client(), open.draft.definition().clone());
    let begun = app.looks.begin(open.tag.as_str(), |look| async move { images_of.look_at_all(client, definition, depth, look).await });
    match begun {
        Ok(look) if look.wait(PATIENCE).await => page(lang, app, open, visitor, look.answers(), Told::default()),
        Ok(look) => going::page(lang, &open, &look),
        Err(busy) => {
            let answers = images(open.draft.definition()).into_iter().map(|image| (image, Err(busy.clone()))).collect();
            page(lang, app, open, visitor, answers, Told::default())
        }
    }
}
