//! The start page: five words, and three ways to start.

use super::recent::{RecentView, recent_drafts};
use crate::http::{frame::plain, page::Head};
use app::{markup, tr, widgets::icon};
use leptos::prelude::*;
use taskdef::{Lang, preset::Preset};

/// What a failed import leaves to be seen.
#[derive(Clone, Debug)]
pub struct Unread {
    /// The text that was pasted.
    pub text: String,
    /// What is wrong with it.
    pub why: String,
    /// Whether the doctor explains it.
    pub is_an_error: bool,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct HomeModel {
    /// What could not be read.
    pub unread: Option<Unread>,
    /// The drafts that this browser remembers.
    pub recent: Vec<RecentView>,
    /// Whether the browser is at an address where nothing is remembered.
    pub elsewhere: bool,
}

/// The page.
pub fn home(head: &Head, model: HomeModel) -> AnyView {
    let lang = head.lang;
    let action = format!("/{}/d", lang.as_str());
    let start = |preset: &'static str, class: &'static str, label: &'static str, main: bool| {
        view! {
            <form method="post" action=action.clone()>
                <input type="hidden" name="preset" value=preset />
                <button class=class data-variant=main.then_some("primary")>{label}{main.then(|| icon("arrow", 20))}</button>
            </form>
        }
    };
    let kind = |preset: Preset| {
        let (sign, name, about) = match preset {
            Preset::Web => ("box", tr!(lang, home.p_web), tr!(lang, home.p_web_p)),
            Preset::Worker => ("play", tr!(lang, home.p_worker), tr!(lang, home.p_worker_p)),
            Preset::Job => ("clock", tr!(lang, home.p_job), tr!(lang, home.p_job_p)),
            Preset::Sidecar => ("doc", tr!(lang, home.p_sidecar), tr!(lang, home.p_sidecar_p)),
            Preset::Empty | Preset::Tutorial => return None,
        };
        Some(view! { <article class="c-pick">{icon(sign, 24)}<h3>{start(preset.as_str(), "c-pick__go", name, false)}</h3><p>{about}</p></article> })
    };
    let kinds = Preset::ALL.into_iter().filter_map(kind).collect_view();
    let main = view! {
        <div class="l-stack" data-gap="8">
            <section class="l-hero">
                <div class="c-hero">
                    <h1>{tr!(lang, home.h1)}</h1>
                    <p class="c-lead">{tr!(lang, home.lead)}</p>
                    <div class="l-row">{start("tutorial", "c-btn", tr!(lang, home.example), true)}<a class="c-btn" data-variant="quiet" href="#start">{tr!(lang, home.others)}</a></div>
                    <p class="c-field__hint">{tr!(lang, home.free)}</p>
                    <p><a href=format!("/{}/doctor", lang.as_str())>{tr!(lang, home.failed)}</a></p>
                </div>
                <div class="c-topo c-card"><div inner_html=markup::five_words(lang)></div><span class="u-vh">{tr!(lang, home.picture)}</span></div>
            </section>
            {model.elsewhere.then(|| view! { <div class="c-notice" data-variant="info">{icon("lock", 20)}<h3>{tr!(lang, home.elsewhere)}</h3><p>{tr!(lang, home.elsewhere_p)}</p></div> })}
            {recent_drafts(lang, model.recent)}
            <section class="l-stack" data-gap="4" aria-labelledby="words-h">
                <div class="c-head2"><h2 id="words-h">{tr!(lang, home.words)}</h2><p>{tr!(lang, home.words_note)}</p></div>
                <ol class="c-words">{words(lang)}</ol>
            </section>
            <section class="l-stack" data-gap="4" id="start" aria-labelledby="start-h">
                <h2 id="start-h">{tr!(lang, home.start)}</h2>
                <div class="l-cols" data-n="3">
                    <article class="c-pick" data-variant="main">{icon("bolt", 24)}<h3>{start("tutorial", "c-pick__go", tr!(lang, home.example), false)}</h3><p>{tr!(lang, home.example_p)}</p></article>
                    <article class="c-pick">{icon("doc", 24)}<h3>{start("empty", "c-pick__go", tr!(lang, home.empty), false)}</h3><p>{tr!(lang, home.empty_p)}</p></article>
                    <article class="c-pick">{icon("download", 24)}<h3><a href="#import">{tr!(lang, home.bring)}</a></h3><p>{tr!(lang, home.bring_p)}</p></article>
                </div>
            </section>
            <section class="l-stack" data-gap="4" aria-labelledby="kinds-h">
                <h2 id="kinds-h">{tr!(lang, home.kinds)}</h2>
                <div class="l-cols" data-n="2">{kinds}</div>
            </section>
            {import(lang, action, model.unread)}
        </div>
    }
    .into_any();
    plain(head, |l| format!("/{}", l.as_str()), "wide", main)
}

