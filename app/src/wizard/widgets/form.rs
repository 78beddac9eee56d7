//! The form of a step: posts without JavaScript, and with it changes the draft while one types.

use super::{browser, icon, reactive, step_name};
use crate::{address::Page, wizard::state::Wizard};
use leptos::{ev, prelude::*};
use taskdef::{Draft, Severity, document::pointer::field_id, questions};

/// What a submit button does, wherever it stands. Without a word it is Continue.
pub fn act(w: Wizard, go: Callback<(String,)>, op: &str) {
    w.typing.set_value(String::new());
    if let Some(rest) = op.strip_prefix("fix:") {
        let mut parts = rest.splitn(3, ':');
        let (rule, index, place) = (parts.next(), parts.next().and_then(|i| i.parse::<usize>().ok()), parts.next());
        let edit = w.answer.with_untracked(|a| {
            let finding = a.findings.iter().find(|f| Some(f.rule.as_str()) == rule && Some(f.place.as_str()) == place)?;
            Some((taskdef::Edit::parse(&finding.fixes.get(index?)?.edit)?, finding.control.clone()))
        });
        if let Some((edit, control)) = edit {
            w.apply(&edit);
            w.offered.set(true);
            browser::focus(field_id(&control));
        }
        return;
    }
    match op {
        "" => go_on(w, go),
        "exit" => {
            leptos::task::spawn_local(async move {
                w.flush().await;
                browser::load(&format!("/{}", w.lang.as_str()));
            });
        }
        "undo" | "redo" => {
            let forwards = op == "redo";
            let Some(place) = w.step_back(forwards) else { return };
            browser::announce(if forwards { tr!(w.lang, common.redone) } else { tr!(w.lang, common.undone) });
            // Where it happened is shown, wherever that is.
            let page = Page::of_place(place.strip_prefix("/definition").unwrap_or(&place));
            let here = w.page.get_untracked();
            if page.step() != here.step() && here.step() != taskdef::Step::Review && page.step() != taskdef::Step::Review {
                go.run((w.href(page),));
            }
        }
        _ => {
            let row = w.draft.with_untracked(|d| match op.strip_prefix("dotenv:") {
                Some(place) => questions::dotenv(d, place, &pasted()),
                None => questions::row(d, op),
            });
            if let Some(row) = row {
                w.apply(&row.edit);
                w.offered.set(op.starts_with("remove:"));
                follow(w, go, op, &row.focus);
            }
        }
    }
}

/// The pasted `.env` lines; the area is emptied.
fn pasted() -> String {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let area = document().get_element_by_id("f-dotenv").and_then(|e| e.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        if let Some(area) = area {
            let text = area.value();
            area.set_value("");
            return text;
        }
    }
    String::new()
}

/// A new container opens its page; everything else gets the focus where it stands.
fn follow(w: Wizard, go: Callback<(String,)>, op: &str, focus: &str) {
    let page = w.page.get_untracked();
    let tokens = taskdef::document::pointer::tokens(focus);
    let index = tokens.get(1).and_then(|t| taskdef::document::pointer::index(t));
    let adds = op.starts_with("add:/containerDefinitions") && op.matches('/').count() == 1 || op.starts_with("duplicate:");
    match (page, index) {
        (_, Some(i)) if adds => go.run((format!("{}#{}", w.href(Page::Container(i)), field_id(focus)),)),
        (Page::Container(_), _) if op.starts_with("remove:") && op.matches('/').count() == 2 => {
            go.run((w.href(Page::Step(taskdef::Step::Containers)),));
        }
        (Page::Step(taskdef::Step::Containers), Some(i)) if op.starts_with("remove:") => browser::focus(format!("c{}-h", i + 1)),
        _ => browser::focus(field_id(focus)),
    }
}

/// Saves, then goes to the next page, or shows what must be corrected first.
fn go_on(w: Wizard, go: Callback<(String,)>) {
    leptos::task::spawn_local(async move {
        let page = w.page.get_untracked();
        let tried = w.draft.with_untracked(|d| d.mark_tried(page.step(), page.container()));
        w.perform(&tried);
        let saved = w.flush().await;
        let wrong = saved && untrack(|| w.page_findings()).iter().any(|f| f.severity == Severity::Error);
        if wrong {
            w.summary.set(true);
            browser::focus("summary".into());
        } else {
            let count = w.draft.with_untracked(|d: &Draft| taskdef::document::view::containers(d.definition()).len());
            go.run((w.href(page.next(count)),));
        }
    });
}

