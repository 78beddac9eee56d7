//! The safe fixes before they are made.

use crate::{
    http::page::Head,
    site::parts::differences::{page, table},
};
use app::{markup::ChangeView, tr, widgets::icon};
use leptos::prelude::*;

/// The safe fixes before they are made.
pub fn fixes(head: &Head, token: &str, revision: i64, fixed: Vec<String>, changes: Vec<ChangeView>) -> AnyView {
    let lang = head.lang;
    // A key that is removed because it is null changes no answer, and is a fix all the same.
    if fixed.is_empty() {
        return page(head, token, "fixes", tr!(lang, share.fixes_title), tr!(lang, share.fixes_none), ().into_any());
    }
    let count = fixed.len();
    let body = view! {
        <section class="l-stack" data-gap="3" aria-labelledby="cured-h">
            <h2 id="cured-h">{tr!(lang, share.fixes_cured)}</h2>
            <ul class="c-findings">{fixed.into_iter().map(|m| view! { <li class="c-notice" data-variant="ok">{icon("check", 20)}<p>{m}</p></li> }).collect_view()}</ul>
        </section>
        {(!changes.is_empty()).then(|| view! {
            <section class="l-stack" data-gap="4" aria-labelledby="diff-h">
                <h2 id="diff-h">{tr!(lang, share.fixes_changes)}</h2>
                {table(lang, tr!(lang, history.now), tr!(lang, share.fixes_after), &changes)}
            </section>
        })}
        <form method="post" action=format!("/{}/d/{token}/fixes", lang.as_str())>
            <input type="hidden" name="rev" value=revision />
            <div class="l-row"><button class="c-btn" data-variant="primary">{icon("bolt", 20)}{tr!(lang, share.fixes_do, n = count)}</button></div>
        </form>
    };
    page(head, token, "fixes", tr!(lang, share.fixes_title), tr!(lang, share.fixes_lead), body.into_any())
}
