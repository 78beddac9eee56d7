//! Name, links, life and end of a draft.

use crate::{
    app_state::AppState,
    draft_service::{BrowserId, DraftError, SaveError},
    http::{
        cookies::Cookies,
        error::PageError,
        extract::{EditableDraft, Lang},
        form::Form,
        location::{Around, Location},
    },
};
use axum::extract::State;
use drafts::{Life, Way};
use serde_json::json;

/// Longest name of a draft, in characters.
const LONGEST_NAME: usize = 200;

/// Does what was pressed.
pub async fn post(
    Lang(lang): Lang,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    mut cookies: Cookies,
    browser: BrowserId,
    form: Form,
) -> Result<(Cookies, Location), PageError> {
    let token = open.token;
    let here = Location::around(lang, &token, Around::Share);
    match form.field("op") {
        "delete" => {
            app.drafts.delete(&token).await?;
            cookies.forget(std::slice::from_ref(&token));
            return Ok((cookies, Location::home(lang)));
        }
        "revoke" => {
            app.drafts.revoke_view(&token).await?;
        }
        "replace" => {
            let edit = app.drafts.replace_links(&token).await?.edit;
            if cookies.remembered().contains(&token) {
                cookies.remember(&edit, Some(&token));
            }
            return Ok((cookies, Location::around(lang, &edit, Around::Share)));
        }
        "life" => {
            // Only the four of the page; anything else leaves it as it is.
            if let Some(life) = form.parsed("life").and_then(Life::of_days) {
                app.drafts.set_life(&token, life).await?;
            }
        }
        "keep" => cookies.remember(&token, None),
        "forget" => cookies.forget(std::slice::from_ref(&token)),
        _ => {
            let mut draft = open.draft;
            let title: String = form.field("title").trim().chars().take(LONGEST_NAME).collect();
            draft.put("title", json!(title));
            match app.drafts.save_merged(&token, open.stored.revision, draft, &browser, Way::Edited).await {
                Ok(_) => {}
                Err(SaveError::Draft(error)) => return Err(error.into()),
                Err(SaveError::Clash(_)) => return Err(DraftError::Unavailable.into()),
            }
        }
    }
    Ok((cookies, here))
}
