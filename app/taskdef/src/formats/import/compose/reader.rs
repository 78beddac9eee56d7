//! What the parts of the Compose reader share: the report, the answers, and the container that is being made.

use crate::{
    Launch,
    formats::{
        Format,
        import::{Answers, Extra, Question, Source, tree::Node},
        report::{Ledger, Outcome, Place, Said},
    },
    messages::all,
};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One reading of an application.
pub struct Reader<'a> {
    pub(super) ledger: Ledger,
    pub(super) answers: &'a Answers,
    pub(super) questions: Vec<Question>,
    pub(super) files: Vec<Extra>,
    /// Files that came with it, by their names: env files.
    pub(super) beside: Vec<(&'a Source, Node)>,
    pub(super) project: String,
    pub(super) launch: Launch,
    /// Compose, or `docker run`.
    pub(super) format: Format,
    pub(super) region: String,
    /// The family of each task.
    pub(super) families: Vec<String>,
    /// Top-level members.
    pub(super) root: Node,
    /// Services that only hold a network.
    pub(super) held: Vec<Service>,
}

/// A service of the file.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its key in the file.
    pub(super) key: String,
    /// The name of its container.
    pub(super) name: String,
    pub(super) node: Node,
    /// The service that holds its network.
    pub(super) holder: Option<String>,
    /// The service that it runs before.
    pub(super) before: Option<String>,
    /// The task it is in, from 0.
    pub(super) task: Option<usize>,
}

/// What the containers of a task share.
#[derive(Debug, Default)]
pub struct Shared {
    pub(super) volumes: BTreeMap<String, Value>,
    /// Members of the definition itself.
    pub(super) members: Map<String, Value>,
    pub(super) has_secrets: bool,
    pub(super) needs_role: bool,
    /// Containers that others wait for until they end well.
    pub(super) ends: BTreeSet<String>,
}

/// The container that is being made.
pub struct Making<'s> {
    pub(super) service: &'s Service,
    /// Pointer of the container.
    pub(super) at: String,
    pub(super) out: Map<String, Value>,
    /// `FROM` and `COPY` lines that its image needs.
    pub(super) copies: Vec<(String, String)>,
}

impl Making<'_> {
    pub(super) fn place(&self, below: &str) -> String {
        format!("{}/{below}", self.at)
    }

    /// A member of `linuxParameters`.
    pub(super) fn linux(&mut self, key: &str, value: Value) {
        let linux = self.out.entry("linuxParameters").or_insert_with(|| Value::Object(Map::new()));
        if let Some(map) = linux.as_object_mut() {
            map.insert(key.to_owned(), value);
        }
    }

    /// Adds an item to a list without a look at the others, and says where it is.
    pub(super) fn add(&mut self, key: &str, value: Value) -> String {
        let list = self.out.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        let Some(list) = list.as_array_mut() else { return self.place(key) };
        list.push(value);
        let i = list.len() - 1;
        self.place(&format!("{key}/{i}"))
    }

    /// Adds an item to a list unless it has it, and says where it is.
    pub(super) fn push(&mut self, key: &str, value: Value) -> String {
        let list = self.out.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        let Some(list) = list.as_array_mut() else { return self.place(key) };
        let i = list.iter().position(|known| *known == value).unwrap_or_else(|| {
            list.push(value);
            list.len() - 1
        });
        self.place(&format!("{key}/{i}"))
    }
}

impl Reader<'_> {
    pub(super) fn is_fargate(&self) -> bool {
        self.launch == Launch::Fargate
    }

    /// The answer to a question, or its default; the question is asked once.
    pub(super) fn ask(&mut self, question: Question) -> String {
        let answer = self.answers.get(&question.id).filter(|a| question.choices.is_empty() || question.choices.iter().any(|c| c.value == *a));
        let answer = answer.map_or_else(|| question.answer.clone(), str::to_owned);
        if !self.questions.iter().any(|known| known.id == question.id) {
            self.questions.push(Question { answer: answer.clone(), ..question });
        }
        answer
    }

    pub(super) fn note(&mut self, place: Place, path: &str, outcome: Outcome, said: impl Into<Said>, target: &str) {
        self.ledger.note(place, path, outcome, said, target);
    }

    /// No setting of ECS.
    pub(super) fn no_place(&mut self, node: &Node, key: &str) {
        self.ledger.dropped(node, Said::of(&all::IMPORT_NO_PLACE).text("key", key));
    }

    /// A setting that Fargate lacks.
    pub(super) fn not_on_fargate(&mut self, node: &Node, key: &str) {
        self.ledger.breaks(node, Said::of(&all::IMPORT_NOT_ON_FARGATE).text("key", key));
    }

    /// A value that cannot be read.
    pub(super) fn unreadable(&mut self, node: &Node, key: &str) {
        self.ledger.breaks(node, Said::of(&all::IMPORT_UNREADABLE).text("key", key));
    }
}
