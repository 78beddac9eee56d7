//! The page with all ways to register.

use super::parts::{self, Refused, code, said};
use crate::{
    http::{frame::plain, page::Head},
    register::AwsAccess,
    site::parts::{
        ago::ago,
        copier::{copied, copy_script},
    },
};
use app::{address::Page, tr, widgets::icon, wire::CostView};
use leptos::prelude::*;
use taskdef::{
    Draft, Lang,
    deploy::{Plan, PlanError, Problem, Run},
    questions::Control,
};

/// An earlier operation of the draft.
#[derive(Clone, Debug)]
pub struct PastView {
    /// Its id, as addresses have it.
    pub id: String,
    /// Seconds since 1970.
    pub made_at: i64,
    /// Its family.
    pub family: String,
    /// Its run, if there was one.
    pub run: Option<Run>,
    /// Whether somebody works on it.
    pub held: bool,
}

/// What the start page shows.
#[derive(Clone, Debug)]
pub struct RegisterModel {
    /// The token of the address.
    pub token: String,
    /// What is done, or why no script and no run can be made of the draft.
    pub plan: Result<Plan, PlanError>,
    /// The draft.
    pub draft: Draft,
    /// Faults for which AWS would refuse the definition.
    pub errors: usize,
    /// What a running task costs.
    pub cost: Option<CostView>,
    /// CloudShell in the plan's Region.
    pub shell: Option<String>,
    /// The line that writes and tries the script there.
    pub line: String,
    /// How this server goes to AWS.
    pub access: AwsAccess,
    /// What was not in order.
    pub refused: Option<Refused>,
    /// Why the look did not succeed.
    pub problem: Option<Problem>,
    /// Earlier operations, newest first.
    pub past: Vec<PastView>,
    /// Seconds since 1970.
    pub now: i64,
}

/// The start page.
pub fn register(head: &Head, model: RegisterModel) -> AnyView {
    let lang = head.lang;
    let base = format!("/{}/d/{}", lang.as_str(), model.token);
    let review = format!("{base}/review");
    let problem = (model.errors > 0).then(|| (format!("{base}/review#findings-h"), tr!(lang, register.errors, n = model.errors)));
    let problem = problem.or_else(|| model.draft.region().is_empty().then(|| (format!("{base}/cluster"), tr!(lang, register.no_region).to_owned())));
    let problem = problem.map(|(href, words)| view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<p><a href=href>{words}</a></p></div> });
    let not = match &model.cost {
        Some(c) => parts::with_won(lang, c, tr!(lang, register.not, hour = c.hour.as_str(), month = c.month.as_str())),
        None => tr!(lang, register.not_unknown).to_owned(),
    };
    let file = |name: &'static str| {
        let href = format!("/api/v1/drafts/{}/export/{name}?lang={}", model.token, lang.as_str());
        view! { <div class="l-row"><a class="c-btn" href=href download=name>{icon("download", 20)}{tr!(lang, register.download, file = name)}</a></div> }
    };
    let shell = model.shell.clone().map(|href| view! { <div class="l-row"><a class="c-btn" href=href rel="noreferrer" target="_blank">{icon("out", 20)}{tr!(lang, register.shell_open)}</a></div> });
    let lead = if model.access == AwsAccess::Off { tr!(lang, register.lead_off) } else { tr!(lang, register.lead) };
    let ways = match &model.plan {
        Ok(plan) => view! {
            <section class="l-stack" data-gap="4" aria-labelledby="plan-h">
                <div class="c-head2"><h2 id="plan-h">{tr!(lang, register.plan)}</h2><p>{tr!(lang, register.plan_p)}</p></div>
                <ol class="c-table">{steps(lang, plan)}</ol>
                <p class="c-field__hint">{not}</p>
            </section>
            <section class="l-section l-stack" data-gap="4" aria-labelledby="shell-h">
                <div class="c-head2"><h2 id="shell-h">{tr!(lang, register.shell)}</h2><p>{tr!(lang, register.shell_p)}</p></div>
                {shell}
                {code(lang, tr!(lang, register.shell_line), model.line.clone())}
                {code(lang, tr!(lang, register.shell_run), "bash deploy.sh".to_owned())}
            </section>
            <section class="l-section l-stack" data-gap="4" aria-labelledby="own-h">
                <div class="c-head2"><h2 id="own-h">{tr!(lang, register.own)}</h2><p>{tr!(lang, register.own_p)}</p></div>
                {file("deploy.sh")}
                {code(lang, tr!(lang, register.own_run), "bash deploy.sh --dry-run\nbash deploy.sh".to_owned())}
            </section>
            <section class="l-section l-stack" data-gap="4" aria-labelledby="clean-h">
                <div class="c-head2"><h2 id="clean-h">{tr!(lang, register.clean)}</h2><p>{tr!(lang, register.clean_p)}</p></div>
                {file("teardown.sh")}
                <p><a href=format!("{base}/doctor")>{tr!(lang, doctor.failed)}</a></p>
            </section>
        }
        .into_any(),
        Err(why) => no_plan(lang, &base, &model.draft, why),
    };
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=review>{icon("left", 16)}{tr!(lang, register.back)}</a>
                <div class="c-title"><h1>{tr!(lang, register.title)}</h1><p>{lead}</p></div>
            </div>
            {problem}
            {from_here(lang, &base, &model)}
            {ways}
            {past(lang, &base, &model)}
            {copied()}
            {copy_script()}
        </div>
    };
    let token = model.token;
    plain(head, move |l| format!("/{}/d/{token}/register", l.as_str()), "narrow", main.into_any())
}

