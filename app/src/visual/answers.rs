//! The answers as cards: on the review page with Change links, on the shared page without.

use super::cells::{colour, escape, grouped, mib};
use crate::{address::Page, model::Choices};
use serde_json::Value;
use taskdef::{Draft, Lang, Launch, Step, form, health, size, view::ContainerView};

fn code(text: &str) -> String {
    format!("<code class=\"u-code\" translate=\"no\" lang=\"en\">{}</code>", escape(text))
}

fn line(html: &str) -> String {
    format!("<span class=\"c-kv__line\">{html}</span>")
}

fn text(value: Option<&Value>) -> String {
    value.map(form::text_of).unwrap_or_default()
}

/// A card: title, a container's number, where Change leads, rows of term and markup.
fn card(lang: Lang, title: &str, number: Option<u64>, change: Option<String>, rows: Vec<(&str, String)>) -> String {
    let title = escape(title);
    let chip = number.map_or(String::new(), |n| format!("<span class=\"c-num\" data-c=\"{}\" aria-hidden=\"true\">{n}</span>", colour(n)));
    let change =
        change.map_or(String::new(), |href| format!("<a href=\"{}\">{}<span class=\"u-vh\"> {title}</span></a>", escape(&href), tr!(lang, common.change)));
    let rows: String = rows.into_iter().map(|(dt, dd)| format!("<div><dt>{dt}</dt><dd>{dd}</dd></div>")).collect();
    format!("<section class=\"c-answers\"><div class=\"c-answers__head\">{chip}<h3>{title}</h3>{change}</div><dl class=\"c-kv\">{rows}</dl></section>")
}

/// All cards; `link` gives the address where an answer can be changed.
pub fn answers(lang: Lang, d: &Draft, choices: &Choices, link: impl Fn(Page) -> Option<String>) -> String {
    let or = |text: &str| if text.is_empty() { tr!(lang, review.unset).to_owned() } else { escape(text) };
    let definition = d.definition();
    let region = choices.regions.iter().find(|(id, _)| id == d.region()).map_or(d.region(), |(_, name)| name);
    let runs_on = d.launch().map_or("", |l| if l == Launch::Fargate { "Fargate" } else { l.as_str() });
    let mut cluster = vec![(tr!(lang, review.region), or(region)), (tr!(lang, review.name), or(d.cluster_name())), (tr!(lang, review.runs_on), or(runs_on))];
    let instance = text(d.root()["cluster"].get("instanceType"));
    if !instance.is_empty() {
        let count = d.root()["cluster"].get("count").map_or_else(|| "1".into(), form::text_of);
        cluster.push((tr!(lang, review.instances), escape(&format!("{count} × {instance}"))));
    }
    let (cpu, memory) = taskdef::view::shares(definition);
    let sizes = match (cpu.total, memory.total) {
        (Some(c), Some(m)) => tr!(lang, size.pair, cpu = size::vcpu(c), memory = size::gb(m)),
        _ => or(format!("{} {}", text(definition.get("cpu")), text(definition.get("memory"))).trim()),
    };
    let system = match form::rendered(d, "platform").as_str() {
        "LINUX/X86_64" => tr!(lang, size.x86).to_owned(),
        "LINUX/ARM64" => tr!(lang, size.arm).to_owned(),
        other => or(other),
    };
    let size = vec![(tr!(lang, review.family), or(d.family())), (tr!(lang, review.size), sizes), (tr!(lang, review.system), system)];
    let group = form::shared_option(d, "awslogs-group").filter(|g| !g.is_empty());
    let logs = vec![
        (tr!(lang, review.group), group.map_or_else(|| tr!(lang, review.no_logs).to_owned(), |g| code(&g))),
        (tr!(lang, review.prefix), or(&form::shared_option(d, "awslogs-stream-prefix").unwrap_or_default())),
        (tr!(lang, review.role), or(&text(definition.get("executionRoleArn")))),
    ];
    let step = |step: Step| link(Page::Step(step));
    let mut out = card(lang, tr!(lang, common.step_cluster), None, step(Step::Cluster), cluster);
    out += &card(lang, tr!(lang, common.step_size), None, step(Step::Size), size);
    for c in taskdef::view::containers(definition) {
        let n = d.container_number(c.index);
        let name = if c.name().is_empty() { tr!(lang, common.unnamed, n = n) } else { c.name().to_owned() };
        out += &card(lang, &name, Some(n), link(Page::Container(c.index)), facts(lang, c));
    }
    out + &card(lang, tr!(lang, common.step_logs), None, step(Step::Logs), logs)
}

fn facts(lang: Lang, c: ContainerView<'_>) -> Vec<(&'static str, String)> {
    let none = || tr!(lang, containers.none).to_owned();
    let mut rows = vec![(tr!(lang, review.image), if c.image().is_empty() { tr!(lang, review.unset).to_owned() } else { code(c.image()) })];
    let ports = c.list("portMappings").iter().map(|p| {
        let protocol = p.get("protocol").and_then(Value::as_str).unwrap_or("tcp").to_uppercase();
        format!("{} {protocol}", text(p.get("containerPort")))
    });
    let ports = ports.collect::<Vec<_>>().join(", ");
    rows.push((tr!(lang, review.port), if ports.is_empty() { none() } else { escape(&ports) }));
    if let Some(n) = c.number("cpu") {
        let space = if lang == Lang::Ko { "" } else { " " };
        rows.push((tr!(lang, common.cpu), format!("{}{space}{}", grouped(n), tr!(lang, common.units))));
    }
    for (key, words) in [("memoryReservation", tr!(lang, containers.soft)), ("memory", tr!(lang, containers.hard))] {
        if let Some(n) = c.number(key) {
            rows.push((words, mib(lang, n)));
        }
    }
    for (key, value, words) in [("environment", "value", tr!(lang, review.env)), ("secrets", "valueFrom", tr!(lang, review.secrets))] {
        let list: String = c.list(key).iter().map(|e| line(&code(&format!("{}={}", text(e.get("name")), text(e.get(value)))))).collect();
        if !list.is_empty() {
            rows.push((words, list));
        }
    }
    rows.push((tr!(lang, review.check), c.value().get("healthCheck").filter(|v| v.is_object()).map_or_else(none, |check| checked(lang, check))));
    rows.push((tr!(lang, review.stops), if c.essential() { tr!(lang, containers.ess_yes) } else { tr!(lang, containers.ess_no) }.to_owned()));
    rows
}

fn checked(lang: Lang, check: &Value) -> String {
    let at = |key: &str, usual: &str| check.get(key).map_or_else(|| usual.to_owned(), |v| escape(&form::text_of(v)));
    let command = check.get("command").map_or(String::new(), |command| match health::recognise(command) {
        Some(known) if known.item == 1 => line(&code(&text(command.get(1)))),
        _ => line(&code(&command.to_string())),
    });
    let timing =
        tr!(lang, review.timing, interval = at("interval", "30"), timeout = at("timeout", "5"), retries = at("retries", "3"), start = at("startPeriod", "0"));
    command + &line(&timing)
}
