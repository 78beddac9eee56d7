//! The answers: as cards on the review page with Change links, on the shared page without; as text in the note.

use super::cells::{colour, escape, grouped, mib};
use crate::{address::Page, texts::told, wire::Choices};
use serde_json::Value;
use taskdef::{
    Draft, Lang, Launch, Step,
    document::{value::text_of, view::ContainerView},
    grammar::{command, health, size},
    questions::{
        self, Control, Field, Question, Size,
        fields::{Kind, specs},
    },
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
    /// What else the definition has, made from the schema.
    pub more: Vec<MoreView>,
}

/// A value without a separate row.
#[derive(Clone, Debug)]
pub struct MoreView {
    /// What the pages call it, or its key where AWS has no such field.
    pub term: String,
    /// The lines of its value.
    pub lines: Vec<String>,
    /// Its control.
    pub control: Control,
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
    facts(lang, d, choices).iter().map(|fact| card(lang, fact, &link)).collect()
}

fn card(lang: Lang, fact: &FactView, link: &impl Fn(Page) -> Option<String>) -> String {
    let change = link(fact.page);
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
    for MoreView { term, lines, control } in &fact.more {
        let page = if let Control::Question(question) = control { Page::of_question(*question) } else { fact.page };
        let term = escape(term);
        let change = link(page).map_or(String::new(), |href| {
            format!(" <a href=\"{}#{}\">{}<span class=\"u-vh\"> {term}</span></a>", escape(&href), control.id(), tr!(lang, common.change))
        });
        let lines: String =
            lines.iter().map(|line| format!("<code class=\"u-code c-kv__line\" translate=\"no\" lang=\"en\">{}</code>", escape(line))).collect();
        rows += &format!("<div><dt>{term}</dt><dd>{lines}{change}</dd></div>");
    }
    format!("<section class=\"c-answers\"><div class=\"c-answers__head\">{chip}<h3>{title}</h3>{change}</div><dl class=\"c-kv\">{rows}</dl></section>")
}

/// Lines that are shown of all values together; what AWS takes, 64 KiB, has fewer.
const MOST: usize = 5_000;

/// All answers, step by step and container by container.
pub fn facts(lang: Lang, d: &Draft, choices: &Choices) -> Vec<FactView> {
    let mut facts = all(lang, d, choices);
    let lines = |fact: &FactView| fact.rows.iter().map(|(_, lines)| lines.len()).sum::<usize>() + fact.more.iter().map(|m| m.lines.len()).sum::<usize>();
    let rest = facts.iter().map(lines).sum::<usize>().saturating_sub(MOST);
    if rest > 0 {
        let mut left = MOST;
        for fact in &mut facts {
            fact.rows.iter_mut().for_each(|(_, lines)| cut(lines, &mut left));
            fact.more.iter_mut().for_each(|more| cut(&mut more.lines, &mut left));
            fact.rows.retain(|(_, lines)| !lines.is_empty());
            fact.more.retain(|more| !more.lines.is_empty());
        }
        facts.retain(|fact| lines(fact) > 0);
        facts.last_mut().into_iter().for_each(|last| last.rows.push(("…", plain(tr!(lang, settings.rest, n = rest)))));
    }
    facts
}

fn cut<T>(lines: &mut Vec<T>, left: &mut usize) {
    lines.truncate(*left);
    *left -= lines.len();
}

fn all(lang: Lang, d: &Draft, choices: &Choices) -> Vec<FactView> {
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
    let step = |step: Step, title: &str, rows| FactView { title: title.to_owned(), number: None, page: Page::Step(step), rows, more: of_task(lang, d, step) };
    let mut out = vec![step(Step::Cluster, tr!(lang, common.step_cluster), cluster), step(Step::Size, tr!(lang, common.step_size), size)];
    for c in taskdef::document::view::containers(definition) {
        let n = d.container_number(c.index);
        let title = if c.name().is_empty() { tr!(lang, common.unnamed, n = n) } else { c.name().to_owned() };
        out.push(FactView { title, number: Some(n), page: Page::Container(c.index), rows: of_container(lang, c), more: more_of_container(lang, d, c) });
    }
    out.push(step(Step::Logs, tr!(lang, common.step_logs), logs));
    out
}

