//! Unlocks this browser, or looks at the account. Only from this server's own pages.

use super::{
    FromHere, Refused,
    page::{Notice, page},
};
use crate::{
    app_state::AppState,
    http::{
        cookies::Cookies,
        error::PageError,
        extract::{EditableDraft, Lang},
        form::Form,
        location::{Around, Location},
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

/// Does what was pressed.
pub async fn post(
    Lang(lang): Lang,
    from: FromHere,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    form: Form,
) -> Result<Response, PageError> {
    if form.field("op") == "unlock" {
        return match app.registrar.unlock(&from.visitor, form.field("code")) {
            Some(session) => {
                app.registrar.announce();
                let mut cookies = Cookies::of(&from.visitor);
                cookies.add(session);
                Ok((cookies, Location::around(lang, &open.token, Around::Register)).into_response())
            }
            None => Ok(page(&app, lang, open, &from.visitor, Notice::refused(Refused::Code)).await?.into_response()),
        };
    }
    from.calls()?;
    #[cfg(feature = "aws")]
    return super::lookup::lookup(&app, lang, open, &from.visitor, &form).await;
    #[cfg(not(feature = "aws"))]
    return Ok(Location::around(lang, &open.token, Around::Register).into_response());
}
