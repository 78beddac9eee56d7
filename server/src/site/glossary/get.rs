//! `/{lang}/glossary`.

use super::view::glossary;
use crate::http::{extract::Lang, page::Page};
use app::tr;

/// The words of ECS.
pub async fn get(Lang(lang): Lang) -> Page {
    Page::new(lang, tr!(lang, glossary.title), glossary).index(true)
}