/// The error summary: what must be corrected, in the order of the page. While it stands its element stays the same one, for
/// it has the focus, and a new answer may come in.
fn summary(w: Wizard) -> AnyView {
    let open = Memo::new(move |_| w.summary.get());
    let wrong = Memo::new(move |_| {
        let mut errors: Vec<_> = w.page_findings().into_iter().filter(|f| f.severity == Severity::Error).map(|f| (f.place, f.control, f.message)).collect();
        // One thing to fix for each question: two of one are cured by one answer, or the second shows after the first.
        let mut asked = Vec::new();
        errors.retain(|(_, control, _)| {
            !asked.contains(control) && {
                asked.push(control.clone());
                true
            }
        });
        errors
    });
    let fixed = move || wrong.with(Vec::is_empty);
    let title = move || match wrong.with(Vec::len) {
        0 => tr!(w.lang, common.summary_fixed).to_owned(),
        n => tr!(w.lang, common.summary, n = n),
    };
    let items = move || {
        let item = |(place, control, message): (String, String, String)| {
            let own = Page::of_place(&place);
            let id = field_id(&control);
            let href = if own == w.page.get() { format!("#{id}") } else { format!("{}#{id}", w.href(own)) };
            let focus = move |_| browser::focus(id.clone());
            view! { <li><a href=href on:click=focus>{message}</a></li> }
        };
        wrong.get().into_iter().map(item).collect_view()
    };
    reactive(move || {
        open.get().then(|| {
            view! {
                <section class="c-summary" id="summary" tabindex="-1" autofocus=true aria-labelledby="summary-h" data-state=move || fixed().then_some("done")>
                    <h2 id="summary-h">{reactive(move || icon(if fixed() { "check" } else { "alert" }, 24))}{reactive(title)}</h2>
                    <ol>{reactive(items)}</ol>
                </section>
            }
        })
    })
}

/// Main part of a page: Back, summary, heading, the form around `questions`, actions, help.
#[allow(clippy::too_many_arguments)]
pub fn step_form(
    w: Wizard,
    go: Callback<(String,)>,
    heading: AnyView,
    lead: Option<&'static str>,
    kicker: Option<String>,
    questions: AnyView,
    actions: Option<AnyView>,
    help: Vec<&'static str>,
) -> AnyView {
    let lang = w.lang;
    let page = untrack(|| w.page.get());
    let step = page.step();
    let back = match page {
        Page::Container(_) => Some(taskdef::Step::Containers),
        page => page.step().previous(),
    };
    let back = match back {
        Some(taskdef::Step::Health) => (w.href(Page::Health(0)), step_name(lang, taskdef::Step::Health), false),
        Some(step) => (w.href(Page::Step(step)), step_name(lang, step), false),
        None => (format!("/{}", lang.as_str()), tr!(lang, common.home), true),
    };
    let kicker = kicker.unwrap_or_else(|| tr!(lang, common.step_of, n = step.number()));
    let next = reactive(move || {
        let count = w.draft.with(|d| taskdef::document::view::containers(d.definition()).len());
        match page.next(count) {
            Page::Health(i) if i > 0 => {
                let name = w.draft.with(|d| taskdef::document::view::containers(d.definition()).get(i).map(|c| c.name().to_owned())).unwrap_or_default();
                tr!(lang, health.next_container, name = name)
            }
            other => tr!(lang, common.go_on, step = step_name(lang, other.step())),
        }
    });
    let actions = actions.unwrap_or_else(|| {
        view! {
            <div class="c-actions">
                <button class="c-btn" data-variant="primary" name="op" value="">{next}{icon("arrow", 20)}</button>
                <button class="c-btn" data-variant="quiet" name="op" value="exit" formnovalidate=true>{tr!(lang, common.exit)}</button>
            </div>
        }
        .into_any()
    });
    let help = (!help.is_empty()).then(|| {
        view! {
            <details class="c-more" data-variant="help">
                <summary>{icon("right", 16)}{tr!(lang, common.help)}</summary>
                <div class="c-more__body">{help.into_iter().map(|p| view! { <p>{p}</p> }).collect_view()}</div>
            </details>
        }
    });
    let submit = move |ev: ev::SubmitEvent| {
        ev.prevent_default();
        act(w, go, &pressed(&ev));
    };
    listen(w);
    let action = w.href(page);
    view! {
        <main id="main">
            <a class="c-back" href=back.0 rel=back.2.then_some("external")>{icon("left", 16)}{tr!(lang, common.back, step = back.1)}</a>
            {summary(w)}
            <div class="c-title"><p class="c-title__n">{kicker}</p><h1 tabindex="-1">{heading}</h1>{lead.map(|lead| view! { <p>{lead}</p> })}</div>
            <form id="step" method="post" action=action novalidate=true
                on:submit=submit
                on:input=move |ev| typed(w, &ev, false)
                on:compositionend=move |ev| typed(w, &ev, false)
                on:change=move |ev| typed(w, &ev, true)
                on:focusin=move |ev| light(w, &ev)>
                <button class="u-vh" name="op" value="" tabindex="-1" aria-hidden="true">{tr!(lang, common.go_on, step = "")}</button>
                <input type="hidden" name="rev" value=move || w.answer.with(|a| a.revision) />
                {questions}
                {actions}
            </form>
            {help}
        </main>
    }
    .into_any()
}

