//! Step 5: the health check of one container.

use super::{Go, name_of};
use crate::{
    address::Page,
    markup,
    wizard::{
        state::Wizard,
        widgets::{
            Card, Cards, Field, Select, describedby, errors, extras, help, icon, invalid, loose, number, op_button, reactive, shown, step_form, step_name,
        },
    },
};
use leptos::prelude::*;
use taskdef::{
    Step,
    document::{pointer::field_id, view},
    grammar::health,
    questions,
};

pub fn page(w: Wizard, go: Go, index: usize) -> AnyView {
    let lang = w.lang;
    let count = untrack(|| w.draft.with(|d| view::containers(d.definition()).len()));
    let heading = step_name(lang, Step::Health).into_any();
    if count == 0 {
        let link = view! { <p><a href=w.href(Page::Step(Step::Containers))>{tr!(lang, health.no_containers)}</a></p> }.into_any();
        return step_form(w, go, heading, Some(tr!(lang, health.lead)), None, link, None, Vec::new());
    }
    let place = format!("/containerDefinitions/{index}/healthCheck");
    let kind_name = format!("{place}~kind");
    let card = |value: &'static str, title: &'static str, hint: Option<&'static str>| Card {
        value: value.into(),
        title: title.into(),
        hint: hint.map(Into::into),
        end: health::Tool::parse(value).map(|tool| Signal::derive(move || in_image(w, index, tool))),
        ..Card::default()
    };
    let mut curl = card("curl", tr!(lang, health.curl), Some(tr!(lang, health.curl_h)));
    curl.tag = Some(tr!(lang, health.tutorial));
    let kinds = Cards {
        name: kind_name.clone(),
        legend: tr!(lang, health.legend, name = untrack(|| name_of(w, index))),
        hint: None,
        place: place.clone(),
        pair: true,
        rows: false,
        cards: vec![
            curl,
            card("wget", tr!(lang, health.wget), Some(tr!(lang, health.wget_h))),
            card("bash", tr!(lang, health.bash), Some(tr!(lang, health.bash_h))),
            card("node", tr!(lang, health.node), Some(tr!(lang, health.node_h))),
            card("own", tr!(lang, health.own), Some(tr!(lang, health.own_h))),
            card("none", tr!(lang, health.none), Some(tr!(lang, health.none_h))),
        ],
    };
    let prefix = place.clone();
    let questions = view! {
        <div class="l-stack">
            {tabs(w, index, count)}
            {kinds.view(w)}
            <div class="l-stack" data-for="preset">{target(w, &place)}</div>
            <div class="l-stack" data-for="own">{own(w, &place)}</div>
            {timing(w, &place)}
            {(count > 1).then(|| order(w, index))}
            {loose(w, move |control| control.starts_with(&prefix) || control.contains("/dependsOn"))}
        </div>
    }
    .into_any();
    step_form(w, go, heading, Some(tr!(lang, health.lead)), None, questions, None, vec![tr!(lang, health.help1)])
}

/// Whether the image has a tool, in words, where the catalogue of images knows it.
fn in_image(w: Wizard, index: usize, tool: health::Tool) -> Option<String> {
    let has = w.answer.with(|a| a.tools.get(index).and_then(|of| of.get(tool as usize).copied().flatten()))?;
    Some(if has { tr!(w.lang, health.in_image) } else { tr!(w.lang, health.not_in_image) }.to_owned())
}

/// Links to the checks of the other containers.
fn tabs(w: Wizard, index: usize, count: usize) -> AnyView {
    let links = (0..count).map(|i| {
        let n = untrack(|| w.draft.with(|d| d.container_number(i)));
        view! { <a href=w.href(Page::Health(i)) aria-current=(i == index).then_some("page")>{number(n)}{reactive(move || name_of(w, i))}</a> }
    });
    view! { <nav class="c-toc" aria-label=tr!(w.lang, health.containers)>{links.collect_view()}</nav> }.into_any()
}

