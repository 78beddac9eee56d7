//! The seven steps, one file each; `container` and `health` are pages of one container.

mod cluster;
mod container;
mod containers;
mod health;
mod logs;
mod ports;
mod review;
mod size;

use crate::{
    address::Page,
    wizard::{
        press::{Go, act},
        state::{SaveState, Wizard},
        widgets::{browser, icon, reactive},
    },
};
use leptos::prelude::*;
use taskdef::{Step, document::view, questions::Action};

/// The page that an address names. A container that does not exist leads to the list.
pub fn page(w: Wizard, go: Go, page: Page) -> AnyView {
    let count = untrack(|| w.draft.with(|d| view::containers(d.definition()).len()));
    match page {
        Page::Step(Step::Cluster) => cluster::page(w, go),
        Page::Step(Step::Size) => size::page(w, go),
        Page::Container(i) if i < count => container::page(w, go, i),
        Page::Step(Step::Ports) => ports::page(w, go),
        Page::Health(i) => health::page(w, go, i.min(count.saturating_sub(1))),
        Page::Step(Step::Logs) => logs::page(w, go),
        Page::Step(Step::Review) => review::page(w, go),
        _ => containers::page(w, go),
    }
}

/// A notice above the page when two people's answers clash; it leads to the page that shows both.
pub fn clash(w: Wizard) -> AnyView {
    let lang = w.lang;
    reactive(move || {
        (w.save.get() == SaveState::Conflict).then(|| {
            let action = w.token.with_value(|t| format!("/{}/d/{t}/conflict", lang.as_str()));
            view! {
                <form class="c-notice" data-variant="warn" role="alert" method="post" action=action on:submit=move |_| w.token.with_value(|t| browser::unstash(t))>
                    {icon("alert", 20)}
                    <h2>{tr!(lang, common.clash)}</h2>
                    <p>{tr!(lang, common.clash_p)}</p>
                    <input type="hidden" name="base" value=move || w.answer.with(|a| a.revision) />
                    <input type="hidden" name="mine" value=move || w.draft.with(taskdef::Draft::to_text) />
                    <div class="c-fixes"><button class="c-fix" name="op" value="open"><span>{tr!(lang, common.clash_compare)}</span></button></div>
                </form>
            }
        })
    })
}

/// The sticky strip with what is left of the task, on the containers pages at small widths.
pub fn strip(w: Wizard) -> AnyView {
    let lang = w.lang;
    reactive(move || {
        (w.page.get().step() == Step::Containers).then(|| {
            let (cpu, memory) = w.drawn.with(|d| view::shares(d.definition()));
            let part = |label: &'static str, share: view::Share| {
                let figures = match share.total {
                    Some(total) => format!("{}/{}", crate::markup::grouped(share.used()), crate::markup::grouped(total)),
                    None => crate::markup::grouped(share.used()),
                };
                view! { <span data-state=(share.over() > 0).then_some("over")>{label}" "<b>{figures}</b></span> }
            };
            view! {
                <section class="c-strip" aria-label=tr!(lang, common.resources)>
                    {part(tr!(lang, common.cpu), cpu)}{part(tr!(lang, common.memory), memory)}<a href="#preview" rel="external">"JSON"</a>
                </section>
            }
        })
    })
}

/// What was done, and the way back.
pub fn undo(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    reactive(move || {
        w.offered.get().map(|action| {
            let (done, back) = match action {
                Action::Redo => (tr!(lang, common.undone), tr!(lang, common.redo)),
                _ => (tr!(lang, common.done), tr!(lang, common.undo)),
            };
            view! {
                <section class="c-toast" aria-label=back>
                    <span>{move || w.told.get().unwrap_or_else(|| done.to_owned())}</span>
                    <button class="c-btn" data-size="small" data-script="" type="button" on:click=move |_| act(w, go, &action)>{back}</button>
                </section>
            }
        })
    })
}
