//! What would change, or has changed: the safe fixes before they are made, and the draft since it was exported.

use crate::{
    markup::{ChangeView, or_nothing},
    shell::{Head, plain},
    wizard::widgets::icon,
};
use leptos::prelude::*;
use taskdef::Lang;

/// The changes as then and now.
pub fn table(lang: Lang, then: &'static str, now: &'static str, changes: &[ChangeView]) -> AnyView {
    let rows = changes.iter().map(|c| {
        view! {
            <div class="c-merge">
                <h3 class="c-field__label">{c.what.clone()}</h3>
                <dl class="c-kv"><div><dt>{then}</dt><dd><code class="u-code">{or_nothing(lang, &c.before)}</code></dd></div><div><dt>{now}</dt><dd><code class="u-code">{or_nothing(lang, &c.after)}</code></dd></div></dl>
            </div>
        }
    });
    rows.collect_view().into_any()
}

fn page(head: &Head, token: &str, part: &'static str, title: &'static str, lead: &'static str, body: AnyView) -> AnyView {
    let lang = head.lang;
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("/{}/d/{token}/review", lang.as_str())>{icon("left", 16)}{tr!(lang, share.review_back)}</a>
                <div class="c-title"><h1>{title}</h1><p>{lead}</p></div>
            </div>
            {body}
        </div>
    };
    let token = token.to_owned();
    plain(head, move |l| format!("/{}/d/{token}/{part}", l.as_str()), "narrow", main.into_any())
}

/// The safe fixes before they are made.
pub fn fixes(head: &Head, token: &str, revision: i64, cured: Vec<String>, changes: Vec<ChangeView>) -> AnyView {
    let lang = head.lang;
    if changes.is_empty() {
        return page(head, token, "fixes", tr!(lang, share.fixes_title), tr!(lang, share.fixes_none), ().into_any());
    }
    let count = cured.len();
    let body = view! {
        <section class="l-stack" data-gap="3" aria-labelledby="cured-h">
            <h2 id="cured-h">{tr!(lang, share.fixes_cured)}</h2>
            <ul class="c-findings">{cured.into_iter().map(|m| view! { <li class="c-notice" data-variant="ok">{icon("check", 20)}<p>{m}</p></li> }).collect_view()}</ul>
        </section>
        <section class="l-stack" data-gap="4" aria-labelledby="diff-h">
            <h2 id="diff-h">{tr!(lang, share.fixes_changes)}</h2>
            {table(lang, tr!(lang, history.now), tr!(lang, share.fixes_after), &changes)}
        </section>
        <form method="post" action=format!("/{}/d/{token}/fixes", lang.as_str())>
            <input type="hidden" name="rev" value=revision />
            <div class="l-row"><button class="c-btn" data-variant="primary">{icon("bolt", 20)}{tr!(lang, share.fixes_do, n = count)}</button></div>
        </form>
    };
    page(head, token, "fixes", tr!(lang, share.fixes_title), tr!(lang, share.fixes_lead), body.into_any())
}

/// What was exported from this browser, against the draft as it is.
#[derive(Clone, Debug)]
pub enum Since {
    /// Nothing was.
    Never,
    /// The revision is not kept any more.
    Gone,
    /// The changes since.
    Changes(Vec<ChangeView>),
}

/// The draft since it was exported.
pub fn since(head: &Head, token: &str, since: Since) -> AnyView {
    let lang = head.lang;
    let (lead, body) = match since {
        Since::Never => (tr!(lang, share.since_none), ().into_any()),
        Since::Gone => (tr!(lang, share.since_gone), ().into_any()),
        Since::Changes(changes) if changes.is_empty() => (tr!(lang, share.since_same), ().into_any()),
        Since::Changes(changes) => {
            let table = table(lang, tr!(lang, share.since_then), tr!(lang, history.now), &changes);
            let body =
                view! { <section class="l-stack" data-gap="4" aria-labelledby="diff-h"><h2 id="diff-h">{tr!(lang, share.fixes_changes)}</h2>{table}</section> };
            (tr!(lang, share.since_lead), body.into_any())
        }
    };
    page(head, token, "since", tr!(lang, share.since_title), lead, body)
}
