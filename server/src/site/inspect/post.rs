//! Begins a look into all images, or ends it. It is answered with the page: what was found is kept by the reader of registries.

use super::{going, page::page};
use crate::{
    app_state::AppState,
    http::{
        extract::{EditableDraft, Lang},
        form::Form,
        page::Page,
    },
    inspect::images,
};
use axum::extract::State;
use registry::Depth;
use std::time::Duration;

/// How long the answer waits for a look. Most have ended by then; the others show how far they have come.
const PATIENCE: Duration = Duration::from_secs(1);

/// With the layers where the second button was pressed.
pub async fn post(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>, form: Form) -> Page {
    let definition = open.draft.definition();
    if form.field("look") == "stop" {
        app.looks.stop(open.tag.as_str());
        let answers = app.images.earlier(definition);
        return page(lang, &app, open, answers);
    }
    let depth = if form.field("depth") == "layers" { Depth::Layers } else { Depth::Configuration };
    match app.looks.begin(&app.images, open.tag.as_str(), definition, depth) {
        Ok(look) if look.wait(PATIENCE).await => page(lang, &app, open, look.answers()),
        Ok(look) => going::page(lang, &open, &look),
        Err(busy) => {
            let answers = images(definition).into_iter().map(|image| (image, Err(busy.clone()))).collect();
            page(lang, &app, open, answers)
        }
    }
}
