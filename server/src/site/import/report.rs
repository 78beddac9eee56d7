//! A report as a list: what needs an answer first, what is the same folded away.

use app::{tr, widgets::icon};
use leptos::prelude::*;
use taskdef::{
    Lang,
    formats::report::{Entry, Outcome, Report},
};

/// Most entries of a list: a page for people, not a record.
const MOST: usize = 500;

fn label(lang: Lang, entry: &Entry) -> (&'static str, &'static str) {
    match (entry.outcome, entry.breaks) {
        (Outcome::Asked, _) => ("warn", tr!(lang, import.o_asked)),
        (Outcome::Dropped, true) => ("danger", tr!(lang, import.o_dropped)),
        (Outcome::Dropped, false) => ("", tr!(lang, import.o_harmless)),
        (Outcome::Changed, _) => ("accent", tr!(lang, import.o_changed)),
        (Outcome::Elsewhere, _) => ("", tr!(lang, import.o_elsewhere)),
        (Outcome::Exact, _) => ("ok", tr!(lang, import.o_exact)),
    }
}

fn row(lang: Lang, entry: &Entry) -> AnyView {
    let (variant, name) = label(lang, entry);
    let line = (entry.place.line > 0).then(|| tr!(lang, import.line, n = entry.place.line));
    let value = (!entry.shown.is_empty()).then(|| view! { " "<code>{entry.shown.clone()}</code> });
    let path = (!entry.path.is_empty()).then(|| view! { <code>{entry.path.clone()}</code> });
    let how = entry.said.as_ref().and_then(|said| said.how(lang)).map(|how| view! { <p><b>{tr!(lang, common.how)}":"</b>" "{how}</p> });
    view! {
        <li data-outcome=entry.outcome.name()>
            <div>
                <p class="c-field__hint" translate="no">{path}{value}{line.map(|line| view! { " · "{line} })}</p>
                <p>{entry.words(lang)}</p>
                {how}
            </div>
            <span class="c-tag" data-variant=variant>{name}</span>
        </li>
    }
    .into_any()
}

/// The list of everything, by weight.
pub fn list(lang: Lang, report: &Report) -> AnyView {
    let all = report.by_weight();
    let (same, other): (Vec<&Entry>, Vec<&Entry>) = all.into_iter().partition(|entry| entry.outcome == Outcome::Exact);
    let count = same.len();
    let rows = other.into_iter().take(MOST).map(|entry| row(lang, entry)).collect_view();
    let folded = same.into_iter().take(MOST).map(|entry| row(lang, entry)).collect_view();
    view! {
        <ul class="c-table" id="import-report">{rows}</ul>
        <details class="c-more"><summary>{icon("right", 16)}{tr!(lang, import.same, n = count)}</summary><div class="c-more__body"><ul class="c-table">{folded}</ul></div></details>
    }
    .into_any()
}
