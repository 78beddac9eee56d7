//! Step 3: the list of containers.

use super::Go;
use crate::{
    address::Page,
    markup::{colour, grouped},
    wire::FindingView,
    wizard::{
        actions::card_id,
        state::{Wizard, is_to_fill_in},
        widgets::{StepForm, deferred, errors, icon, number, reactive, shown, step_name},
    },
};
use leptos::prelude::*;
use taskdef::{
    Severity, Step,
    document::{pointer::field_id, view},
    questions::{Action, Control, List, MAX_CONTAINERS},
};

/// What a card of the list shows.
#[derive(Clone, PartialEq)]
struct Item {
    index: usize,
    count: usize,
    number: u64,
    name: String,
    image: String,
    ports: Vec<u64>,
    cpu: Option<u64>,
    memory: Option<u64>,
    essential: bool,
}

fn items(w: Wizard) -> Vec<Item> {
    w.draft.with(|d| {
        let list = view::containers(d.definition());
        list.iter()
            .map(|c| Item {
                index: c.index,
                count: list.len(),
                number: d.container_number(c.index),
                name: w.name_of(c.index),
                image: c.image().to_owned(),
                ports: c.ports(),
                cpu: c.number("cpu"),
                memory: c.reserved(),
                essential: c.essential(),
            })
            .collect()
    })
}

pub fn page(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    let list = Memo::new(move |_| items(w));
    let cards = move || reactive(move || list.get().into_iter().map(|item| card(w, item)).collect_view());
    let control = Control::Add(List::Containers);
    let (add, id) = (control.to_string(), control.id());
    let message = shown(w, control);
    let full = reactive(move || (list.with(Vec::len) >= MAX_CONTAINERS).then(|| view! { <p class="c-field__tip">{tr!(lang, containers.full)}</p> }));
    let none = reactive(move || list.with(Vec::is_empty).then(|| view! { <p class="c-field__hint">{tr!(lang, containers.empty)}</p> }));
    let questions = view! {
        <div class="l-stack" data-gap="3">
            {errors(w, &id, message)}
            {none}
            <ol class="c-list">{deferred(w, cards)}</ol>
            <button class="c-btn" data-variant="add" id=id name="op" value=add formnovalidate=true>{icon("plus", 20)}{tr!(lang, containers.add)}</button>
            {full}
        </div>
    }
    .into_any();
    let help = vec![tr!(lang, containers.help1), tr!(lang, containers.help2)];
    StepForm { lead: Some(tr!(lang, containers.lead)), help, ..StepForm::new(step_name(lang, Step::Containers).into_any(), questions) }.view(w, go)
}

fn wrong_in(finding: &FindingView, container: usize) -> bool {
    finding.severity == Severity::Error && Page::of_place(&finding.place) == Page::Container(container)
}

fn card(w: Wizard, item: Item) -> AnyView {
    let lang = w.lang;
    let id = card_id(item.index);
    let labelledby = id.clone();
    let button = |action: Action, words: &'static str| {
        let op = action.to_string();
        view! {
            <button class="c-btn" data-variant="quiet" data-size="small" id=field_id(&op) name="op" value=op formnovalidate=true>
                {words}<span class="u-vh">" "{item.name.clone()}</span>
            </button>
        }
    };
    // By itself, so that a new answer leaves the heading alone, which may have the focus.
    let errors = Memo::new(move |_| w.answer.with(|a| a.findings.iter().filter(|f| wrong_in(f, item.index)).count()));
    let to_fill_in = Memo::new(move |_| w.answer.with(|a| w.draft.with(|d| a.findings.iter().any(|f| is_to_fill_in(f, d, item.index)))));
    let tag = reactive(move || match errors.get() {
        0 if to_fill_in.get() => view! { <span class="c-tag">{icon("pencil", 16)}{tr!(lang, common.state_fill_in)}</span> },
        0 => view! { <span class="c-tag" data-variant="ok">{icon("check", 16)}{tr!(lang, containers.complete)}</span> },
        n => view! { <span class="c-tag" data-variant="danger">{icon("alert", 16)}{tr!(lang, containers.to_fix, n = n)}</span> },
    });
    let ports =
        if item.ports.is_empty() { tr!(lang, containers.none).to_owned() } else { item.ports.iter().map(u64::to_string).collect::<Vec<_>>().join(", ") };
    let figure = |n: Option<u64>| n.map_or_else(|| "–".to_owned(), grouped);
    let stops = if item.essential { tr!(lang, containers.task_stops) } else { tr!(lang, containers.others_run) };
    view! {
        <li>
            <article class="c-list__item" data-c=colour(item.number) aria-labelledby=labelledby>
                <div class="c-list__head">{number(item.number)}<h2 id=id tabindex="-1">{item.name.clone()}</h2>{tag}</div>
                <p class="c-list__img"><code class="u-code" translate="no" lang="en">{item.image.clone()}</code></p>
                <dl class="c-facts">
                    <div><dt>{tr!(lang, containers.port)}</dt><dd>{ports}</dd></div>
                    <div><dt>{tr!(lang, common.cpu)}</dt><dd>{figure(item.cpu)}" "<small>{tr!(lang, common.units)}</small></dd></div>
                    <div><dt>{tr!(lang, common.memory)}</dt><dd>{figure(item.memory)}" "<small>"MiB"</small></dd></div>
                    <div><dt>{tr!(lang, containers.if_stops)}</dt><dd>{stops}</dd></div>
                </dl>
                <div class="c-list__bar">
                    <a class="c-btn" data-variant="quiet" data-size="small" href=w.href(Page::Container(item.index))>{tr!(lang, containers.edit)}<span class="u-vh">" "{item.name.clone()}</span></a>
                    {button(Action::Duplicate(item.index), tr!(lang, containers.duplicate))}
                    {(item.index > 0).then(|| button(Action::Up(item.index), tr!(lang, containers.up)))}
                    {(item.index + 1 < item.count).then(|| button(Action::Down(item.index), tr!(lang, containers.down)))}
                    {button(Action::Remove(List::Containers, item.index), tr!(lang, common.remove))}
                </div>
            </article>
        </li>
    }
    .into_any()
}
