//! Changes as a table, and the page around them.

use crate::http::{frame::plain, page::Head};
use app::{
    markup::{ChangeView, or_nothing},
    tr,
    widgets::icon,
};
use leptos::prelude::*;
use taskdef::Lang;

/// The changes as then and now.
pub fn table(lang: Lang, then: &str, now: &str, changes: &[ChangeView]) -> AnyView {
    let rows = changes.iter().map(|c| {
        view! {
            <div class="c-merge">
                <h3 class="c-field__label">{c.what.clone()}</h3>
                <dl class="c-kv"><div><dt>{then.to_owned()}</dt><dd><code class="u-code">{or_nothing(lang, &c.before)}</code></dd></div><div><dt>{now.to_owned()}</dt><dd><code class="u-code">{or_nothing(lang, &c.after)}</code></dd></div></dl>
            </div>
        }
    });
    rows.collect_view().into_any()
}

/// A page about changes of a draft. `part` is the last part of its address.
pub fn page(head: &Head, token: &str, part: &'static str, title: &'static str, lead: &'static str, body: AnyView) -> AnyView {
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
