//! What the API's handlers ask for in their signatures. What does not parse is an error in JSON.

use super::error::ApiError;
use crate::{app_state::AppState, draft_service::OpenDraft, http::language, load::offload::API};
use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request},
    http::request::Parts,
};
use drafts::Token;
use serde::Deserialize;
use std::convert::Infallible;
use taskdef::{Launch, formats::Format};

#[derive(Debug, Default, Deserialize)]
struct LangQuery {
    lang: Option<String>,
}

/// The language of messages: `lang=` of the query, else Accept-Language, else English.
#[derive(Clone, Copy, Debug)]
pub struct Lang(pub taskdef::Lang);

impl<S: Send + Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Lang, Infallible> {
        let Query(query) = Query::<LangQuery>::from_request_parts(parts, state).await.unwrap_or_default();
        let named = query.lang.as_deref().and_then(taskdef::Lang::parse);
        Ok(Lang(named.or_else(|| language::accepted(&parts.headers)).unwrap_or(taskdef::Lang::En)))
    }
}

/// Where a definition will run: `region=` and `launchType=` of the query, both optional.
#[derive(Debug, Default, Deserialize)]
pub struct Target {
    region: Option<String>,
    #[serde(rename = "launchType")]
    launch_type: Option<String>,
}

impl Target {
    /// The Region's code; none where it is empty.
    pub fn region(&self) -> Option<String> {
        self.region.clone().filter(|r| !r.is_empty())
    }

    /// The launch type; none where it is unknown.
    pub fn launch(&self) -> Option<Launch> {
        self.launch_type.as_deref().and_then(Launch::parse)
    }
}

/// `{token}` of the address.
#[derive(Clone)]
pub struct DraftToken(pub Token);

impl<S: Send + Sync> FromRequestParts<S> for DraftToken {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<DraftToken, ApiError> {
        let text = path_part(parts, state, "token").await;
        text.as_deref().and_then(Token::parse).map(DraftToken).ok_or(ApiError::NotFound)
    }
}

/// A part of the address by its name in the route, decoded.
async fn path_part<S: Send + Sync>(parts: &mut Parts, state: &S, name: &str) -> Option<String> {
    let all = RawPathParams::from_request_parts(parts, state).await.ok()?;
    all.iter().find(|(part, _)| *part == name).map(|(_, text)| text.to_owned())
}

/// `{format}` of the address: a format that drafts are written in.
#[derive(Clone, Copy, Debug)]
pub struct ExportFormat(pub Format);

impl<S: Send + Sync> FromRequestParts<S> for ExportFormat {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<ExportFormat, ApiError> {
        let name = path_part(parts, state, "format").await;
        name.as_deref().and_then(Format::parse).filter(|f| f.is_exported()).map(ExportFormat).ok_or(ApiError::UnknownFormat)
    }
}

/// The draft of the address, by either link.
pub struct AnyDraft(pub OpenDraft);

impl FromRequestParts<AppState> for AnyDraft {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<AnyDraft, ApiError> {
        let DraftToken(token) = DraftToken::from_request_parts(parts, app).await?;
        Ok(AnyDraft(app.drafts.open(&token).await?))
    }
}

/// A body as text, whatever its Content-Type says. Bytes that are no UTF-8 become signs that no JSON has.
pub struct Text(pub String);

impl<S: Sync> FromRequest<S> for Text {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Text, ApiError> {
        let bytes = to_bytes(request.into_body(), API).await.map_err(|_| ApiError::TooLarge)?;
        Ok(Text(String::from_utf8_lossy(&bytes).into_owned()))
    }
}