fn of_container(lang: Lang, c: ContainerView<'_>) -> Vec<(&'static str, Vec<(String, bool)>)> {
    let none = || plain(tr!(lang, containers.none));
    let mut rows = vec![(tr!(lang, review.image), if c.image().is_empty() { plain(tr!(lang, review.unset)) } else { code(c.image()) })];
    let ports = c.list("portMappings").iter().map(|p| {
        let protocol = p.get("protocol").and_then(Value::as_str).unwrap_or("tcp").to_uppercase();
        let more = ["name", "hostPort", "appProtocol"].map(|key| text(p.get(key))).into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ");
        let port = [text(p.get("containerPort")), text(p.get("containerPortRange"))].concat();
        if more.is_empty() { format!("{port} {protocol}") } else { format!("{port} {protocol} ({more})") }
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

/// Keys of a container that rows or the card of the logs show.
const SHOWN: [&str; 9] = ["name", "image", "essential", "cpu", "memory", "memoryReservation", "portMappings", "environment", "secrets"];

/// Keys of the definition that rows show.
const SHOWN_OF_TASK: [&str; 7] = ["family", "cpu", "memory", "executionRoleArn", "taskRoleArn", "containerDefinitions", "runtimePlatform"];

fn more_of_container(lang: Lang, d: &Draft, c: ContainerView<'_>) -> Vec<MoreView> {
    let mut all = Vec::new();
    for (key, value) in c.value().as_object().into_iter().flatten() {
        let shown = match key.as_str() {
            "healthCheck" => value.is_object(),
            // Of the usual driver the card of the logs shows what there is.
            "logConfiguration" => questions::shared_option(d, "awslogs-group").is_some() && c.log_driver() == "awslogs" && is_usual(value),
            key => SHOWN.contains(&key),
        };
        if !shown {
            let own = (key == "dependsOn").then(|| tr!(lang, health.order));
            more(lang, d, Some(c.index), key, own, value, &mut all);
        }
    }
    all
}

fn of_task(lang: Lang, d: &Draft, step: Step) -> Vec<MoreView> {
    let mut all = Vec::new();
    for (key, value) in d.definition().as_object().into_iter().flatten() {
        let usual = match key.as_str() {
            "runtimePlatform" => matches!(Question::from(Size::Platform).rendered(d).as_str(), "LINUX/X86_64" | "LINUX/ARM64"),
            "networkMode" => value.as_str() == Some("awsvpc") && d.launch() == Some(Launch::Fargate),
            "requiresCompatibilities" => value.as_array().is_some_and(|list| list.len() == 1),
            key => SHOWN_OF_TASK.contains(&key),
        };
        let at = match Step::of_place(&format!("/{key}")) {
            // What no step asks for stands with the task, and the network with where it runs: ports have no card.
            Step::Review => Step::Size,
            Step::Ports => Step::Cluster,
            step => step,
        };
        if !usual && at == step {
            more(lang, d, None, key, None, value, &mut all);
        }
    }
    all
}

fn is_usual(log: &Value) -> bool {
    let known = ["awslogs-group", "awslogs-region", "awslogs-stream-prefix"];
    let only = |value: &Value, keys: &[&str]| value.as_object().is_some_and(|map| map.keys().all(|key| keys.contains(&key.as_str())));
    only(log, &["logDriver", "options"]) && log.get("options").is_some_and(|options| only(options, &known))
}

/// What stands under a key: by the names of its fields, or by the key where AWS has no such field.
fn more(lang: Lang, d: &Draft, container: Option<usize>, key: &str, own: Option<&str>, value: &Value, all: &mut Vec<MoreView>) {
    let (path, place) = match container {
        Some(i) => (format!("containerDefinitions[].{key}"), taskdef::document::pointer::join(&format!("/containerDefinitions/{i}"), key)),
        None => (key.to_owned(), taskdef::document::pointer::join("", key)),
    };
    let at: Vec<usize> = container.into_iter().collect();
    let below = |spec: &str| spec.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let before = all.len();
    for (i, spec) in specs().iter().enumerate().filter(|(_, spec)| below(&spec.path) && !matches!(spec.kind, Kind::Group | Kind::Object)) {
        let member = &spec.path[path.len()..];
        // A row's members come with their list.
        if member.contains("[]") {
            continue;
        }
        let field = Field::new(i, &at);
        if let Some(found) = field.found(d).filter(|found| !found.is_null()) {
            all.push(MoreView { term: told(lang, i).label.to_owned(), lines: lines(found), control: Control::of_place(d, &field.place()) });
        }
    }
    if all.len() == before {
        all.push(MoreView { term: own.unwrap_or(key).to_owned(), lines: lines(value), control: Control::of_place(d, &place) });
    }
}

/// A value as lines: a command as a shell has it, each row and each key by itself.
fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) if list.iter().all(Value::is_string) && !list.is_empty() => vec![command::line(list.iter().filter_map(Value::as_str))],
        Value::Array(list) if !list.is_empty() => list.iter().map(pairs).collect(),
        Value::Object(map) if !map.is_empty() => map.iter().map(|(key, value)| format!("{key}={}", pairs(value))).collect(),
        other => vec![other.to_string().trim_matches('"').to_owned()],
    }
}

