//! Step 7: findings, answers, and what to take along.

use super::Go;
use crate::{
    address::Page,
    model::{Choices, FindingView},
    parts::{command, fixes, icon, number, step_form},
    state::Wizard,
    visual,
};
use leptos::prelude::*;
use taskdef::{Draft, Lang, Severity, Step, export, health, pointer::field_id, size, view};

pub fn page(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    let link = move |page: Page| Some(w.href(page));
    let shown = move || w.choices.with_value(|choices| w.draft.with(|d| answers(lang, d, choices, link)));
    let questions = view! {
        <div class="l-stack" data-gap="7">
            <div class="l-stack" data-gap="5">{findings(w)}<div class="l-stack" data-gap="4">{shown}</div></div>
            {export(w)}
            <section class="l-section" aria-labelledby="next-h">
                <h2 id="next-h">{tr!(lang, review.next)}</h2>
                <div class="l-stack" data-gap="4">
                    {command(lang, tr!(lang, review.cmd_run), move || Some(w.draft.with(visual::run)))}
                    {command(lang, tr!(lang, review.cmd_clean), move || Some(w.draft.with(visual::cleaning)))}
                </div>
            </section>
        </div>
    }
    .into_any();
    step_form(w, go, tr!(lang, review.h1).into_any(), None, None, questions, Some(().into_any()), Vec::new())
}

/// Everything that the rules say, each with a link to its field.
fn findings(w: Wizard) -> AnyView {
    let lang = w.lang;
    (move || {
        let all = w.answer.with(|a| a.findings.clone());
        let count = |s: Severity| all.iter().filter(|f| f.severity == s).count();
        let head = if count(Severity::Error) == 0 {
            view! { <div class="c-notice" data-variant="ok">{icon("check", 20)}<h2>{tr!(lang, review.ok)}</h2><p>{tr!(lang, review.ok_p)}</p></div> }.into_any()
        } else {
            ().into_any()
        };
        if all.is_empty() {
            return head;
        }
        let part = |s: Severity, words: String| {
            let list: Vec<FindingView> = all.iter().filter(|f| f.severity == s).cloned().collect();
            (!list.is_empty()).then(|| view! { <h3>{words}</h3><ul class="c-findings">{list.into_iter().map(|f| finding(w, f)).collect_view()}</ul> })
        };
        view! {
            {head}
            <section class="l-stack" data-gap="3" aria-labelledby="findings-h">
                <h2 id="findings-h">{tr!(lang, review.findings)}</h2>
                {part(Severity::Error, tr!(lang, review.errors, n = count(Severity::Error)))}
                {part(Severity::Warning, tr!(lang, review.warnings, n = count(Severity::Warning)))}
                {part(Severity::Advice, tr!(lang, review.advice, n = count(Severity::Advice)))}
            </section>
        }
        .into_any()
    })
    .into_any()
}

fn finding(w: Wizard, f: FindingView) -> AnyView {
    let variant = match f.severity {
        Severity::Error => "danger",
        Severity::Warning => "warn",
        Severity::Advice => "info",
    };
    let page = Page::of_place(&f.place);
    let link = (page.step() != Step::Review).then(|| {
        let href = format!("{}#{}", w.href(page), field_id(&f.control));
        view! { " "<a href=href>{tr!(w.lang, review.go)}<span class="u-vh">": "{f.message.clone()}</span></a> }
    });
    view! {
        <li class="c-notice" data-variant=variant>
            {icon(if variant == "info" { "info" } else { "alert" }, 20)}
            <p>{f.message.clone()}</p>
            <p class="c-field__hint">{f.why.clone()}{link}</p>
            {fixes(&f)}
        </li>
    }
    .into_any()
}

