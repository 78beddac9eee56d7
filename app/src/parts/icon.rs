//! Icons, the mark, and a container's number chip.

use leptos::prelude::*;

/// A symbol of `/icons.svg`, `size` units wide.
pub fn icon(name: &'static str, size: u8) -> AnyView {
    let href = format!("/icons.svg#i-{name}");
    view! { <svg class="c-i" width=size height=size aria-hidden="true" focusable="false"><use href=href></use></svg> }.into_any()
}

/// The product's mark and name, a link to the start page.
pub fn brand(href: String) -> AnyView {
    view! {
        <a class="c-brand" href=href rel="external">
            <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
                <rect class="c-brand__box" width="28" height="28" rx="8"></rect>
                <rect class="c-brand__in" x="7" y="7.5" width="14" height="5.5" rx="1.5"></rect>
                <rect class="c-brand__in" x="7" y="15" width="8.5" height="5.5" rx="1.5"></rect>
            </svg>
            <span>"Taskwright"</span>
        </a>
    }
    .into_any()
}

/// The chip with a container's number in its colour.
pub fn number(n: u64) -> AnyView {
    let colour = (n.max(1) - 1) % 6 + 1;
    view! { <span class="c-num" data-c=colour aria-hidden="true">{n}</span> }.into_any()
}
