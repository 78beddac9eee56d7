//! What handlers ask for in their signatures. A path that does not parse is the 404 page of its language.

use super::{error::PageError, location::OperationId};
use crate::{
    app_state::AppState,
    draft_service::{BrowserId, OpenDraft},
    http::cookies::Cookies,
};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use drafts::Token;
use std::convert::Infallible;

/// A part of the address by its name in the route, decoded.
async fn path_part(parts: &mut Parts, name: &str) -> Option<String> {
    let all = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    all.iter().find(|(part, _)| *part == name).map(|(_, text)| text.to_owned())
}

/// `{lang}` of the address.
#[derive(Clone, Copy, Debug)]
pub struct Lang(pub taskdef::Lang);

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Lang, PageError> {
        let text = path_part(parts, "lang").await;
        text.as_deref().and_then(taskdef::Lang::parse).map(Lang).ok_or(PageError::NoPage)
    }
}

/// `{token}` of the address.
#[derive(Clone)]
pub struct DraftToken(pub Token);

impl<S: Sync> FromRequestParts<S> for DraftToken {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<DraftToken, PageError> {
        let text = path_part(parts, "token").await;
        text.as_deref().and_then(Token::parse).map(DraftToken).ok_or(PageError::NoDraft)
    }
}

/// `{*page}` of the address: a page of the wizard.
#[derive(Clone, Copy, Debug)]
pub struct WizardPage(pub app::address::Page);

impl<S: Sync> FromRequestParts<S> for WizardPage {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<WizardPage, PageError> {
        let text = path_part(parts, "page").await;
        text.as_deref().and_then(app::address::Page::parse).map(WizardPage).ok_or(PageError::NoPage)
    }
}

impl<S: Sync> FromRequestParts<S> for OperationId {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<OperationId, PageError> {
        let text = path_part(parts, "operation").await;
        text.as_deref().and_then(OperationId::parse).ok_or(PageError::NoDraft)
    }
}

/// The draft of the address, by its edit link.
pub struct EditableDraft(pub OpenDraft);

impl FromRequestParts<AppState> for EditableDraft {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<EditableDraft, PageError> {
        let DraftToken(token) = DraftToken::from_request_parts(parts, app).await?;
        Ok(EditableDraft(app.drafts.open_editable(&token).await?))
    }
}

/// The draft of the address, by its view link. An edit link is none: its token must not appear on a page to be shown around.
pub struct ViewableDraft(pub OpenDraft);

impl FromRequestParts<AppState> for ViewableDraft {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<ViewableDraft, PageError> {
        let DraftToken(token) = DraftToken::from_request_parts(parts, app).await?;
        let open = app.drafts.open(&token).await?;
        if open.is_editable() { Err(PageError::NoDraft) } else { Ok(ViewableDraft(open)) }
    }
}

impl<S: Sync> FromRequestParts<S> for BrowserId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<BrowserId, Infallible> {
        Ok(Cookies::of(&parts.headers).browser_id())
    }
}
