//! `…/json`.

use super::page::page;
use crate::http::{
    extract::{EditableDraft, Lang},
    page::Page,
};

/// The definition as JSON.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft) -> Page {
    page(lang, &open.token, open.revision(), &open.draft, None)
}
