//! Work from the keyboard: the search of everything, and the list of shortcuts, in one native dialog. What is found is the list of the
//! page `…/search`, so that one place finds and draws it.

use super::{browser, deferred, icon, reactive};
use crate::wizard::{press::act, state::Wizard};
use leptos::{ev, prelude::*};
use taskdef::questions::Action;
#[cfg(feature = "hydrate")]
use {crate::address::Page, taskdef::Step, wasm_bindgen::JsCast};

/// Where the browser remembers that single keys are not wanted.
const SINGLE: &str = "single-keys";

/// The search that is going on.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Copy)]
struct Search {
    /// Where the answers are shown.
    list: NodeRef<leptos::html::Div>,
    /// What is being looked for; `None` once its answers are shown.
    going: StoredValue<Option<String>>,
    /// Whether Enter was pressed before they were.
    enter: StoredValue<bool>,
}

/// The shortcuts: keys and what they do.
fn shortcuts(w: Wizard) -> AnyView {
    let lang = w.lang;
    let rows = [
        ("Ctrl K", tr!(lang, common.k_palette)),
        ("Ctrl Enter", tr!(lang, common.k_continue)),
        ("Ctrl Z", tr!(lang, common.k_undo)),
        ("Ctrl Shift Z", tr!(lang, common.k_redo)),
        ("G 1–7", tr!(lang, common.k_step)),
        ("?", tr!(lang, common.k_help)),
    ];
    let rows: String = rows.into_iter().map(|(keys, words)| format!("<div><dt>{words}</dt><dd><kbd>{keys}</kbd></dd></div>")).collect();
    let on = browser::stashed(SINGLE).is_none();
    let toggle = move |ev: ev::Event| {
        if event_target_checked(&ev) { browser::unstash(SINGLE) } else { browser::stash(SINGLE, "off") }
    };
    view! {
        <h3>{tr!(lang, common.shortcuts)}</h3>
        <dl class="c-kv" inner_html=rows></dl>
        <label class="c-check"><input type="checkbox" checked=on on:change=toggle /><span>{tr!(lang, common.keys_single)}</span></label>
    }
    .into_any()
}

/// The dialog, closed until it is asked for; a button of the header and two shortcuts do that.
pub fn palette(w: Wizard, go: Callback<(String,)>) -> AnyView {
    view! {
        <dialog class="c-dialog" id="palette" aria-labelledby="palette-h" on:close=move |_| w.asked.set(false) on:keydown=move |ev| along(&ev)>
            {deferred(w, move || inside(w, go))}
        </dialog>
    }
    .into_any()
}

fn inside(w: Wizard, go: Callback<(String,)>) -> AnyView {
    let lang = w.lang;
    let search = Search { list: NodeRef::new(), going: StoredValue::new(None), enter: StoredValue::new(false) };
    listen(w, go);
    let content = reactive(move || {
        w.asked.get().then(|| {
            look(w, search, String::new());
            view! {
                <label class="u-vh" for="palette-q">{tr!(lang, common.palette_hint)}</label>
                <input id="palette-q" inputmode="search" autocomplete="off" spellcheck="false" placeholder=tr!(lang, common.palette_hint)
                    on:input=move |ev| look(w, search, event_target_value(&ev)) on:keydown=move |ev| early(search, &ev) />
                <div node_ref=search.list on:click=move |ev| chosen(w, go, &ev)></div>
                {shortcuts(w)}
            }
        })
    });
    view! {
        <div class="c-dialog__head">
            <h2 id="palette-h" tabindex="-1">{tr!(lang, common.palette)}</h2>
            <button class="c-icon" type="button" aria-label=tr!(lang, common.close) on:click=move |_| show(false)>{icon("x", 20)}</button>
        </div>
        <div class="l-stack" data-gap="3">{content}</div>
    }
    .into_any()
}

/// Shows what is found, once nothing more was typed for a moment. What is not saved yet is saved first, so that new containers are found.
fn look(_w: Wizard, _search: Search, _text: String) {
    #[cfg(feature = "hydrate")]
    {
        const PAUSE: std::time::Duration = std::time::Duration::from_millis(120);
        let wait = if _text.is_empty() { std::time::Duration::ZERO } else { PAUSE };
        _search.going.set_value(Some(_text.clone()));
        _search.enter.set_value(false);
        let newest = move |text: &String| _search.going.try_with_value(|going| going.as_ref() == Some(text)).unwrap_or(false);
        let task = move || {
            if !newest(&_text) {
                return;
            }
            leptos::task::spawn_local(async move {
                if !_w.is_saved() {
                    _w.flush().await;
                }
                let draft = _w.token.with_value(|t| format!("/{}/d/{t}", _w.lang.as_str()));
                let href = format!("{draft}/search?q={}", js_sys::encode_uri_component(&_text));
                let html = browser::part(&href, "found").await;
                if !newest(&_text) {
                    return;
                }
                _search.going.set_value(None);
                if let Some(list) = _search.list.get_untracked() {
                    list.set_inner_html(&html.unwrap_or_else(|| format!("<p>{}</p>", tr!(_w.lang, settings.offline))));
                    if _search.enter.get_value()
                        && let Ok(Some(first)) = list.query_selector("[data-item]")
                    {
                        first.unchecked_into::<web_sys::HtmlElement>().click();
                    }
                }
            });
        };
        set_timeout(task, wait);
    }
}