/// What prevents every script and run, with a link to the field.
fn no_plan(lang: Lang, base: &str, draft: &Draft, why: &PlanError) -> AnyView {
    let (what, reason, how) = why.words(lang);
    let href = format!("{base}/{}#{}", Page::of_place(&why.place).path(), Control::of_place(draft, &why.place).id());
    view! {
        <section class="c-notice" data-variant="danger" aria-labelledby="no-plan-h">
            {icon("alert", 20)}<h2 id="no-plan-h">{what}</h2><p>{reason}</p><p>{how}</p>
            <div class="l-row"><a class="c-btn" href=href>{tr!(lang, register.go_field)}{icon("arrow", 20)}</a></div>
        </section>
    }
    .into_any()
}

/// The way from this page, where there is one.
fn from_here(lang: Lang, base: &str, model: &RegisterModel) -> AnyView {
    let wrong = model.problem.as_ref().map(|t| {
        let (what, why, how) = t.kind.words(lang);
        view! {
            <div class="c-notice" data-variant="danger">{icon("alert", 20)}<h3>{what}</h3><p>{why}</p><p>{how}</p></div>
            {said(lang, base, &model.draft, t)}
        }
    });
    let ready = model.errors == 0 && model.plan.as_ref().is_ok_and(|plan| !plan.region.is_empty());
    let press = |op: &'static str, words: &'static str| view! { <div class="l-row"><button class="c-btn" data-variant="primary" name="op" value=op>{icon(if op == "look" { "search" } else { "lock" }, 20)}{words}</button></div> };
    let inner = match model.access {
        AwsAccess::Off => return ().into_any(),
        AwsAccess::Elsewhere => {
            view! { <div class="c-notice" data-variant="info">{icon("lock", 20)}<h3>{tr!(lang, register.elsewhere)}</h3><p>{tr!(lang, register.elsewhere_p)}</p></div> }
                .into_any()
        }
        AwsAccess::Locked => {
            let error = (model.refused == Some(Refused::Code)).then(|| parts::error(lang, "code-error", tr!(lang, register.code_wrong)));
            let invalid = error.is_some();
            view! {
                <div class="c-notice" data-variant="info">{icon("lock", 20)}<h3>{tr!(lang, register.locked)}</h3><p>{tr!(lang, register.locked_p)}</p></div>
                <div class="c-field" data-state=invalid.then_some("error")>
                    <label for="code">{tr!(lang, register.code)}</label>
                    {error}
                    <input id="code" name="code" autocomplete="off" spellcheck="false" autocapitalize="none" data-w="20" data-code=true aria-describedby=invalid.then_some("code-error") aria-invalid=invalid.then_some("true") />
                </div>
                {press("unlock", tr!(lang, register.unlock))}
            }
            .into_any()
        }
        AwsAccess::NoTls => {
            view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<h3>{tr!(lang, register.tls)}</h3><p>{tr!(lang, register.tls_p)}</p></div> }
                .into_any()
        }
        // What AWS would refuse is said above, with the way to mend it.
        _ if !ready => return ().into_any(),
        AwsAccess::Local { .. } => press("look", tr!(lang, register.look)).into_any(),
        AwsAccess::Keys { .. } => view! { {parts::keys(lang, false, model.refused)}{press("look", tr!(lang, register.look))} }.into_any(),
    };
    view! {
        <section class="l-stack" data-gap="4" aria-labelledby="here-h">
            <div class="c-head2"><h2 id="here-h">{tr!(lang, register.from_here)}</h2><p>{tr!(lang, register.from_here_p)}</p></div>
            {parts::emulator(lang, &model.access)}
            {wrong}
            <form class="l-stack" data-gap="5" method="post" action=format!("{base}/register") novalidate=true>{inner}</form>
        </section>
    }
    .into_any()
}

