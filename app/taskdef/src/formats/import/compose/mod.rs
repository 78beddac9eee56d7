//! Compose: an application becomes one task or several. `docker run` uses the same rules (`../docker`).
//!
//! | file | what |
//! |---|---|
//! | `scalar.rs` `interpolate.rs` `words.rs` | what Compose makes of a text before it is used |
//! | `merge.rs` `extends.rs` | several files, and services that build on others |
//! | `split.rs` | which services share a task |
//! | `service.rs` | each key of a service; `settings.rs` those of Docker, `instances.rs` those that only EC2 has |
//! | `ports.rs` `volumes.rs` `environment.rs` `health.rs` `resources.rs` `logs.rs` `order.rs` | the larger keys |
//! | `holder.rs` `hooks.rs` | services that only hold a network, and programs that run before a service |
//! | `hosts.rs` | names of neighbours that will not resolve |
//! | `task.rs` | what the containers of a task have in common |
//! | `top.rs` | the members beside `services` |
//!
//! Source: compose-spec and compose-go v2, read 2026-07.

mod environment;
mod extends;
mod health;
mod holder;
mod hooks;
mod hosts;
mod instances;
mod interpolate;
mod logs;
mod merge;
mod order;
mod ports;
mod reader;
mod resources;
mod scalar;
mod service;
mod settings;
mod split;
mod task;
mod top;
mod volumes;
mod words;

pub use words::{Words, compose_words};

use super::{
    Answers, Import, Input, Question, Refusal, Source,
    dotenv::{self, Grammar},
    tree::{Key, Kind, Node, read_all_yaml},
};
use crate::{
    Launch,
    formats::{
        Format,
        report::{Ledger, Outcome, Place, Said},
    },
    grammar::name::as_name,
    messages::all,
};
use interpolate::Variables;
use reader::{Reader, Service};
use std::collections::BTreeMap;

/// Most services of an application.
const MOST: usize = 100;

/// What an application is made of before its services are looked at.
pub(super) struct Application<'a> {
    pub(super) format: Format,
    /// A map with `services`.
    pub(super) root: Node,
    pub(super) ledger: Ledger,
    pub(super) questions: Vec<Question>,
    pub(super) answers: &'a Answers,
    /// Files of variables, each as a map.
    pub(super) beside: Vec<(&'a Source, Node)>,
}

/// Reads Compose files, the later over the earlier; files of variables stand beside them.
///
/// # Errors
/// What is no Compose file, or none that Compose would start.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let mut ledger = Ledger::default();
    let (mut roots, mut beside) = (Vec::new(), Vec::new());
    for (file, source) in input.files.iter().enumerate() {
        if is_env_file(source) {
            beside.push((source, variables_of(file, source, &mut ledger)));
            continue;
        }
        let documents = read_all_yaml(file, &source.text)?;
        for (i, mut node) in documents.into_iter().enumerate() {
            if !node.is_map() {
                return Err(Refusal::at(node.at, &all::IMPORT_NO_SERVICES).in_text(&source.text));
            }
            ledger.add(&if i == 0 { String::new() } else { format!("document{}", i + 1) }, &mut node);
            roots.push(node);
        }
    }
    let mut variables = Variables::new(given(&beside, &input.answers));
    for root in &mut roots {
        variables.fill(root).map_err(|refusal| with_line(refusal, input))?;
    }
    let mut roots = roots.into_iter();
    let mut root = roots.next().ok_or_else(|| Refusal::new(&all::IMPORT_EMPTY))?;
    for over in roots {
        let mut replaced = Vec::new();
        merge::merge(&mut root, over, &mut Vec::new(), &mut replaced);
        replaced.iter().for_each(|node| ledger.dropped(node, &all::IMPORT_REPLACED));
    }
    let mut questions = Vec::new();
    environment::of_secrets(&root).iter().for_each(|name| {
        variables.used.remove(name);
    });
    ask_variables(&variables, input, &mut ledger, &mut questions);
    let used = |name: &str| variables.used.contains_key(name);
    for (source, node) in &beside {
        for (key, value) in node.pairs().iter().filter(|_| source.name.rsplit('/').next() == Some(".env")) {
            if used(&key.text) { ledger.exact(value, "") } else { ledger.dropped(value, &all::IMPORT_VARIABLE_UNUSED) }
        }
    }
    let app = Application { format: Format::Compose, root, ledger, questions, answers: &input.answers, beside };
    app.make().map_err(|refusal| with_line(refusal, input))
}

/// Whether a file beside is one of variables.
fn is_env_file(source: &Source) -> bool {
    let name = source.name.rsplit(['/', '\\']).next().unwrap_or("");
    name.ends_with(".env") || name.starts_with(".env") || matches!(super::recognise(&source.text), super::Recognised::Format(Format::EnvFile))
}

fn with_line(refusal: Refusal, input: &Input) -> Refusal {
    match input.files.get(refusal.place.file) {
        Some(source) if refusal.line.is_empty() => refusal.in_text(&source.text),
        _ => refusal,
    }
}

