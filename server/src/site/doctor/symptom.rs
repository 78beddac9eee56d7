//! What is seen in a browser: one question at a time, each answer a link, and where they end. Nothing is stored: the answers are in the
//! address.

use super::remedy::About;
use app::{address::Page, tr, widgets::icon};
use leptos::prelude::*;
use taskdef::{
    Lang,
    diagnose::{
        self, Known,
        symptom::{Ask, Ending, Lead, Step, Symptom, Then},
    },
    questions::Control,
};

/// The symptom, the answers so far, and the next question or the end. `None` where an answer does not exist.
pub fn asked(lang: Lang, here: &str, symptom: &'static Symptom, answers: &[usize], about: Option<&About<'_>>, recent: Option<&str>) -> Option<AnyView> {
    let step = symptom.after(answers)?;
    let (what, why) = symptom.words(lang);
    let address = |answers: &[usize]| {
        let said: Vec<String> = answers.iter().map(usize::to_string).collect();
        format!("{here}?symptom={}&a={}#asked", symptom.id, said.join("."))
    };
    let said = (!answers.is_empty()).then(|| {
        let rows: Vec<AnyView> =
            said(symptom, answers, lang).into_iter().map(|(ask, answer)| view! { <div><dt>{ask}</dt><dd>{answer}</dd></div> }.into_any()).collect();
        view! {
            <section class="l-stack" data-gap="3" aria-label=tr!(lang, doctor.answers)>
                <dl class="c-kv">{rows}</dl>
                <p><a href=format!("{here}?symptom={}#asked", symptom.id)>{tr!(lang, doctor.again)}</a></p>
            </section>
        }
    });
    let now = match step {
        Step::Ask(ask) => {
            let choice = |(i, words): (usize, &'static str)| view! { <li><a href=address(&[answers, &[i]].concat())>{words}</a></li> }.into_any();
            let choices: Vec<AnyView> = ask.answers.iter().map(|answer| answer.message.text.plain(lang)).enumerate().map(choice).collect();
            view! {
                <div class="l-stack" data-gap="3">
                    <p class="c-title__n">{tr!(lang, doctor.question, n = answers.len() + 1)}</p>
                    <h3>{ask.message.text.plain(lang)}</h3>
                    <ul class="c-table">{choices}</ul>
                </div>
            }
            .into_any()
        }
        Step::End(ending) => {
            // The same answers, about the draft.
            let recent = recent.map(|token| format!("/{}/d/{token}{}", lang.as_str(), address(answers).trim_start_matches(&format!("/{}", lang.as_str()))));
            end(lang, here, ending, about, recent)
        }
    };
    Some(
        view! {
            <section class="c-card l-stack" data-gap="5" id="asked" aria-labelledby="asked-h">
                <div class="l-stack" data-gap="3">
                    <div><span class="c-tag" data-variant="warn">{icon("search", 16)}{tr!(lang, doctor.symptom)}</span></div>
                    <h2 id="asked-h">{what}</h2>
                    <p>{why}</p>
                </div>
                {said}
                {now}
            </section>
        }
        .into_any(),
    )
}

/// Questions and answers so far.
fn said(symptom: &'static Symptom, answers: &[usize], lang: Lang) -> Vec<(&'static str, &'static str)> {
    let mut ask: &Ask = &symptom.ask;
    let mut rows = Vec::new();
    for answer in answers {
        let Some(answer) = ask.answers.get(*answer) else { break };
        rows.push((ask.message.text.plain(lang), answer.message.text.plain(lang)));
        if let Then::Ask(next) = &answer.then {
            ask = next;
        }
    }
    rows
}

fn end(lang: Lang, here: &str, ending: &Ending, about: Option<&About<'_>>, recent: Option<String>) -> AnyView {
    let (what, why, how) = ending.message.explained(lang);
    view! {
        <div class="l-stack" data-gap="3">
            <div><span class="c-tag" data-variant="ok">{icon("check", 16)}{tr!(lang, doctor.likely)}</span></div>
            <h3>{what}</h3>
            <p>{why}</p>
            <p><b>{tr!(lang, common.how)}":"</b>" "{how}</p>
            {lead(lang, here, ending, about, recent)}
        </div>
    }
    .into_any()
}

/// Where it is done: a field of the draft, the next steps, or this page. Without a draft: the one that the browser opened last, or a new one.
fn lead(lang: Lang, here: &str, ending: &Ending, about: Option<&About<'_>>, recent: Option<String>) -> Option<AnyView> {
    let in_draft = |about: &About<'_>| format!("/{}/d/{}", lang.as_str(), about.token);
    let (href, words) = match (ending.lead, about) {
        (Lead::Doctor, _) => (format!("{here}#err"), tr!(lang, doctor.go_paste)),
        (Lead::Next, Some(about)) => (format!("{}/review#next-h", in_draft(about)), tr!(lang, doctor.go_next)),
        (Lead::Place(_), Some(about)) => {
            let place = ending.place(about.draft)?;
            let to = format!("{}/{}#{}", in_draft(about), Page::of_place(&place).path(), Control::of_place(about.draft, &place).id());
            (to, tr!(lang, register.go_field))
        }
        (Lead::Next | Lead::Place(_), None) => match recent {
            Some(href) => (href, tr!(lang, doctor.go_recent)),
            None => (format!("/{}#start", lang.as_str()), tr!(lang, doctor.go_start)),
        },
    };
    Some(view! { <div class="l-row"><a class="c-btn" href=href>{words}{icon("arrow", 20)}</a></div> }.into_any())
}

/// What a text that is not known resembles.
pub fn resembles(lang: Lang, here: &str, near: &[&'static Known]) -> Option<AnyView> {
    let row = |known: &&'static Known| view! { <li><a href=format!("{here}?about={}", known.id)>{diagnose::words(lang, known).0}</a></li> }.into_any();
    (!near.is_empty()).then(|| {
        let rows: Vec<AnyView> = near.iter().map(row).collect();
        view! { <h3>{tr!(lang, doctor.near)}</h3><p>{tr!(lang, doctor.near_p)}</p><ul class="c-table">{rows}</ul> }.into_any()
    })
}
