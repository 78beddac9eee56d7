//! `…/import`: what became of each part of a draft's origin.

use super::view::told;
use crate::http::{
    error::PageError,
    extract::{EditableDraft, Lang},
    page::Page,
};
use app::tr;
use taskdef::formats::import::Kept;

/// The report of a draft that came from elsewhere.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft) -> Result<Page, PageError> {
    let kept = Kept::of(&open.draft).ok_or(PageError::NoPage)?;
    let token = open.token.to_text();
    Ok(Page::new(lang, tr!(lang, import.report), move |head| told(head, &token, &kept)))
}