/// Port and path; the ports that the container declares are offered.
fn target(w: Wizard, place: &str) -> AnyView {
    let lang = w.lang;
    let port = format!("{place}~port");
    let index: usize = taskdef::document::pointer::tokens(place).get(1).and_then(|t| t.parse().ok()).unwrap_or(0);
    let ports = untrack(|| w.draft.with(|d| view::containers(d.definition()).get(index).map(|c| c.ports()).unwrap_or_default()));
    let mut offered: Vec<(String, String)> = ports.iter().map(|p| (p.to_string(), p.to_string())).collect();
    let now = untrack(|| w.rendered(&port));
    if offered.iter().all(|(v, _)| *v != now) {
        offered.push((now.clone(), now));
    }
    let port =
        Select { name: port, label: tr!(lang, health.port).into(), hint: None, place: format!("{place}/command"), groups: vec![(String::new(), offered)] };
    let path = Field {
        name: format!("{place}~path"),
        label: tr!(lang, health.path).into(),
        hint: Some(tr!(lang, health.path_hint).into()),
        code: true,
        ..Field::default()
    };
    view! { <div class="l-cols" data-n="pair">{port.view(w)}{path.view(w)}</div> }.into_any()
}

/// A command of one's own.
fn own(w: Wizard, place: &str) -> AnyView {
    let lang = w.lang;
    let name = format!("{place}~form");
    let mut forms = vec![("CMD-SHELL".to_owned(), tr!(lang, health.form_shell).to_owned()), ("CMD".to_owned(), tr!(lang, health.form_exec).to_owned())];
    if untrack(|| w.rendered(&name)) == "JSON" {
        forms.push(("JSON".to_owned(), tr!(lang, health.form_json).to_owned()));
    }
    let form = Select { name, label: tr!(lang, health.form).into(), hint: None, place: format!("{place}/command"), groups: vec![(String::new(), forms)] };
    let text = format!("{place}~text");
    let id = field_id(&text);
    let message = shown(w, &text);
    // A text area drops the first line break of its content, so one is given to be dropped.
    let value = format!("\n{}", untrack(|| w.rendered(&text)));
    view! {
        {form.view(w)}
        <div class="c-field">
            <label for=id.clone()>{tr!(lang, health.command)}</label>
            {errors(w, &text, message)}
            <textarea id=id name=text.clone() rows="3" data-code=true data-field=format!("{place}/command") spellcheck="false" autocomplete="off" autocapitalize="none"
                aria-describedby=describedby(&text, false, message) aria-invalid=invalid(message)>{value}</textarea>
            {extras(w, &text, message)}
        </div>
    }
    .into_any()
}

fn timing(w: Wizard, place: &str) -> AnyView {
    let lang = w.lang;
    let field = |key: &str, label: &'static str, unit: &'static str| {
        Field { name: format!("{place}/{key}"), label: label.into(), unit: Some(unit), ..Field::default() }.view(w)
    };
    let base = place.to_owned();
    let number = move |key: &str| {
        let typed = taskdef::grammar::amount::typed_number(&w.rendered(&format!("{base}/{key}")));
        typed.unwrap_or_else(|| questions::TIMING.iter().find(|(k, _)| *k == key).map_or(0, |(_, n)| *n)).clamp(0, 3600)
    };
    let (other, number) = (number.clone(), number);
    let third = number.clone();
    let noticed = reactive(move || tr!(lang, health.notice, n = health::seconds_to_notice(third("interval"), third("timeout"), third("retries"))));
    let drawn = move || markup::timeline(lang, other("interval").max(1), other("retries"), other("startPeriod"));
    let command = place.to_owned();
    let runs = move || w.draft.with(|d| taskdef::document::pointer::get(d.definition(), &format!("{command}/command")).map(ToString::to_string));
    let says = place.to_owned();
    let says = move || says_what(w, &says);
    let rehearsal = rehearsal(w, place, number);
    view! {
        <section class="l-section" data-for="check" aria-labelledby="time-h">
            <div class="c-head2"><h2 id="time-h">{tr!(lang, health.timing)}</h2></div>
            <div class="l-cols" data-n="4">
                {field("interval", tr!(lang, health.interval), tr!(lang, health.seconds))}
                {field("timeout", tr!(lang, health.timeout), tr!(lang, health.seconds))}
                {field("retries", tr!(lang, health.retries), tr!(lang, health.times))}
                {field("startPeriod", tr!(lang, health.start), tr!(lang, health.seconds))}
            </div>
            <div class="c-card l-stack" data-gap="4">
                <p><strong>{noticed}</strong></p>
                <div inner_html=drawn></div>
                {rehearsal}
                {reactive(move || runs().map(|text| view! { <p class="c-field__hint">{tr!(lang, health.runs)}</p><p class="c-code" data-wrap="" translate="no" lang="en">{text}</p><p class="c-field__hint">{says()}</p> }))}
            </div>
        </section>
    }
    .into_any()
}

