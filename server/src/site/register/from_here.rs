//! What leads to AWS comes from this server's own pages alone.

use crate::{
    app_state::AppState,
    http::{
        error::PageError,
        extract::{DraftToken, Lang},
        location::{Around, Location},
    },
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};

/// The request was sent by a form of this server, in a browser of the person's own (`register/gate.rs`).
pub struct FromHere {
    /// Headers of the request: whose browser it is, and how it may go to AWS.
    pub visitor: HeaderMap,
    may_call: bool,
    back: Location,
}

impl FromHere {
    /// Refuses a visitor who has no permission to call AWS.
    ///
    /// # Errors
    /// The page that says so.
    pub fn calls(&self) -> Result<(), PageError> {
        if self.may_call { Ok(()) } else { Err(PageError::NotFromHere(self.back.to_string())) }
    }
}

impl FromRequestParts<AppState> for FromHere {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<FromHere, PageError> {
        let Lang(lang) = Lang::from_request_parts(parts, app).await?;
        let DraftToken(token) = DraftToken::from_request_parts(parts, app).await?;
        let back = Location::around(lang, &token, Around::Register);
        if app.registrar.is_from_here(&parts.headers) {
            Ok(FromHere { visitor: parts.headers.clone(), may_call: app.registrar.access(&parts.headers).may_call(), back })
        } else {
            Err(PageError::NotFromHere(back.to_string()))
        }
    }
}
