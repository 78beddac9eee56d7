//! A plan that was looked up in an account: what is there, what would be made, and the question whether to.

use super::model::OperationModel;
use crate::{
    register::AwsAccess,
    site::register::{
        Refused,
        parts::{self, Stage, code, more, stages},
    },
};
use app::{
    markup::{ChangeView, sentence},
    tr,
    widgets::icon,
};
use leptos::prelude::*;
use serde_json::json;
use taskdef::{
    Lang,
    deploy::scripts::making,
    deploy::{Found, Operation, Plan, Role, RoleFound, RoleState, Thing},
};

/// The plan, before anything happened.
pub(super) fn plan(lang: Lang, model: &OperationModel) -> AnyView {
    let Operation { plan, found, looked, .. } = &model.operation;
    let family = plan.family.as_str();
    let cost = match &model.cost {
        Some(c) => parts::with_won(lang, c, tr!(lang, register.cost_p, hour = c.hour.as_str(), month = c.month.as_str())),
        None => tr!(lang, register.cost_unknown).to_owned(),
    };
    let row = |what: &'static str, said: String| view! { <div><dt>{what}</dt><dd>{said}</dd></div> };
    let decision = if found.is_complete() {
        let words = (tr!(lang, register.nothing), tr!(lang, register.nothing_p));
        let notice = view! { <div class="c-notice" data-variant="ok">{icon("check", 20)}<h2>{words.0}</h2><p>{words.1}</p></div> };
        view! { {notice}{look_again(lang, model)} }.into_any()
    } else if found.lacks_role() {
        look_again(lang, model)
    } else {
        agreement(lang, model)
    };
    let unticked = (model.refused == Some(Refused::Unticked)).then(|| {
        let words = tr!(lang, register.agree_empty);
        view! {
            <section class="c-summary" id="summary" tabindex="-1" aria-labelledby="summary-h" autofocus=true>
                <h2 id="summary-h">{tr!(lang, common.summary, n = 1_usize)}</h2>
                <ol><li><a href="#agree">{words}</a></li></ol>
            </section>
        }
    });
    view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{}/register", model.base)>{icon("left", 16)}{tr!(lang, register.back_register)}</a>
                {unticked}
                <div class="c-title"><h1>{tr!(lang, register.plan_title, family = family)}</h1><p>{tr!(lang, register.plan_lead)}</p></div>
            </div>
            {parts::emulator(lang, &model.access)}
            {model.stale.then(|| view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<p><a href=format!("{}/register", model.base)>{tr!(lang, register.stale)}</a></p></div> })}
            <div class="c-answers"><dl class="c-kv">
                {row(tr!(lang, register.account), found.account.clone())}
                {row(tr!(lang, register.principal), found.principal.clone())}
                {row(tr!(lang, register.region), parts::region(lang, plan))}
                {row(tr!(lang, register.cost), cost)}
            </dl></div>
            <section class="l-stack" data-gap="4" aria-labelledby="plan-h">
                <h2 id="plan-h">{tr!(lang, register.the_plan)}</h2>
                {stages(lang, rows(lang, plan, found))}
            </section>
            <section class="l-stack" data-gap="3" aria-labelledby="not-h">
                <h2 id="not-h">{tr!(lang, register.not_done)}</h2>
                <p>{tr!(lang, register.not_done_p)}</p>
            </section>
            {decision}
            {parts::calls(lang, tr!(lang, register.looked), looked)}
        </div>
    }
    .into_any()
}

fn rows(lang: Lang, plan: &Plan, found: &Found) -> Vec<Stage> {
    let thing = |title: &'static str, name: &str, is: Thing, made: &'static str| {
        let (state, said) = if is == Thing::There { ("done", tr!(lang, register.is_there)) } else { ("", made) };
        Stage { title: title.into(), name: name.into(), state, said: said.into(), more: ().into_any() }
    };
    let mut all = vec![thing(tr!(lang, register.cluster), &plan.cluster, found.cluster, tr!(lang, register.is_made))];
    for (group, is) in plan.groups.iter().zip(&found.groups) {
        all.push(thing(tr!(lang, register.group), &group.name, *is, tr!(lang, register.group_made)));
    }
    all.extend(plan.roles.iter().zip(&found.roles).map(|(role, is)| role_row(lang, plan, role, is)));
    let title = tr!(lang, register.revision).to_owned();
    let (state, said, more) = match &found.newest {
        None => ("", tr!(lang, register.rev_first).to_owned(), ().into_any()),
        Some(n) if n.changes.is_empty() => ("done", tr!(lang, register.rev_same, n = n.revision), ().into_any()),
        Some(n) => ("", tr!(lang, register.rev_next, n = n.revision), differences(lang, plan, n)),
    };
    all.push(Stage { title, name: plan.family.to_string(), state, said, more });
    all
}

