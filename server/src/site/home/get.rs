//! `/` and `/{lang}`.

use super::{
    recent::{RecentView, recent},
    view::{HomeModel, Unread, home},
};
use crate::{
    app_state::AppState,
    http::{cookies::Cookies, extract::Lang, language, location::Location, page::Page},
};
use app::tr;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};

/// To the visitor's language.
pub async fn root(headers: HeaderMap) -> Location {
    Location::home(language::of_visitor(&headers))
}

/// The start page.
pub async fn get(Lang(lang): Lang, State(app): State<AppState>, cookies: Cookies, headers: HeaderMap) -> (Cookies, Page) {
    page(&app, lang, cookies, &headers, None).await
}

/// The start page, perhaps with a text that could not be read and why.
pub async fn page(app: &AppState, lang: taskdef::Lang, mut cookies: Cookies, headers: &HeaderMap, unread: Option<Unread>) -> (Cookies, Page) {
    let (recent, gone): (Vec<RecentView>, _) = recent(&app.drafts, &cookies).await;
    if !gone.is_empty() {
        cookies.forget(&gone);
    }
    let wrong = unread.is_some();
    let model = HomeModel { unread, recent, elsewhere: app.registrar.is_elsewhere(headers) };
    let page = Page::new(lang, tr!(lang, home.title), move |head| home(head, model.clone())).index(true).wrong(wrong);
    (cookies, if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}
