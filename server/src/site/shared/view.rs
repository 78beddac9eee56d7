//! A shared draft, read only: answers, cost, picture, JSON, and a copy of one's own.

use crate::http::{frame::plain, page::Head};
use app::{
    markup, tr,
    widgets::{self, icon},
    wire::{Choices, CostView, FindingView},
};
use leptos::prelude::*;
use taskdef::{Draft, Lang, Severity, formats::export};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct SharedModel {
    /// The view token.
    pub token: String,
    /// The draft.
    pub draft: Draft,
    /// For the Region's name.
    pub choices: Choices,
    /// Cost of one task.
    pub cost: Option<CostView>,
    /// What is still wrong.
    pub findings: Vec<FindingView>,
}

/// What is still wrong, and what to do about it, for the person that this draft was shared with. Suggestions stay away.
fn problems(lang: Lang, findings: Vec<FindingView>) -> Option<AnyView> {
    let list: Vec<FindingView> = findings.into_iter().filter(|f| f.severity != Severity::Advice).collect();
    let row = |f: FindingView| {
        let variant = if f.severity == Severity::Error { "danger" } else { "warn" };
        view! {
            <li class="c-notice" data-variant=variant>
                {icon("alert", 20)}
                <p>{f.message}</p>
                <p class="c-field__hint">{f.why}</p>
                <p><b>{tr!(lang, common.how)}":"</b>" "{f.how}</p>
            </li>
        }
    };
    (!list.is_empty()).then(|| {
        let rows = list.into_iter().map(row).collect_view();
        view! { <section class="l-stack" data-gap="3" aria-labelledby="found-h"><h2 id="found-h">{tr!(lang, review.findings)}</h2><ul class="c-findings">{rows}</ul></section> }.into_any()
    })
}

/// The page.
pub fn shared(head: &Head, model: SharedModel) -> AnyView {
    let lang = head.lang;
    let SharedModel { token, draft, choices, cost, findings } = model;
    let title = match (draft.title(), draft.family()) {
        ("", "") => tr!(lang, common.untitled).to_owned(),
        ("", family) => family.to_owned(),
        (title, _) => title.to_owned(),
    };
    let file = export::file_name(draft.family());
    let cost = cost.map(|c| {
        let [hour, ..] = c.shown();
        view! {
            <div class="c-card"><div class="c-cost">
                <p class="c-cost__big"><span>{hour}</span>" "<small>{tr!(lang, size.cost_hour)}</small></p>
                <p class="c-cost__note">{tr!(lang, size.cost_note, region = c.region, chip = c.chip, date = c.date)}" "{c.won.map(|w| w.note)}</p>
            </div></div>
        }
    });
    let main = view! {
        <div class="l-stack">
            <div class="c-title"><p class="c-title__n">{tr!(lang, share.read_only)}</p><h1>{title}</h1></div>
            <div class="l-row">
                <form method="post" action=format!("/{}/d", lang.as_str())>
                    <input type="hidden" name="copy" value=token.clone() />
                    <button class="c-btn" data-variant="primary">{icon("copy", 20)}{tr!(lang, share.own_copy)}</button>
                </form>
                <a class="c-btn" href=format!("/api/v1/drafts/{token}/export/json") download=file.clone()>{icon("download", 20)}{tr!(lang, review.download, file = file.as_str())}</a>
                <a class="c-btn" href=format!("/{}/s/{token}/export", lang.as_str())>{icon("doc", 20)}{tr!(lang, export.h1)}</a>
            </div>
            <div class="l-cols" data-n="2">{cost}<div class="c-card" inner_html=markup::bars(lang, &draft)></div></div>
            {problems(lang, findings)}
            <section class="l-stack" data-gap="4" aria-labelledby="ans-h"><h2 id="ans-h">{tr!(lang, share.answers)}</h2><div class="l-stack" data-gap="4" inner_html=markup::answers(lang, &draft, &choices, |_| None)></div></section>
        </div>
        <aside class="l-stack" data-gap="4" aria-label=tr!(lang, share.aside)>
            <div class="c-card">{widgets::drawn(lang, &draft, &[], |_| None)}</div>
            <div class="c-cmd">
                <div class="c-cmd__head"><h2 class="c-field__hint">{file}</h2></div>
                <pre class="c-json" tabindex="0" role="region" aria-label=tr!(lang, common.json_label) translate="no" lang="en"><code inner_html=markup::json(lang, draft.definition(), "", &markup::Marks::default())></code></pre>
            </div>
        </aside>
    }
    .into_any();
    plain(head, move |l| format!("/{}/s/{token}", l.as_str()), "split", main)
}
