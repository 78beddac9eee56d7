//! Icons, the mark, and a container's number chip: markup that never changes, which the browser takes over as it stands.
//! As views of the framework, the icons alone would cost it half of all attributes that it sets while a page hydrates.

use crate::markup::{self, colour, escape};
use leptos::{prelude::*, tachys::html::InertElement};

/// A symbol of `/icons.svg`, `size` units wide.
pub fn icon(name: &'static str, size: u8) -> AnyView {
    InertElement::new(markup::icon(name, size)).into_any()
}

/// The product's mark and name, a link to the start page.
pub fn brand(href: String) -> AnyView {
    let href = escape(&href);
    InertElement::new(format!(
        r#"<a class="c-brand" href="{href}" rel="external"><svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false"><rect class="c-brand__box" width="28" height="28" rx="8"></rect><rect class="c-brand__in" x="7" y="7.5" width="14" height="5.5" rx="1.5"></rect><rect class="c-brand__in" x="7" y="15" width="8.5" height="5.5" rx="1.5"></rect></svg><span>Taskwright</span></a>"#
    ))
    .into_any()
}

/// The chip with a container's number in its colour.
pub fn number(n: u64) -> AnyView {
    InertElement::new(format!(r#"<span class="c-num" data-c="{}" aria-hidden="true">{n}</span>"#, colour(n))).into_any()
}
