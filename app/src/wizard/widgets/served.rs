//! Parts of a page that only the server draws, so that they add nothing to the browser's program: they travel with the page, and
//! are fetched again after a button has changed the draft, or when the page was opened without a load.

use crate::wizard::state::Wizard;
use leptos::prelude::*;

/// The part with this id; `html` is called on the server alone.
pub fn served(w: Wizard, id: String, class: &'static str, html: impl Fn() -> String) -> AnyView {
    let pane = NodeRef::new();
    follow(w, id.clone(), pane);
    view! { <div id=id class=class data-gap="4" node_ref=pane inner_html=untrack(html)></div> }.into_any()
}

fn follow(_w: Wizard, _id: String, _pane: NodeRef<leptos::html::Div>) {
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<u32>| {
        let now = _w.pressed.get();
        let Some(pane) = _pane.get() else { return now };
        if before.is_some_and(|before| before != now) || pane.child_element_count() == 0 {
            fetch(_w, _id.clone(), pane.into(), now);
        }
        now
    });
}

/// Fetches the part as the server draws it for what is saved then.
#[cfg(feature = "hydrate")]
fn fetch(w: Wizard, id: String, pane: web_sys::Element, press: u32) {
    use super::browser;
    let href = w.href(w.page.get_untracked());
    leptos::task::spawn_local(async move {
        if !w.is_saved() {
            w.flush().await;
        }
        let html = browser::part(&href, &id).await;
        // A later press fetches it again.
        if w.pressed.get_untracked() != press {
            return;
        }
        match html {
            Some(html) => browser::replace(&pane, &html),
            None if pane.child_element_count() == 0 => pane.set_text_content(Some(tr!(w.lang, settings.offline))),
            None => {}
        }
        // Controls show what was typed meanwhile, and what is wrong with it.
        w.draft.update(|_| ());
        w.drawn_parts.update(|n| *n += 1);
        let here = |id: &mut String| document().get_element_by_id(id).is_some();
        w.wanted.try_update_value(|wanted| wanted.take_if(here)).flatten().into_iter().for_each(browser::focus);
    });
}
