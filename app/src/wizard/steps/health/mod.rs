//! Step 5: the health check of one container.

mod order;
mod timing;

use super::Go;
use crate::{
    address::Page,
    markup,
    wizard::{
        state::Wizard,
        widgets::{Card, Cards, Field, Select, StepForm, describedby, errors, extras, inspect, invalid, loose, number, reactive, shown, step_name},
    },
};
use leptos::prelude::*;
use taskdef::{
    Step,
    document::{pointer::field_id, view},
    grammar::health::Tool,
    questions::{Health, Question},
};

pub fn page(w: Wizard, go: Go, index: usize) -> AnyView {
    let lang = w.lang;
    let count = untrack(|| w.draft.with(|d| view::containers(d.definition()).len()));
    let heading = step_name(lang, Step::Health).into_any();
    let lead = Some(tr!(lang, health.lead));
    if count == 0 {
        let link = view! { <p><a href=w.href(Page::Step(Step::Containers))>{tr!(lang, health.no_containers)}</a></p> }.into_any();
        return StepForm { lead, ..StepForm::new(heading, link) }.view(w, go);
    }
    let card = |value: &'static str, title: &'static str, hint: Option<&'static str>| Card {
        value: value.into(),
        title: title.into(),
        hint: hint.map(Into::into),
        end: Tool::parse(value).map(|tool| Signal::derive(move || in_image(w, index, tool))),
        ..Card::default()
    };
    let mut curl = card("curl", tr!(lang, health.curl), Some(tr!(lang, health.curl_h)));
    curl.tag = Some(tr!(lang, health.tutorial));
    let tools = [
        curl,
        card("wget", tr!(lang, health.wget), Some(tr!(lang, health.wget_h))),
        card("bash", tr!(lang, health.bash), Some(tr!(lang, health.bash_h))),
        card("node", tr!(lang, health.node), Some(tr!(lang, health.node_h))),
    ];
    // What is in the image comes first.
    let known = untrack(|| w.answer.with(|a| a.tools.get(index).cloned())).unwrap_or_default();
    let (mut cards, others): (Vec<_>, Vec<_>) = tools.into_iter().enumerate().partition(|(tool, _)| known.get(*tool) == Some(&Some(true)));
    cards.extend(others);
    let mut cards: Vec<Card> = cards.into_iter().map(|(_, card)| card).collect();
    cards.push(card("own", tr!(lang, health.own), Some(tr!(lang, health.own_h))));
    cards.push(card("none", tr!(lang, health.none), Some(tr!(lang, health.none_h))));
    let about = reactive(move || w.answer.with(|a| a.about.get(index).cloned()));
    let kinds = Cards {
        question: Question::Health(index, Health::Kind),
        legend: tr!(lang, health.legend, name = untrack(|| w.name_of(index))),
        hint: None,
        pair: true,
        rows: false,
        cards,
    };
    let questions = view! {
        <div class="l-stack">
            {tabs(w, index, count)}
            {kinds.view(w)}
            <p class="c-field__hint">{about}</p>
            {inspect(w)}
            <div class="l-stack" data-for="preset">{target(w, index)}</div>
            <div class="l-stack" data-for="own">{own(w, index)}</div>
            {timing::timing(w, index)}
            {(count > 1).then(|| order::order(w, index))}
            {loose(w)}
        </div>
    }
    .into_any();
    StepForm { lead, help: vec![tr!(lang, health.help1)], ..StepForm::new(heading, questions) }.view(w, go)
}

/// Whether the image has a tool, in words, where the catalogue of images knows it.
fn in_image(w: Wizard, index: usize, tool: Tool) -> Option<String> {
    let has = w.answer.with(|a| a.tools.get(index).and_then(|of| of.get(tool as usize).copied().flatten()))?;
    Some(if has { tr!(w.lang, health.in_image) } else { tr!(w.lang, health.not_in_image) }.to_owned())
}

/// Links to the checks of the other containers.
fn tabs(w: Wizard, index: usize, count: usize) -> AnyView {
    let links = (0..count).map(|i| {
        let n = untrack(|| w.draft.with(|d| d.container_number(i)));
        view! { <a href=w.href(Page::Health(i)) aria-current=(i == index).then_some("page")>{number(n)}{reactive(move || w.name_of(i))}</a> }
    });
    view! { <nav class="c-toc" aria-label=tr!(w.lang, health.containers)>{links.collect_view()}</nav> }.into_any()
}

/// Port and path; the ports that the container declares are offered.
fn target(w: Wizard, index: usize) -> AnyView {
    let lang = w.lang;
    let port = Question::Health(index, Health::Port);
    let ports = untrack(|| w.draft.with(|d| view::containers(d.definition()).get(index).map(|c| c.ports()).unwrap_or_default()));
    let mut offered: Vec<(String, String)> = ports.iter().map(|p| (p.to_string(), p.to_string())).collect();
    let now = untrack(|| w.rendered(port));
    if offered.iter().all(|(v, _)| *v != now) {
        offered.push((now.clone(), now));
    }
    let port = Select { question: port, label: tr!(lang, health.port).into(), hint: None, groups: vec![(String::new(), offered)] };
    let path =
        Field { hint: Some(tr!(lang, health.path_hint).into()), code: true, ..Field::new(Question::Health(index, Health::Path), tr!(lang, health.path)) };
    view! { <div class="l-cols" data-n="pair">{port.view(w)}{path.view(w)}</div> }.into_any()
}

/// A command that no preset makes.
fn own(w: Wizard, index: usize) -> AnyView {
    let lang = w.lang;
    let form = Question::Health(index, Health::Form);
    let mut forms = vec![("CMD-SHELL".to_owned(), tr!(lang, health.form_shell).to_owned()), ("CMD".to_owned(), tr!(lang, health.form_exec).to_owned())];
    if untrack(|| w.rendered(form)) == "JSON" {
        forms.push(("JSON".to_owned(), tr!(lang, health.form_json).to_owned()));
    }
    let form = Select { question: form, label: tr!(lang, health.form).into(), hint: None, groups: vec![(String::new(), forms)] };
    let text = Question::Health(index, Health::Text);
    let name = text.to_string();
    let id = field_id(&name);
    let message = shown(w, text);
    let value = markup::in_textarea(&untrack(|| w.rendered(text)));
    view! {
        {form.view(w)}
        <div class="c-field">
            <label for=id.clone()>{tr!(lang, health.command)}</label>
            {errors(w, &id, message)}
            <textarea id=id.clone() name=name rows="3" data-code=true data-field=text.place() spellcheck="false" autocomplete="off" autocapitalize="none"
                aria-describedby=describedby(&id, false, message) aria-invalid=invalid(message)>{value}</textarea>
            {extras(w, &id, message)}
        </div>
    }
    .into_any()
}
