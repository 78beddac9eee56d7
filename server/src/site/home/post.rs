//! `POST /{lang}/d`: a new draft.

use super::{
    get::page,
    new_draft::{NoDraft, new_draft},
    view::Unread,
};
use crate::{
    app_state::AppState,
    http::{
        cookies::Cookies,
        error::PageError,
        extract::Lang,
        form::Form,
        location::{Around, Location},
    },
    site::import,
};
use app::address::Page;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use drafts::Way;
use taskdef::{Step, formats::import::Kept, preset::Preset};

/// Makes a draft, which this browser remembers, and leads to its first step.
pub async fn post(Lang(lang): Lang, State(app): State<AppState>, mut cookies: Cookies, headers: HeaderMap, form: Form) -> Result<Response, PageError> {
    let draft = match new_draft(&app.drafts, lang, &form).await {
        Ok(draft) => draft,
        Err(NoDraft::Text(text, why)) => return Ok(page(&app, lang, cookies, &headers, Some(Unread { text, why, is_an_error: false })).await.into_response()),
        Err(NoDraft::Error(text, why)) => return Ok(page(&app, lang, cookies, &headers, Some(Unread { text, why, is_an_error: true })).await.into_response()),
        Err(NoDraft::Asks(asks)) => return Ok(import::questions(lang, asks.0, asks.1).into_response()),
        Err(NoDraft::Copy(error)) => return Err(error.into()),
    };
    let way = if Preset::parse(form.field("preset")).is_some() || !form.field("copy").is_empty() { Way::Created } else { Way::Imported };
    let browser = cookies.give_browser_id();
    let made = app.drafts.create(&draft, &browser, way).await?;
    cookies.remember(&made.edit, None);
    let to = if Kept::is_in(&draft) { Location::around(lang, &made.edit, Around::Import) } else { Location::step(lang, &made.edit, Page::Step(Step::Cluster)) };
    Ok((cookies, to).into_response())
}
