//! `…/export`, by either link.

use super::view::{ExportModel, export};
use crate::{
    draft_service::OpenDraft,
    http::{
        extract::{EditableDraft, Lang, ViewableDraft},
        location::Location,
        page::Page,
        transport::origin,
    },
};
use app::tr;
use axum::{extract::Query, http::HeaderMap};
use serde::Deserialize;
use taskdef::formats::{
    Format,
    export::{Options, export as write},
};

/// `?format=` and `?surroundings=no`.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    format: Option<String>,
    surroundings: Option<String>,
}

impl Wanted {
    fn page(self, lang: taskdef::Lang, open: OpenDraft, headers: &HeaderMap) -> Page {
        let format = self.format.as_deref().and_then(Format::parse).filter(|f| f.is_exported()).unwrap_or(Format::CloudFormation);
        let surroundings = self.surroundings.as_deref() != Some("no");
        let options = Options { surroundings, tag: Some(open.tag.clone()), ..Options::new(lang) };
        let model = ExportModel {
            token: open.token.to_text(),
            editable: open.is_editable(),
            format,
            surroundings,
            shared: format!("{}{}/export", origin(headers), Location::shared(lang, &open.stored.view)),
            made: write(format, &open.draft, &options),
        };
        Page::new(lang, tr!(lang, export.title, format = format.export_label(lang)), move |head| export(head, &model))
    }
}

/// A draft in a format, by its edit link.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft, Query(wanted): Query<Wanted>, headers: HeaderMap) -> Page {
    wanted.page(lang, open, &headers)
}

/// The same by its view link.
pub async fn get_shared(Lang(lang): Lang, ViewableDraft(open): ViewableDraft, Query(wanted): Query<Wanted>, headers: HeaderMap) -> Page {
    wanted.page(lang, open, &headers)
}
