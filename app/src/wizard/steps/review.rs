//! Step 7: findings, answers, and what to take along.

use super::Go;
use crate::{
    address::Page,
    markup,
    wire::FindingView,
    wizard::{
        state::Wizard,
        widgets::{StepForm, about, browser, command, fixes, how, icon, leave, reactive},
    },
};
use leptos::prelude::*;
use taskdef::{Severity, Step, formats::export};

pub fn page(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    let link = move |page: Page| Some(w.href(page));
    let shown = move || w.choices.with_value(|choices| w.drawn.with(|d| markup::answers(lang, d, choices, link)));
    let questions = view! {
        <div class="l-stack" data-gap="7">
            <div class="l-stack" data-gap="5">{findings(w)}<div class="l-stack" data-gap="4" inner_html=shown></div></div>
            {export(w)}
            <section class="l-section" aria-labelledby="next-h">
                <h2 id="next-h">{tr!(lang, review.next)}</h2>
                <div class="l-stack" data-gap="4">
                    {command(lang, tr!(lang, review.cmd_run), move || Some(w.drawn.with(markup::run)))}
                    {command(lang, tr!(lang, review.cmd_clean), move || Some(w.drawn.with(markup::cleaning)))}
                </div>
            </section>
        </div>
    }
    .into_any();
    StepForm { actions: Some(().into_any()), ..StepForm::new(tr!(lang, review.h1).into_any(), questions) }.view(w, go)
}

/// Everything that the rules say, each with a link to its field.
fn findings(w: Wizard) -> AnyView {
    let lang = w.lang;
    reactive(move || {
        let all = w.answer.with(|a| a.findings.clone());
        let count = |s: Severity| all.iter().filter(|f| f.severity == s).count();
        let head = if count(Severity::Error) == 0 {
            view! { <div class="c-notice" data-variant="ok">{icon("check", 20)}<h2>{tr!(lang, review.ok)}</h2><p>{tr!(lang, review.ok_p)}</p></div> }.into_any()
        } else {
            ().into_any()
        };
        if all.is_empty() {
            return head;
        }
        let part = |s: Severity, words: String| {
            let list: Vec<FindingView> = all.iter().filter(|f| f.severity == s).cloned().collect();
            (!list.is_empty()).then(|| view! { <h3>{words}</h3><ul class="c-findings">{list.into_iter().map(|f| finding(w, f)).collect_view()}</ul> })
        };
        // Good to know, nothing to do: folded, so that what must be done stands out.
        let tips: Vec<FindingView> = all.iter().filter(|f| f.severity == Severity::Advice).cloned().collect();
        let advice = (!tips.is_empty()).then(|| {
            view! {
                <details class="c-more">
                    <summary>{icon("right", 16)}{tr!(lang, review.advice, n = tips.len())}</summary>
                    <div class="c-more__body"><ul class="c-findings">{tips.into_iter().map(|f| finding(w, f)).collect_view()}</ul></div>
                </details>
            }
        });
        let all_safe = w.answer.with(|a| a.safe).then(|| {
            let href = w.token.with_value(|t| format!("/{}/d/{t}/fixes", lang.as_str()));
            view! {
                <div class="l-row">
                    <a class="c-btn" data-size="small" href=href rel="external" on:click=move |ev| leave(w, &ev)>{icon("bolt", 16)}{tr!(lang, review.fix_all)}</a>
                    <span class="c-field__hint">{tr!(lang, review.fix_all_p)}</span>
                </div>
            }
        });
        view! {
            {head}
            <section class="l-stack" data-gap="3" aria-labelledby="findings-h">
                <h2 id="findings-h">{tr!(lang, review.findings)}</h2>
                {all_safe}
                {part(Severity::Error, tr!(lang, review.errors, n = count(Severity::Error)))}
                {part(Severity::Warning, tr!(lang, review.warnings, n = count(Severity::Warning)))}
                {advice}
            </section>
        }
        .into_any()
    })
}

fn finding(w: Wizard, f: FindingView) -> AnyView {
    let variant = match f.severity {
        Severity::Error => "danger",
        Severity::Warning => "warn",
        Severity::Advice => "info",
    };
    let page = Page::of_place(&f.place);
    let link = (page.step() != Step::Review).then(|| {
        let href = format!("{}#{}", w.href(page), f.control.id());
        view! { " "<a href=href>{tr!(w.lang, review.go)}<span class="u-vh">": "{f.message.clone()}</span></a> }
    });
    view! {
        <li class="c-notice" data-variant=variant>
            {icon(if variant == "info" { "info" } else { "alert" }, 20)}
            <p>{f.message.clone()}</p>
            <p class="c-field__hint">{f.why.clone()}{link}" · "{about(w, &f.rule)}</p>
            {how(w.lang, &f)}
            {fixes(&f)}
        </li>
    }
    .into_any()
}

