//! `…/fixes`.

use super::view::fixes;
use crate::{
    app_state::AppState,
    http::{
        extract::{EditableDraft, Lang},
        page::Page,
    },
};
use app::{markup, tr};
use axum::extract::State;
use taskdef::{lint::autofix, messages};

/// What the safe fixes would change.
pub async fn get(Lang(lang): Lang, EditableDraft(open): EditableDraft, State(app): State<AppState>) -> Page {
    let (after, made) = autofix::safe(&open.draft, &app.drafts.images(&open.draft));
    let fixed: Vec<String> = made.iter().map(|m| messages::of_finding(lang, m).message).collect();
    let changes = markup::changes(lang, &open.draft, &after);
    let (token, revision) = (open.token.to_text(), open.stored.revision);
    Page::new(lang, tr!(lang, share.fixes_title), move |head| fixes(head, &token, revision, fixed.clone(), changes.clone()))
}