fn pairs(value: &Value) -> String {
    match value {
        Value::Object(map) if !map.is_empty() => map
            .iter()
            .map(|(key, value)| if value.is_object() { format!("{key} ({})", pairs(value)) } else { format!("{key}={}", pairs(value)) })
            .collect::<Vec<_>>()
            .join(", "),
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_string) => command::line(list.iter().filter_map(Value::as_str)),
        other => text_of(other),
    }
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn leaves(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.values().for_each(|v| leaves(v, out)),
            Value::Array(list) => list.iter().for_each(|v| leaves(v, out)),
            Value::Bool(_) => {}
            other => out.push(text_of(other)),
        }
    }

    /// Half of what an import had was not on the review: an expert could not tell that it was still there.
    #[test]
    fn the_review_shows_every_value_of_a_definition() {
        let mut definition: Value = serde_json::from_str(include_str!("../../taskdef/tests/support/every.json")).expect("JSON");
        definition["containerDefinitions"][0]["newKey"] = serde_json::json!({ "deep": ["unknown to AWS"] });
        definition["newerKey"] = serde_json::json!(42_424);
        // A bare number can appear anywhere; a unique value shows whether it is missing.
        let mut n = 7_000;
        let mut unlike = |value: &mut Value| {
            fn walk(value: &mut Value, n: &mut u64) {
                match value {
                    Value::Object(map) => map.values_mut().for_each(|v| walk(v, n)),
                    Value::Array(list) => list.iter_mut().for_each(|v| walk(v, n)),
                    Value::Number(_) => {
                        *n += 1;
                        *value = serde_json::json!(*n);
                    }
                    Value::String(text) if text.starts_with("a ") => {
                        *n += 1;
                        *text = format!("{text} {n}");
                    }
                    _ => {}
                }
            }
            walk(value, &mut n);
        };
        unlike(&mut definition);
        let mut all = Vec::new();
        leaves(&definition, &mut all);
        assert!(all.len() > 130, "{}", all.len());
        let d = Draft::around(definition);
        for lang in [Lang::En, Lang::Ko] {
            let html = answers(lang, &d, &Choices::default(), |page| Some(page.path()));
            let shown = html.replace("&quot;", "\"").replace("&amp;", "&");
            for leaf in &all {
                let figure = leaf.parse::<u64>().map(grouped).unwrap_or_default();
                let seen = shown.contains(leaf.as_str()) || (!figure.is_empty() && shown.contains(&figure));
                assert!(seen || ["tcp", "LINUX", "X86_64", "1024", "2048"].contains(&leaf.as_str()), "{lang:?}: {leaf}");
            }
            assert!(shown.contains("containers/1#f-containerDefinitions-0-stopTimeout"), "each has a link to its control");
        }
    }
}
