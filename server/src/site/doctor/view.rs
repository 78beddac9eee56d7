//! What AWS said, read back to its cause: for everyone, and for one draft with the edit that fixes it.

use crate::{
    draft_service::{OpenDraft, findings},
    http::{frame::plain, page::Head},
};
use app::{
    markup, tr,
    widgets::icon,
    wire::{FindingView, FixView},
};
use leptos::prelude::*;
use serde_json::Value;
use taskdef::{
    Draft, Edit, Lang,
    diagnose::{self, Cause, Known},
    messages,
    questions::{Action, Fix},
};

/// Causes that the page offers to read about.
const COMMON: [&str; 6] = ["pull-denied", "pull-platform", "log-group-missing", "health-failed", "out-of-memory", "exited"];

/// Findings of a draft that are shown for one cause.
const SHOWN: usize = 4;

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct DoctorModel {
    /// The draft whose faults are looked at, by its edit token and its revision.
    pub draft: Option<(String, i64, Draft)>,
    /// The pasted text; `None` where nothing was asked.
    pub pasted: Option<String>,
    /// A cause that is read about.
    pub about: Option<String>,
}

impl DoctorModel {
    /// About a draft.
    pub fn of(open: OpenDraft) -> DoctorModel {
        DoctorModel { draft: Some((open.token.to_text(), open.stored.revision, open.draft)), ..DoctorModel::default() }
    }
}

/// The page.
pub fn doctor(head: &Head, model: DoctorModel) -> AnyView {
    let lang = head.lang;
    let base = model.draft.as_ref().map(|(token, ..)| format!("/{}/d/{token}", lang.as_str()));
    let here = base.as_ref().map_or_else(|| format!("/{}/doctor", lang.as_str()), |base| format!("{base}/doctor"));
    let causes: Vec<Cause> = match (&model.pasted, &model.about) {
        (Some(text), _) => diagnose::diagnose(text).causes,
        (None, Some(id)) => diagnose::find(id).map(|known| Cause { known, quote: diagnose::Quote::default() }).into_iter().collect(),
        (None, None) => Vec::new(),
    };
    let empty = model.pasted.as_ref().is_some_and(|t| t.trim().is_empty());
    let unknown = causes.is_empty() && !empty && model.pasted.is_some();
    let error = empty.then(|| {
        view! { <p class="c-field__error" id="err-error">{icon("alert", 20)}<span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{tr!(lang, doctor.empty)}</span></p> }
    });
    let describedby = if empty { "err-hint err-error" } else { "err-hint" };
    let unknown = unknown.then(|| {
        view! {
            <section class="c-card l-stack" data-gap="3" aria-labelledby="unknown-h">
                <h2 id="unknown-h">{tr!(lang, doctor.unknown)}</h2>
                <p>{tr!(lang, doctor.unknown_p)}</p>
            </section>
        }
    });
    let found = model.draft.as_ref().map(|(_, _, draft)| findings(lang, draft));
    let cards: Vec<AnyView> = causes.iter().enumerate().map(|(i, c)| card(lang, i, c, model.draft.as_ref(), found.as_deref())).collect();
    let back = base.map(|base| view! { <a class="c-back" href=format!("{base}/review")>{icon("left", 16)}{tr!(lang, doctor.back)}</a> });
    let common = COMMON.into_iter().filter_map(diagnose::find).map(|k| {
        let (what, ..) = diagnose::words(lang, k);
        view! { <li><a href=format!("{here}?about={}", k.id)>{what}</a></li> }
    });
    let common = common.collect_view();
    let main = view! {
        <div class="l-stack">
            <div>{back}<div class="c-title"><h1>{tr!(lang, doctor.title)}</h1><p>{tr!(lang, doctor.lead)}</p></div></div>
            <form method="post" action=here.clone() novalidate=true class="l-stack" data-gap="4">
                <div class="c-field" data-state=empty.then_some("error")>
                    <label for="err">{tr!(lang, doctor.label)}</label>
                    <p class="c-field__hint" id="err-hint">{tr!(lang, doctor.hint)}</p>
                    {error}
                    <textarea id="err" name="error" rows="5" data-code=true aria-describedby=describedby aria-invalid=empty.then_some("true") spellcheck="false" autocomplete="off">{markup::in_textarea(&model.pasted.unwrap_or_default())}</textarea>
                </div>
                <div class="l-row"><button class="c-btn" data-variant="primary">{icon("search", 20)}{tr!(lang, doctor.find)}</button></div>
            </form>
            {unknown}
            {cards}
            <section class="l-stack" data-gap="4" aria-labelledby="common-h">
                <h2 id="common-h">{tr!(lang, doctor.common)}</h2>
                <ul class="c-table">{common}</ul>
            </section>
        </div>
    };
    let token = model.draft.map(|(token, ..)| token);
    let path = move |l: Lang| match &token {
        Some(token) => format!("/{}/d/{token}/doctor", l.as_str()),
        None => format!("/{}/doctor", l.as_str()),
    };
    plain(head, path, "narrow", main.into_any())
}

fn card(lang: Lang, i: usize, cause: &Cause, draft: Option<&(String, i64, Draft)>, found: Option<&[FindingView]>) -> AnyView {
    let (what, why, how) = diagnose::words(lang, cause.known);
    let asked = !cause.quote.words.is_empty();
    let quote = asked.then(|| {
        let quote = cause.quote.clone();
        view! { <p class="c-quote" translate="no">{quote.before}<mark>{quote.words}</mark>{quote.after}</p> }
    });
    let rules = cause.known.rules;
    let links: Vec<AnyView> =
        rules.iter().map(|r| view! { <li><a href=format!("/{}/rules#{r}", lang.as_str())>{messages::of_rule(lang, r.id).0}</a></li> }.into_any()).collect();
    let next = (!rules.is_empty())
        .then(|| view! { <li><div><h3>{tr!(lang, doctor.next)}</h3><p>{tr!(lang, doctor.next_p)}</p><ul class="l-stack" data-gap="3">{links}</ul></div></li> });
    let mine = draft.zip(found).map(|((token, revision, draft), found)| in_draft(lang, token, *revision, draft, cause.known, found));
    let known = asked.then(|| view! { <div><span class="c-tag" data-variant="ok">{icon("check", 16)}{tr!(lang, doctor.known)}</span></div> });
    view! {
        <section class="c-card l-stack" data-gap="5" aria-labelledby=format!("cause-{i}")>
            <div class="l-stack" data-gap="3">{known}<h2 id=format!("cause-{i}")>{what}</h2></div>
            <ol class="c-cause">
                <li><div><h3>{tr!(lang, doctor.what)}</h3><p>{why}</p>{quote}</div></li>
                <li><div><h3>{tr!(lang, doctor.how)}</h3><p>{how}</p>{mine}</div></li>
                {next}
            </ol>
        </section>
    }
    .into_any()
}

/// A fault of the draft, and what fixes it: the button's action and its label.
struct Remedy {
    message: String,
    how: String,
    fixes: Vec<(Action, String)>,
}

/// What the draft itself has of the cause, each with its fixes.
fn in_draft(lang: Lang, token: &str, revision: i64, draft: &Draft, known: &Known, found: &[FindingView]) -> AnyView {
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
