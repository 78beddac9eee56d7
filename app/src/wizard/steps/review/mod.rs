//! Step 7: findings, answers, and what to take along.

#[cfg(feature = "ssr")]
mod take;

use super::Go;
use crate::{
    address::Page,
    wire::{Answer, FindingView, FoldView},
    wizard::{
        state::{Wizard, is_mark, is_of_commands},
        widgets::{StepForm, about, fixes, how, icon, inspect, reactive, served},
    },
};
use leptos::prelude::*;
use taskdef::{
    Lang, Severity, Step,
    finding::Concern,
    questions::{Action, Fix},
};

pub fn page(w: Wizard, go: Go) -> AnyView {
    let rest = served(w, "take".into(), "l-stack", move || {
        #[cfg(feature = "ssr")]
        return take::take(w).to_html();
        #[cfg(not(feature = "ssr"))]
        String::new()
    });
    let questions = view! { <div class="l-stack" data-gap="7"><div class="l-stack" data-gap="5">{findings(w)}{inspect(w)}</div>{rest}</div> }.into_any();
    StepForm { actions: Some(().into_any()), ..StepForm::new(tr!(w.lang, review.h1).into_any(), questions) }.view(w, go)
}

/// What a part of the page shows before something is opened: rows of one rule each.
const OPEN: usize = 6;

/// What the rules say: what must be done first, then what it would cost to ignore the rest.
fn findings(w: Wizard) -> AnyView {
    let lang = w.lang;
    reactive(move || {
        let answer = w.answer.get();
        let all = &answer.findings;
        // Region and cluster are no part of the file: what is said of it stands apart from what the commands lack.
        let is_error = |f: &FindingView| f.severity == Severity::Error && !is_of_commands(f);
        let head = if !all.iter().any(|f| is_error(f) || is_mark(f)) {
            view! { <div class="c-notice" data-variant="ok">{icon("check", 20)}<h2>{tr!(lang, review.ok)}</h2><p>{tr!(lang, review.ok_p)}</p></div> }.into_any()
        } else {
            ().into_any()
        };
        let part = |keep: &dyn Fn(&FindingView) -> bool, words: &dyn Fn(usize) -> String| {
            let n = all.iter().filter(|f| keep(f)).count();
            (n > 0).then(|| view! { <h3>{words(n)}</h3>{open(lang, rows(w, &answer, keep))} })
        };
        let marks = part(&is_mark, &|n| tr!(lang, review.fill_in, n = n));
        let errors = part(&is_error, &|n| tr!(lang, review.errors, n = n));
        let commands = part(&|f| f.severity == Severity::Error && is_of_commands(f), &|n| tr!(lang, review.of_commands, n = n));
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
        if marks.is_none() && errors.is_none() && commands.is_none() && warnings.is_none() && advice.is_none() {
            return head;
        }
        let all_safe = answer.safe.then(|| {
            let href = w.token.with_value(|t| format!("/{}/d/{t}/fixes", lang.as_str()));
            view! {
                <div class="l-row">
                    <a class="c-btn" data-size="small" href=href rel="external">{icon("bolt", 16)}{tr!(lang, review.fix_all)}</a>
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
                {commands}
                {warnings}
                {advice}
            </section>
        }
        .into_any()
    })
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
    let places = found.into_iter().map(|f| view! { <li><p>{f.message.clone()}<span class="c-go">{link(w, &f)}</span></p>{fixes(&f)}</li> }).collect_view();
    view! {
        <li class="c-notice" data-variant=variant>
            {icon(if variant == "info" { "info" } else { "alert" }, 20)}
            <p>{fold.title.clone()}</p>
            <p class="c-field__hint">{why}" "<span class="c-go">{about(w, &fold.rule)}</span></p>
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
    let variant = if is_of_commands(&f) { "info" } else { variant(f.severity) };
    view! {
        <li class="c-notice" data-variant=variant>
            {icon(if variant == "info" { "info" } else { "alert" }, 20)}
            <p>{f.message.clone()}</p>
            <p class="c-field__hint">{f.why.clone()}<span class="c-go">{link(w, &f)}" · "{about(w, &f.rule)}</span></p>
            {how(w.lang, &f)}
            {fixes(&f)}
        </li>
    }
    .into_any()
}
