//! `/{lang}/search` and `…/search`.

use super::view::{SearchModel, search};
use crate::{
    http::{
        extract::{EditableDraft, Lang},
        page::Page,
    },
    search::LONGEST,
};
use app::tr;
use axum::extract::Query;
use serde::Deserialize;

/// `?q=`: what is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    q: Option<String>,
}

impl Asked {
    fn text(self) -> String {
        self.q.unwrap_or_default().chars().take(LONGEST).collect()
    }
}

/// Without a draft: fields lead to what is written about them.
pub async fn get(Lang(lang): Lang, Query(asked): Query<Asked>) -> Page {
    page(lang, SearchModel { query: asked.text(), draft: None })
}

/// In a draft: fields lead to their controls.
pub async fn get_of_draft(Lang(lang): Lang, EditableDraft(open): EditableDraft, Query(asked): Query<Asked>) -> Page {
    page(lang, SearchModel { query: asked.text(), draft: Some((open.token.to_text(), open.stored.revision, open.draft)) })
}

fn page(lang: taskdef::Lang, model: SearchModel) -> Page {
    Page::new(lang, tr!(lang, search.title), move |head| search(head, &model))
}