fn past(lang: Lang, base: &str, model: &RegisterModel) -> AnyView {
    if model.past.is_empty() {
        return ().into_any();
    }
    let row = |p: &PastView| {
        let family = p.family.as_str();
        let said = match &p.run {
            None => tr!(lang, register.past_plan, family = family),
            Some(run) if run.is_done() => tr!(lang, register.past_done, family = family),
            Some(run) if p.held && run.is_going() => tr!(lang, register.past_going, family = family),
            Some(_) => tr!(lang, register.past_stopped, family = family),
        };
        let when = ago(lang, model.now, p.made_at);
        view! {
            <li>
                <div><h3 class="c-table__when">{said.clone()}</h3><p>{when.clone()}</p></div>
                <div class="c-table__num"><a class="c-table__go" href=format!("{base}/review/register/{}", p.id)>{tr!(lang, register.open)}<span class="u-vh">{format!(" {said}, {when}")}</span></a></div>
            </li>
        }
    };
    let rows = model.past.iter().map(row).collect_view();
    view! {
        <section class="l-section l-stack" data-gap="4" aria-labelledby="past-h">
            <h2 id="past-h">{tr!(lang, register.past)}</h2>
            <ol class="c-table">{rows}</ol>
        </section>
    }
    .into_any()
}

fn steps(lang: Lang, plan: &Plan) -> AnyView {
    let mut all = vec![(tr!(lang, register.cluster), plan.cluster.to_string(), tr!(lang, register.cluster_p))];
    all.extend(plan.groups.iter().map(|g| (tr!(lang, register.group), g.name.to_string(), tr!(lang, register.group_p))));
    all.extend(plan.roles.iter().map(|r| {
        let what = if r.execution { tr!(lang, register.role_execution) } else { tr!(lang, register.role_task) };
        (what, r.name.to_string(), tr!(lang, register.role_p))
    }));
    all.push((tr!(lang, register.revision), plan.family.to_string(), tr!(lang, register.revision_p)));
    let row = |(what, name, does): (&'static str, String, &'static str)| {
        let name = if name.is_empty() { tr!(lang, register.no_name).to_owned() } else { name };
        view! { <li><div><h3 class="c-table__when">{what}" "<code class="u-code">{name}</code></h3><p>{does}</p></div></li> }
    };
    all.into_iter().map(row).collect_view().into_any()
}
