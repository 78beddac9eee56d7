//! Work from the keyboard: a search of steps, containers and actions, and the list of shortcuts, in one native dialog.

use super::{browser, deferred, icon, reactive, step_name};
use crate::{
    address::Page,
    texts::label,
    wizard::{press::act, state::Wizard},
};
use leptos::{ev, prelude::*};
use taskdef::{
    Step,
    document::{pointer::field_id, view},
    questions::{
        Action, Field, List, Question,
        fields::{Kind, specs},
    },
};

/// Where the browser remembers that single keys are not wanted.
const SINGLE: &str = "single-keys";

/// Something to go to or to do.
#[derive(Clone, PartialEq)]
enum Item {
    /// A page of the wizard.
    Page(Page),
    /// A control of a page, by its id.
    Field(Page, String),
    /// A page that is loaded whole.
    Load(String),
    /// What a button of the form does.
    Act(Action),
    /// The dialog with the links.
    Share,
}

fn items(w: Wizard) -> Vec<(String, Item)> {
    let lang = w.lang;
    let steps = Step::ALL.map(|step| {
        let page = if step == Step::Health { Page::Health(0) } else { Page::Step(step) };
        (format!("{} {}", step.number(), step_name(lang, step)), Item::Page(page))
    });
    let count = w.draft.with(|d| view::containers(d.definition()).len());
    let containers = (0..count).flat_map(|i| {
        let name = w.name_of(i);
        [
            (tr!(lang, common.palette_edit, name = name), Item::Page(Page::Container(i))),
            (tr!(lang, common.palette_check, name = name), Item::Page(Page::Health(i))),
        ]
    });
    let acts = [
        (tr!(lang, containers.add), Action::Add(List::Containers)),
        (tr!(lang, common.undo), Action::Undo),
        (tr!(lang, common.redo), Action::Redo),
        (tr!(lang, common.exit), Action::Exit),
    ];
    let draft = w.token.with_value(|t| format!("/{}/d/{t}", lang.as_str()));
    let site = format!("/{}", lang.as_str());
    let loads = [
        (tr!(lang, common.editor), format!("{draft}/json")),
        (tr!(lang, common.register), format!("{draft}/register")),
        (tr!(lang, common.history), format!("{draft}/history")),
        (tr!(lang, common.doctor), format!("{draft}/doctor")),
        (tr!(lang, common.glossary), format!("{site}/glossary")),
        (tr!(lang, common.all_rules), format!("{site}/rules")),
    ];
    let acts = acts.map(|(words, action)| (words.to_owned(), Item::Act(action)));
    let loads = loads.map(|(words, href)| (words.to_owned(), Item::Load(href)));
    let share = (tr!(lang, common.share_title).to_owned(), Item::Share);
    steps.into_iter().chain(containers).chain(acts).chain([share]).chain(loads).collect()
}

/// The fields of “More settings”, by name and key.
fn fields(w: Wizard) -> Vec<(String, Item)> {
    let count = w.draft.with(|d| view::containers(d.definition()).len());
    let mut all = Vec::new();
    for (i, spec) in specs().iter().enumerate() {
        let own = spec.path.strip_prefix("containerDefinitions[].").unwrap_or(&spec.path);
        if matches!(spec.kind, Kind::Group | Kind::Object) || own.contains("[]") {
            continue;
        }
        let words = format!("{} ({})", label(w.lang, i), spec.key());
        if spec.of_container() {
            all.extend((0..count).map(|c| (format!("{words}: {}", w.name_of(c)), to(Field::new(i, &[c])))));
        } else {
            all.push((words, to(Field::new(i, &[]))));
        }
    }
    all
}

fn to(field: Field) -> Item {
    Item::Field(Page::of_question(Question::Field(field)), field_id(&field.to_string()))
}

fn entry(w: Wizard, go: Callback<(String,)>, words: String, item: Item) -> AnyView {
    let inner = match item {
        Item::Page(page) => view! { <a data-item="" href=w.href(page) on:click=move |_| show(false)>{words}</a> }.into_any(),
        Item::Field(page, id) => {
            let href = format!("{}#{id}", w.href(page));
            view! { <a data-item="" href=href on:click=move |_| show(false)>{words}</a> }.into_any()
        }
        Item::Load(href) => view! { <a data-item="" href=href rel="external">{words}</a> }.into_any(),
        Item::Share => {
            let click = move |_| {
                show(false);
                super::share::ask(w);
            };
            view! { <button data-item="" type="button" on:click=click>{words}</button> }.into_any()
        }
        Item::Act(action) => {
            let click = move |_| {
                show(false);
                act(w, go, &action);
            };
            view! { <button data-item="" type="button" on:click=click>{words}</button> }.into_any()
        }
    };
    view! { <li>{inner}</li> }.into_any()
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
    let query = RwSignal::new(String::new());
    listen(w, go);
    let found = move || {
        let query = query.get().to_lowercase();
        let list: Vec<AnyView> = items(w)
            .into_iter()
            .chain(if query.trim().is_empty() { Vec::new() } else { fields(w) })
            .filter(|(words, _)| words.to_lowercase().contains(query.trim()))
            .map(|(words, item)| entry(w, go, words, item))
            .collect();
        if list.is_empty() { view! { <li class="c-field__hint">{tr!(lang, common.palette_none)}</li> }.into_any() } else { list.into_any() }
    };
    let content = reactive(move || {
        w.asked.get().then(|| {
            query.set(String::new());
            view! {
                <label class="u-vh" for="palette-q">{tr!(lang, common.palette_hint)}</label>
                <input id="palette-q" inputmode="search" autocomplete="off" spellcheck="false" on:input=move |ev| query.set(event_target_value(&ev)) />
                <ul class="c-palette">{reactive(found)}</ul>
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

/// Arrows go along the entries; Enter in the search takes the first.
fn along(_ev: &ev::KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
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
        use wasm_bindgen::JsCast;
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
