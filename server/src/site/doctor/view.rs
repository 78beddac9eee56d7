//! What AWS said, read back to its cause: for everyone, and for one draft with the edit that fixes it.

use super::{
    cause::{ROLE_MISSING, card, echoes},
    remedy::About,
    symptom::{asked, resembles},
};
use crate::{
    draft_service::{DraftService, OpenDraft},
    http::{cookies::Cookies, frame::plain, page::Head},
    site::parts::copier::{copied, copy_script},
};
use app::{markup, tr, widgets::icon, wire::FindingView};
use leptos::prelude::*;
use taskdef::{
    Draft, Lang,
    diagnose::{
        self, Cause, Diagnosis,
        symptom::{self, Symptom},
    },
};

/// Causes that the page offers to read about.
const COMMON: [&str; 6] = ["pull-denied", "pull-platform", "log-group-missing", "health-failed", "out-of-memory", "exited"];

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct DoctorModel {
    /// The draft whose faults are looked at, by its edit token and its revision.
    pub draft: Option<(String, i64, Draft)>,
    /// Its findings.
    pub found: Vec<FindingView>,
    /// Where there is no draft: the edit token of the one that this browser opened last.
    pub recent: Option<String>,
    /// The pasted text; `None` where nothing was asked.
    pub pasted: Option<String>,
    /// A cause that is read about.
    pub about: Option<String>,
    /// What is seen in a browser, and the answers so far.
    pub symptom: Option<(&'static Symptom, Vec<usize>)>,
}

/// Remembered drafts that are tried: one may have been deleted.
const TRIED: usize = 3;

impl DoctorModel {
    /// About no draft; a browser that remembers one is led to it.
    pub async fn of_nothing(drafts: &DraftService, cookies: &Cookies) -> DoctorModel {
        for token in cookies.remembered().into_iter().take(TRIED) {
            if drafts.open_editable(&token).await.is_ok() {
                return DoctorModel { recent: Some(token.to_text()), ..DoctorModel::default() };
            }
        }
        DoctorModel::default()
    }

    /// About a draft.
    pub fn of(lang: Lang, drafts: &DraftService, open: OpenDraft) -> DoctorModel {
        DoctorModel {
            found: drafts.findings(lang, &open.draft),
            draft: Some((open.token.to_text(), open.stored.revision, open.draft)),
            ..DoctorModel::default()
        }
    }
}

/// The page.
pub fn doctor(head: &Head, model: DoctorModel) -> AnyView {
    let lang = head.lang;
    let base = model.draft.as_ref().map(|(token, ..)| format!("/{}/d/{token}", lang.as_str()));
    let here = base.as_ref().map_or_else(|| format!("/{}/doctor", lang.as_str()), |base| format!("{base}/doctor"));
    let Diagnosis { causes, echoes: follow } = match (&model.pasted, &model.about) {
        (Some(text), _) => diagnose::diagnose(text),
        (None, Some(id)) => {
            let about = diagnose::find(id).map(|known| Cause { known, quote: diagnose::Quote::default() });
            Diagnosis { causes: about.into_iter().collect(), echoes: Vec::new() }
        }
        (None, None) => Diagnosis::default(),
    };
    let empty = model.pasted.as_ref().is_some_and(|t| t.trim().is_empty());
    let seen =
        model.symptom.clone().or_else(|| model.pasted.as_deref().filter(|_| causes.is_empty()).and_then(symptom::symptom).map(|symptom| (symptom, Vec::new())));
    let unknown = causes.is_empty() && seen.is_none() && !empty && model.pasted.is_some();
    let near = model.pasted.as_deref().filter(|_| unknown).map(diagnose::near).unwrap_or_default();
    let error = empty.then(|| {
        view! { <p class="c-field__error" id="err-error">{icon("alert", 20)}<span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{tr!(lang, doctor.empty)}</span></p> }
    });
    let describedby = if empty { "err-hint err-error" } else { "err-hint" };
    let unknown = unknown.then(|| {
        view! {
            <section class="c-card l-stack" data-gap="3" aria-labelledby="unknown-h">
                <h2 id="unknown-h">{tr!(lang, doctor.unknown)}</h2>
                <p>{tr!(lang, doctor.unknown_p)}</p>
                {resembles(lang, &here, &near)}
            </section>
        }
    });
    let about = model.draft.as_ref().map(|(token, revision, draft)| About { token, revision: *revision, draft, found: &model.found });
    let cards: Vec<AnyView> = causes.iter().enumerate().map(|(i, c)| card(lang, i, c, about.as_ref())).collect();
    let commands = causes.iter().any(|cause| cause.known.id == ROLE_MISSING);
    let follow = (!follow.is_empty()).then(|| echoes(lang, &follow));
    let back = base.map(|base| view! { <a class="c-back" href=format!("{base}/review")>{icon("left", 16)}{tr!(lang, doctor.back)}</a> });
    // The answers are in the address; what was typed is not, so that it is in no log.
    let typed = model.pasted.clone().or_else(|| seen.as_ref().map(|(symptom, _)| symptom.typed(lang).to_owned()));
    let seen = seen.and_then(|(symptom, answers)| asked(lang, &here, symptom, &answers, about.as_ref(), model.recent.as_deref()));
    let web = symptom::symptom_named("unreachable").map(|s| view! { <li><a href=format!("{here}?symptom={}", s.id)>{s.words(lang).0}</a></li> });
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
                    <textarea id="err" name="error" rows="5" data-code=true aria-describedby=describedby aria-invalid=empty.then_some("true") spellcheck="false" autocomplete="off">{markup::in_textarea(&typed.unwrap_or_default())}</textarea>
                </div>
                <div class="l-row"><button class="c-btn" data-variant="primary">{icon("search", 20)}{tr!(lang, doctor.find)}</button></div>
            </form>
            {unknown}
            {seen}
            {cards}
            {follow}
            <section class="l-stack" data-gap="4" aria-labelledby="common-h">
                <h2 id="common-h">{tr!(lang, doctor.common)}</h2>
                <ul class="c-table">{web}{common}</ul>
            </section>
            {commands.then(|| view! { {copied()}{copy_script()} })}
        </div>
    };
    let token = model.draft.map(|(token, ..)| token);
    let path = move |l: Lang| match &token {
        Some(token) => format!("/{}/d/{token}/doctor", l.as_str()),
        None => format!("/{}/doctor", l.as_str()),
    };
    plain(head, path, "narrow", main.into_any())
}
