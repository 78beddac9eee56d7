//! A button was pressed in the browser: what its action does is made, and where it leads is opened.

use super::{
    actions::{Next, Outcome, Situation, outcome},
    state::Wizard,
    widgets::browser,
};
use crate::address::Page;
use leptos::prelude::*;
use taskdef::{
    Edit, Severity, Step,
    document::pointer,
    questions::{Action, Control, Fix, List},
};

/// Opens another page of the wizard by its address.
pub type Go = Callback<(String,)>;

/// Does what a button does, wherever it stands.
pub fn act(w: Wizard, go: Go, action: &Action) {
    w.typing.set_value(None);
    if matches!(action, Action::Undo | Action::Redo) {
        step_back(w, go, *action == Action::Redo);
        return;
    }
    let page = w.page.get_untracked();
    let fix = |fix: &Fix| offered(w, fix);
    let Outcome { edit, next, focus } = w.draft.with_untracked(|draft| outcome(action, &Situation { draft, page, fix: &fix, dotenv: &pasted }));
    match next {
        Next::GoOn(next) => go_on(w, go, edit, next),
        Next::Home => leptos::task::spawn_local(async move {
            w.flush().await;
            browser::load(&format!("/{}", w.lang.as_str()));
        }),
        Next::Stay | Next::Open(_) => {
            if !edit.is_empty() {
                w.apply(&edit);
                if matches!(action, Action::Remove(..) | Action::Fix(_)) {
                    w.offer_back();
                }
                w.wanted.set_value(focus.clone().filter(|_| matches!(action, Action::Add(List::Field(_)) | Action::Remove(List::Field(_), _))));
                w.pressed.update(|n| *n += 1);
            }
            match (next, focus) {
                (Next::Open(page), Some(id)) => go.run((format!("{}#{id}", w.href(page)),)),
                (Next::Open(page), None) => go.run((w.href(page),)),
                (_, Some(id)) => browser::focus(id),
                (_, None) => {}
            }
        }
    }
}

/// The edit that a finding of the page offers, and the control that it mends.
fn offered(w: Wizard, fix: &Fix) -> Option<(Edit, Option<Control>)> {
    w.answer.with_untracked(|answer| match fix {
        Fix::Finding { rule, index, place } => {
            let finding = answer.findings.iter().find(|f| f.rule == *rule && f.place == *place)?;
            Some((Edit::parse(&finding.fixes.get(*index)?.edit)?, Some(finding.control.clone())))
        }
        Fix::Rule(rule) => Some((Edit::parse(&answer.folds.iter().find_map(|f| f.fix.as_ref().filter(|_| f.rule == *rule))?.edit)?, None)),
        Fix::Diagnosis(_) => None,
    })
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

/// Undo and Redo; the page where it happened is shown.
fn step_back(w: Wizard, go: Go, forwards: bool) {
    if w.nothing_to_step(forwards) {
        step_saved(w, forwards);
        return;
    }
    let Some(place) = w.step_back(forwards) else { return };
    w.pressed.update(|n| *n += 1);
    browser::announce(if forwards { tr!(w.lang, common.redone) } else { tr!(w.lang, common.undone) });
    let page = Page::of_place(pointer::to_place(&place));
    let here = w.page.get_untracked();
    if page.step() != here.step() && here.step() != Step::Review && page.step() != Step::Review {
        go.run((w.href(page),));
    }
}

/// Undo and Redo of what was saved before this page: its form is sent, and the page comes back as it was.
fn step_saved(w: Wizard, forwards: bool) {
    let has = w.saved.with_untracked(|saved| if forwards { saved.redo.is_some() } else { saved.undo.is_some() });
    if has {
        leptos::task::spawn_local(async move {
            if w.flush().await {
                browser::press(if forwards { "redo" } else { "undo" });
            }
        });
    }
}

/// Saves, then goes to the next page, or shows what must be corrected first.
fn go_on(w: Wizard, go: Go, tried: Edit, next: Page) {
    leptos::task::spawn_local(async move {
        w.perform(&tried);
        let saved = w.flush().await;
        let wrong = saved && untrack(|| w.page_findings()).iter().any(|f| f.severity == Severity::Error);
        if wrong {
            w.summary.set(true);
            browser::focus("summary".into());
        } else {
            go.run((w.href(next),));
        }
    });
}