/// The answers as cards, with Change links where `link` gives one. Also for the shared page.
pub fn answers(lang: Lang, d: &Draft, choices: &Choices, link: impl Fn(Page) -> Option<String>) -> AnyView {
    let unset = || tr!(lang, review.unset).to_owned();
    let or = |text: String| if text.is_empty() { unset() } else { text };
    let code = |text: String| view! { <code class="u-code" translate="no" lang="en">{text}</code> }.into_any();
    let card = |title: String, n: Option<u64>, page: Page, rows: Vec<(&'static str, AnyView)>| {
        let change = link(page).map(|href| view! { <a href=href>{tr!(lang, common.change)}<span class="u-vh">" "{title.clone()}</span></a> });
        let rows = rows.into_iter().map(|(dt, dd)| view! { <div><dt>{dt}</dt><dd>{dd}</dd></div> }).collect_view();
        view! {
            <section class="c-answers">
                <div class="c-answers__head">{n.map(number)}<h3>{title}</h3>{change}</div>
                <dl class="c-kv">{rows}</dl>
            </section>
        }
        .into_any()
    };
    let definition = d.definition();
    let text = |key: &str| definition.get(key).map(taskdef::form::text_of).unwrap_or_default();
    let region = choices.regions.iter().find(|(id, _)| id == d.region()).map_or_else(|| d.region().to_owned(), |(_, name)| name.clone());
    let mut cluster = vec![
        (tr!(lang, review.region), or(region).into_any()),
        (tr!(lang, review.name), or(d.cluster_name().to_owned()).into_any()),
        (
            tr!(lang, review.runs_on),
            d.launch().map_or_else(unset, |l| if l == taskdef::Launch::Fargate { "Fargate".into() } else { l.as_str().to_owned() }).into_any(),
        ),
    ];
    if let Some(kind) = d.root()["cluster"].get("instanceType").and_then(|v| v.as_str()) {
        let count = d.root()["cluster"].get("count").map(taskdef::form::text_of).unwrap_or_else(|| "1".into());
        cluster.push((tr!(lang, review.instances), format!("{count} × {kind}").into_any()));
    }
    let (cpu, memory) = view::shares(definition);
    let size = match (cpu.total, memory.total) {
        (Some(c), Some(m)) => tr!(lang, size.pair, cpu = size::vcpu(c), memory = size::gb(m)),
        _ => or([text("cpu"), text("memory")].join(" ").trim().to_owned()),
    };
    let system = match taskdef::form::rendered(d, "platform").as_str() {
        "LINUX/X86_64" => tr!(lang, size.x86).to_owned(),
        "LINUX/ARM64" => tr!(lang, size.arm).to_owned(),
        other => or(other.to_owned()),
    };
    let sizes = vec![
        (tr!(lang, review.family), or(d.family().to_owned()).into_any()),
        (tr!(lang, review.size), size.into_any()),
        (tr!(lang, review.system), system.into_any()),
    ];
    let containers = view::containers(definition);
    let logs = match taskdef::form::shared_option(d, "awslogs-group") {
        Some(group) if !group.is_empty() => code(group),
        _ => tr!(lang, review.no_logs).into_any(),
    };
    let log_rows = vec![
        (tr!(lang, review.group), logs),
        (tr!(lang, review.prefix), or(taskdef::form::shared_option(d, "awslogs-stream-prefix").unwrap_or_default()).into_any()),
        (tr!(lang, review.role), or(text("executionRoleArn")).into_any()),
    ];
    let each = containers.iter().map(|c| {
        let n = d.container_number(c.index);
        let name = if c.name().is_empty() { tr!(lang, common.unnamed, n = n) } else { c.name().to_owned() };
        card(name, Some(n), Page::Container(c.index), facts(lang, c))
    });
    view! {
        {card(tr!(lang, common.step_cluster).to_owned(), None, Page::Step(Step::Cluster), cluster)}
        {card(tr!(lang, common.step_size).to_owned(), None, Page::Step(Step::Size), sizes)}
        {each.collect_view()}
        {card(tr!(lang, common.step_logs).to_owned(), None, Page::Step(Step::Logs), log_rows)}
    }
    .into_any()
}

