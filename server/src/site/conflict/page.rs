//! The page with both sides' answers.

use super::view::{ClashView, conflict};
use crate::{
    draft_service::SaveError,
    http::{error::PageError, page::Page},
};
use app::{markup, tr};
use axum::http::StatusCode;
use drafts::Token;
use taskdef::{Draft, Lang, document::merge::Clash};

/// `409 Conflict`. This side's draft, made from revision `base`, travels in the page.
pub fn page(lang: Lang, token: &Token, base: i64, mine: Draft, clashes: Vec<Clash>) -> Page {
    let text = |v: Option<serde_json::Value>| v.map(|v| markup::short(&v));
    let view =
        |c: Clash| ClashView { what: markup::place(lang, mine.root(), &c.path), base: text(c.base), mine: text(c.mine), theirs: text(c.theirs), path: c.path };
    let views: Vec<ClashView> = clashes.into_iter().map(view).collect();
    let (token, mine) = (token.to_text(), mine.to_text());
    Page::new(lang, tr!(lang, share.conflict_title), move |head| conflict(head, &token, base, mine.clone(), views.clone())).status(StatusCode::CONFLICT)
}

/// The answer to a save that was not made: the page where both changed the same places.
///
/// # Errors
/// Any other reason.
pub fn not_saved(lang: Lang, token: &Token, base: i64, mine: Draft, error: SaveError) -> Result<Page, PageError> {
    match error {
        SaveError::Clash(clashes) => Ok(page(lang, token, base, mine, clashes)),
        SaveError::Draft(error) => Err(error.into()),
    }
}
