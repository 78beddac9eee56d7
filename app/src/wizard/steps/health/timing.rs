//! The timing of a health check, what it adds up to, and what happens when the container breaks.

use crate::{
    markup,
    wizard::{
        state::Wizard,
        widgets::{Field, icon, reactive},
    },
};
use leptos::prelude::*;
use taskdef::{
    document::{pointer, view},
    grammar::{
        amount::typed_number,
        health::{self, Tool},
    },
    questions::{Health, Question},
};

/// The four timings, what they add up to, and the command in words.
pub fn timing(w: Wizard, index: usize) -> AnyView {
    let lang = w.lang;
    let field =
        |question: Health, label: &'static str, unit: &'static str| Field { unit: Some(unit), ..Field::new(Question::Health(index, question), label) }.view(w);
    let number = move |question: Health| number(w, index, question);
    let noticed = reactive(move || tr!(lang, health.notice, n = seconds_to_notice(w, index)));
    let drawn = move || markup::timeline(lang, number(Health::Interval).max(1), number(Health::Retries), number(Health::StartPeriod));
    let command = Question::Health(index, Health::Text).place();
    let runs = move || w.draft.with(|d| pointer::get(d.definition(), &command).map(ToString::to_string));
    let says = move || says_what(w, index);
    let rehearsal = rehearsal(w, index);
    view! {
        <section class="l-section" data-for="check" aria-labelledby="time-h">
            <div class="c-head2"><h2 id="time-h">{tr!(lang, health.timing)}</h2></div>
            <div class="l-cols" data-n="4">
                {field(Health::Interval, tr!(lang, health.interval), tr!(lang, health.seconds))}
                {field(Health::Timeout, tr!(lang, health.timeout), tr!(lang, health.seconds))}
                {field(Health::Retries, tr!(lang, health.retries), tr!(lang, health.times))}
                {field(Health::StartPeriod, tr!(lang, health.start), tr!(lang, health.seconds))}
            </div>
            <div class="c-card l-stack" data-gap="4">
                <p><strong>{noticed}</strong></p>
                <div inner_html=drawn></div>
                {rehearsal}
                {reactive(move || runs().map(|text| view! { <p class="c-field__hint">{tr!(lang, health.runs)}</p><p class="c-code" data-wrap="" translate="no" lang="en">{text}</p><p class="c-field__hint">{says()}</p>{dockerfile(w, index)} }))}
            </div>
        </section>
    }
    .into_any()
}

/// A timing as a number that can be drawn, 0 to 3600.
fn number(w: Wizard, index: usize, question: Health) -> u64 {
    typed_number(&w.rendered(Question::Health(index, question))).unwrap_or_else(|| question.usual()).clamp(0, 3600)
}

fn seconds_to_notice(w: Wizard, index: usize) -> u64 {
    let number = |question| number(w, index, question);
    health::seconds_to_notice(number(Health::Interval), number(Health::Timeout), number(Health::Retries))
}

/// Lines for the Dockerfile, where the check uses curl and the image may have none.
fn dockerfile(w: Wizard, index: usize) -> Option<AnyView> {
    let lines = w.answer.with(|a| a.curl.get(index).cloned()).filter(|lines| !lines.is_empty())?;
    let is_curl = w.rendered(Question::Health(index, Health::Kind)) == Tool::Curl.as_str();
    is_curl.then(|| {
        view! { <p class="c-field__hint">{tr!(w.lang, health.dockerfile)}</p><p class="c-code" data-wrap="" translate="no" lang="en">{lines}</p> }.into_any()
    })
}

/// What the command does, in a sentence.
fn says_what(w: Wizard, index: usize) -> String {
    let lang = w.lang;
    let port = w.rendered(Question::Health(index, Health::Port));
    match Tool::parse(&w.rendered(Question::Health(index, Health::Kind))) {
        Some(Tool::Curl) => tr!(lang, health.says_curl, port = port),
        Some(Tool::Wget) => tr!(lang, health.says_wget, port = port),
        Some(Tool::Bash) => tr!(lang, health.says_bash, port = port),
        Some(Tool::Node) => tr!(lang, health.says_node, port = port),
        None => tr!(lang, health.says_own).to_owned(),
    }
}

/// What happens when the container breaks, one line after the other; opening it plays them and the timeline above.
fn rehearsal(w: Wizard, index: usize) -> AnyView {
    let lang = w.lang;
    let lines = move || {
        let name = w.name_of(index);
        let essential = w.draft.with(|d| view::containers(d.definition()).get(index).is_none_or(|c| c.essential()));
        let (retries, notice) = (number(w, index, Health::Retries), seconds_to_notice(w, index));
        let grace = number(w, index, Health::StartPeriod);
        let end = if essential { tr!(lang, health.play_task, name = name) } else { tr!(lang, health.play_others, name = name) };
        let lines = [
            Some(tr!(lang, health.play_start).to_owned()),
            (grace > 0).then(|| tr!(lang, health.play_grace, n = grace)),
            Some(tr!(lang, health.play_breaks).to_owned()),
            Some(tr!(lang, health.play_unhealthy, n = retries, s = notice)),
            Some(end),
        ];
        lines.into_iter().flatten().map(|line| format!("<li>{}</li>", markup::escape(&line))).collect::<String>()
    };
    view! {
        <details class="c-more c-play">
            <summary>{icon("play", 16)}{tr!(lang, health.play)}</summary>
            <ol class="c-more__body" inner_html=lines></ol>
        </details>
    }
    .into_any()
}
