//! Step 7: findings, answers, and what to take along.

use super::Go;
use crate::{
    address::Page,
    markup,
    wire::{Answer, FindingView, FoldView},
    wizard::{
        state::Wizard,
        widgets::{StepForm, about, browser, command, fixes, how, icon, inspect, leave, reactive, served},
    },
};
use leptos::prelude::*;
use taskdef::{
    Lang, Severity, Step,
    finding::Concern,
    formats::export,
    lint::shared_ids::TASK_TEMPLATE_PLACEHOLDER,
    questions::{Action, Fix},
};

pub fn page(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    let answers = served(w, "answers".into(), "l-stack", move || {
        #[cfg(feature = "ssr")]
        return w.choices.with_value(|choices| w.drawn.with(|d| markup::answers(lang, d, choices, |page| Some(w.href(page)))));
        #[cfg(not(feature = "ssr"))]
        String::new()
    });
    let questions = view! {
        <div class="l-stack" data-gap="7">
            <div class="l-stack" data-gap="5">{findings(w)}{inspect(w)}{answers}</div>
            {export(w)}
            <section class="l-section" aria-labelledby="next-h">
                <h2 id="next-h">{tr!(lang, review.next)}</h2>
                <div class="l-stack" data-gap="4">
                    {command(lang, tr!(lang, review.cmd_run), move || Some(w.drawn.with(markup::run)))}
                    {command(lang, tr!(lang, review.cmd_clean), move || Some(w.drawn.with(markup::cleaning)))}
                    {good_to_know(w)}
                </div>
            </section>
        </div>
    }
    .into_any();
    StepForm { actions: Some(().into_any()), ..StepForm::new(tr!(lang, review.h1).into_any(), questions) }.view(w, go)
}

/// What a part of the page shows before something is opened: rows of one rule each.
const OPEN: usize = 6;

