//! Step 3, one container: name, image, share of the task, variables, secrets, what happens if it stops.

use super::{Go, name_of};
use crate::wizard::{
    state::Wizard,
    widgets::{Card, Cards, Column, Field, bars, help, icon, loose, op_button, reactive, rows, step_form},
};
use leptos::prelude::*;

pub fn page(w: Wizard, go: Go, index: usize) -> AnyView {
    let lang = w.lang;
    let place = format!("/containerDefinitions/{index}");
    let at = |key: &str| format!("{place}/{key}");
    let name = Field {
        name: at("name"),
        label: tr!(lang, containers.name).into(),
        hint: Some(tr!(lang, containers.name_hint).into()),
        width: "20",
        ..Field::default()
    };
    let image = Field {
        name: at("image"),
        label: tr!(lang, containers.image).into(),
        hint: Some(tr!(lang, containers.image_hint).into()),
        code: true,
        ..Field::default()
    };
    let number = |key: &str, label: &'static str, hint: &'static str, unit: &'static str| Field {
        name: at(key),
        label: label.into(),
        hint: Some(hint.into()),
        unit: Some(unit),
        optional: true,
        ..Field::default()
    };
    let cpu = number("cpu", tr!(lang, common.cpu), tr!(lang, containers.cpu_hint), tr!(lang, common.units));
    let soft = number("memoryReservation", tr!(lang, containers.soft), tr!(lang, containers.soft_hint), "MiB");
    let hard = number("memory", tr!(lang, containers.hard), tr!(lang, containers.hard_hint), "MiB");
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
        name: at("essential"),
        legend: tr!(lang, containers.essential).into(),
        hint: None,
        place: at("essential"),
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
    let prefix = place.clone();
    let questions = view! {
        <div class="l-stack" data-gap="7">
            <div class="l-stack">{name.view(w)}{image.view(w)}</div>
            {section("share-part", tr!(lang, containers.share), tr!(lang, containers.share_hint), share)}
            {section("env-part", tr!(lang, containers.env), tr!(lang, containers.env_hint), variables(w, &place))}
            {section("sec-part", tr!(lang, containers.secrets), tr!(lang, containers.secrets_hint), secrets(w, &place))}
            <section class="l-section" aria-label=tr!(lang, containers.if_stops)>{essential.view(w)}</section>
            {loose(w, move |control| control.starts_with(&prefix))}
        </div>
    }
    .into_any();
    let actions = view! {
        <div class="c-actions">
            <button class="c-btn" data-variant="primary" name="op" value="">{icon("check", 20)}{tr!(lang, containers.done)}</button>
            <button class="c-btn" data-variant="quiet" name="op" value=format!("remove:{place}") formnovalidate=true>{tr!(lang, containers.remove)}</button>
        </div>
    }
    .into_any();
    let heading = reactive(move || name_of(w, index));
    let kicker = tr!(lang, containers.kicker, n = index + 1);
    step_form(w, go, heading, None, Some(kicker), questions, Some(actions), Vec::new())
}

fn variables(w: Wizard, place: &str) -> AnyView {
    let lang = w.lang;
    let list = format!("{place}/environment");
    let columns = [
        Column { key: "name", label: tr!(lang, containers.env_name), numeric: false },
        Column { key: "value", label: tr!(lang, containers.env_value), numeric: false },
    ];
    view! {
        <div>
            {rows(w, list.clone(), tr!(lang, containers.env), columns)}
            <div class="l-row">{op_button(format!("add:{list}"), "plus", tr!(lang, containers.env_add).to_owned())}</div>
            <details class="c-more">
                <summary>{icon("right", 16)}{tr!(lang, containers.env_paste)}</summary>
                <div class="c-more__body l-stack" data-gap="3">
                    <div class="c-field">
                        <label for="f-dotenv">{tr!(lang, containers.env_paste_label)}</label>
                        <textarea id="f-dotenv" name="dotenv" rows="4" data-code=true spellcheck="false" autocomplete="off" autocapitalize="none"></textarea>
                    </div>
                    <div class="l-row">{op_button(format!("dotenv:{list}"), "plus", tr!(lang, containers.env_paste_do).to_owned())}</div>
                </div>
            </details>
            {help(lang, &list, tr!(lang, containers.env))}
        </div>
    }
    .into_any()
}

fn secrets(w: Wizard, place: &str) -> AnyView {
    let lang = w.lang;
    let list = format!("{place}/secrets");
    let columns = [
        Column { key: "name", label: tr!(lang, containers.env_name), numeric: false },
        Column { key: "valueFrom", label: tr!(lang, containers.secret_from), numeric: false },
    ];
    view! {
        <div>
            {rows(w, list.clone(), tr!(lang, containers.secrets), columns)}
            <div class="l-row">{op_button(format!("add:{list}"), "plus", tr!(lang, containers.secret_add).to_owned())}</div>
            {help(lang, &list, tr!(lang, containers.secrets))}
        </div>
    }
    .into_any()
}
