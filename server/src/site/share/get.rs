//! `…/share`.

use super::view::{ShareModel, share};
use crate::{
    draft_service::now,
    http::{
        cookies::Cookies,
        extract::{EditableDraft, Lang},
        location::Location,
        page::Page,
        transport::origin,
    },
};
use app::tr;
use axum::http::HeaderMap;

/// Links of a draft.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft, cookies: Cookies, headers: HeaderMap) -> Page {
    let origin = origin(&headers);
    let model = ShareModel {
        view_url: format!("{origin}{}", Location::shared(lang, &open.stored.view)),
        edit_url: format!("{origin}{}", Location::draft(lang, &open.token)),
        title: open.draft.title().to_owned(),
        life: open.stored.life.days(),
        times: (open.stored.updated_at, open.stored.expires_at, now()),
        kept: cookies.remembered().contains(&open.token),
        token: open.token.to_text(),
    };
    Page::new(lang, tr!(lang, common.share_title), move |head| share(head, model.clone()))
}
