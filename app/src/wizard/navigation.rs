//! Which page of the wizard is shown, and the way to another one. All pages are one route, whose address [`Page::parse`] reads; a
//! router would add 12 KB to the browser's program.

use super::state::Wizard;
use crate::address::Page;

/// The page that an address of this draft names, without what follows `#`.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
fn page_of(w: Wizard, href: &str) -> Option<Page> {
    // `/{lang}/d/{token}/{rest}`
    let first = w.href(Page::Step(taskdef::Step::Cluster));
    let draft = &first[..=first.rfind('/')?];
    Page::parse(href.split('#').next()?.strip_prefix(draft)?)
}

/// Opens an address of this draft, as a press on its link does.
pub fn open(_w: Wizard, _href: &str) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::prelude::*;
        let Some(page) = page_of(_w, _href) else { return };
        let location = window().location();
        let now = format!("{}{}", location.pathname().unwrap_or_default(), location.hash().unwrap_or_default());
        if now != _href
            && let Ok(history) = window().history()
        {
            let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(_href));
        }
        if _w.page.get_untracked() != page {
            _w.page.set(page);
        } else if let Some((_, id)) = _href.split_once('#') {
            super::widgets::browser::focus(id.to_owned());
        } else {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}

/// Follows links, and Back and Forward of the browser. What leads out of the wizard waits until everything is saved.
pub fn follow(_w: Wizard) {
    #[cfg(feature = "hydrate")]
    {
        use super::widgets::{browser, copy, share};
        use leptos::{ev, prelude::*};
        use wasm_bindgen::JsCast;
        let back = window_event_listener(ev::popstate, move |_| {
            let page = window().location().pathname().ok().and_then(|path| page_of(_w, &path));
            page.into_iter().filter(|page| *page != _w.page.get_untracked()).for_each(|page| _w.page.set(page));
        });
        let press = window_event_listener(ev::click, move |ev| {
            if ev.default_prevented() || ev.button() != 0 || ev.alt_key() || ev.ctrl_key() || ev.meta_key() || ev.shift_key() {
                return;
            }
            let pressed = ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()).and_then(|e| e.closest("a[href],[data-copy]").ok().flatten());
            let Some(pressed) = pressed else { return };
            let has = |name| pressed.has_attribute(name);
            let Some(href) = pressed.get_attribute("href") else { return copy::pressed(_w, pressed) };
            if has("target") {
                return;
            }
            if has("download") {
                copy::taken(_w);
            } else if has("data-share") {
                ev.prevent_default();
                share::ask(_w);
            } else if pressed.get_attribute("rel").is_some_and(|rel| rel.contains("external")) {
                if !_w.is_saved() && !href.starts_with('#') {
                    ev.prevent_default();
                    leptos::task::spawn_local(async move {
                        _w.flush().await;
                        browser::load(&href);
                    });
                }
            } else if page_of(_w, &href).is_some() {
                ev.prevent_default();
                open(_w, &href);
            }
        });
        on_cleanup(move || {
            back.remove();
            press.remove();
        });
    }
}