/// The five words that come before everything.
fn words(lang: Lang) -> AnyView {
    let words = [
        (tr!(lang, home.w1), tr!(lang, home.w1p), "image", "image"),
        (tr!(lang, home.w2), tr!(lang, home.w2p), "container", "containerDefinitions"),
        (tr!(lang, home.w3), tr!(lang, home.w3p), "task definition", tr!(lang, home.w_file)),
        (tr!(lang, home.w4), tr!(lang, home.w4p), "task", tr!(lang, home.w_none)),
        (tr!(lang, home.w5), tr!(lang, home.w5p), "cluster", tr!(lang, home.w_none)),
    ];
    let korean = lang == Lang::Ko;
    let item = |(i, (word, text, english, place)): (usize, (&'static str, &'static str, &'static str, &'static str))| {
        let href = format!("/{}/glossary#{}", lang.as_str(), english.replace(' ', "-"));
        view! {
            <li>
                <span class="c-words__n" aria-hidden="true">{i + 1}</span>
                <h3><a href=href>{word}</a>{korean.then(|| view! { " "<small lang="en">{english}</small> })}</h3>
                <p>{text}</p>
                <p class="c-field__hint">{tr!(lang, home.in_json, place = place)}</p>
            </li>
        }
    };
    words.into_iter().enumerate().map(item).collect_view().into_any()
}

/// Sends the form’s text to the doctor.
pub fn to_doctor(lang: Lang) -> AnyView {
    view! { <div class="l-row"><button class="c-btn" formaction=format!("/{}/doctor", lang.as_str())>{icon("search", 20)}{tr!(lang, home.to_doctor)}</button></div> }.into_any()
}

/// A definition that is pasted or sent as a file; after a failed one, its text and what is wrong with it.
fn import(lang: Lang, action: String, unread: Option<Unread>) -> AnyView {
    let invalid = unread.is_some();
    let doctor = unread.as_ref().is_some_and(|unread| unread.is_an_error).then(|| to_doctor(lang));
    let pasted = unread.as_ref().map(|unread| unread.text.clone()).unwrap_or_default();
    let error = unread.map(|unread| {
        view! { <p class="c-field__error" id="f-paste-error">{icon("alert", 20)}<span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{unread.why}</span></p> }
    });
    let describedby = if invalid { "f-paste-hint f-paste-error" } else { "f-paste-hint" };
    view! {
        <section class="l-stack" data-gap="4" id="import" aria-labelledby="import-h">
            <h2 id="import-h">{tr!(lang, home.import_h)}</h2>
            <form class="l-stack" data-gap="5" method="post" action=action enctype="multipart/form-data" novalidate=true>
                <div class="c-field" data-state=invalid.then_some("error")>
                    <label for="f-paste">{tr!(lang, home.paste)}</label>
                    <p class="c-field__hint" id="f-paste-hint">{tr!(lang, home.paste_hint)}</p>
                    {error}
                    {doctor}
                    <textarea id="f-paste" name="taskDefinition" rows="8" data-code=true spellcheck="false" autocomplete="off" autocapitalize="none"
                        aria-describedby=describedby aria-invalid=invalid.then_some("true") autofocus=invalid>{markup::in_textarea(&pasted)}</textarea>
                </div>
                <div class="c-field">
                    <label for="f-file">{tr!(lang, home.file)}</label>
                    <p class="c-field__hint" id="f-file-hint">{tr!(lang, home.file_hint)}</p>
                    <input id="f-file" type="file" name="file" multiple=true aria-describedby="f-file-hint" />
                </div>
                <div class="l-row"><button class="c-btn" data-variant="primary">{tr!(lang, home.open)}{icon("arrow", 20)}</button></div>
            </form>
        </section>
    }
    .into_any()
}