/// A file of variables as a map.
pub(super) fn variables_of(file: usize, source: &Source, ledger: &mut Ledger) -> Node {
    let of = |line: dotenv::Line| {
        let at = Place { file, line: line.line, column: 1 };
        let plain = line.value.is_none();
        (Key { text: line.name, at }, Node::new(at, Kind::Scalar { text: line.value.unwrap_or_default(), plain }))
    };
    let lines = dotenv::read(&source.text, Grammar::Compose);
    let mut node = Node::new(Place { file, line: 1, column: 1 }, Kind::Map(lines.into_iter().map(of).collect()));
    ledger.add("", &mut node);
    node
}

/// Values from `.env`, and answers, which win.
fn given(beside: &[(&Source, Node)], answers: &Answers) -> BTreeMap<String, String> {
    let mut given = BTreeMap::new();
    for (source, node) in beside {
        if source.name.is_empty() || source.name.rsplit('/').next() == Some(".env") {
            given.extend(node.pairs().iter().filter(|(_, v)| !v.is_null()).map(|(key, value)| (key.text.clone(), value.text().unwrap_or("").to_owned())));
        }
    }
    given.extend(answers.starting_with("var:").map(|(name, value)| (name.to_owned(), value.to_owned())));
    given
}

fn ask_variables(variables: &Variables, input: &Input, ledger: &mut Ledger, questions: &mut Vec<Question>) {
    for (name, variable) in &variables.used {
        let id = format!("var:{name}");
        let answer = input.answers.get(&id).unwrap_or("").to_owned();
        if variable.known && variable.default.is_none() && answer.is_empty() {
            continue;
        }
        if !variable.known {
            ledger.note(variable.at, &format!("${{{name}}}"), Outcome::Asked, Said::of(&all::IMPORT_VARIABLE).text("name", name.clone()), "");
        }
        let default = variable.default.clone().unwrap_or_default();
        let shown = if crate::facts::secret::of_name(name) { String::new() } else { default };
        questions.push(Question::new(
            id,
            variable.at,
            Said::of(&all::IMPORT_ASK_VARIABLE).text("name", name.clone()),
            if answer.is_empty() { shown } else { answer },
        ));
    }
}

impl Application<'_> {
    /// Drafts of the services.
    pub(super) fn make(mut self) -> Result<Import, Refusal> {
        extends::resolve(&mut self.root, &mut self.ledger)?;
        let services = self.root.get("services").filter(|s| !s.pairs().is_empty());
        if services.is_some_and(|services| services.pairs().len() > MOST) {
            return Err(Refusal::at(self.root.at, Said::of(&all::IMPORT_TOO_MANY).number("most", MOST as u64)));
        }
        if services.is_none() {
            return Err(Refusal::at(self.root.at, &all::IMPORT_NO_SERVICES));
        }
        let mut names = Vec::new();
        let services: Vec<Service> = services.map_or(&[][..], Node::pairs).iter().map(|(key, node)| service(&key.text, node, &mut names)).collect();
        let services = hooks::expand(services, |key, node| service(key, &node, &mut names));
        if services.len() > MOST {
            return Err(Refusal::at(self.root.at, Said::of(&all::IMPORT_TOO_MANY).number("most", MOST as u64)));
        }
        let (services, held) = holder::held(services);
        let services = order::sorted(services)?;
        let text = |key: &str| self.root.get(key).and_then(Node::text).unwrap_or("").to_owned();
        let project = text("name");
        let launch = if self.answers.get("launch") == Some("EC2") { Launch::Ec2 } else { Launch::Fargate };
        let mut reader = Reader {
            ledger: self.ledger,
            answers: self.answers,
            questions: self.questions,
            files: Vec::new(),
            beside: self.beside,
            project,
            launch,
            format: self.format,
            region: String::new(),
            families: Vec::new(),
            root: self.root,
            held,
        };
        reader.about_the_whole();
        reader.make(services)
    }
}

fn service(key: &str, node: &Node, names: &mut Vec<String>) -> Service {
    let base = as_name(key).unwrap_or_else(|| "container".to_owned());
    let mut name = base.clone();
    let mut n = 2;
    while names.contains(&name) {
        name = format!("{}-{n}", &base[..base.len().min(250)]);
        n += 1;
    }
    names.push(name.clone());
    Service { key: key.to_owned(), name, node: node.clone(), holder: None, before: None, task: None }
}

impl Reader<'_> {
    /// Where it will run.
    fn about_the_whole(&mut self) {
        let question = Question::new("launch", Place::default(), &all::IMPORT_ASK_LAUNCH, "FARGATE")
            .choice("FARGATE", &all::IMPORT_CHOICE_FARGATE)
            .choice("EC2", &all::IMPORT_CHOICE_EC2);
        self.ask(question);
        let region = self.ask(Question::new("region", Place::default(), &all::IMPORT_ASK_REGION, "ap-northeast-2"));
        self.region = if crate::grammar::name::is_region(&region) { region } else { "ap-northeast-2".into() };
    }
}
