//! Step 4: all ports of the task in one table.

use super::Go;
use crate::wizard::{
    state::Wizard,
    widgets::{
        Card, Cards, Cell, StepForm, icon, list_help, loose, message_row, number, op_button, options, reactive, remove_button, rest, served, settings_of_all,
        step_name,
    },
};
use leptos::prelude::*;
use taskdef::{
    Draft, Lang, Launch, Step,
    document::{pointer::field_id, view},
    questions::{Action, List, MOST_ROWS, NETWORK_MODE, Port, Question, network_modes},
};

/// Which rows there are: container, mappings, and whether a host port is written or asked for.
#[derive(Clone, PartialEq)]
struct Shape {
    counts: Vec<usize>,
    host: bool,
}

pub fn page(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    let shape = Memo::new(move |_| {
        w.draft.with(|d| {
            let list = view::containers(d.definition());
            let bridge = matches!(d.definition().get("networkMode").and_then(|v| v.as_str()), None | Some("bridge")) && d.launch() != Some(Launch::Fargate);
            let written = list.iter().any(|c| c.list("portMappings").iter().any(|p| p.get("hostPort").is_some()));
            Shape { counts: list.iter().map(|c| c.list("portMappings").len()).collect(), host: bridge || written }
        })
    });
    let body = reactive(move || {
        let shape = shape.get();
        let rows = shape.counts.iter().enumerate().flat_map(|(i, n)| (0..*n).map(move |j| (i, j)));
        rows.take(MOST_ROWS).map(|(i, j)| row(w, i, j, shape.host)).collect_view()
    });
    let adders = reactive(move || {
        let count = shape.with(|s| s.counts.len());
        if count == 0 {
            return view! { <p class="c-field__hint">{tr!(lang, ports.no_containers)}</p> }.into_any();
        }
        let button = |i: usize| op_button(Action::Add(List::PortMappings(i)), "plus", tr!(lang, ports.add, name = w.name_of(i)));
        let none = shape.with(|s| s.counts.iter().all(|n| *n == 0));
        let none = none.then(|| view! { <p class="c-field__hint">{tr!(lang, ports.may_be_none)}</p> });
        view! { <div class="l-stack" data-gap="4">{none}<div class="l-row">{(0..count).map(button).collect_view()}</div></div> }.into_any()
    });
    let heads = reactive(move || {
        let host = shape.with(|s| s.host).then(|| tr!(lang, ports.host));
        let all = [Some(tr!(lang, ports.container)), Some(tr!(lang, ports.port)), host, Some(tr!(lang, ports.protocol)), Some(tr!(lang, ports.name))];
        all.into_iter().flatten().map(|h| view! { <th role="columnheader" scope="col">{h}</th> }).collect_view()
    });
    let questions = view! {
        <div class="l-stack">
            {network(w)}
            <div>
                <table class="c-rows" data-cols=move || if shape.with(|s| s.host) { "ports-host" } else { "ports" } role="table" hidden=move || shape.with(|s| s.counts.iter().all(|n| *n == 0))>
                    <caption class="u-vh">{tr!(lang, ports.caption)}</caption>
                    <thead role="rowgroup"><tr role="row">{heads}<th role="columnheader" scope="col"><span class="u-vh">{tr!(lang, common.remove)}</span></th></tr></thead>
                    <tbody role="rowgroup">{body}</tbody>
                </table>
                {rest(w, move || shape.with(|s| s.counts.iter().sum()))}
                {adders}
                {list_help(lang, List::PortMappings(0), tr!(lang, ports.caption))}
            </div>
            <div class="c-notice" data-variant="info">{icon("info", 20)}<p>{reactive(move || w.draft.with(|d| shared(lang, d)))}</p></div>
            <details class="c-more"><summary>{icon("right", 16)}{tr!(lang, ports.who)}</summary><div class="c-more__body"><p>{tr!(lang, ports.who_p)}</p></div></details>
            {settings_of_all(w, Step::Ports)}
            {loose(w)}
        </div>
    }
    .into_any();
    StepForm { lead: Some(tr!(lang, ports.lead)), help: vec![tr!(lang, ports.help1)], ..StepForm::new(step_name(lang, Step::Ports).into_any(), questions) }
        .view(w, go)
}

