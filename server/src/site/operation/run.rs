//! A run: how far it is, what it made, or why it stopped.

use super::{model::OperationModel, plan::look_again};
use crate::{
    register::AwsAccess,
    site::{
        parts::follow::FOLLOW,
        register::parts::{self, Stage, code, said, stages},
    },
};
use app::{markup, tr, widgets::icon};
use leptos::{nonce::use_nonce, prelude::*};
use serde_json::json;
use taskdef::{
    Lang,
    deploy::{self, Operation, Plan, Run, StepState, What, console, smallest},
};

/// A run that is going on.
pub(super) fn going(lang: Lang, model: &OperationModel, run: &Run) -> AnyView {
    let plan = &model.operation.plan;
    let now = run.steps.iter().find(|s| s.state == StepState::Running).map(|s| title(lang, s.what)).unwrap_or_default();
    view! {
        <div class="l-stack" data-going="">
            <div class="c-title"><p class="c-title__n">{parts::region(lang, plan)}</p><h1>{tr!(lang, register.running, family = plan.family.as_str())}</h1><p>{tr!(lang, register.running_p)}</p></div>
            <p class="u-vh" data-said="">{now}</p>
            <div class="c-card">{stages(lang, rows(lang, plan, run))}</div>
            <div class="l-row" data-refresh=""><a class="c-btn" href=model.here()>{tr!(lang, register.refresh)}</a></div>
            {parts::calls(lang, tr!(lang, register.calls), &run.calls)}
        </div>
        <div role="status" id="live" class="u-vh"></div>
        <script type="module" nonce=use_nonce() inner_html=FOLLOW></script>
    }
    .into_any()
}

/// A run that is done.
pub(super) fn done(lang: Lang, model: &OperationModel, run: &Run) -> AnyView {
    let Operation { plan, found, .. } = &model.operation;
    let arn = run.arn.clone().unwrap_or_default();
    let number = arn.rsplit(':').next().unwrap_or_default().to_owned();
    let made = run.state(What::Revision) == Some(StepState::Done);
    let title = if made { tr!(lang, register.done, family = plan.family.as_str(), n = number) } else { tr!(lang, register.done_rest).to_owned() };
    let region = parts::region(lang, plan);
    let hint = match &model.cost {
        Some(c) => parts::with_won(lang, c, tr!(lang, register.run_it_p, hour = c.hour.as_str())),
        None => tr!(lang, register.run_it_unknown).to_owned(),
    };
    let teardown = format!("/api/v1/drafts/{}/export/teardown.sh?lang={}", model.token, lang.as_str());
    view! {
        <div class="l-stack">
            <div class="c-title"><span class="c-donemark">{icon("check", 32)}</span><h1>{title}</h1><p>{tr!(lang, register.done_p, region = region, account = found.account.as_str())}</p></div>
            {parts::emulator(lang, &model.access)}
            {code(lang, tr!(lang, register.arn), arn.clone())}
            {see(lang, plan, &arn)}
            <section class="l-section l-stack" data-gap="4" aria-labelledby="steps-h">
                <h2 id="steps-h">{tr!(lang, register.steps_made)}</h2>
                {stages(lang, rows(lang, plan, run))}
                {parts::calls(lang, tr!(lang, register.calls), &run.calls)}
            </section>
            <section class="l-section l-stack" data-gap="4" aria-labelledby="run-h">
                <div class="c-head2"><h2 id="run-h">{tr!(lang, register.run_it)}</h2><p>{hint}</p></div>
                <div class="l-stack" inner_html=next(lang, model, &number)></div>
            </section>
            <section class="l-section l-stack" data-gap="4" aria-labelledby="clean-h">
                <div class="c-head2"><h2 id="clean-h">{tr!(lang, register.clean)}</h2><p>{tr!(lang, register.clean_p)}</p></div>
                <div class="l-row"><a class="c-btn" href=teardown download="teardown.sh">{icon("download", 20)}{tr!(lang, register.download, file = "teardown.sh")}</a></div>
            </section>
            <div class="l-row"><a class="c-btn" href=format!("{}/review", model.base)>{icon("left", 20)}{tr!(lang, register.back_draft)}</a></div>
        </div>
    }
    .into_any()
}

/// What comes next, for the revision that was registered, where it was.
fn next(lang: Lang, model: &OperationModel, number: &str) -> String {
    let plan = &model.operation.plan;
    let mut draft = model.draft.clone();
    let mut cluster = draft.root()["cluster"].clone();
    if !cluster.is_object() {
        cluster = json!({});
    }
    cluster["name"] = json!(plan.cluster.as_str());
    if plan.fargate {
        cluster["launch"] = json!("FARGATE");
    }
    draft.put("definition", plan.definition.clone());
    draft.put("region", json!(plan.region.as_str()));
    draft.put("cluster", cluster);
    let mut steps = number.parse().map_or_else(|_| deploy::next::next(&draft), |n| deploy::next::after(&draft, n));
    // Below is a script that knows what was made.
    steps.stages.retain(|stage| stage.id != "clean");
    markup::next(lang, &draft, &steps, false, &|page| app::address::of_page(lang, &model.token, page))
}

