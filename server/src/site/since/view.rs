//! The draft since it was exported.

use crate::{
    http::page::Head,
    site::parts::differences::{page, table},
};
use app::{markup::ChangeView, tr};
use leptos::prelude::*;

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
