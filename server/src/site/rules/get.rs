//! `/{lang}/rules`.

use super::view::{RulesModel, rules};
use crate::http::{extract::Lang, page::Page};
use app::tr;
use axum::extract::Query;
use serde::Deserialize;

/// Longest search, in characters.
const LONGEST: usize = 200;

/// `?q=`: words to find.
#[derive(Debug, Default, Deserialize)]
pub struct Search {
    q: Option<String>,
}

/// Every rule, or those that have these words. Search engines may list the whole list.
pub async fn get(Lang(lang): Lang, Query(search): Query<Search>) -> Page {
    let model = RulesModel { query: search.q.unwrap_or_default().chars().take(LONGEST).collect() };
    let index = model.query.is_empty();
    Page::new(lang, tr!(lang, rules.title), move |head| rules(head, model.clone())).index(index)
}
