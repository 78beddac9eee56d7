//! Pages that say why there is no page.

use crate::{
    shell::{Head, plain},
    wizard::widgets::icon,
};
use leptos::prelude::*;

fn page(head: &Head, title: &'static str, text: Option<&'static str>, more: AnyView) -> AnyView {
    let lang = head.lang;
    let home = format!("/{}", lang.as_str());
    let main = view! {
        <div class="c-empty">
            <svg class="c-empty__pic" viewBox="0 0 120 84" aria-hidden="true" focusable="false">
                <rect x="2" y="2" width="116" height="80" rx="10"></rect>
                <rect data-c="1" x="16" y="16" width="88" height="22" rx="5"></rect>
                <rect x="16" y="46" width="88" height="22" rx="5"></rect>
            </svg>
            <h1>{title}</h1>
            {text.map(|text| view! { <p class="c-lead">{text}</p> })}
            <div class="l-stack" data-gap="3">
                <h2 class="u-vh">{tr!(lang, share.missing_what)}</h2>
                <div class="l-row"><a class="c-btn" data-variant="primary" href=home>{tr!(lang, share.missing_home)}{icon("arrow", 20)}</a></div>
                {more}
            </div>
        </div>
    }
    .into_any();
    plain(head, |l| format!("/{}", l.as_str()), "narrow", main)
}

/// No draft at this link, or (for other addresses) no page.
pub fn missing(head: &Head, draft: bool) -> AnyView {
    let lang = head.lang;
    if draft {
        let hint = view! { <p class="c-field__hint">{tr!(lang, share.missing_hint)}</p> }.into_any();
        page(head, tr!(lang, share.missing), Some(tr!(lang, share.missing_p)), hint)
    } else {
        page(head, tr!(lang, common.page_missing), None, ().into_any())
    }
}

/// Why a page could not be shown.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// Our own fault, or the store's.
    Ours,
    /// There is no room for another draft.
    Full,
    /// The draft is above the size that is kept.
    Large,
    /// Too many requests at once.
    Slow,
    /// The server has as much to do as it takes.
    Busy,
    /// What was sent did not arrive in time.
    Late,
    /// Another site's page asked for a change.
    CrossSite,
}

/// What is the matter, with the request's id to quote.
pub fn trouble(head: &Head, why: Trouble, id: &str) -> AnyView {
    let lang = head.lang;
    let (title, text) = match why {
        Trouble::Ours => (tr!(lang, share.trouble), tr!(lang, share.trouble_p)),
        Trouble::Full => (tr!(lang, share.full), tr!(lang, share.full_p)),
        Trouble::Large => (tr!(lang, share.large), tr!(lang, share.large_p)),
        Trouble::Slow => (tr!(lang, share.slow), tr!(lang, share.slow_p)),
        Trouble::Busy => (tr!(lang, share.busy), tr!(lang, share.busy_p)),
        Trouble::Late => (tr!(lang, share.late), tr!(lang, share.late_p)),
        Trouble::CrossSite => (tr!(lang, share.cross_site), tr!(lang, share.cross_site_p)),
    };
    let id = view! { <p class="c-field__hint">{tr!(lang, share.trouble_id, id = id)}</p> }.into_any();
    page(head, title, Some(text), id)
}
