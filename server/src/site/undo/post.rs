//! `POST …/undo`: `go` is `undo` or `redo`, `page` the page that it is pressed on.

use crate::{
    app_state::AppState,
    draft_service::{BrowserId, Direction},
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        form::Form,
        location::{Around, Location},
    },
};
use app::address::Page;
use axum::extract::State;
use taskdef::Step;

/// Goes one state back or forth and leads to the page where it was pressed, which says what was done.
pub async fn post(
    Lang(lang): Lang,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    browser: BrowserId,
    form: Form,
) -> Result<Location, PageError> {
    let direction = if form.field("go") == "redo" { Direction::Redo } else { Direction::Undo };
    let moved = app.drafts.travel(&open.token, direction, &browser).await?;
    let page = form.field("page");
    if page == Around::Json.path() {
        return Ok(Location::around(lang, &open.token, Around::Json));
    }
    let page = Page::parse(page).unwrap_or(Page::Step(Step::Review));
    Ok(if moved { Location::told(lang, &open.token, page) } else { Location::step(lang, &open.token, page) })
}