/// Enter before the answers are there is for the first of them.
fn early(_search: Search, _ev: &ev::KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    if _ev.key() == "Enter" && !_ev.is_composing() && _search.going.with_value(Option::is_some) {
        _ev.prevent_default();
        _ev.stop_propagation();
        _search.enter.set_value(true);
    }
}

/// An answer was chosen: what its button does is done here, and its link is opened by the router or loaded.
fn chosen(_w: Wizard, _go: Callback<(String,)>, _ev: &ev::MouseEvent) {
    #[cfg(feature = "hydrate")]
    {
        let item = _ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()).and_then(|e| e.closest("[data-item]").ok().flatten());
        let Some(item) = item else { return };
        let of = |name: &str| item.get_attribute(name);
        if let Some(action) = of("value").and_then(|op| op.parse::<Action>().ok()) {
            _ev.prevent_default();
            show(false);
            act(_w, _go, &action);
        } else if of("href").is_some_and(|href| href.ends_with("/share")) {
            _ev.prevent_default();
            show(false);
            super::share::ask(_w);
        } else if of("rel").is_none() {
            show(false);
            if let Some((_, id)) = of("href").as_deref().and_then(|href| href.split_once('#')) {
                let id = id.to_owned();
                browser::focus(id.clone());
                // A part that is fetched only now is focused when it comes.
                browser::after_paint(move || {
                    if document().get_element_by_id(&id).is_none() {
                        _w.wanted.set_value(Some(id));
                    }
                });
            }
        }
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (act, super::share::ask, Action::Undo);
    }
}

/// Opens or closes the dialog; closing it tells [`Wizard::asked`].
fn show(open: bool) {
    browser::dialog("palette", open);
}

/// Opens the dialog with the search in focus.
pub fn ask(w: Wizard) {
    w.asked.set(true);
    show(true);
    browser::focus("palette-q".into());
}

/// A link to the page of the search opens the dialog instead, unless another window is wanted.
pub fn here(w: Wizard, ev: &ev::MouseEvent) {
    if !(ev.ctrl_key() || ev.meta_key() || ev.shift_key()) {
        ev.prevent_default();
        ask(w);
    }
}

/// Arrows go along the entries; Enter in the search takes the first.
fn along(_ev: &ev::KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    {
        let step: i32 = match _ev.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "Enter" => 0,
            _ => return,
        };
        let Some(now) = document().active_element() else { return };
        let list = document().query_selector_all("#palette [data-item]").ok();
        let all: Vec<web_sys::HtmlElement> = list.map(|l| (0..l.length()).filter_map(|i| l.get(i)?.dyn_into().ok()).collect()).unwrap_or_default();
        let at = all.iter().position(|e| e.is_same_node(Some(&now)));
        if step == 0 {
            if now.id() == "palette-q" {
                _ev.prevent_default();
                all.first().into_iter().for_each(web_sys::HtmlElement::click);
            }
            return;
        }
        _ev.prevent_default();
        match at.map_or(step - 1, |at| at as i32 + step) {
            -1 | -2 => browser::focus("palette-q".into()),
            next => {
                let _ = all.get(next as usize).map(web_sys::HtmlElement::focus);
            }
        }
    }
}

/// Shortcuts of the whole page. Single keys, and Undo, leave fields that are typed in alone.
fn listen(_w: Wizard, _go: Callback<(String,)>) {
    #[cfg(feature = "hydrate")]
    {
        let started = StoredValue::new(false);
        let handle = window_event_listener(ev::keydown, move |ev| {
            if ev.is_composing() || ev.alt_key() {
                return;
            }
            let typing = ev
                .target()
                .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
                .is_some_and(|e| e.matches("input:not([type=radio],[type=checkbox]),textarea,select").unwrap_or(false));
            let asked = document().query_selector("dialog[open]").is_ok_and(|d| d.is_some());
            let (key, ctrl) = (ev.key(), ev.ctrl_key() || ev.meta_key());
            let go_to = started.get_value();
            started.set_value(false);
            match key.as_str() {
                "k" | "K" if ctrl => ask(_w),
                "Enter" if ctrl && !asked => act(_w, _go, &Action::GoOn),
                "z" | "Z" if ctrl && !typing => act(_w, _go, if ev.shift_key() { &Action::Redo } else { &Action::Undo }),
                "y" if ctrl && !typing => act(_w, _go, &Action::Redo),
                _ if ctrl || typing || asked || browser::stashed(SINGLE).is_some() => return,
                "?" => ask(_w),
                "g" => started.set_value(true),
                "1" | "2" | "3" | "4" | "5" | "6" | "7" if go_to => {
                    let step = Step::ALL[(key.as_bytes()[0] - b'1') as usize];
                    _go.run((_w.href(if step == Step::Health { Page::Health(0) } else { Page::Step(step) }),));
                }
                _ => return,
            }
            ev.prevent_default();
        });
        on_cleanup(move || handle.remove());
    }
}
