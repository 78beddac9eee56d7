//! A cause as a card, and what follows from the causes as one list.

use super::remedy::{About, in_draft};
use crate::site::register::parts::code;
use app::{address::Page, tr, widgets::icon};
use leptos::prelude::*;
use taskdef::{
    Lang,
    deploy::scripts,
    diagnose::{self, Cause, Kind, Known, Quote},
    messages,
    questions::Control,
};

/// The cause whose card has commands to copy.
pub const ROLE_MISSING: &str = "role-missing";

/// A cause: what it is, why it happens, what to do, here and in the draft. The first one has `i` 0.
pub fn card(lang: Lang, i: usize, cause: &Cause, about: Option<&About<'_>>) -> AnyView {
    let known = cause.known;
    let (what, why, how) = diagnose::words(lang, known);
    let asked = !cause.quote.words.is_empty();
    let rules = known.rules;
    let links: Vec<AnyView> =
        rules.iter().map(|r| view! { <li><a href=format!("/{}/rules#{r}", lang.as_str())>{messages::of_rule(lang, r.id).0}</a></li> }.into_any()).collect();
    let next = (!rules.is_empty())
        .then(|| view! { <li><div><h3>{tr!(lang, doctor.next)}</h3><p>{tr!(lang, doctor.next_p)}</p><ul class="l-stack" data-gap="3">{links}</ul></div></li> });
    // What has to change is outside the definition, so no edit of it is offered.
    let mine = match about {
        _ if known.outside => Some(right(lang)),
        Some(about) => Some(view! { {in_draft(lang, about, cause)}{field(lang, cause, about)} }.into_any()),
        None => None,
    };
    view! {
        <section class="c-card l-stack" data-gap="5" aria-labelledby=format!("cause-{i}")>
            <div class="l-stack" data-gap="3">{asked.then(|| tag(lang, i, known.kind))}<h2 id=format!("cause-{i}")>{what}</h2></div>
            <ol class="c-cause">
                <li><div><h3>{tr!(lang, doctor.what)}</h3><p>{why}</p>{asked.then(|| quote(&cause.quote))}</div></li>
                <li><div><h3>{tr!(lang, doctor.how)}</h3><p>{how}</p>{roles(lang, known, about)}{mine}</div></li>
                {next}
            </ol>
        </section>
    }
    .into_any()
}

/// What follows from the causes: told, so that nobody looks for its own cause.
pub fn echoes(lang: Lang, echoes: &[Cause]) -> AnyView {
    let row = |echo: &Cause| {
        let (what, why, _) = diagnose::words(lang, echo.known);
        view! { <li class="l-stack" data-gap="3"><h3>{what}</h3><p>{why}</p>{quote(&echo.quote)}</li> }.into_any()
    };
    let rows: Vec<AnyView> = echoes.iter().map(row).collect();
    view! {
        <section class="c-card l-stack" data-gap="5" aria-labelledby="echoes">
            <div class="l-stack" data-gap="3"><h2 id="echoes">{tr!(lang, doctor.echoes)}</h2><p>{tr!(lang, doctor.echoes_p)}</p></div>
            <ul class="l-stack" data-gap="5">{rows}</ul>
        </section>
    }
    .into_any()
}

/// What a text tells of the failure: its cause, only that there was one, or what followed.
fn tag(lang: Lang, i: usize, kind: Kind) -> AnyView {
    let (variant, symbol, words) = match kind {
        Kind::Cause if i == 0 => ("ok", "check", tr!(lang, doctor.known)),
        Kind::Cause => ("ok", "check", tr!(lang, doctor.known_too)),
        Kind::General => ("warn", "alert", tr!(lang, doctor.general)),
        Kind::Echo => ("warn", "alert", tr!(lang, doctor.echo)),
    };
    view! { <div><span class="c-tag" data-variant=variant>{icon(symbol, 16)}{words}</span></div> }.into_any()
}

fn quote(quote: &Quote) -> AnyView {
    let Quote { before, words, after } = quote.clone();
    view! { <p class="c-quote" translate="no">{before}<mark>{words}</mark>{after}</p> }.into_any()
}

/// The commands that make the roles of the draft, or the usual one, where a role is what is missing.
fn roles(lang: Lang, known: &Known, about: Option<&About<'_>>) -> Option<AnyView> {
    let commands = about.and_then(|about| scripts::making_missing(about.draft)).or_else(scripts::making_the_usual);
    commands.filter(|_| known.id == ROLE_MISSING).map(|text| code(lang, tr!(lang, doctor.make_role), text))
}

fn right(lang: Lang) -> AnyView {
    view! { <div class="c-notice" data-variant="ok">{icon("check", 20)}<p><b>{tr!(lang, doctor.right)}</b>" "{tr!(lang, doctor.right_p)}</p></div> }.into_any()
}

/// The way to the field that the words speak of, where they name one.
fn field(lang: Lang, cause: &Cause, about: &About<'_>) -> Option<AnyView> {
    let Quote { before, words, after } = &cause.quote;
    let place = diagnose::place(&format!("{before}{words}{after}"), about.draft.definition())?;
    let href = format!("/{}/d/{}/{}#{}", lang.as_str(), about.token, Page::of_place(&place).path(), Control::of_place(about.draft, &place).id());
    Some(view! { <div class="l-row"><a class="c-btn" href=href>{tr!(lang, register.go_field)}{icon("arrow", 20)}</a></div> }.into_any())
}
