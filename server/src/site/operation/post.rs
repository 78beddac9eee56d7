//! Begins a run, or goes on with one. Only from this server's own pages.

use super::page::page;
use crate::{
    app_state::AppState,
    http::{
        error::PageError,
        extract::{EditableDraft, Lang},
        form::Form,
        location::OperationId,
    },
    site::register::FromHere,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

/// Does what was agreed to. A link that may only view begins nothing.
pub async fn post(
    Lang(lang): Lang,
    from: FromHere,
    EditableDraft(open): EditableDraft,
    id: OperationId,
    State(app): State<AppState>,
    form: Form,
) -> Result<Response, PageError> {
    from.calls()?;
    #[cfg(feature = "aws")]
    {
        use crate::{
            draft_service::DraftError,
            http::location::Location,
            register::Begun,
            site::register::{Refused, sign},
        };
        let begins = form.field("op") != "again";
        let sign = match sign(&app.registrar, &from.visitor, &form) {
            Ok(_) if begins && form.field("agree") != "yes" => Err(Refused::Unticked),
            read => read,
        };
        let sign = match sign {
            Ok(sign) => sign,
            Err(refused) => return Ok(page(&app, lang, open, id, &from.visitor, Some(refused)).await?.into_response()),
        };
        let start = if begins { aws::Start::Anew } else { aws::Start::Again };
        match app.registrar.begin(&app.store, &open.token, id.0, start, form.field("hash"), sign).await.map_err(DraftError::from)? {
            Begun::Shown(shown) => Ok(Location::operation(lang, &open.token, OperationId(shown)).into_response()),
            Begun::Gone => Err(PageError::NoDraft),
        }
    }
    #[cfg(not(feature = "aws"))]
    {
        drop(form);
        Ok(page(&app, lang, open, id, &from.visitor, None).await?.into_response())
    }
}
