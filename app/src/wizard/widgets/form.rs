//! The form of a step: posts without JavaScript, and with it changes the draft while one types.

use super::{
    events::{light, listen, pressed, typed},
    icon, reactive, step_name,
    summary::summary,
};
use crate::{
    address::Page,
    wizard::{
        press::{Go, act},
        state::Wizard,
    },
};
use leptos::{ev, prelude::*};

/// Main part of a page: Back, summary, heading, the form around the questions, actions, help.
pub struct StepForm {
    /// The heading.
    pub heading: AnyView,
    /// A sentence below it.
    pub lead: Option<&'static str>,
    /// The line above it; without one, which of the seven steps this is.
    pub kicker: Option<String>,
    /// What the form asks.
    pub questions: AnyView,
    /// The buttons at its end; without any, Continue and Exit.
    pub actions: Option<AnyView>,
    /// Paragraphs of the help at the end of the page.
    pub help: Vec<&'static str>,
}

impl StepForm {
    /// The form of a whole step.
    pub fn new(heading: AnyView, questions: AnyView) -> StepForm {
        StepForm { heading, lead: None, kicker: None, questions, actions: None, help: Vec::new() }
    }

    /// As a view.
    pub fn view(self, w: Wizard, go: Go) -> AnyView {
        let StepForm { heading, lead, kicker, questions, actions, help } = self;
        let lang = w.lang;
        let page = untrack(|| w.page.get());
        let step = page.step();
        let back = match page {
            Page::Container(_) => Some(taskdef::Step::Containers),
            page => page.step().previous(),
        };
        let back = match back {
            Some(taskdef::Step::Health) => (w.href(Page::Health(0)), step_name(lang, taskdef::Step::Health), false),
            Some(step) => (w.href(Page::Step(step)), step_name(lang, step), false),
            None => (format!("/{}", lang.as_str()), tr!(lang, common.home), true),
        };
        let kicker = kicker.unwrap_or_else(|| tr!(lang, common.step_of, n = step.number()));
        let next = reactive(move || {
            let count = w.draft.with(|d| taskdef::document::view::containers(d.definition()).len());
            match page.next(count) {
                Page::Health(i) if i > 0 => {
                    let name = w.draft.with(|d| taskdef::document::view::containers(d.definition()).get(i).map(|c| c.name().to_owned())).unwrap_or_default();
                    tr!(lang, health.next_container, name = name)
                }
                other => tr!(lang, common.go_on, step = step_name(lang, other.step())),
            }
        });
        let actions = actions.unwrap_or_else(|| {
            view! {
                <div class="c-actions">
                    <button class="c-btn" data-variant="primary" name="op" value="">{next}{icon("arrow", 20)}</button>
                    <button class="c-btn" data-variant="quiet" name="op" value="exit" formnovalidate=true>{tr!(lang, common.exit)}</button>
                </div>
            }
            .into_any()
        });
        let help = (!help.is_empty()).then(|| {
            view! {
                <details class="c-more" data-variant="help">
                    <summary>{icon("right", 16)}{tr!(lang, common.help)}</summary>
                    <div class="c-more__body">{help.into_iter().map(|p| view! { <p>{p}</p> }).collect_view()}</div>
                </details>
            }
        });
        let submit = move |ev: ev::SubmitEvent| {
            ev.prevent_default();
            if let Some(action) = pressed(&ev) {
                act(w, go, &action);
            }
        };
        listen(w);
        let action = w.href(page);
        view! {
            <main id="main">
                <a class="c-back" href=back.0 rel=back.2.then_some("external")>{icon("left", 16)}{tr!(lang, common.back, step = back.1)}</a>
                {summary(w)}
                <div class="c-title"><p class="c-title__n">{kicker}</p><h1 tabindex="-1">{heading}</h1>{lead.map(|lead| view! { <p>{lead}</p> })}</div>
                <form id="step" method="post" action=action novalidate=true
                    on:submit=submit
                    on:input=move |ev| typed(w, &ev, false)
                    on:compositionend=move |ev| typed(w, &ev, false)
                    on:change=move |ev| typed(w, &ev, true)
                    on:focusin=move |ev| light(w, &ev)>
                    <button class="u-vh" name="op" value="" tabindex="-1" aria-hidden="true">{tr!(lang, common.go_on, step = "")}</button>
                    <input type="hidden" name="rev" value=move || w.answer.with(|a| a.revision) />
                    {questions}
                    {actions}
                </form>
                {help}
            </main>
        }
        .into_any()
    }
}
