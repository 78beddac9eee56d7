//! The start order: which containers a container waits for, and until when.

use crate::wizard::{
    state::Wizard,
    widgets::{Select, list_help, op_button, reactive, remove_button, row_count},
};
use leptos::prelude::*;
use taskdef::{
    document::view,
    questions::{Action, Dependency, List, Question},
};

/// Which containers the container waits for.
pub fn order(w: Wizard, index: usize) -> AnyView {
    let lang = w.lang;
    let list = List::DependsOn(index);
    let count = row_count(w, list);
    let help = list_help(lang, list, tr!(lang, health.order));
    let rows = reactive(move || (0..count.get()).map(|j| wait(w, index, j)).collect_view());
    view! {
        <section class="l-section" aria-labelledby="order-h">
            <div class="c-head2"><h2 id="order-h">{tr!(lang, health.order)}</h2><p>{reactive(move || tr!(lang, health.order_p, name = w.name_of(index)))}</p></div>
            <div class="l-stack" data-gap="4">{rows}<div class="l-row">{op_button(Action::Add(list), "plus", tr!(lang, health.order_add).to_owned())}</div>{help}</div>
        </section>
    }
    .into_any()
}

/// One container that is waited for, and until when.
fn wait(w: Wizard, index: usize, j: usize) -> AnyView {
    let lang = w.lang;
    let select = |question: Dependency, label: &'static str, options: Vec<(String, String)>| {
        let question = Question::Dependency(index, j, question);
        Select { question, label: label.into(), hint: None, groups: vec![(String::new(), options)] }.view(w)
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
            {select(Dependency::ContainerName, tr!(lang, health.order_who), others)}
            {select(Dependency::Condition, tr!(lang, health.order_until), until)}
            {remove_button(List::DependsOn(index), j, remove)}
        </div>
    }
    .into_any()
}
