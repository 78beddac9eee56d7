//! Step 3, one container: name, image, share of the task, variables, secrets, what happens if it stops.

use super::Go;
use crate::wizard::{
    state::Wizard,
    widgets::{Card, Cards, Field, Scope, StepForm, bars, icon, inspect, list_help, loose, op_button, reactive, rows, settings},
};
use leptos::prelude::*;
use taskdef::{
    Step,
    questions::{Action, Container, List, Question},
};

pub fn page(w: Wizard, go: Go, index: usize) -> AnyView {
    let lang = w.lang;
    let at = |question: Container| Question::Container(index, question);
    let name = Field { hint: Some(tr!(lang, containers.name_hint).into()), width: "20", ..Field::new(at(Container::Name), tr!(lang, containers.name)) };
    let image = Field { hint: Some(tr!(lang, containers.image_hint).into()), code: true, ..Field::new(at(Container::Image), tr!(lang, containers.image)) };
    let number = |question: Container, label: &'static str, hint: &'static str, unit: &'static str| Field {
        hint: Some(hint.into()),
        unit: Some(unit),
        optional: true,
        ..Field::new(at(question), label)
    };
    let cpu = number(Container::Cpu, tr!(lang, common.cpu), tr!(lang, containers.cpu_hint), tr!(lang, common.units));
    let soft = number(Container::MemoryReservation, tr!(lang, containers.soft), tr!(lang, containers.soft_hint), "MiB");
    let hard = number(Container::Memory, tr!(lang, containers.hard), tr!(lang, containers.hard_hint), "MiB");
    let section = |id: &'static str, title: &'static str, hint: &'static str, body: AnyView| {
        view! {
            <section class="l-section" aria-labelledby=id>
                <div class="c-head2"><h2 id=id>{title}</h2><p>{hint}</p></div>
                <div class="l-stack" data-gap="5">{body}</div>
            </section>
        }
    };
    let share = view! { <div class="c-card">{bars(w)}</div>{cpu.view(w)}{soft.view(w)}{hard.view(w)} }.into_any();
    let essential = Cards {
        question: at(Container::Essential),
        legend: tr!(lang, containers.essential).into(),
        hint: None,
        pair: true,
        rows: false,
        cards: vec![
            Card {
                value: "true".into(),
                title: tr!(lang, containers.ess_yes).into(),
                hint: Some(tr!(lang, containers.ess_yes_hint).into()),
                ..Card::default()
            },
            Card { value: "false".into(), title: tr!(lang, containers.ess_no).into(), hint: Some(tr!(lang, containers.ess_no_hint).into()), ..Card::default() },
        ],
    };
    let questions = view! {
        <div class="l-stack" data-gap="7">
            <div class="l-stack">{name.view(w)}{image.view(w)}{inspect(w)}</div>
            {section("share-part", tr!(lang, containers.share), tr!(lang, containers.share_hint), share)}
            {section("env-part", tr!(lang, containers.env), tr!(lang, containers.env_hint), variables(w, index))}
            {section("sec-part", tr!(lang, containers.secrets), tr!(lang, containers.secrets_hint), secrets(w, index))}
            <section class="l-section" aria-label=tr!(lang, containers.if_stops)>{essential.view(w)}</section>
            {settings(w, Scope { step: Step::Containers, container: Some(index) })}
            {loose(w)}
        </div>
    }
    .into_any();
    let actions = view! {
        <div class="c-actions">
            <button class="c-btn" data-variant="primary" name="op" value="">{icon("check", 20)}{tr!(lang, containers.done)}</button>
            <button class="c-btn" data-variant="quiet" name="op" value=Action::Remove(List::Containers, index).to_string() formnovalidate=true>{tr!(lang, containers.remove)}</button>
        </div>
    }
    .into_any();
    let heading = reactive(move || w.name_of(index));
    let kicker = tr!(lang, containers.kicker, n = index + 1);
    StepForm { kicker: Some(kicker), actions: Some(actions), ..StepForm::new(heading, questions) }.view(w, go)
}

fn variables(w: Wizard, index: usize) -> AnyView {
    let lang = w.lang;
    let list = List::Environment(index);
    let labels = [tr!(lang, containers.env_name), tr!(lang, containers.env_value)];
    view! {
        <div>
            {rows(w, list, tr!(lang, containers.env), labels)}
            <div class="l-row">{op_button(Action::Add(list), "plus", tr!(lang, containers.env_add).to_owned())}</div>
            <details class="c-more">
                <summary>{icon("right", 16)}{tr!(lang, containers.env_paste)}</summary>
                <div class="c-more__body l-stack" data-gap="3">
                    <div class="c-field">
                        <label for="f-dotenv">{tr!(lang, containers.env_paste_label)}</label>
                        <textarea id="f-dotenv" name="dotenv" rows="4" data-code=true spellcheck="false" autocomplete="off" autocapitalize="none"></textarea>
                    </div>
                    <div class="l-row">{op_button(Action::PasteEnv(index), "plus", tr!(lang, containers.env_paste_do).to_owned())}</div>
                </div>
            </details>
            {list_help(lang, list, tr!(lang, containers.env))}
        </div>
    }
    .into_any()
}

fn secrets(w: Wizard, index: usize) -> AnyView {
    let lang = w.lang;
    let list = List::Secrets(index);
    let labels = [tr!(lang, containers.env_name), tr!(lang, containers.secret_from)];
    view! {
        <div>
            {rows(w, list, tr!(lang, containers.secrets), labels)}
            <div class="l-row">{op_button(Action::Add(list), "plus", tr!(lang, containers.secret_add).to_owned())}</div>
            {list_help(lang, list, tr!(lang, containers.secrets))}
        </div>
    }
    .into_any()
}
