//! The images of a draft, what their registries say, and what that means for the draft.

use super::signed_in::{self, SignedIn};
use crate::{http::page::Head, site::parts::differences::page};
use app::{tr, widgets::icon, wire::FindingView};
use leptos::prelude::*;
use taskdef::{
    Lang, Severity,
    facts::PROGRAMS,
    questions::{Action, Fix},
};

/// An image, and what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// As the draft has it.
    pub name: String,
    /// How long ago the registry was asked.
    pub age: Option<String>,
    /// Labels and values.
    pub rows: Vec<(&'static str, String)>,
    /// Labels and values of what a person pasted about it.
    pub pasted: Option<Vec<(&'static str, String)>>,
    /// What went wrong, and what to do.
    pub problem: Option<(String, &'static str)>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct InspectModel {
    /// The draft's edit token.
    pub token: String,
    /// Its revision.
    pub revision: i64,
    /// Whether this server looks into images.
    pub on: bool,
    /// Whether there is an answer.
    pub looked: bool,
    /// Whether something is known of an image.
    pub judged: bool,
    /// The image about which a text was not understood.
    pub wrong: Option<String>,
    /// Each image once.
    pub images: Vec<Image>,
    /// The size of the layers that were not read.
    pub layers: Option<String>,
    /// What the page says of private images in Amazon ECR; `None` where there is none.
    pub signed_in: Option<SignedIn>,
    /// Pulls that registries still allow this server.
    pub pulls: Vec<(String, u32)>,
    /// What the rules say because of the answers.
    pub findings: Vec<FindingView>,
}

/// The page.
pub fn view(head: &Head, model: &InspectModel) -> AnyView {
    let lang = head.lang;
    let title = tr!(lang, inspect.title);
    if model.images.is_empty() {
        return page(head, &model.token, "inspect", title, tr!(lang, inspect.empty), ().into_any());
    }
    let cards: Vec<AnyView> = model.images.iter().cloned().enumerate().map(|(i, image)| card(lang, model, i, image)).collect();
    if !model.on {
        let body = view! {
            <p>{tr!(lang, inspect.off_p)}</p>
            {model.judged.then(|| findings(lang, model))}
            {cards}
        };
        return page(head, &model.token, "inspect", title, tr!(lang, inspect.off), body.into_any());
    }
    let action = format!("/{}/d/{}/inspect", lang.as_str(), model.token);
    let press = if model.looked { tr!(lang, inspect.again) } else { tr!(lang, inspect.button) };
    let variant = (!model.looked).then_some("primary");
    let layers = model.layers.clone().map(|size| {
        view! {
            <form method="post" action=action.clone() class="l-stack" data-gap="3">
                <p class="c-field__hint" id="layers-hint">{tr!(lang, inspect.layers_p, size = size.clone())}</p>
                <div class="l-row">
                    <button class="c-btn" data-variant="primary" name="depth" value="layers" aria-describedby="layers-hint">
                        {icon("search", 20)}{tr!(lang, inspect.layers, size = size)}
                    </button>
                </div>
            </form>
        }
    });
    let pulls = model.pulls.iter().map(|(registry, n)| view! { <p class="c-field__hint">{tr!(lang, inspect.pulls, registry = registry, n = n)}</p> });
    let pulls = pulls.collect_view();
    let body = view! {
        <form method="post" action=action.clone() class="l-stack" data-gap="3">
            <p class="c-field__hint" id="look-hint">{tr!(lang, inspect.why)}</p>
            <div class="l-row"><button class="c-btn" data-variant=variant aria-describedby="look-hint">{icon("search", 20)}{press}</button></div>
        </form>
        {model.judged.then(|| findings(lang, model))}
        {layers}
        {pulls}
        {cards}
        {model.signed_in.as_ref().map(|private| signed_in::view(lang, &model.token, private))}
    };
    page(head, &model.token, "inspect", title, tr!(lang, inspect.lead), body.into_any())
}

fn card(lang: Lang, model: &InspectModel, i: usize, image: Image) -> AnyView {
    let paste = image.rows.is_empty().then(|| paste(lang, model, i, &image));
    let age = image.age.map(|when| tr!(lang, inspect.asked, when = when));
    let state = age.unwrap_or_else(|| {
        if image.pasted.is_some() {
            tr!(lang, inspect.paste_known).to_owned()
        } else if image.problem.is_some() {
            String::new()
        } else {
            tr!(lang, inspect.not_asked).to_owned()
        }
    });
    let problem = image.problem.map(|(what, how)| {
        view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<p>{what}</p><p class="c-field__hint">{how}</p></div> }
    });
    let rows: Vec<AnyView> = image
        .pasted
        .unwrap_or(image.rows)
        .into_iter()
        .map(|(label, value)| view! { <div><dt>{label}</dt><dd translate="no">{value}</dd></div> }.into_any())
        .collect();
    let table = (!rows.is_empty()).then(|| view! { <dl class="c-kv">{rows}</dl> });
    view! {
        <section class="c-answers" aria-labelledby=format!("image-{i}")>
            <div class="c-answers__head"><h2 id=format!("image-{i}") translate="no">{image.name}</h2><span class="c-field__hint">{state}</span></div>
            {problem}
            {table}
            {paste}
        </section>
    }
    .into_any()
}

/// Programs that the command line asks about: what health checks and entry points call.
fn which() -> String {
    PROGRAMS.join(" ")
}

/// What to run where this server cannot look, and where its output goes. An image that is named here has passed the grammar of
/// references, so it is one word for a shell.
fn paste(lang: Lang, model: &InspectModel, i: usize, image: &Image) -> AnyView {
    let wrong = model.wrong.as_deref() == Some(image.name.as_str());
    let lines = [
        format!("docker manifest inspect {}", image.name),
        format!("docker image inspect {}", image.name),
        format!("docker run --rm --entrypoint sh {} -c 'for p in {}; do command -v $p || echo no $p; done'", image.name, which()),
    ];
    let (id, action) = (format!("paste-{i}"), format!("/{}/d/{}/inspect", lang.as_str(), model.token));
    let error = wrong.then(|| {
        view! { <p class="c-field__error" id=format!("{id}-error")>{icon("alert", 20)}<span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{tr!(lang, inspect.paste_wrong)}</span></p> }
    });
    let describedby = if wrong { format!("{id}-hint {id}-error") } else { format!("{id}-hint") };
    view! {
        <details class="c-more" open=wrong>
            <summary>{tr!(lang, inspect.paste)}</summary>
            <form method="post" action=action class="c-more__body l-stack" data-gap="3">
                <input type="hidden" name="rev" value=model.revision />
                <input type="hidden" name="image" value=image.name.clone() />
                <p class="c-field__hint" id=format!("{id}-hint")>{tr!(lang, inspect.paste_p)}</p>
                {lines.map(|line| view! { <p class="c-code" data-wrap="" translate="no" lang="en">{line}</p> })}
                <div class="c-field" data-state=wrong.then_some("error")>
                    <label for=id.clone()>{tr!(lang, inspect.paste_label)}</label>
                    {error}
                    <textarea id=id name="text" rows="6" data-code=true spellcheck="false" autocomplete="off" autocapitalize="none"
                        aria-describedby=describedby aria-invalid=wrong.then_some("true")></textarea>
                </div>
                <div class="l-row"><button class="c-btn" name="look" value="pasted">{tr!(lang, inspect.paste_do)}</button></div>
            </form>
        </details>
    }
    .into_any()
}

/// What the looks mean for the draft; a fix is made by the review's form, which shows the result.
fn findings(lang: Lang, model: &InspectModel) -> AnyView {
    let body = if model.findings.is_empty() && model.images.iter().all(|image| image.problem.is_none()) {
        view! { <div class="c-notice" data-variant="ok">{icon("check", 20)}<p>{tr!(lang, inspect.fine)}</p></div> }.into_any()
    } else {
        let rows: Vec<AnyView> = model.findings.iter().cloned().map(|f| row(lang, model, f)).collect();
        view! { <ul class="c-findings">{rows}</ul> }.into_any()
    };
    view! {
        <section class="l-stack" data-gap="3" aria-labelledby="looked-h">
            <h2 id="looked-h">{tr!(lang, inspect.findings)}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn row(lang: Lang, model: &InspectModel, f: FindingView) -> AnyView {
    let variant = match f.severity {
        Severity::Error => "danger",
        Severity::Warning => "warn",
        Severity::Advice => "info",
    };
    let press = |(index, label): (usize, String)| {
        let fix = Action::Fix(Fix::Finding { rule: f.rule.clone(), index, place: f.place.clone() });
        view! { <button class="c-fix" name="op" value=fix.to_string()>{icon("bolt", 16)}<span>{label}</span></button> }.into_any()
    };
    let buttons: Vec<AnyView> = f.fixes.iter().map(|fix| fix.label.clone()).enumerate().map(press).collect();
    let action = format!("/{}/d/{}/review", lang.as_str(), model.token);
    let form = (!buttons.is_empty()).then(|| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="rev" value=model.revision />
                <div class="c-fixes">{buttons}</div>
            </form>
        }
    });
    view! {
        <li class="c-notice" data-variant=variant>
            {icon(if variant == "info" { "info" } else { "alert" }, 20)}
            <p>{f.message.clone()}</p>
            <p class="c-field__hint">{f.why.clone()}</p>
            <p class="c-field__hint"><b>{tr!(lang, common.how)}":"</b>" "{f.how.clone()}</p>
            {form}
        </li>
    }
    .into_any()
}