/// How the task connects to the network: a question, or on Fargate, which takes one mode alone, what it is.
fn network(w: Wizard) -> AnyView {
    let lang = w.lang;
    let launch = Memo::new(move |_| w.draft.with(|d| d.launch().map_or("", Launch::as_str).to_owned()));
    let question = move || {
        let launch = launch.get();
        let modes = untrack(|| w.draft.with(network_modes));
        let mode: Question = NETWORK_MODE.parse().ok()?;
        let now = untrack(|| w.rendered(mode));
        if launch == Launch::Fargate.as_str() && now == "awsvpc" {
            let html = format!("<p class=\"c-field__label\">{}</p><p class=\"c-field__hint\">{}</p>", tr!(lang, ports.fixed), tr!(lang, ports.fixed_p));
            return Some(view! { <div id=field_id(NETWORK_MODE) tabindex="-1" inner_html=html></div> }.into_any());
        }
        if launch.is_empty() && now.is_empty() {
            return None;
        }
        let card = |value: &str| {
            let (title, hint) = match value {
                "awsvpc" => (tr!(lang, ports.awsvpc), tr!(lang, ports.awsvpc_hint)),
                "bridge" => (tr!(lang, ports.bridge), tr!(lang, ports.bridge_hint)),
                "host" => (tr!(lang, ports.host_mode), tr!(lang, ports.host_mode_hint)),
                "none" => (tr!(lang, ports.none), tr!(lang, ports.none_hint)),
                "" => (tr!(lang, ports.no_mode), tr!(lang, ports.no_mode_hint)),
                // What AWS does not take is shown as it is, so that nothing changes unasked.
                other => return Card { value: other.to_owned(), title: tr!(lang, common.current_value, value = other), ..Card::default() },
            };
            Card { value: value.to_owned(), title: title.to_owned(), hint: Some(hint.to_owned()), ..Card::default() }
        };
        let mut cards: Vec<Card> = modes.iter().map(|mode| card(mode)).collect();
        if !modes.contains(&now.as_str()) {
            cards.push(card(&now));
        }
        Some(Cards { question: mode, legend: tr!(lang, ports.network).into(), hint: None, pair: true, rows: false, cards }.view(w))
    };
    let capacity = move || (launch.get() == Launch::Ec2.as_str()).then(|| served(w, "room".into(), "c-field__hint", move || room(w)));
    view! { <div class="l-stack" data-gap="3" id="g-network">{reactive(question)}{reactive(capacity)}</div> }.into_any()
}

/// How many tasks the instances have room for, in an element that is there even where that is not known.
fn room(_w: Wizard) -> String {
    #[cfg(feature = "ssr")]
    {
        format!("<div>{}</div>", _w.draft.with(|d| crate::markup::room(_w.lang, d)))
    }
    #[cfg(not(feature = "ssr"))]
    String::new()
}

/// How the containers reach each other and are reached, which the network mode decides.
fn shared(lang: Lang, d: &Draft) -> &'static str {
    let mode = d.definition().get("networkMode").and_then(|v| v.as_str());
    match (d.launch(), mode) {
        (Some(Launch::Fargate) | None, _) => tr!(lang, ports.shared),
        (_, Some("awsvpc")) | (Some(Launch::ManagedInstances), None) => tr!(lang, ports.shared_ec2),
        (_, Some("host")) => tr!(lang, ports.shared_host),
        (_, Some("none")) => tr!(lang, ports.shared_none),
        _ => tr!(lang, ports.shared_bridge),
    }
}

fn row(w: Wizard, i: usize, j: usize, host: bool) -> AnyView {
    let lang = w.lang;
    let at = |question: Port| Question::Port(i, j, question);
    let name = untrack(|| w.name_of(i));
    let of = |label: &'static str| {
        if j == 0 {
            tr!(lang, ports.of, label = label, name = name.as_str())
        } else {
            format!("{} {}", tr!(lang, ports.of, label = label, name = name.as_str()), j + 1)
        }
    };
    let cell = |question: Port, label: &'static str, numeric: bool| {
        let heading = if question == Port::Name { format!("{label} {}", tr!(lang, common.optional)) } else { label.to_owned() };
        Cell { question: at(question), label: of(label), heading, numeric }.view(w)
    };
    let protocol = at(Port::Protocol).to_string();
    let now = untrack(|| w.rendered(at(Port::Protocol)));
    let choices = vec![(String::new(), vec![("tcp".to_owned(), "TCP".to_owned()), ("udp".to_owned(), "UDP".to_owned())])];
    let port = untrack(|| w.rendered(at(Port::ContainerPort)));
    let mut told = vec![at(Port::ContainerPort), at(Port::Protocol), at(Port::Name)];
    if host {
        told.push(at(Port::HostPort));
    }
    let number_of = untrack(|| w.draft.with(|d| d.container_number(i)));
    view! {
        <tr role="row">
            <td role="cell"><div class="c-rows__who">{number(number_of)}<span>{name.clone()}</span></div></td>
            {cell(Port::ContainerPort, tr!(lang, ports.port), true)}
            {host.then(|| cell(Port::HostPort, tr!(lang, ports.host), true))}
            <td role="cell" data-label=tr!(lang, ports.protocol)>
                <div class="c-select">
                    <select id=field_id(&protocol) name=protocol.clone() data-field=protocol.clone() aria-label=of(tr!(lang, ports.protocol))>{options(w, choices, &now)}</select>
                    {icon("down", 20)}
                </div>
            </td>
            {cell(Port::Name, tr!(lang, ports.name), false)}
            <td role="cell">{remove_button(List::PortMappings(i), j, tr!(lang, ports.remove, port = port, name = name.as_str()))}</td>
        </tr>
        {message_row(w, told, 6)}
    }
    .into_any()
}
