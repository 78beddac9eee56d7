//! The editor's text: checked, or saved.

use super::page::{Typed, page};
use crate::{
    app_state::AppState,
    draft_service::BrowserId,
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        form::Form,
        location::Location,
    },
    site::{conflict, import as import_page, parts::changed::buttons},
};
use app::{address::Page, tr};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use drafts::Way;
use taskdef::{
    Step,
    formats::import::{self, Input},
};

/// Saves a text that is an object, and leads to the review; any other is shown with what is wrong.
pub async fn post(
    Lang(lang): Lang,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    browser: BrowserId,
    form: Form,
) -> Result<Response, PageError> {
    let revision = form.parsed("rev").unwrap_or(open.revision());
    let base = app.drafts.base(&open, revision).await?;
    let token = open.token;
    // Browsers send line ends as CR LF.
    let text = form.field("text").replace("\r\n", "\n");
    if form.field("op") != "save" {
        let saved = buttons(lang, &app.drafts.timeline(&token, &browser).await?);
        return Ok(page(lang, &token, revision, &base, saved, Some(Typed { text, error: None })).into_response());
    }
    let input = Input::of(text.clone());
    let mine = match import::from_json(&text) {
        Ok(read) if read.definition.is_object() => Ok(base.with_definition(read.definition)),
        Ok(_) => Err(tr!(lang, editor.not_object).to_owned()),
        // Not strict JSON: hand-written JSON, or a text of another tool.
        Err(_) => match import::import(&input) {
            Ok(found) if found.waits() => return Ok(import_page::questions(lang, input, found).into_response()),
            Ok(found) => Ok(found.over(&base)),
            Err(refusal) => Err(import_page::said(lang, &refusal)),
        },
    };
    let error = match mine {
        Ok(mine) => {
            return match app.drafts.save_merged(&token, revision, mine.clone(), &browser, Way::Json).await {
                Ok(_) => Ok(Location::step(lang, &token, Page::Step(Step::Review)).into_response()),
                Err(error) => Ok(conflict::not_saved(lang, &token, revision, mine, error)?.into_response()),
            };
        }
        Err(error) => error,
    };
    let saved = buttons(lang, &app.drafts.timeline(&token, &browser).await?);
    Ok(page(lang, &token, revision, &base, saved, Some(Typed { text, error: Some(error) })).into_response())
}
