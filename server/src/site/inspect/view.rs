//! The images of a draft, what their registries say, and what that means for the draft.

use crate::{http::page::Head, site::parts::differences::page};
use app::{tr, widgets::icon, wire::FindingView};
use leptos::prelude::*;
use taskdef::{
    Lang, Severity,
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
    /// Each image once.
    pub images: Vec<Image>,
    /// The size of the layers that were not read.
    pub layers: Option<String>,
    /// Pulls that registries still allow this server.
    pub pulls: Vec<(String, u32)>,
    /// What the rules say because of the answers.
    pub findings: Vec<FindingView>,
}

/// The page.
pub fn view(head: &Head, model: &InspectModel) -> AnyView {
    let lang = head.lang;
    let title = tr!(lang, inspect.title);
    if !model.on {
        return page(head, &model.token, "inspect", title, tr!(lang, inspect.off), view! { <p>{tr!(lang, inspect.off_p)}</p> }.into_any());
    }
    if model.images.is_empty() {
        return page(head, &model.token, "inspect", title, tr!(lang, inspect.empty), ().into_any());
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
    let cards: Vec<AnyView> = model.images.iter().cloned().enumerate().map(|(i, image)| card(lang, i, image)).collect();
    let body = view! {
        <form method="post" action=action.clone() class="l-stack" data-gap="3">
            <p class="c-field__hint" id="look-hint">{tr!(lang, inspect.why)}</p>
            <div class="l-row"><button class="c-btn" data-variant=variant aria-describedby="look-hint">{icon("search", 20)}{press}</button></div>
        </form>
        {model.looked.then(|| findings(lang, model))}
        {layers}
        {pulls}
        {cards}
    };
    page(head, &model.token, "inspect", title, tr!(lang, inspect.lead), body.into_any())
}

fn card(lang: Lang, i: usize, image: Image) -> AnyView {
    let age = image.age.map(|when| tr!(lang, inspect.asked, when = when));
    let state = age.unwrap_or_else(|| if image.problem.is_some() { String::new() } else { tr!(lang, inspect.not_asked).to_owned() });
    let problem = image.problem.map(|(what, how)| {
        view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<p>{what}</p><p class="c-field__hint">{how}</p></div> }
    });
    let rows: Vec<AnyView> =
        image.rows.into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd translate="no">{value}</dd></div> }.into_any()).collect();
    let table = (!rows.is_empty()).then(|| view! { <dl class="c-kv">{rows}</dl> });
    view! {
        <section class="c-answers" aria-labelledby=format!("image-{i}")>
            <div class="c-answers__head"><h2 id=format!("image-{i}") translate="no">{image.name}</h2><span class="c-field__hint">{state}</span></div>
            {problem}
            {table}
        </section>
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
