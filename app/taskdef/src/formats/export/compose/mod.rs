//! A Docker Compose file that runs the task locally: its containers, checks and order, and its one network.
//!
//! | file | what |
//! |---|---|
//! | `service.rs` | a container as a service |
//! | `network.rs` | the one network of a task: a service that only holds it |
//! | `volumes.rs` | volumes |

mod network;
mod service;
mod volumes;

use super::{
    ExportError, Exported, File, Loss, Options,
    definition::{self, Definition},
    expr::{Expr, Part, Ref, Text},
    loss::Losses,
    parameters::Parameters,
    yaml::{self, Yaml},
};
use crate::{Draft, Launch, finding::Param, formats::Format, messages::all::*, shown};
use std::collections::HashSet;

pub(super) fn write(draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    let mut read = definition::read(draft, Format::Compose);
    if read.root.get("runtimePlatform").is_some_and(|p| p.str("operatingSystemFamily").starts_with("WINDOWS")) {
        return Err(ExportError::Windows);
    }
    let mut losses = std::mem::take(&mut read.losses);
    let fargate = draft.launch() == Some(Launch::Fargate);
    let shared = network::Network::of(&read.root, fargate);
    without_counterpart(&read.root, fargate, &shared, &mut losses);
    let compose = Compose { read: &read, names: names(&read.root), network: shared, fargate };
    let mut answers = Answers::default();
    let mut services = Vec::new();
    if let Some(holder) = compose.network.holder(&compose, &mut losses) {
        services.push(holder);
    }
    for (i, container) in read.root.list("containerDefinitions").iter().enumerate() {
        services.push((compose.names[i].clone(), service::service(&compose, i, container, &mut answers, &mut losses)));
    }
    let mut pairs = vec![("name", Yaml::text(project(read.root.str("family")))), ("services", Yaml::Map(services))];
    let volumes = volumes::volumes(&compose, &mut losses);
    if !volumes.is_empty() {
        pairs.push(("volumes", Yaml::Map(volumes)));
    }
    if let Some(tags) = read.root.get("tags") {
        let tags = tags.items().iter().map(|tag| (tag.str("key").to_owned(), compose.value(tag.get("value")))).collect();
        pairs.push(("x-ecs-tags", Yaml::Map(tags)));
    }
    let losses = losses.into_list();
    let mut text = String::new();
    yaml::comments(&mut text, &head(&read.root, &losses, options), 0);
    text += &Yaml::map(pairs).document();
    let mut files = vec![File::new("compose.yaml", "application/yaml", text)];
    answers.add_parameters(&read.parameters);
    if !answers.lines.is_empty() {
        files.push(File::new(".env.example", "text/plain; charset=utf-8", answers.lines.concat()));
    }
    Ok(Exported { files, losses })
}

/// What every part of the file needs to know.
struct Compose<'a> {
    read: &'a Definition,
    /// The services' keys, in the order of the containers.
    names: Vec<String>,
    network: network::Network,
    fargate: bool,
}

impl Compose<'_> {
    /// A string for Compose, which reads `$` itself.
    fn string(&self, text: &Text) -> Yaml {
        let part = |part: &Part| match part {
            Part::Literal(text) => text.replace('$', "$$"),
            Part::Ref(reference) => {
                let name = variable(&self.read.parameters, reference);
                format!("${{{name}:?set {name} in .env}}")
            }
        };
        Yaml::Text(text.0.iter().map(part).collect())
    }

    /// Any scalar as a string; nothing as an empty one.
    fn value(&self, value: Option<&Expr>) -> Yaml {
        match value {
            Some(Expr::Text(text)) => self.string(text),
            Some(Expr::Open(reference, _)) => self.string(&Text::of(reference.clone())),
            Some(Expr::Bool(value)) => Yaml::bare(value),
            Some(Expr::Number(digits)) => Yaml::bare(digits),
            _ => Yaml::text(""),
        }
    }

    /// A list of strings.
    fn strings(&self, list: &[Expr]) -> Yaml {
        Yaml::List(list.iter().map(|item| self.value(Some(item))).collect())
    }
}

/// A key for each container: its name, which AWS wants to be unique; where it is not, none is lost.
fn names(root: &Expr) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut name = |container: &Expr| {
        let wanted = Some(container.str("name")).filter(|name| !name.is_empty()).unwrap_or("container").to_owned();
        let name = if taken.contains(&wanted) { format!("{wanted}-{}", taken.len() + 1) } else { wanted };
        taken.insert(name.clone());
        name
    };
    root.list("containerDefinitions").iter().map(&mut name).collect()
}

