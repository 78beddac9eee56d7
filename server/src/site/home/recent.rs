//! The drafts that this browser remembers, on its start page.

use crate::{
    draft_service::{DraftError, DraftService, now},
    http::cookies::Cookies,
    site::parts::ago::{ago, ends},
};
use app::{tr, widgets::icon};
use drafts::Token;
use leptos::prelude::*;
use taskdef::{Lang, step::StepState};

/// A remembered draft.
#[derive(Clone, Debug)]
pub struct RecentView {
    /// The edit token.
    pub token: String,
    /// Its name; empty where it has none.
    pub title: String,
    /// The task definition's family.
    pub family: String,
    /// The Region's code.
    pub region: String,
    /// Steps that are done, of seven.
    pub steps: usize,
    /// Seconds since 1970 of the last change.
    pub updated_at: i64,
    /// Seconds since 1970 of its end.
    pub expires_at: i64,
    /// Seconds since 1970.
    pub now: i64,
}

/// The section; nothing where nothing is remembered.
pub fn recent_drafts(lang: Lang, drafts: Vec<RecentView>) -> Option<AnyView> {
    if drafts.is_empty() {
        return None;
    }
    let rows = drafts.into_iter().map(|d| {
        let base = format!("/{}/d/{}", lang.as_str(), d.token);
        let name = [&d.title, &d.family].into_iter().find(|t| !t.is_empty()).cloned().unwrap_or_else(|| tr!(lang, common.untitled).to_owned());
        let about: Vec<&str> = [d.family.as_str(), d.region.as_str()].into_iter().filter(|t| !t.is_empty() && *t != name).collect();
        view! {
            <li>
                <div>
                    <h3 class="c-table__when"><a href=format!("{base}/review")>{name.clone()}</a></h3>
                    <p>{about.join(" · ")}</p>
                    <p><a class="c-table__go" href=format!("{base}/share")>{tr!(lang, home.recent_links)}<span class="u-vh">": "{name}</span></a></p>
                </div>
                <div class="c-table__num">
                    {tr!(lang, home.recent_steps, n = d.steps)}
                    <small>{ago(lang, d.now, d.updated_at)}</small>
                    <small>{ends(lang, d.now, d.expires_at)}</small>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <section class="l-stack" data-gap="4" aria-labelledby="recent-h">
                <div class="c-head2"><h2 id="recent-h">{tr!(lang, home.recent)}</h2><p>{tr!(lang, home.recent_p)}</p></div>
                <ul class="c-table">{rows}</ul>
                <div class="l-row"><a class="c-btn" data-size="small" href=format!("/{}/mine", lang.as_str())>{icon("download", 20)}{tr!(lang, home.recent_all)}</a></div>
            </section>
        }
        .into_any(),
    )
}

/// The drafts that the browser remembers, and those of them that are gone.
pub async fn recent(drafts: &DraftService, cookies: &Cookies) -> (Vec<RecentView>, Vec<Token>) {
    let (mut found, mut gone) = (Vec::new(), Vec::new());
    for token in cookies.remembered() {
        match drafts.open_editable(&token).await {
            Ok(open) => {
                let draft = &open.draft;
                let steps = app::states(draft, &drafts.findings(Lang::En, draft)).into_iter().filter(|s| *s == StepState::Done).count();
                found.push(RecentView {
                    token: token.to_text(),
                    title: draft.title().to_owned(),
                    family: draft.family().to_owned(),
                    region: draft.region().to_owned(),
                    steps,
                    updated_at: open.stored.updated_at,
                    expires_at: open.stored.expires_at,
                    now: now(),
                });
            }
            Err(DraftError::NotFound) => gone.push(token),
            // A store that fails must not empty the list.
            Err(_) => {}
        }
    }
    (found, gone)
}
