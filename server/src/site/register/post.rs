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
        extract::{DraftToken, Lang},
        form::Form,
        location::{Around, Location},
    },
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};

/// Does what was pressed.
pub async fn post(
    Lang(lang): Lang,
    DraftToken(token): DraftToken,
    from: FromHere,
    State(app): State<AppState>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, PageError> {
    if form.field("op") == "unlock" {
        return match app.desk.unlock(&headers, form.field("code")) {
            Some(session) => {
                app.desk.announce();
                let mut cookies = Cookies::of(&headers);
                cookies.add(session);
                Ok((cookies, Location::around(lang, &token, Around::Register)).into_response())
            }
            None => {
                let open = app.drafts.open_editable(&token).await?;
                Ok(page(&app, lang, open, &headers, Notice { refused: Some(Refused::Code), ..Notice::default() }).await?.into_response())
            }
        };
    }
    from.calls()?;
    #[cfg(feature = "aws")]
    return look(&app, lang, &token, &headers, &form).await;
    #[cfg(not(feature = "aws"))]
    return Ok(Location::around(lang, &token, Around::Register).into_response());
}

/// Looks at the account, and keeps what was found as an operation, whose page asks before anything is made.
#[cfg(feature = "aws")]
async fn look(app: &AppState, lang: taskdef::Lang, token: &drafts::Token, headers: &HeaderMap, form: &Form) -> Result<Response, PageError> {
    use crate::{draft_service::DraftError, http::location::OperationId};
    use taskdef::{Severity, deploy::Plan, lint};
    let open = app.drafts.open_editable(token).await?;
    let here = Location::around(lang, token, Around::Register);
    // AWS would refuse it; the page says so, and leads to what has to be mended.
    if open.draft.region().is_empty() || lint::check_draft(&open.draft).iter().any(|f| f.severity == Severity::Error) {
        return Ok(here.into_response());
    }
    let sign = match super::sign(&app.desk, headers, form) {
        Ok(sign) => sign,
        Err(refused) => return Ok(page(app, lang, open, headers, Notice { refused: Some(refused), ..Notice::default() }).await?.into_response()),
    };
    // The page says what is in the way.
    let Ok(plan) = Plan::new(&open.draft, &open.tag) else { return Ok(here.into_response()) };
    let browser = Cookies::of(headers).browser_id();
    match app.desk.look(&app.store, token, &browser.0, open.revision(), plan, sign).await.map_err(DraftError::from)? {
        Ok(id) => Ok(Location::operation(lang, token, OperationId(id)).into_response()),
        Err(trouble) => Ok(page(app, lang, open, headers, Notice { trouble: Some(trouble), ..Notice::default() }).await?.into_response()),
    }
}