/// The variable of a reference.
fn variable(parameters: &Parameters, reference: &Ref) -> String {
    match reference {
        Ref::Parameter(index) => parameters.get(*index).screaming(),
        Ref::Account => "AWS_ACCOUNT_ID".to_owned(),
        Ref::Region => "AWS_REGION".to_owned(),
        Ref::Partition => "AWS_PARTITION".to_owned(),
        Ref::LogGroup(_) | Ref::ExecutionRole | Ref::TaskRole => "UNKNOWN".to_owned(),
    }
}

/// What the person writes into `.env`: names with a comment, never a value.
#[derive(Default)]
struct Answers {
    lines: Vec<String>,
    taken: HashSet<String>,
}

impl Answers {
    /// A variable for a secret, by container and name: capitals, digits and underscores, which Compose reads.
    fn secret(&mut self, container: &str, name: &str, source: &str) -> String {
        let word = |text: &str| text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect::<String>();
        let wanted = format!("{}_{}", word(container), word(name));
        let wanted = if wanted.starts_with(|c: char| c.is_ascii_digit()) { format!("_{wanted}") } else { wanted };
        let free = |name: &String| !self.taken.contains(name);
        let name = std::iter::once(wanted.clone()).chain((2..).map(|n| format!("{wanted}_{n}"))).find(free).unwrap_or(wanted);
        self.taken.insert(name.clone());
        self.lines.push(format!("# {}\n{name}=\n", shown::visible(source)));
        name
    }

    fn add_parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters.all() {
            let name = parameter.screaming();
            if self.taken.insert(name.clone()) {
                self.lines.push(format!("{name}=\n"));
            }
        }
    }
}

/// The project's name: lowercase letters, digits, `_` and `-`. Source: Compose specification, name.
fn project(family: &str) -> String {
    let name: String = family.chars().map(|c| c.to_ascii_lowercase()).filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).take(100).collect();
    let name = name.trim_start_matches(['_', '-']);
    format!("{}-local", if name.is_empty() { "task" } else { name })
}

/// The comment lines: how to start it, and what it cannot show.
fn head(root: &Expr, losses: &[Loss], options: &Options) -> Vec<String> {
    let lang = options.lang;
    // What may end with 0 must not stop the others.
    let stops = root.list("containerDefinitions").iter().any(|c| c.bool("essential") == Some(false));
    let start = if stops { "docker compose up --abort-on-container-failure" } else { "docker compose up --abort-on-container-exit" };
    let mut lines = vec![EXPORT_COMPOSE_USE.text.plain(lang).to_owned(), format!("    {start}"), String::new()];
    lines.push(EXPORT_COMPOSE_NOT.text.plain(lang).to_owned());
    for loss in losses {
        lines.push(format!("- {}: {}", loss.place, loss.text(lang)));
    }
    lines
}

/// What Docker Compose has nothing for, once for each place.
fn without_counterpart(root: &Expr, fargate: bool, network: &network::Network, losses: &mut Losses) {
    losses.add(Loss::changed(&EXPORT_COMPOSE_NAME, "/family").with("name", Param::Text(project(root.str("family")))));
    for key in [
        "requiresCompatibilities",
        "ephemeralStorage",
        "placementConstraints",
        "enableFaultInjection",
        "trustedExecutionConfiguration",
        "proxyConfiguration",
        "inferenceAccelerators",
    ] {
        if root.get(key).is_some() {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_NONE, &format!("/{key}")));
        }
    }
    for key in ["executionRoleArn", "taskRoleArn"] {
        if root.get(key).is_some() {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_ROLE, &format!("/{key}")));
        }
    }
    for key in ["cpu", "memory"] {
        if root.get(key).is_some() {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_SIZE, &format!("/{key}")));
        }
    }
    if root.get("runtimePlatform").is_some() || fargate {
        losses.add(Loss::changed(&EXPORT_COMPOSE_CHIP, "/runtimePlatform/cpuArchitecture"));
    }
    for key in ["pidMode", "ipcMode"] {
        if root.str(key) == "task" && !matches!(network, network::Network::Shared(_)) {
            losses.add(Loss::dropped(&EXPORT_COMPOSE_NONE, &format!("/{key}")));
        }
    }
    if root.get("tags").is_some() {
        losses.add(Loss::dropped(&EXPORT_COMPOSE_NONE, "/tags"));
    }
}
