//! What of a cause is in a draft: its findings and the change that only the start told, each with its button.

use app::{
    tr,
    widgets::icon,
    wire::{FindingView, FixView},
};
use leptos::prelude::*;
use serde_json::Value;
use taskdef::{
    Draft, Edit, Lang,
    diagnose::{self, Known},
    questions::{Action, Fix},
};

/// The draft that a text is about.
pub struct About<'a> {
    /// Its edit token.
    pub token: &'a str,
    /// The revision that was read.
    pub revision: i64,
    /// What it holds.
    pub draft: &'a Draft,
    /// What the rules say about it.
    pub found: &'a [FindingView],
}

/// Findings of a draft that are shown for one cause.
const SHOWN: usize = 4;

/// A fault of the draft, and what fixes it: the button's action and its label.
struct Remedy {
    message: String,
    how: String,
    fixes: Vec<(Action, String)>,
}

/// What the draft itself has of the cause, each with its fixes.
pub fn in_draft(lang: Lang, about: &About<'_>, known: &Known) -> AnyView {
    let About { token, revision, draft, found } = *about;
    let own = diagnose::fix(known.id, draft).map(|edit| Remedy {
        message: String::new(),
        how: String::new(),
        fixes: vec![(Action::Fix(Fix::Diagnosis(known.id.to_owned())), own_label(lang, known.id, draft, &edit))],
    });
    let said = found.iter().filter(|f| known.rules.iter().any(|rule| rule.id == f.rule)).take(SHOWN).map(|f| {
        let button = |(i, fix): (usize, &FixView)| (Action::Fix(Fix::Finding { rule: f.rule.clone(), index: i, place: f.place.clone() }), fix.label.clone());
        Remedy { message: f.message.clone(), how: f.how.clone(), fixes: f.fixes.iter().enumerate().map(button).collect() }
    });
    let all: Vec<Remedy> = own.into_iter().chain(said).collect();
    if all.is_empty() {
        return view! { <p class="c-field__hint">{tr!(lang, doctor.none)}</p> }.into_any();
    }
    let action = format!("/{}/d/{token}/review", lang.as_str());
    let row = |remedy: Remedy| {
        let press = |(action, label): (Action, String)| {
            view! { <button class="c-fix" name="op" value=action.to_string()>{icon("bolt", 16)}<span>{label}</span></button> }.into_any()
        };
        let buttons: Vec<AnyView> = remedy.fixes.into_iter().map(press).collect();
        view! {
            <form class="l-stack" data-gap="3" method="post" action=action.clone()>
                <input type="hidden" name="rev" value=revision />
                {(!remedy.message.is_empty()).then(|| view! { <p>{remedy.message.clone()}</p> })}
                {(buttons.is_empty() && !remedy.how.is_empty()).then(|| view! { <p><b>{tr!(lang, common.how)}":"</b>" "{remedy.how.clone()}</p> })}
                <div class="l-row">{buttons}</div>
            </form>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = all.into_iter().map(row).collect();
    view! { <h4>{tr!(lang, doctor.draft)}</h4>{rows} }.into_any()
}

fn own_label(lang: Lang, id: &str, draft: &Draft, edit: &Edit) -> String {
    let mut after = draft.clone();
    // It was made for this very draft; where it does not fit, the label has no value.
    let _ = edit.apply(after.root_mut());
    let value = |pointer: &str| after.definition().pointer(pointer).and_then(Value::as_str).unwrap_or("").to_owned();
    match id {
        "pull-platform" | "exec-format" => tr!(lang, doctor.cure_chip, chip = value("/runtimePlatform/cpuArchitecture")),
        "log-group-missing" => tr!(lang, doctor.cure_log).to_owned(),
        _ => tr!(lang, doctor.cure_memory, memory = value("/memory")),
    }
}