/// Whom the container waits for.
fn order(w: Wizard, index: usize) -> AnyView {
    let lang = w.lang;
    let list = format!("/containerDefinitions/{index}/dependsOn");
    let at = list.clone();
    let count = Memo::new(move |_| w.draft.with(|d| taskdef::document::pointer::get(d.definition(), &at).and_then(|v| v.as_array()).map_or(0, Vec::len)));
    let add = format!("add:{list}");
    let help = help(lang, &list, tr!(lang, health.order));
    let rows = reactive(move || (0..count.get()).map(|j| wait(w, &list, index, j)).collect_view());
    view! {
        <section class="l-section" aria-labelledby="order-h">
            <div class="c-head2"><h2 id="order-h">{tr!(lang, health.order)}</h2><p>{reactive(move || tr!(lang, health.order_p, name = name_of(w, index)))}</p></div>
            <div class="l-stack" data-gap="4">{rows}<div class="l-row">{op_button(add, "plus", tr!(lang, health.order_add).to_owned())}</div>{help}</div>
        </section>
    }
    .into_any()
}

/// One container that is waited for, and until when.
fn wait(w: Wizard, list: &str, index: usize, j: usize) -> AnyView {
    let lang = w.lang;
    let at = |key: &str| format!("{list}/{j}/{key}");
    let select = |key: &str, label: &'static str, options: Vec<(String, String)>| {
        Select { name: at(key), label: label.into(), hint: None, place: at(key), groups: vec![(String::new(), options)] }.view(w)
    };
    let others =
        untrack(|| w.draft.with(|d| view::containers(d.definition()).iter().filter(|c| c.index != index).map(|c| c.name().to_owned()).collect::<Vec<_>>()));
    let others = others.into_iter().map(|name| (name.clone(), name)).collect();
    let until = [
        ("START", tr!(lang, health.order_start)),
        ("HEALTHY", tr!(lang, health.order_healthy)),
        ("COMPLETE", tr!(lang, health.order_complete)),
        ("SUCCESS", tr!(lang, health.order_success)),
    ];
    let until = until.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec();
    let remove = format!("{} {}", tr!(lang, common.remove), tr!(lang, common.row, label = tr!(lang, health.order), n = j + 1));
    view! {
        <div class="c-wait">
            {select("containerName", tr!(lang, health.order_who), others)}
            {select("condition", tr!(lang, health.order_until), until)}
            <button class="c-icon" name="op" value=format!("remove:{list}/{j}") formnovalidate=true aria-label=remove>{icon("x", 20)}</button>
        </div>
    }
    .into_any()
}

/// What the command does, in a sentence.
fn says_what(w: Wizard, place: &str) -> String {
    let lang = w.lang;
    let port = w.rendered(&format!("{place}~port"));
    match health::Tool::parse(&w.rendered(&format!("{place}~kind"))) {
        Some(health::Tool::Curl) => tr!(lang, health.says_curl, port = port),
        Some(health::Tool::Wget) => tr!(lang, health.says_wget, port = port),
        Some(health::Tool::Bash) => tr!(lang, health.says_bash, port = port),
        Some(health::Tool::Node) => tr!(lang, health.says_node, port = port),
        None => tr!(lang, health.says_own).to_owned(),
    }
}

/// What happens when the container breaks, one line after the other; opening it plays them and the timeline above.
fn rehearsal(w: Wizard, place: &str, number: impl Fn(&str) -> u64 + Clone + Send + Sync + 'static) -> AnyView {
    let lang = w.lang;
    let index: usize = taskdef::document::pointer::tokens(place).get(1).and_then(|t| t.parse().ok()).unwrap_or(0);
    let lines = move || {
        let name = name_of(w, index);
        let essential = w.draft.with(|d| view::containers(d.definition()).get(index).is_none_or(|c| c.essential()));
        let (retries, notice) = (number("retries"), health::seconds_to_notice(number("interval"), number("timeout"), number("retries")));
        let grace = number("startPeriod");
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