/// A run that stopped before its end, or that no process continues.
pub(super) fn stopped(lang: Lang, model: &OperationModel, run: &Run) -> AnyView {
    let plan = &model.operation.plan;
    let (what, why, how) = match &run.problem {
        Some(problem) => problem.kind.words(lang),
        None => (tr!(lang, register.interrupted).to_owned(), tr!(lang, register.interrupted_p).to_owned(), String::new()),
    };
    let details = run.problem.as_ref().map(|t| said(lang, &model.base, &model.draft, t));
    let policy = run.problem.as_ref().filter(|t| t.action.is_some()).map(|_| policy(lang, &model.operation));
    let on = if run.can_go_on() {
        let keys = matches!(model.access, AwsAccess::Keys { .. }).then(|| parts::keys(lang, true, model.refused));
        view! {
            <form class="l-section l-stack" data-gap="5" method="post" action=model.here() novalidate=true>
                {keys}
                <div class="c-actions"><button class="c-btn" data-variant="primary" name="op" value="again">{tr!(lang, register.go_on)}</button>
                <a class="c-btn" data-variant="quiet" href=format!("{}/review", model.base)>{tr!(lang, register.not_now)}</a></div>
            </form>
        }
        .into_any()
    } else {
        look_again(lang, model)
    };
    view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{}/register", model.base)>{icon("left", 16)}{tr!(lang, register.back_register)}</a>
                <div class="c-title"><h1>{what}</h1><p>{why}</p></div>
            </div>
            {parts::emulator(lang, &model.access)}
            {(!how.is_empty()).then(|| view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<p>{how}</p></div> })}
            {details}
            {policy}
            <section class="l-stack" data-gap="4" aria-labelledby="steps-h">
                <h2 id="steps-h">{tr!(lang, register.steps_made)}</h2>
                {stages(lang, rows(lang, plan, run))}
            </section>
            {on}
            {parts::calls(lang, tr!(lang, register.calls), &run.calls)}
        </div>
    }
    .into_any()
}

fn policy(lang: Lang, operation: &Operation) -> AnyView {
    let text = format!("{:#}", smallest(&operation.plan, &operation.found));
    view! {
        <section class="l-stack" data-gap="4" aria-labelledby="policy-h">
            <h2 id="policy-h">{tr!(lang, register.policy)}</h2>
            {code(lang, tr!(lang, register.policy_p), text)}
        </section>
    }
    .into_any()
}

/// Where to see what was made.
fn see(lang: Lang, plan: &Plan, arn: &str) -> AnyView {
    let mut all: Vec<(String, String)> = Vec::new();
    all.extend(console::revision(plan, arn).map(|href| (href, format!("{} {}", tr!(lang, register.revision), plan.family))));
    all.extend(console::cluster(plan).map(|href| (href, format!("{} {}", tr!(lang, register.cluster), plan.cluster))));
    all.extend(plan.groups.iter().filter_map(|g| Some((console::group(plan, g)?, format!("{} {}", tr!(lang, register.group), g.name)))));
    if all.is_empty() {
        return ().into_any();
    }
    let link = |(href, words): (String, String)| {
        view! { <li><a class="c-btn" data-variant="quiet" data-size="small" href=href rel="noreferrer" target="_blank">{words}{icon("out", 16)}</a></li> }
    };
    view! {
        <section class="l-stack" data-gap="3" aria-labelledby="see-h">
            <h2 id="see-h">{tr!(lang, register.see)}</h2>
            <ul class="l-stack" data-gap="3">{all.into_iter().map(link).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn title(lang: Lang, what: What) -> String {
    let words = match what {
        What::Check => tr!(lang, register.check),
        What::Cluster => tr!(lang, register.cluster),
        What::Group(_) => tr!(lang, register.group),
        What::Retention(_) => tr!(lang, register.retention),
        What::Revision => tr!(lang, register.revision),
    };
    words.to_owned()
}

fn rows(lang: Lang, plan: &Plan, run: &Run) -> Vec<Stage> {
    let row = |step: &taskdef::deploy::Step| {
        let name = match step.what {
            What::Check => String::new(),
            What::Cluster => plan.cluster.to_string(),
            What::Group(i) | What::Retention(i) => plan.groups.get(i).map(|g| g.name.to_string()).unwrap_or_default(),
            What::Revision => plan.family.to_string(),
        };
        let (state, said) = match step.state {
            StepState::Waiting => ("waiting", tr!(lang, register.s_waiting)),
            StepState::Running => ("running", tr!(lang, register.s_running)),
            StepState::Done => ("done", tr!(lang, register.s_done)),
            StepState::There => ("done", tr!(lang, register.s_there)),
            StepState::Failed => ("failed", tr!(lang, register.s_failed)),
        };
        Stage { title: title(lang, step.what), name, state, said: said.to_owned(), more: ().into_any() }
    };
    run.steps.iter().map(row).collect()
}
