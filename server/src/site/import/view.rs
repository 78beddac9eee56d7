//! The pages of an import.

use super::report::list;
use crate::{
    http::{frame::plain, page::Head},
    site::home::to_doctor,
};
use app::{markup, tr, widgets::icon};
use leptos::prelude::*;
use taskdef::{
    Lang,
    formats::{
        Format,
        import::{Import, Input, Kept, Question},
    },
};

/// What is asked before drafts are made.
#[derive(Clone)]
pub struct Asked {
    /// What was handed in.
    pub input: Input,
    /// What it gives so far.
    pub import: Import,
}

/// What was handed in, to be sent again: nothing of it is stored here.
fn texts(input: &Input) -> AnyView {
    let files = input.files.iter().map(|file| {
        view! {
            <input type="hidden" name="name" value=file.name.clone() />
            <textarea name="text" hidden=true aria-hidden="true" tabindex="-1">{markup::in_textarea(&file.text)}</textarea>
        }
    });
    files.collect_view().into_any()
}

fn formats(lang: Lang, chosen: Option<Format>) -> AnyView {
    let options = Format::ALL.into_iter().filter(|format| format.is_imported()).map(|format| {
        view! { <option value=format.name() selected=chosen == Some(format)>{format.label(lang)}</option> }
    });
    view! {
        <div class="c-field">
            <label for="format">{tr!(lang, import.format)}</label>
            <p class="c-field__hint" id="format-hint">{tr!(lang, import.format_hint)}</p>
            <select id="format" name="format" aria-describedby="format-hint"><option value="">{tr!(lang, import.format_auto)}</option>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

fn question(lang: Lang, index: usize, question: &Question) -> AnyView {
    let (id, name) = (format!("q-{index}"), format!("q:{}", question.id));
    let line = (question.place.line > 0).then(|| view! { <p class="c-field__hint">{tr!(lang, import.line, n = question.place.line)}</p> });
    let control = if question.choices.is_empty() {
        view! { <input id=id.clone() name=name value=question.answer.clone() autocomplete="off" spellcheck="false" /> }.into_any()
    } else {
        let options = question.choices.iter().map(|choice| {
            view! { <option value=choice.value.clone() selected=choice.value == question.answer>{choice.said.words(lang)}</option> }
        });
        view! { <select id=id.clone() name=name>{options.collect_view()}</select> }.into_any()
    };
    view! { <div class="c-field"><label for=id>{question.words(lang)}</label>{line}{control}</div> }.into_any()
}

fn graph(lang: Lang, import: &Import) -> Option<AnyView> {
    if import.graph.len() < 2 {
        return None;
    }
    let rows = import.graph.iter().map(|service| {
        let task = service.task.map_or_else(|| tr!(lang, import.no_task).to_owned(), |n| tr!(lang, import.task, n = n));
        let needs = (!service.needs.is_empty()).then(|| view! { <p>{tr!(lang, import.needs, names = service.needs.join(", "))}</p> });
        view! { <li><div><h3>{service.name.clone()}</h3><p class="c-field__hint" translate="no">{service.image.clone()}</p>{needs}</div><span class="c-tag">{task}</span></li> }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <section class="l-stack" data-gap="4" aria-labelledby="graph-h">
                <div class="c-head2"><h2 id="graph-h">{tr!(lang, import.services)}</h2><p>{tr!(lang, import.services_p)}</p></div>
                <ul class="c-table">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn files(lang: Lang, files: impl Iterator<Item = (String, String)>) -> Option<AnyView> {
    let rows: Vec<AnyView> = files
        .map(|(name, text)| {
            view! { <h3>{name.clone()}</h3><div class="c-cmd"><pre tabindex="0" role="region" aria-label=name translate="no" lang="en"><code>{text}</code></pre></div> }.into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="l-stack" data-gap="3" aria-labelledby="files-h"><h2 id="files-h">{tr!(lang, import.files)}</h2><p>{tr!(lang, import.files_p)}</p>{rows}</section>
        }
        .into_any()
    })
}

/// The page that asks.
pub fn asked(head: &Head, model: &Asked) -> AnyView {
    let lang = head.lang;
    let import = &model.import;
    let action = format!("/{}/import", lang.as_str());
    let (first, other): (Vec<_>, Vec<_>) = import.questions.iter().enumerate().partition(|(_, question)| question.first);
    let fields = |list: Vec<(usize, &Question)>| list.into_iter().map(|(i, q)| question(lang, i, q)).collect_view();
    let more = (!other.is_empty()).then(|| {
        view! {
            <details class="c-more" open=first.is_empty()>
                <summary>{icon("right", 16)}{tr!(lang, import.more, n = other.len())}</summary>
                <div class="c-more__body l-stack" data-gap="4">{fields(other)}</div>
            </details>
        }
    });
    let count = import.drafts.len();
    let make = (count > 0)
        .then(|| view! { <button class="c-btn" data-variant="primary" name="op" value="make">{tr!(lang, import.make, n = count)}{icon("arrow", 20)}</button> });
    let names = import.drafts.iter().map(|made| made.name.clone()).collect::<Vec<_>>().join(", ");
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("/{}#import", lang.as_str())>{icon("left", 16)}{tr!(lang, import.back)}</a>
                <div class="c-title"><h1>{tr!(lang, import.title)}</h1><p>{tr!(lang, import.read_as, format = import.format.label(lang))}</p></div>
            </div>
            <form class="l-stack" data-gap="5" method="post" action=action enctype="multipart/form-data" novalidate=true>
                {texts(&model.input)}
                <section class="l-stack" data-gap="4" aria-labelledby="ask-h">
                    <h2 id="ask-h">{tr!(lang, import.questions)}</h2>
                    <p>{tr!(lang, import.questions_p)}</p>
                    {fields(first)}
                    {more}
                    {formats(lang, model.input.format)}
                </section>
                <p>{tr!(lang, import.drafts, n = count, names = names)}</p>
                <div class="c-actions">{make}<button class="c-btn" name="op" value="look">{tr!(lang, import.look)}</button></div>
            </form>
            {graph(lang, import)}
            {files(lang, import.files.iter().map(|file| (file.name.clone(), file.text.clone())))}
            <section class="l-stack" data-gap="4" aria-labelledby="report-h">
                <div class="c-head2"><h2 id="report-h">{tr!(lang, import.report)}</h2><p>{tr!(lang, import.report_p)}</p></div>
                {list(lang, &import.report)}
            </section>
        </div>
    };
    plain(head, |l| format!("/{}", l.as_str()), "wide", main.into_any())
}

/// The page of a text that cannot be read, with the text.
pub fn refused(head: &Head, input: &Input, why: &str, is_an_error: bool) -> AnyView {
    let lang = head.lang;
    let text = input.files.first().map(|file| file.text.clone()).unwrap_or_default();
    let main = view! {
        <form class="l-stack" data-gap="5" method="post" action=format!("/{}/import", lang.as_str()) enctype="multipart/form-data" novalidate=true>
            <div class="c-title"><h1>{tr!(lang, import.title)}</h1></div>
            <div class="c-field" data-state="error">
                <label for="text">{tr!(lang, import.text)}</label>
                <p class="c-field__error" id="text-error">{icon("alert", 20)}<span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{why.to_owned()}</span></p>
                {is_an_error.then(|| to_doctor(lang))}
                <textarea id="text" name="text" rows="16" data-code=true spellcheck="false" autocomplete="off" aria-describedby="text-error" aria-invalid="true" autofocus=true>{markup::in_textarea(&text)}</textarea>
            </div>
            {formats(lang, input.format)}
            <div class="l-row"><button class="c-btn" data-variant="primary" name="op" value="look">{tr!(lang, import.look)}</button></div>
        </form>
    };
    plain(head, |l| format!("/{}", l.as_str()), "wide", main.into_any())
}

/// The report of a draft.
pub fn told(head: &Head, token: &str, kept: &Kept) -> AnyView {
    let lang = head.lang;
    let base = format!("/{}/d/{token}", lang.as_str());
    let from = kept.format.map(|format| view! { <p>{tr!(lang, import.read_as, format = format.label(lang))}</p> });
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{base}/review")>{icon("left", 16)}{tr!(lang, import.to_review)}</a>
                <div class="c-title"><h1>{tr!(lang, import.report)}</h1>{from}</div>
            </div>
            <div class="l-row">
                <a class="c-btn" data-variant="primary" href=format!("{base}/cluster")>{tr!(lang, import.to_draft)}{icon("arrow", 20)}</a>
                <a class="c-btn" data-variant="quiet" download="import-report.json" href=format!("/api/v1/drafts/{token}/import?lang={}", lang.as_str())>{icon("download", 20)}{tr!(lang, import.download)}</a>
            </div>
            {files(lang, kept.files.iter().map(|file| (file.name.clone(), file.text.clone())))}
            <section class="l-stack" data-gap="4" aria-labelledby="report-h">
                <div class="c-head2"><h2 id="report-h">{tr!(lang, import.parts)}</h2><p>{tr!(lang, import.report_p)}</p></div>
                {list(lang, &kept.report)}
            </section>
        </div>
    };
    let token = token.to_owned();
    plain(head, move |l| format!("/{}/d/{token}/import", l.as_str()), "wide", main.into_any())
}