fn facts(lang: Lang, c: &view::ContainerView<'_>) -> Vec<(&'static str, AnyView)> {
    let code = |text: String| view! { <code class="u-code" translate="no" lang="en">{text}</code> }.into_any();
    let text = |v: Option<&serde_json::Value>| v.map(taskdef::form::text_of).unwrap_or_default();
    let unset = || tr!(lang, review.unset).into_any();
    let mut rows = vec![(tr!(lang, review.image), if c.image().is_empty() { unset() } else { code(c.image().to_owned()) })];
    let ports = c.list("portMappings").iter().map(|p| {
        let protocol = p.get("protocol").and_then(|v| v.as_str()).unwrap_or("tcp").to_uppercase();
        format!("{} {protocol}", text(p.get("containerPort")))
    });
    let ports = ports.collect::<Vec<_>>().join(", ");
    rows.push((tr!(lang, review.port), if ports.is_empty() { tr!(lang, containers.none).into_any() } else { ports.into_any() }));
    if let Some(n) = c.number("cpu") {
        let space = if lang == Lang::Ko { "" } else { " " };
        rows.push((tr!(lang, common.cpu), format!("{}{space}{}", visual::grouped(n), tr!(lang, common.units)).into_any()));
    }
    for (key, words) in [("memoryReservation", tr!(lang, containers.soft)), ("memory", tr!(lang, containers.hard))] {
        if let Some(n) = c.number(key) {
            rows.push((words, visual::mib(lang, n).into_any()));
        }
    }
    let lines = |key: &str, value: &str, words: &'static str| {
        let list = c.list(key).iter().map(|e| format!("{}={}", text(e.get("name")), text(e.get(value))));
        let list: Vec<AnyView> = list.map(|l| view! { <span class="c-kv__line">{code(l)}</span> }.into_any()).collect();
        (!list.is_empty()).then(|| (words, list.collect_view().into_any()))
    };
    rows.extend(lines("environment", "value", tr!(lang, review.env)));
    rows.extend(lines("secrets", "valueFrom", tr!(lang, review.secrets)));
    let check = c.value().get("healthCheck").filter(|v| v.is_object());
    rows.push((
        tr!(lang, review.check),
        match check {
            None => tr!(lang, containers.none).into_any(),
            Some(check) => {
                let at = |key: &str, usual: u64| check.get(key).map_or(usual.to_string(), taskdef::form::text_of);
                let command = check.get("command").map(|command| match health::recognise(command) {
                    Some(known) if known.item == 1 => text(command.get(1)),
                    _ => command.to_string(),
                });
                let timing = tr!(
                    lang,
                    review.timing,
                    interval = at("interval", 30),
                    timeout = at("timeout", 5),
                    retries = at("retries", 3),
                    start = at("startPeriod", 0)
                );
                view! { <span class="c-kv__line">{command.map(code)}</span><span class="c-kv__line">{timing}</span> }.into_any()
            }
        },
    ));
    rows.push((tr!(lang, review.stops), if c.essential() { tr!(lang, containers.ess_yes) } else { tr!(lang, containers.ess_no) }.into_any()));
    rows
}

fn export(w: Wizard) -> AnyView {
    let lang = w.lang;
    let file = move || w.draft.with(|d| export::file_name(d.family()));
    let token = w.token.get_value();
    let download = format!("/api/v1/drafts/{token}/export/json");
    let copied = crate::parts::copier(lang, move || w.draft.with(|d| export::to_json(d.definition())));
    let share = format!("/{}/d/{token}/share", lang.as_str());
    let errors = move || w.answer.with(|a| a.findings.iter().filter(|f| f.severity == Severity::Error).count());
    let still = move || (errors() > 0).then(|| view! { <span class="c-field__hint">{tr!(lang, review.still, n = errors())}</span> });
    view! {
        <section class="l-section" id="export" aria-labelledby="export-h">
            <div class="c-head2"><h2 id="export-h">{tr!(lang, review.export)}</h2><p>{tr!(lang, review.export_p)}</p></div>
            <div class="l-stack">
                <section class="l-stack" data-gap="3" aria-labelledby="x1">
                    <h3 id="x1">{tr!(lang, review.x1)}</h3>
                    <p class="c-field__hint">{tr!(lang, review.x1_p)}</p>
                    <div class="l-row">
                        <button class="c-btn" data-variant="primary" type="button" data-script="" on:click=copied.1>{icon("copy", 20)}<span>{copied.0}</span><span class="u-vh">" JSON"</span></button>
                        <a class="c-btn" href=download download=file rel="external">{icon("download", 20)}{move || tr!(lang, review.download, file = file())}</a>
                        {still}
                    </div>
                </section>
                <section class="l-stack" data-gap="3" aria-labelledby="x2">
                    <h3 id="x2">{tr!(lang, review.x2)}</h3>
                    {command(lang, tr!(lang, cluster.cmd_create), move || Some(w.draft.with(visual::cluster)))}
                    {command(lang, tr!(lang, logs.cmd_group), move || w.draft.with(visual::group))}
                    {command(lang, tr!(lang, review.cmd_register), move || Some(w.draft.with(visual::register)))}
                </section>
                <section class="l-stack" data-gap="3" aria-labelledby="x3">
                    <h3 id="x3">{tr!(lang, review.x3)}</h3>
                    <p class="c-field__hint">{tr!(lang, review.x3_p)}</p>
                    <div class="l-row"><a class="c-btn" href=share rel="external">{icon("share", 20)}{tr!(lang, review.link)}</a></div>
                </section>
            </div>
        </section>
    }
    .into_any()
}