fn role_row(lang: Lang, plan: &Plan, role: &Role, is: &RoleFound) -> Stage {
    let title = if role.execution { tr!(lang, register.role_execution) } else { tr!(lang, register.role_task) };
    let (state, said) = match is.state {
        RoleState::There => ("done", tr!(lang, register.role_there)),
        RoleState::Missing => ("failed", tr!(lang, register.role_missing)),
        RoleState::Untrusting => ("failed", tr!(lang, register.role_untrusting)),
        RoleState::Unseen => ("", tr!(lang, register.role_unseen)),
        RoleState::Elsewhere => ("", tr!(lang, register.role_elsewhere)),
    };
    let arn = is.arn.clone().map(|arn| view! { <p><code class="u-code">{arn}</code></p> });
    let make = (is.state == RoleState::Missing).then(|| code(lang, tr!(lang, register.make_role), making(plan, role).join("\n")));
    Stage { title: title.into(), name: role.name.to_string(), state, said: said.into(), more: view! { {arn}{make} }.into_any() }
}

/// What registering changes, in words.
fn differences(lang: Lang, plan: &Plan, newest: &taskdef::deploy::Newest) -> AnyView {
    let around = |definition: &serde_json::Value| json!({ "definition": definition });
    let (before, after) = (around(&newest.definition), around(&plan.definition));
    let said = newest.changes.iter().map(|c| view! { <li>{sentence(lang, &ChangeView::of(lang, &before, &after, c))}</li> });
    let list = view! { <ul class="l-stack" data-gap="3" data-changes="">{said.collect_view()}</ul> };
    more(tr!(lang, register.differs, n = newest.revision), list.into_any())
}

/// The question, and what is needed for a yes.
fn agreement(lang: Lang, model: &OperationModel) -> AnyView {
    let Operation { plan, found, hash, .. } = &model.operation;
    let unticked = model.refused == Some(Refused::Unticked);
    let error = unticked.then(|| parts::error(lang, "agree-error", tr!(lang, register.agree_empty)));
    let keys = matches!(model.access, AwsAccess::Keys { .. }).then(|| parts::keys(lang, true, model.refused));
    let press = if found.needs_revision() {
        tr!(lang, register.do_register, family = plan.family.as_str(), region = plan.region.as_str())
    } else {
        tr!(lang, register.do_rest, region = plan.region.as_str())
    };
    let words = tr!(lang, register.agree, account = found.account.as_str(), region = parts::region(lang, plan));
    view! {
        <form class="l-section l-stack" data-gap="5" method="post" action=model.here() novalidate=true>
            <input type="hidden" name="hash" value=hash.clone() />
            {keys}
            <div class="c-field" data-state=unticked.then_some("error")>
                {error}
                <label class="c-check" for="agree">
                    <input id="agree" type="checkbox" name="agree" value="yes" aria-describedby=unticked.then_some("agree-error") aria-invalid=unticked.then_some("true") />
                    <span>{words}</span>
                </label>
            </div>
            <div class="c-actions">
                <button class="c-btn" data-variant="primary" name="op" value="begin">{press}</button>
                <a class="c-btn" data-variant="quiet" href=format!("{}/review", model.base)>{tr!(lang, register.not_now)}</a>
            </div>
        </form>
    }
    .into_any()
}

/// The same look once more; with pasted keys on the page that asks for them.
pub(super) fn look_again(lang: Lang, model: &OperationModel) -> AnyView {
    let to = format!("{}/register", model.base);
    match model.access {
        AwsAccess::Local { .. } => view! {
            <form method="post" action=to><div class="l-row"><button class="c-btn" data-variant="primary" name="op" value="look">{icon("search", 20)}{tr!(lang, register.look_again)}</button></div></form>
        }
        .into_any(),
        _ => view! { <div class="l-row"><a class="c-btn" data-variant="primary" href=to>{icon("search", 20)}{tr!(lang, register.look_again)}</a></div> }.into_any(),
    }
}