fn export(w: Wizard) -> AnyView {
    let lang = w.lang;
    let file = move || w.draft.with(|d| export::file_name(d.family()));
    let token = w.token.get_value();
    let download = format!("/api/v1/drafts/{token}/export/json");
    let copied = crate::wizard::widgets::copier(lang, move || w.draft.with(|d| export::to_json(d.definition())));
    let share = format!("/{}/d/{token}/share", lang.as_str());
    let (note, since) = (format!("/{}/d/{token}/note", lang.as_str()), format!("/{}/d/{token}/since", lang.as_str()));
    let exported = reactive(move || {
        let (exported, now) = (w.exported.get()?, w.answer.with(|a| a.revision));
        Some(if exported == now {
            view! { <p class="c-field__hint">{tr!(lang, review.since_same)}</p> }.into_any()
        } else {
            view! { <p><a href=since.clone() rel="external" on:click=move |ev| leave(w, &ev)>{tr!(lang, review.since)}</a></p> }.into_any()
        })
    });
    let taken = move || w.exported.set(Some(w.answer.with_untracked(|a| a.revision)));
    let file_at = download.clone();
    let press = move |ev: leptos::ev::MouseEvent| {
        copied.1(ev);
        // What was copied counts as exported too.
        browser::fetch(&file_at);
        taken();
    };
    let script = format!("/{}/d/{token}/register", lang.as_str());
    let errors = move || w.answer.with(|a| a.findings.iter().filter(|f| f.severity == Severity::Error).count());
    let still = reactive(move || (errors() > 0).then(|| view! { <span class="c-field__hint">{tr!(lang, review.still, n = errors())}</span> }));
    view! {
        <section class="l-section" id="export" aria-labelledby="export-h">
            <div class="c-head2"><h2 id="export-h">{tr!(lang, review.export)}</h2><p>{tr!(lang, review.export_p)}</p></div>
            <div class="l-stack">
                <section class="l-stack" data-gap="3" aria-labelledby="x1">
                    <h3 id="x1">{tr!(lang, review.x1)}</h3>
                    <p class="c-field__hint">{tr!(lang, review.x1_p)}</p>
                    <div class="l-row">
                        <button class="c-btn" data-variant="primary" type="button" data-script="" on:click=press>{icon("copy", 20)}<span>{copied.0}</span><span class="u-vh">" JSON"</span></button>
                        <a class="c-btn" href=download download=file rel="external" on:click=move |_| taken()>{icon("download", 20)}{reactive(move || tr!(lang, review.download, file = file()))}</a>
                        {still}
                    </div>
                    {exported}
                </section>
                <section class="l-stack" data-gap="3" aria-labelledby="x2">
                    <h3 id="x2">{tr!(lang, review.x2)}</h3>
                    {command(lang, tr!(lang, cluster.cmd_create), move || Some(w.drawn.with(markup::cluster)))}
                    {command(lang, tr!(lang, logs.cmd_group), move || w.drawn.with(markup::group))}
                    {command(lang, tr!(lang, review.cmd_register), move || Some(w.drawn.with(markup::register)))}
                    <div class="l-row"><a class="c-btn" href=script rel="external">{icon("terminal", 20)}{tr!(lang, review.register)}</a></div>
                </section>
                <section class="l-stack" data-gap="3" aria-labelledby="x3">
                    <h3 id="x3">{tr!(lang, review.x3)}</h3>
                    <p class="c-field__hint">{tr!(lang, review.x3_p)}</p>
                    <div class="l-row"><a class="c-btn" href=share rel="external" on:click=move |ev| crate::wizard::widgets::share::here(w, &ev)>{icon("share", 20)}{tr!(lang, review.link)}</a></div>
                </section>
                <section class="l-stack" data-gap="3" aria-labelledby="x4">
                    <h3 id="x4">{tr!(lang, review.x4)}</h3>
                    <p class="c-field__hint">{tr!(lang, review.note_p)}</p>
                    <div class="l-row"><a class="c-btn" href=note rel="external" on:click=move |ev| leave(w, &ev)>{icon("doc", 20)}{tr!(lang, review.note)}</a></div>
                </section>
            </div>
        </section>
    }
    .into_any()
}
