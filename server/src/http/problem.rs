//! Pages that say why there is no page.

use super::{frame::plain, page::Head};
use app::{tr, widgets::icon};
use leptos::prelude::*;
use taskdef::{questions::PostError, shown::visible};

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

/// No page has this address.
pub fn no_page(head: &Head) -> AnyView {
    page(head, tr!(head.lang, common.page_missing), None, ().into_any())
}

/// No draft has this link.
pub fn no_draft(head: &Head) -> AnyView {
    let hint = view! { <p class="c-field__hint">{tr!(head.lang, share.missing_hint)}</p> }.into_any();
    page(head, tr!(head.lang, share.missing), Some(tr!(head.lang, share.missing_p)), hint)
}

/// A form has a name or a button that no page has.
pub fn unknown(head: &Head, error: &PostError) -> AnyView {
    let (PostError::Question(name) | PostError::Action(name)) = error;
    let name = view! { <p class="c-field__hint">{tr!(head.lang, share.unknown_name, name = visible(name))}</p> }.into_any();
    page(head, tr!(head.lang, share.unknown), Some(tr!(head.lang, share.unknown_p)), name)
}

/// What is the matter, with the request's id to quote.
pub fn failed(head: &Head, title: &'static str, text: &'static str, id: &str) -> AnyView {
    let id = view! { <p class="c-field__hint">{tr!(head.lang, share.failed_id, id = id)}</p> }.into_any();
    page(head, title, Some(text), id)
}

/// A form that leads to AWS was not sent from a page of this server. `to` is the address of that page.
pub fn not_from_here(head: &Head, to: String) -> AnyView {
    let lang = head.lang;
    let main = view! {
        <div class="c-empty">
            <h1>{tr!(lang, register.refused_h)}</h1>
            <p class="c-lead">{tr!(lang, register.refused_p)}</p>
            <div class="l-row"><a class="c-btn" data-variant="primary" href=to>{tr!(lang, register.back_register)}</a></div>
        </div>
    };
    plain(head, |l| format!("/{}", l.as_str()), "narrow", main.into_any())
}
