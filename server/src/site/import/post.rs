//! `POST /{lang}/import`: looked at again with other answers, or made into drafts.

use super::{
    page::{input_of, questions, said},
    view::refused,
};
use crate::{
    app_state::AppState,
    http::{
        cookies::Cookies,
        error::PageError,
        extract::Lang,
        form::Form,
        location::{Around, Location},
        page::Page,
    },
};
use app::tr;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use drafts::Way;
use taskdef::formats::import::import;

/// Makes the drafts, which this browser remembers, and leads to the report of the first.
pub async fn post(Lang(lang): Lang, State(app): State<AppState>, mut cookies: Cookies, form: Form) -> Result<Response, PageError> {
    let input = input_of(&form);
    let found = match import(&input) {
        Ok(found) => found,
        Err(refusal) => {
            let (why, is_an_error) = (said(lang, &refusal), refusal.is_an_error());
            let page = Page::new(lang, tr!(lang, import.title), move |head| refused(head, &input, &why, is_an_error)).wrong(true);
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    if form.field("op") != "make" || found.drafts.is_empty() {
        return Ok(questions(lang, input, found).into_response());
    }
    let browser = cookies.give_browser_id();
    let mut first = None;
    for draft in (0..found.drafts.len()).filter_map(|i| found.kept(i)) {
        let made = app.drafts.create(&draft, &browser, Way::Imported).await?;
        cookies.remember(&made.edit, None);
        first.get_or_insert(made.edit);
    }
    let to = first.map_or_else(|| Location::home(lang), |token| Location::around(lang, &token, Around::Import));
    Ok((cookies, to).into_response())
}
