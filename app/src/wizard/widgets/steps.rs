//! The list of the seven steps and the cost below it.

use super::{deferred, icon, reactive};
use crate::{address::Page, wizard::state::Wizard};
use leptos::prelude::*;
use taskdef::{Lang, Step, step::StepState};

/// A step's name.
pub fn step_name(lang: Lang, step: Step) -> &'static str {
    match step {
        Step::Cluster => tr!(lang, common.step_cluster),
        Step::Size => tr!(lang, common.step_size),
        Step::Containers => tr!(lang, common.step_containers),
        Step::Ports => tr!(lang, common.step_ports),
        Step::Health => tr!(lang, common.step_health),
        Step::Logs => tr!(lang, common.step_logs),
        Step::Review => tr!(lang, common.step_review),
    }
}

/// The navigation; one list for every width.
pub fn step_list(w: Wizard) -> AnyView {
    let lang = w.lang;
    view! { <nav class="c-steps" aria-label=tr!(lang, common.steps)>{deferred(w, move || inside(w))}</nav> }.into_any()
}

fn inside(w: Wizard) -> AnyView {
    let lang = w.lang;
    let states = Memo::new(move |_| w.steps());
    let now = move || w.page.get().step();
    let attr = move |step: Step| {
        let current = now() == step;
        match states.with(|s| s[step as usize]) {
            StepState::Attention => "attention",
            _ if current => "active",
            StepState::Done => "done",
            StepState::Filled => "filled",
            StepState::FillIn => "fill-in",
            StepState::Todo => "todo",
        }
    };
    let items = Step::ALL.map(|step| {
        let page = if step == Step::Health { Page::Health(0) } else { Page::Step(step) };
        let mark = reactive(move || match attr(step) {
            "done" => icon("check", 16),
            "attention" => icon("alert", 20),
            _ => step.number().into_any(),
        });
        let words = reactive(move || match attr(step) {
            "done" => tr!(lang, common.state_done),
            "filled" => tr!(lang, common.state_filled),
            "fill-in" => tr!(lang, common.state_fill_in),
            "attention" => tr!(lang, common.state_attention),
            "active" => tr!(lang, common.state_active),
            _ => tr!(lang, common.state_todo),
        });
        view! {
            <li data-state=move || attr(step)>
                <a href=w.href(page) aria-current=move || (now() == step).then_some("step")>
                    <span class="c-steps__n" aria-hidden="true">{mark}</span>
                    <span><span class="u-vh">{step.number()}" "</span>{step_name(lang, step)}" "<span class="c-steps__state">{words}</span></span>
                </a>
            </li>
        }
    });
    let bars = Step::ALL.map(|step| view! { <i data-state=move || attr(step)></i> });
    let cost = reactive(move || {
        w.answer.with(|a| a.cost.clone()).map(|cost| {
            view! {
                <p class="c-steps__foot">
                    <span>{tr!(lang, common.cost_estimated)}</span>
                    <span><b>"US$"{cost.hour}</b>" "{tr!(lang, common.an_hour)}</span>
                </p>
            }
        })
    });
    view! {
        <details>
            <summary class="c-steps__sum">
                <span>{reactive(move || tr!(lang, common.step_of, n = now().number()))}</span>
                <b>{reactive(move || step_name(lang, now()))}</b>
                <span class="u-vh">{tr!(lang, common.all_steps)}</span>
                {icon("down", 20)}
            </summary>
        </details>
        <div class="c-steps__bar" aria-hidden="true">{bars.collect_view()}</div>
        <ol>{items.collect_view()}</ol>
        {cost}
    }
    .into_any()
}