/// The word of the pressed button.
fn pressed(_ev: &ev::SubmitEvent) -> String {
    #[cfg(feature = "hydrate")]
    if let Some(button) = _ev.submitter() {
        return button.get_attribute("value").unwrap_or_default();
    }
    String::new()
}

/// A control changed: `done` when the answer is complete.
fn typed<E: AsRef<web_sys::Event>>(_w: Wizard, _ev: &E, _done: bool) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let event = _ev.as_ref();
        let Some(element) = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) else { return };
        let Some((name, value)) = browser::control(&element) else { return };
        // Pasted lines belong to no place until their button is pressed, and must not be shown as none when they are left.
        if name == "dotenv" {
            return;
        }
        _w.typing.set_value(if _done { String::new() } else { name.clone() });
        if !_done && event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing) {
            return;
        }
        _w.change(&name, &value);
        if _done {
            _w.seal();
            _w.touch(&name);
            browser::show(&element, &untrack(|| _w.rendered(&name)), false);
        }
    }
}

/// The focused control's lines are lit.
fn light(_w: Wizard, _ev: &ev::FocusEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let element = _ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if let Some(place) = element.and_then(|e| e.get_attribute("data-field")) {
            // After the field itself is seen in focus.
            browser::after_paint(move || {
                _w.focused.set(place.clone());
                set_timeout(move || _w.rehearse(&place), std::time::Duration::ZERO);
            });
        }
    }
}

/// Takes over what was typed before the program arrived; from then on the controls follow the draft.
fn listen(_w: Wizard) {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        _w.draft.track();
        browser::after_paint(move || {
            let adopted = _w.adopted.get_value();
            _w.adopted.set_value(true);
            let typing = _w.typing.get_value();
            let mut typed = Vec::new();
            for element in browser::controls() {
                let name = element.get_attribute("name").unwrap_or_default();
                if name.is_empty() || matches!(name.as_str(), "op" | "rev" | "dotenv") {
                    continue;
                }
                let now = untrack(|| _w.rendered(&name));
                if adopted {
                    browser::show(&element, &now, name == typing);
                } else if let Some((_, value)) = browser::control(&element)
                    && value.replace('\r', "") != now.replace(['\r', '\n'], "")
                    && value.replace('\r', "") != now.replace('\r', "")
                {
                    typed.push((name, value));
                }
            }
            if !adopted {
                // First what an earlier page could not save, then what was typed into this one.
                _w.replay();
                typed.iter().for_each(|(name, value)| _w.change(name, value));
            }
        });
    });
}
