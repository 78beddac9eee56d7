//! Copy buttons. They are markup with `data-copy`, which says what is copied: the id of a field, `json` for the definition, or
//! nothing for the command that the button belongs to.

#[cfg(feature = "hydrate")]
use {super::browser, crate::wizard::state::Wizard, leptos::prelude::*};

/// A Copy button was pressed: what it says for three seconds is announced too.
#[cfg(feature = "hydrate")]
pub fn pressed(w: Wizard, button: web_sys::Element) {
    use wasm_bindgen::JsCast;
    let from = button.get_attribute("data-copy").unwrap_or_default();
    let field = document().get_element_by_id(&from).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok());
    let command = || button.closest(".c-cmd").ok().flatten()?.query_selector("pre").ok()??.text_content();
    let text = match &field {
        Some(field) => field.value(),
        None if from == "json" => w.draft.with_untracked(|d| taskdef::formats::export::to_json(d.definition())),
        None => command().unwrap_or_default(),
    };
    if button.has_attribute("data-taken") {
        // What was copied counts as exported too.
        browser::fetch(&w.token.with_value(|t| format!("/api/v1/drafts/{t}/export/json")));
        taken(w);
    }
    leptos::task::spawn_local(async move {
        let done = browser::copy(&text).await;
        if let Some(field) = field.filter(|_| !done) {
            field.select();
        }
        let usual = if done { tr!(w.lang, common.copied, n = text.lines().count()) } else { tr!(w.lang, common.copy_failed).to_owned() };
        let said = button.get_attribute(if done { "data-done" } else { "data-failed" }).unwrap_or(usual);
        // Behind an open dialog nothing is heard.
        match button.closest("dialog").ok().flatten().and_then(|dialog| dialog.query_selector("[data-said]").ok().flatten()) {
            Some(status) => status.set_text_content(Some(&said)),
            None => browser::announce(&said),
        }
        let Some(words) = button.query_selector("span").ok().flatten() else { return };
        words.set_text_content(Some(&said));
        set_timeout(move || words.set_text_content(Some(tr!(w.lang, common.copy))), std::time::Duration::from_secs(3));
    });
}

/// The definition was taken along as it is now.
#[cfg(feature = "hydrate")]
pub fn taken(w: Wizard) {
    if let Some(hint) = document().get_element_by_id("since") {
        hint.set_text_content(Some(tr!(w.lang, review.since_same)));
    }
}
