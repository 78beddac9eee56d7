//! The answers: as cards on the review page with Change links, on the shared page without; as text in the note.

use super::cells::{colour, escape, grouped, mib};
use crate::{address::Page, wire::Choices};
use serde_json::Value;
use taskdef::{
    Draft, Lang, Launch, Step,
    document::{value::text_of, view::ContainerView},
    grammar::{health, size},
    questions::{self, Question, Size},
};

/// The answers of one step, or of one container.
#[derive(Clone, Debug)]
pub struct FactView {
    /// Its name.
    pub title: String,
    /// A container's number.
    pub number: Option<u64>,
    /// Where they can be changed.
    pub page: Page,
    /// Term, and the lines of its value: text, and whether it is code.
    pub rows: Vec<(&'static str, Vec<(String, bool)>)>,
}

fn text(value: Option<&Value>) -> String {
    value.map(text_of).unwrap_or_default()
}

fn plain(text: impl Into<String>) -> Vec<(String, bool)> {
    vec![(text.into(), false)]
}

fn code(text: impl Into<String>) -> Vec<(String, bool)> {
    vec![(text.into(), true)]
}

/// All cards; `link` gives the address where an answer can be changed.
pub fn answers(lang: Lang, d: &Draft, choices: &Choices, link: impl Fn(Page) -> Option<String>) -> String {
    facts(lang, d, choices).iter().map(|fact| card(lang, fact, link(fact.page))).collect()
}

fn card(lang: Lang, fact: &FactView, change: Option<String>) -> String {
    let title = escape(&fact.title);
    let chip = fact.number.map_or(String::new(), |n| format!("<span class=\"c-num\" data-c=\"{}\" aria-hidden=\"true\">{n}</span>", colour(n)));
    let change =
        change.map_or(String::new(), |href| format!("<a href=\"{}\">{}<span class=\"u-vh\"> {title}</span></a>", escape(&href), tr!(lang, common.change)));
    let mut rows = String::new();
    for (term, lines) in &fact.rows {
        let line = |(text, is_code): &(String, bool)| {
            let text = escape(text);
            let html = if *is_code { format!("<code class=\"u-code\" translate=\"no\" lang=\"en\">{text}</code>") } else { text.into_owned() };
            if lines.len() > 1 { format!("<span class=\"c-kv__line\">{html}</span>") } else { html }
        };
        rows += &format!("<div><dt>{term}</dt><dd>{}</dd></div>", lines.iter().map(line).collect::<String>());
    }
    format!("<section class=\"c-answers\"><div class=\"c-answers__head\">{chip}<h3>{title}</h3>{change}</div><dl class=\"c-kv\">{rows}</dl></section>")
}

/// All answers, step by step and container by container.
pub fn facts(lang: Lang, d: &Draft, choices: &Choices) -> Vec<FactView> {
    let or = |text: &str| plain(if text.is_empty() { tr!(lang, review.unset) } else { text });
    let definition = d.definition();
    let region = choices.regions.iter().find(|(id, _)| id == d.region()).map_or(d.region(), |(_, name)| name);
    let runs_on = d.launch().map_or("", |l| if l == Launch::Fargate { "Fargate" } else { l.as_str() });
    let mut cluster = vec![(tr!(lang, review.region), or(region)), (tr!(lang, review.name), or(d.cluster_name())), (tr!(lang, review.runs_on), or(runs_on))];
    let instance = text(d.root()["cluster"].get("instanceType"));
    if !instance.is_empty() {
        let count = d.root()["cluster"].get("count").map_or_else(|| "1".into(), text_of);
        cluster.push((tr!(lang, review.instances), plain(format!("{count} × {instance}"))));
    }
    let (cpu, memory) = taskdef::document::view::shares(definition);
    let sizes = match (cpu.total, memory.total) {
        (Some(c), Some(m)) => plain(tr!(lang, size.pair, cpu = size::vcpu(c), memory = size::gb(m))),
        _ => or(format!("{} {}", text(definition.get("cpu")), text(definition.get("memory"))).trim()),
    };
    let system = match Question::from(Size::Platform).rendered(d).as_str() {
        "LINUX/X86_64" => plain(tr!(lang, size.x86)),
        "LINUX/ARM64" => plain(tr!(lang, size.arm)),
        other => or(other),
    };
    let size = vec![(tr!(lang, review.family), or(d.family())), (tr!(lang, review.size), sizes), (tr!(lang, review.system), system)];
    let group = questions::shared_option(d, "awslogs-group").filter(|g| !g.is_empty());
    let mut logs = vec![
        (tr!(lang, review.group), group.map_or_else(|| plain(tr!(lang, review.no_logs)), code)),
        (tr!(lang, review.prefix), or(&questions::shared_option(d, "awslogs-stream-prefix").unwrap_or_default())),
        (tr!(lang, review.role), or(&text(definition.get("executionRoleArn")))),
    ];
    let own = text(definition.get("taskRoleArn"));
    if !own.is_empty() {
        logs.push((tr!(lang, logs.task_role), code(own)));
    }
    let step = |step: Step, title: &str, rows| FactView { title: title.to_owned(), number: None, page: Page::Step(step), rows };
    let mut out = vec![step(Step::Cluster, tr!(lang, common.step_cluster), cluster), step(Step::Size, tr!(lang, common.step_size), size)];
    for c in taskdef::document::view::containers(definition) {
        let n = d.container_number(c.index);
        let title = if c.name().is_empty() { tr!(lang, common.unnamed, n = n) } else { c.name().to_owned() };
        out.push(FactView { title, number: Some(n), page: Page::Container(c.index), rows: of_container(lang, c) });
    }
    out.push(step(Step::Logs, tr!(lang, common.step_logs), logs));
    out
}

fn of_container(lang: Lang, c: ContainerView<'_>) -> Vec<(&'static str, Vec<(String, bool)>)> {
    let none = || plain(tr!(lang, containers.none));
    let mut rows = vec![(tr!(lang, review.image), if c.image().is_empty() { plain(tr!(lang, review.unset)) } else { code(c.image()) })];
    let ports = c.list("portMappings").iter().map(|p| {
        let protocol = p.get("protocol").and_then(Value::as_str).unwrap_or("tcp").to_uppercase();
        format!("{} {protocol}", text(p.get("containerPort")))
    });
    let ports = ports.collect::<Vec<_>>().join(", ");
    rows.push((tr!(lang, review.port), if ports.is_empty() { none() } else { plain(ports) }));
    if let Some(n) = c.number("cpu") {
        let space = if lang == Lang::Ko { "" } else { " " };
        rows.push((tr!(lang, common.cpu), plain(format!("{}{space}{}", grouped(n), tr!(lang, common.units)))));
    }
    for (key, words) in [("memoryReservation", tr!(lang, containers.soft)), ("memory", tr!(lang, containers.hard))] {
        if let Some(n) = c.number(key) {
            rows.push((words, plain(mib(lang, n))));
        }
    }
    for (key, value, words) in [("environment", "value", tr!(lang, review.env)), ("secrets", "valueFrom", tr!(lang, review.secrets))] {
        let list: Vec<_> = c.list(key).iter().map(|e| (format!("{}={}", text(e.get("name")), text(e.get(value))), true)).collect();
        if !list.is_empty() {
            rows.push((words, list));
        }
    }
    rows.push((tr!(lang, review.check), c.value().get("healthCheck").filter(|v| v.is_object()).map_or_else(none, |check| checked(lang, check))));
    rows.push((tr!(lang, review.stops), plain(if c.essential() { tr!(lang, containers.ess_yes) } else { tr!(lang, containers.ess_no) })));
    rows
}

fn checked(lang: Lang, check: &Value) -> Vec<(String, bool)> {
    let at = |key: &str, usual: &str| check.get(key).map_or_else(|| usual.to_owned(), text_of);
    let command = check.get("command").map(|command| match health::recognise(command) {
        Some(known) if known.item == 1 => text(command.get(1)),
        _ => command.to_string(),
    });
    let timing =
        tr!(lang, review.timing, interval = at("interval", "30"), timeout = at("timeout", "5"), retries = at("retries", "3"), start = at("startPeriod", "0"));
    command.map(|c| (c, true)).into_iter().chain([(timing, false)]).collect()
}
