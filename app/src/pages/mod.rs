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
    parts::{act, icon},
    state::{SaveState, Wizard},
};
use leptos::prelude::*;
use taskdef::{Step, view};

type Go = Callback<(String,)>;

/// The page that an address names. A container that is not there leads to the list.
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

/// A container's name, or its number while it has none.
pub fn name_of(w: Wizard, index: usize) -> String {
    w.draft.with(|d| {
        let name = view::containers(d.definition()).get(index).map(|c| c.name().to_owned()).unwrap_or_default();
        if name.is_empty() { tr!(w.lang, common.unnamed, n = d.container_number(index)) } else { name }
    })
}

/// A notice above the page when saving needs the person.
pub fn trouble(w: Wizard) -> AnyView {
    let lang = w.lang;
    (move || {
        (w.save.get() == SaveState::Conflict).then(|| {
            let mine = move |_| {
                leptos::task::spawn_local(async move {
                    if let Err(crate::live::LiveError::Conflict(revision, _)) = probe(w).await {
                        w.answer.update(|a| a.revision = revision);
                        w.save.set(SaveState::Saving);
                        w.flush().await;
                    }
                });
            };
            let theirs = move |_| {
                leptos::task::spawn_local(async move {
                    if let Err(crate::live::LiveError::Conflict(revision, text)) = probe(w).await
                        && let Ok(draft) = taskdef::Draft::parse(&text)
                    {
                        w.draft.set(draft);
                        w.answer.update(|a| a.revision = revision);
                        w.save.set(SaveState::Saving);
                        w.flush().await;
                    }
                });
            };
            view! {
                <div class="c-notice" data-variant="warn" role="alert">
                    {icon("alert", 20)}
                    <h2>{tr!(lang, share.conflict)}</h2>
                    <p>{tr!(lang, share.conflict_p)}</p>
                    <div class="c-fixes">
                        <button class="c-fix" type="button" on:click=mine><span>{tr!(lang, share.mine)}</span></button>
                        <button class="c-fix" type="button" on:click=theirs><span>{tr!(lang, share.use_theirs)}</span></button>
                    </div>
                </div>
            }
        })
    })
    .into_any()
}

/// Asks once more, to learn how the other side's draft stands.
async fn probe(w: Wizard) -> Result<crate::model::Answer, crate::live::LiveError> {
    let text = w.draft.with_untracked(taskdef::Draft::to_text);
    let base = w.answer.with_untracked(|a| a.revision);
    crate::live::save_draft(w.token.get_value(), w.lang, base, text).await
}

/// The sticky strip with what is left of the task, on the containers pages at small widths.
pub fn strip(w: Wizard) -> AnyView {
    let lang = w.lang;
    (move || {
        (w.page.get().step() == Step::Containers).then(|| {
            let (cpu, memory) = w.draft.with(|d| view::shares(d.definition()));
            let part = |label: &'static str, share: view::Share| {
                let figures = match share.total {
                    Some(total) => format!("{}/{}", crate::visual::grouped(share.used()), crate::visual::grouped(total)),
                    None => crate::visual::grouped(share.used()),
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
    .into_any()
}

/// What was removed can be brought back.
pub fn undo(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    (move || {
        w.undo.with(Option::is_some).then(|| {
            view! {
                <section class="c-toast" aria-label=tr!(lang, common.undo)>
                    <span>{tr!(lang, common.removed)}</span>
                    <button class="c-btn" data-size="small" type="button" on:click=move |_| act(w, go, "undo")>{tr!(lang, common.undo)}</button>
                </section>
            }
        })
    })
    .into_any()
}