/// What the rules say: what must be done first, then what it would cost to ignore the rest.
fn findings(w: Wizard) -> AnyView {
    let lang = w.lang;
    reactive(move || {
        let answer = w.answer.get();
        let all = &answer.findings;
        let count = |s: Severity| all.iter().filter(|f| f.severity == s && !is_mark(f)).count();
        let head = if count(Severity::Error) == 0 {
            view! { <div class="c-notice" data-variant="ok">{icon("check", 20)}<h2>{tr!(lang, review.ok)}</h2><p>{tr!(lang, review.ok_p)}</p></div> }.into_any()
        } else {
            ().into_any()
        };
        let part = |keep: &dyn Fn(&FindingView) -> bool, words: &dyn Fn(usize) -> String| {
            let n = all.iter().filter(|f| keep(f)).count();
            (n > 0).then(|| view! { <h3>{words(n)}</h3>{open(lang, rows(w, &answer, keep))} })
        };
        let marks = part(&is_mark, &|n| tr!(lang, review.fill_in, n = n));
        let errors = part(&|f| f.severity == Severity::Error, &|n| tr!(lang, review.errors, n = n));
        let warnings = part(&|f| f.severity == Severity::Warning && !is_mark(f), &|n| tr!(lang, review.warnings, n = n));
        // Nothing that must be done: folded, so that what must be done stands out.
        let mut n = 0;
        let groups = [
            (tr!(lang, review.before_run), Concern::Start..=Concern::Reach),
            (tr!(lang, review.safer), Concern::Safety..=Concern::Safety),
            (tr!(lang, review.cheaper), Concern::Cost..=Concern::Cost),
            (tr!(lang, review.later), Concern::Later..=Concern::Later),
        ]
        .map(|(words, about)| {
            let list = rows(w, &answer, &|f| f.severity == Severity::Advice && about.contains(&f.concern));
            n += list.len();
            (!list.is_empty()).then(|| view! { <h3>{words}</h3><ul class="c-findings">{list}</ul> })
        });
        let advice = (n > 0)
            .then(|| more(tr!(lang, review.advice, n = n), view! { <div class="l-stack" data-gap="3">{groups.into_iter().collect_view()}</div> }.into_any()));
        if marks.is_none() && errors.is_none() && warnings.is_none() && advice.is_none() {
            return head;
        }
        let all_safe = answer.safe.then(|| {
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
                <h2 id="findings-h" tabindex="-1">{tr!(lang, review.findings)}</h2>
                {all_safe}
                {marks}
                {errors}
                {warnings}
                {advice}
            </section>
        }
        .into_any()
    })
}

/// What is true of nearly every definition, beside the commands that come next.
fn good_to_know(w: Wizard) -> AnyView {
    reactive(move || {
        let list = w.answer.with(|answer| rows(w, answer, &|f| f.severity == Severity::Advice && f.concern == Concern::Next));
        (!list.is_empty()).then(|| more(tr!(w.lang, review.good_to_know, n = list.len()), view! { <ul class="c-findings">{list}</ul> }.into_any()))
    })
}

/// A part of a template that is still to be filled in.
fn is_mark(finding: &FindingView) -> bool {
    finding.rule == TASK_TEMPLATE_PLACEHOLDER
}

fn more(words: String, inside: AnyView) -> AnyView {
    view! { <details class="c-more"><summary>{icon("right", 16)}{words}</summary><div class="c-more__body">{inside}</div></details> }.into_any()
}

/// The first rows, and the rest to be opened.
fn open(lang: Lang, mut rows: Vec<AnyView>) -> AnyView {
    let rest = rows.split_off(rows.len().min(OPEN));
    let rest = (!rest.is_empty()).then(|| more(tr!(lang, review.more, n = rest.len()), view! { <ul class="c-findings">{rest}</ul> }.into_any()));
    view! { <ul class="c-findings">{rows}</ul>{rest} }.into_any()
}

/// One row a rule: a finding, or what the rule says at several places.
fn rows(w: Wizard, answer: &Answer, keep: &dyn Fn(&FindingView) -> bool) -> Vec<AnyView> {
    let mut told: Vec<&FoldView> = Vec::new();
    let mut rows = Vec::new();
    for f in answer.findings.iter().filter(|f| keep(f)) {
        let of = |f: &FindingView, fold: &FoldView| fold.rule == f.rule && fold.severity == f.severity;
        match answer.folds.iter().find(|fold| of(f, fold)) {
            None => rows.push(finding(w, f.clone())),
            Some(fold) if told.contains(&fold) => {}
            Some(fold) => {
                told.push(fold);
                rows.push(folded(w, fold, answer.findings.iter().filter(|f| of(f, fold)).cloned().collect()));
            }
        }
    }
    rows
}

/// What a rule says at several places: once, with one fix for all of them, and the places to be opened.
fn folded(w: Wizard, fold: &FoldView, found: Vec<FindingView>) -> AnyView {
    let variant = variant(fold.severity);
    let all = fold.fix.as_ref().map(|fix| {
        let op = Action::Fix(Fix::Rule(fold.rule.clone())).to_string();
        view! { <div class="c-fixes"><button class="c-fix" type="submit" name="op" value=op form="step" formnovalidate=true>{icon("bolt", 16)}<span>{fix.label.clone()}</span></button></div> }
    });
    let (why, first) = (found.first().map(|f| f.why.clone()), found.first().cloned());
    let places = found.into_iter().map(|f| view! { <li><p>{f.message.clone()}{link(w, &f)}</p>{fixes(&f)}</li> }).collect_view();
    view! {
        <li class="c-notice" data-variant=variant>
            {icon(if variant == "info" { "info" } else { "alert" }, 20)}
            <p>{fold.title.clone()}</p>
            <p class="c-field__hint">{why}" "{about(w, &fold.rule)}</p>
            {first.map(|f| how(w.lang, &f))}
            {all}
            {more(tr!(w.lang, review.places).to_owned(), view! { <ul class="l-stack" data-gap="2">{places}</ul> }.into_any())}
        </li>
    }
    .into_any()
}

fn variant(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "danger",
        Severity::Warning => "warn",
        Severity::Advice => "info",
    }
}

/// The way to the control of a finding, where it has one.
fn link(w: Wizard, f: &FindingView) -> Option<AnyView> {
    let page = Page::of_place(&f.place);
    (page.step() != Step::Review).then(|| {
        let href = format!("{}#{}", w.href(page), f.control.id());
        view! { " "<a href=href>{tr!(w.lang, review.go)}<span class="u-vh">": "{f.message.clone()}</span></a> }.into_any()
    })
}

fn finding(w: Wizard, f: FindingView) -> AnyView {
    let variant = variant(f.severity);
    view! {
        <li class="c-notice" data-variant=variant>
            {icon(if variant == "info" { "info" } else { "alert" }, 20)}
            <p>{f.message.clone()}</p>
            <p class="c-field__hint">{f.why.clone()}{link(w, &f)}" · "{about(w, &f.rule)}</p>
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
    let formats = format!("/{}/d/{token}/export", lang.as_str());
    let imported = w.draft.with_untracked(|d| d.root().get("import").is_some()).then(|| {
        let report = format!("/{}/d/{token}/import", lang.as_str());
        view! { <a class="c-btn" href=report rel="external" on:click=move |ev| leave(w, &ev)>{icon("doc", 20)}{tr!(lang, review.imported)}</a> }
    });
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
                    <p><a href=formats rel="external" on:click=move |ev| leave(w, &ev)>{tr!(lang, review.formats)}</a></p>
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
                    <div class="l-row"><a class="c-btn" href=note rel="external" on:click=move |ev| leave(w, &ev)>{icon("doc", 20)}{tr!(lang, review.note)}</a>{imported}</div>
                </section>
            </div>
        </section>
    }
    .into_any()
}
