//! What the server alone draws of the review: the answers, and what to take along.

use super::{more, rows};
use crate::{
    markup,
    wizard::{
        state::{Wizard, is_of_commands},
        widgets::icon,
    },
};
use leptos::prelude::*;
use taskdef::{Severity, finding::Concern, formats::export};

/// The answers, the ways to take the definition along, and what comes next.
pub fn take(w: Wizard) -> AnyView {
    let lang = w.lang;
    let answers = w.choices.with_value(|choices| w.draft.with(|d| markup::answers(lang, d, choices, |page| Some(w.href(page)))));
    let steps = w.draft.with(|d| markup::next(lang, d, &taskdef::deploy::next::next(d), true, &|page| w.href(page)));
    view! {
        <div class="l-stack" data-gap="7">
        <div class="l-stack" inner_html=answers></div>
        <section class="l-section" id="export" aria-labelledby="export-h">
            <div class="c-head2"><h2 id="export-h">{tr!(lang, review.export)}</h2><p>{tr!(lang, review.export_p)}</p></div>
            <div class="l-stack">{file(w)}{commands(w)}{share(w)}{summary(w)}</div>
        </section>
        <section class="l-section" aria-labelledby="next-h">
            <div class="c-head2"><h2 id="next-h">{tr!(lang, review.next)}</h2><p><a href=around(w, "doctor") rel="external">{tr!(lang, review.failed)}</a></p></div>
            <div class="l-stack" data-gap="4"><div class="l-stack" data-gap="4" inner_html=steps></div>{good_to_know(w)}</div>
        </section>
        </div>
    }
    .into_any()
}

/// The address of a page around the draft.
fn around(w: Wizard, page: &str) -> String {
    w.token.with_value(|t| format!("/{}/d/{t}/{page}", w.lang.as_str()))
}

fn file(w: Wizard) -> AnyView {
    let lang = w.lang;
    let file = w.draft.with(|d| export::file_name(d.family()));
    let download = w.token.with_value(|t| format!("/api/v1/drafts/{t}/export/json"));
    let (errors, now) = w.answer.with(|a| (a.findings.iter().filter(|f| f.severity == Severity::Error && !is_of_commands(f)).count(), a.revision));
    let still = (errors > 0).then(|| view! { <span class="c-field__hint">{tr!(lang, review.still, n = errors)}</span> });
    let since = match w.exported {
        None => ().into_any(),
        Some(exported) if exported == now => tr!(lang, review.since_same).into_any(),
        Some(_) => view! { <a href=around(w, "since") rel="external">{tr!(lang, review.since)}</a> }.into_any(),
    };
    view! {
        <section class="l-stack" data-gap="3" aria-labelledby="x1">
            <h3 id="x1">{tr!(lang, review.x1)}</h3>
            <p class="c-field__hint">{tr!(lang, review.x1_p)}</p>
            <div class="l-row">
                <button class="c-btn" data-variant="primary" type="button" data-script="" data-copy="json" data-taken="">{icon("copy", 20)}<span>{tr!(lang, common.copy)}</span><b class="u-vh">" JSON"</b></button>
                <a class="c-btn" href=download download=file.clone() rel="external">{icon("download", 20)}{tr!(lang, review.download, file = file)}</a>
                {still}
            </div>
            <p class="c-field__hint" id="since">{since}</p>
            <p><a href=around(w, "export") rel="external">{tr!(lang, review.formats)}</a></p>
        </section>
    }
    .into_any()
}

fn commands(w: Wizard) -> AnyView {
    let lang = w.lang;
    let all = w.draft.with(|d| {
        let group = markup::group(d).map_or_else(String::new, |group| group.html(lang, tr!(lang, logs.cmd_group)));
        let roles = markup::roles(d).map_or_else(String::new, |roles| roles.html(lang, tr!(lang, review.cmd_roles)));
        markup::cluster(d).html(lang, tr!(lang, cluster.cmd_create)) + &group + &roles + &markup::register(d).html(lang, tr!(lang, review.cmd_register))
    });
    view! {
        <section class="l-stack" data-gap="3" aria-labelledby="x2">
            <h3 id="x2">{tr!(lang, review.x2)}</h3>
            <div class="l-stack" data-gap="3" inner_html=all></div>
            <div class="l-row"><a class="c-btn" href=around(w, "register") rel="external">{icon("terminal", 20)}{tr!(lang, review.register)}</a></div>
        </section>
    }
    .into_any()
}

fn share(w: Wizard) -> AnyView {
    let lang = w.lang;
    view! {
        <section class="l-stack" data-gap="3" aria-labelledby="x3">
            <h3 id="x3">{tr!(lang, review.x3)}</h3>
            <p class="c-field__hint">{tr!(lang, review.x3_p)}</p>
            <div class="l-row"><a class="c-btn" href=around(w, "share") rel="external" data-share="">{icon("share", 20)}{tr!(lang, review.link)}</a></div>
        </section>
    }
    .into_any()
}

fn summary(w: Wizard) -> AnyView {
    let lang = w.lang;
    let imported = w.draft.with(|d| d.root().get("import").is_some());
    let imported = imported.then(|| view! { <a class="c-btn" href=around(w, "import") rel="external">{icon("doc", 20)}{tr!(lang, review.imported)}</a> });
    view! {
        <section class="l-stack" data-gap="3" aria-labelledby="x4">
            <h3 id="x4">{tr!(lang, review.x4)}</h3>
            <p class="c-field__hint">{tr!(lang, review.note_p)}</p>
            <div class="l-row"><a class="c-btn" href=around(w, "note") rel="external">{icon("doc", 20)}{tr!(lang, review.note)}</a>{imported}</div>
        </section>
    }
    .into_any()
}

/// What is true of nearly every definition, beside the commands that come next.
fn good_to_know(w: Wizard) -> Option<AnyView> {
    let list = w.answer.with(|answer| rows(w, answer, &|f| f.severity == Severity::Advice && f.concern == Concern::Next));
    (!list.is_empty()).then(|| more(tr!(w.lang, review.good_to_know, n = list.len()), view! { <ul class="c-findings">{list}</ul> }.into_any()))
}
