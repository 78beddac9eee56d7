//! The links of the draft, in a dialog over the step; what stands in it is the page `…/share`, which also works alone.

use super::{browser, deferred, icon};
use crate::wizard::state::Wizard;
use leptos::prelude::*;

/// The dialog, empty until it is asked for.
pub fn share(w: Wizard) -> AnyView {
    let inside = move || {
        view! {
            <div class="c-dialog__head">
                <h2 id="share-h" tabindex="-1">{tr!(w.lang, common.share_title)}</h2>
                <button class="c-icon" type="button" aria-label=tr!(w.lang, common.close) on:click=move |_| browser::dialog("share", false)>{icon("x", 20)}</button>
            </div>
            <div class="l-stack" id="share-in"></div>
        }
        .into_any()
    };
    view! { <dialog class="c-dialog" id="share" aria-labelledby="share-h">{deferred(w, inside)}</dialog> }.into_any()
}

/// Saves, then shows the links as the server has them.
pub fn ask(w: Wizard) {
    leptos::task::spawn_local(async move {
        if !w.is_saved() {
            w.flush().await;
        }
        let page = w.token.with_value(|t| format!("/{}/d/{t}/share", w.lang.as_str()));
        let _links = browser::part(&page, "links").await;
        #[cfg(feature = "hydrate")]
        if let Some(inside) = document().get_element_by_id("share-in") {
            inside.set_inner_html(&_links.unwrap_or_else(|| format!("<p>{}</p>", tr!(w.lang, common.share_offline))));
            let buttons = inside.query_selector_all("[data-copy]").ok();
            buttons.into_iter().flat_map(|list| (0..list.length()).filter_map(move |i| list.get(i))).for_each(|button| {
                use wasm_bindgen::JsCast;
                let _ = button.unchecked_into::<web_sys::Element>().remove_attribute("hidden");
            });
        }
        browser::dialog("share", true);
        browser::focus("share-h".into());
    });
}
