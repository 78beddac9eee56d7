//! The hydrated application: the wizard of one draft.

use crate::{
    wire::PageModel,
    wizard::{navigation, state::Wizard, steps, widgets},
};
use leptos::prelude::*;

/// The wizard. The server provides a [`PageModel`] as context, and writes it into the page; the browser starts from there.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let model = PageModel::of_page();
    #[cfg(not(feature = "hydrate"))]
    let model = take_context::<PageModel>();
    wizard(model.unwrap_or_else(empty))
}

/// What the wizard starts from where there is no page.
pub(crate) fn empty() -> PageModel {
    PageModel {
        lang: taskdef::Lang::En,
        token: String::new(),
        path: String::new(),
        checked: false,
        dropped: None,
        exported: None,
        theme: None,
        draft: taskdef::Draft::empty().to_text(),
        choices: Default::default(),
        saved: crate::wire::SavedChanges::default(),
        answer: crate::wire::Answer {
            told: None,
            revision: 0,
            findings: Vec::new(),
            folds: Vec::new(),
            cost: None,
            presets: Vec::new(),
            tools: Vec::new(),
            about: Vec::new(),
            curl: Vec::new(),
            safe: false,
            merged: None,
        },
    }
}

fn wizard(model: PageModel) -> AnyView {
    let (theme, dropped) = (model.theme.clone(), model.dropped.clone());
    let w = Wizard::new(model);
    keep(w);
    navigation::follow(w);
    let go = Callback::new(move |(href,): (String,)| navigation::open(w, &href));
    view! { <div class="u-contents">{widgets::deferred(w, move || whole(w, go, theme, dropped))}</div> }.into_any()
}

/// Everything of the page; its larger parts hydrate one by one.
fn whole(w: Wizard, go: Callback<(String,)>, theme: Option<String>, dropped: Option<String>) -> AnyView {
    let lang = w.lang;
    let main = move || {
        view! {
            {dropped.map(|keys| view! { <div class="c-notice" data-variant="info">{widgets::icon("info", 20)}<p>{tr!(lang, common.dropped, keys = keys)}</p></div> })}
            {steps::clash(w)}
            // Keyed, so that another page is new elements and never inherits what was typed in the old ones.
            <For each=move || [w.page.get()] key=|page| *page let:page>{steps::page(w, go, page)}</For>
        }
        .into_any()
    };
    let last = move || {
        // Nothing of it is seen, so it comes when every part answers.
        arrivals(w);
        steps::strip(w)
    };
    view! {
        <a class="c-skip" href="#main" rel="external">{tr!(lang, common.skip)}</a>
        <div class="l-frame">
            {widgets::head(w, go, theme)}
            <div class="l-wizard">
                {widgets::step_list(w)}
                <div class="l-main">{widgets::deferred(w, main)}</div>
                {widgets::preview(w, go)}
            </div>
            <footer class="c-foot"><div class="c-foot__in"><a href=format!("/{}/rules", lang.as_str()) rel="external">{tr!(lang, common.all_rules)}</a><a href=format!("/{}/glossary", lang.as_str()) rel="external">{tr!(lang, common.glossary)}</a><a href=w.token.with_value(|t| format!("/{}/d/{t}/doctor", lang.as_str())) rel="external">{tr!(lang, common.doctor)}</a><p>{tr!(lang, common.footer, date = taskdef::lint::AS_OF)}</p></div></footer>
            <div class="u-contents">{widgets::deferred(w, last)}</div>
        </div>
        <div role="status" id="live" class="u-vh"></div>
        <div role="alert" id="alert" class="u-vh"></div>
        {steps::undo(w, go)}
        {widgets::palette(w, go)}
        {widgets::share::share(w)}
    }
    .into_any()
}

/// What is not saved when the page is left, hidden, or online again.
fn keep(_w: Wizard) {
    #[cfg(feature = "hydrate")]
    for event in ["visibilitychange", "online", "pagehide"] {
        let handle = window_event_listener_untyped(event, move |_| {
            // A page that is left has no time for an answer.
            if event == "pagehide" {
                _w.keep();
            } else if !_w.is_saved() {
                _w.save_now();
            }
        });
        on_cleanup(move || handle.remove());
    }
    #[cfg(feature = "hydrate")]
    {
        let others = window_event_listener_untyped("storage", move |event| {
            if let Some((token, revision)) = widgets::browser::told_by_other(&event) {
                _w.catch_up(&token, revision);
            }
        });
        on_cleanup(move || others.remove());
        for (event, down) in [("pointerdown", true), ("pointerup", false), ("pointercancel", false), ("keydown", false), ("blur", false)] {
            let handle = window_event_listener_untyped(event, move |_| match down {
                true => _w.press(true),
                // The press itself comes right after.
                false => set_timeout(move || _w.press(false), std::time::Duration::ZERO),
            });
            on_cleanup(move || handle.remove());
        }
    }
}

/// A move to another page: its title, its heading in focus, its summary closed.
fn arrivals(_w: Wizard) {
    #[cfg(feature = "hydrate")]
    {
        use crate::address::Page;
        use widgets::{browser, step_name};
        Effect::new(move |before: Option<Page>| {
            let page = _w.page.get();
            let hash = location().hash().unwrap_or_default();
            let moved = before.unwrap_or(_w.first.get_value()) != page;
            if moved {
                _w.summary.set(false);
                _w.touched.set(Vec::new());
                _w.focused.set(String::new());
            }
            let id = hash.trim_start_matches('#').to_owned();
            if !id.is_empty() {
                browser::focus(id);
            } else if moved {
                request_animation_frame(move || {
                    window().scroll_to_with_x_and_y(0.0, 0.0);
                    if let Ok(Some(h1)) = document().query_selector("h1") {
                        use wasm_bindgen::JsCast;
                        if let Ok(h1) = h1.dyn_into::<web_sys::HtmlElement>() {
                            let _ = h1.focus();
                        }
                    }
                });
            }
            page
        });
        Effect::new(move |_| {
            let step = _w.page.get().step();
            let draft = _w.draft.with(|d| d.title().to_owned());
            let error = _w.summary.get() && _w.page_findings().iter().any(|f| f.severity == taskdef::Severity::Error);
            document().set_title(&title(_w.lang, step_name(_w.lang, step), step.number(), &draft, error));
        });
    }
}

/// `Error: Step 3 of 7: Containers – draft – Taskwright`.
pub fn title(lang: taskdef::Lang, step: &str, number: usize, draft: &str, error: bool) -> String {
    let draft = if draft.is_empty() { tr!(lang, common.untitled) } else { draft };
    let prefix = if error { tr!(lang, common.error_prefix) } else { "" };
    format!("{prefix}{} – {draft} – Taskwright", tr!(lang, common.step_title, n = number, step = step))
}
