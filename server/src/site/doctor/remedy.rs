//! What of a cause is in a draft: its findings and the change that only the start told, each with its button.

use crate::search;
use app::{
    address::Page,
    tr,
    widgets::icon,
    wire::{FindingView, FixView},
};
use leptos::prelude::*;
use serde_json::Value;
use taskdef::{
    Draft, Edit, Lang, Severity,
    diagnose::{self, Cause},
    document::{pointer, view},
    questions::{Action, Control, Fix},
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
    /// Its field.
    href: String,
    fixes: Vec<(Action, String)>,
}

/// What the draft itself has of the cause, each with its fixes; or else the fields to look at.
pub fn in_draft(lang: Lang, about: &About<'_>, cause: &Cause) -> AnyView {
    let About { token, revision, draft, found } = *about;
    let known = cause.known;
    let fields = diagnose::fields(cause, draft);
    // What is doubtful in these fields may be the cause, whichever rule says so.
    let doubtful = |f: &FindingView| f.severity != Severity::Advice && fields.iter().any(|field| pointer::contains(field, &f.place));
    let own = diagnose::fix(known.id, draft).map(|edit| Remedy {
        message: String::new(),
        how: String::new(),
        href: String::new(),
        fixes: vec![(Action::Fix(Fix::Diagnosis(known.id.to_owned())), own_label(lang, known.id, draft, &edit))],
    });
    let said = found.iter().filter(|f| known.rules.iter().any(|rule| rule.id == f.rule) || doubtful(f)).take(SHOWN).map(|f| {
        let button = |(i, fix): (usize, &FixView)| (Action::Fix(Fix::Finding { rule: f.rule.clone(), index: i, place: f.place.clone() }), fix.label.clone());
        Remedy { message: f.message.clone(), how: f.how.clone(), href: address(lang, about, &f.place), fixes: f.fixes.iter().enumerate().map(button).collect() }
    });
    let all: Vec<Remedy> = own.into_iter().chain(said).collect();
    if all.is_empty() {
        return look(lang, about, &fields);
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
                {buttons.is_empty().then(|| view! { <div class="l-row"><a class="c-btn" href=remedy.href.clone()>{tr!(lang, register.go_field)}{icon("arrow", 20)}</a></div> })}
                {(!buttons.is_empty()).then(|| view! { <div class="l-row">{buttons}</div> })}
            </form>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = all.into_iter().map(row).collect();
    view! { <h4>{tr!(lang, doctor.draft)}</h4>{rows} }.into_any()
}

/// Where to look, since no rule finds the cause in the draft.
fn look(lang: Lang, about: &About<'_>, fields: &[String]) -> AnyView {
    if fields.is_empty() {
        return view! { <p class="c-field__hint">{tr!(lang, doctor.none)}</p> }.into_any();
    }
    let row = |place: &String| view! { <li><a href=address(lang, about, place)>{named(lang, about.draft, place)}</a></li> }.into_any();
    let rows: Vec<AnyView> = fields.iter().map(row).collect();
    view! { <p>{tr!(lang, doctor.look)}</p><ul class="c-table" data-look="">{rows}</ul> }.into_any()
}

/// Where a place is asked for.
fn address(lang: Lang, about: &About<'_>, place: &str) -> String {
    format!("/{}/d/{}/{}#{}", lang.as_str(), about.token, Page::of_place(place).path(), Control::of_place(about.draft, place).id())
}

/// A field by its label, after the name of its container.
fn named(lang: Lang, draft: &Draft, place: &str) -> String {
    let tokens = pointer::tokens(place);
    let key = tokens.last().map_or("", String::as_str);
    let (container, id) = match tokens.get(1).and_then(|token| pointer::index(token)) {
        Some(i) => (view::containers(draft.definition()).get(i).map(|c| c.name().to_owned()), format!("containerDefinitions[].{key}")),
        None => (None, key.to_owned()),
    };
    let ids = [format!("setting:{id}"), format!("field:{id}"), format!("group:{id}")];
    let entries = search::named(&[&ids[0], &ids[1], &ids[2]]);
    let label = entries.first().map_or(key, |entry| entry.title(lang));
    match container.filter(|name| !name.is_empty()) {
        Some(name) => format!("{name}: {label}"),
        None => label.to_owned(),
    }
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
