//! The lists whose rows are added and removed.

use super::{Container, Dependency, Field, Part, Port, Question, Secret, Variable};
use crate::document::pointer;
use std::fmt;

/// A list of the definition that pages show as rows; the number is the container's, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// The containers themselves.
    Containers,
    /// A container's environment variables.
    Environment(usize),
    /// A container's secrets.
    Secrets(usize),
    /// A container's port mappings.
    PortMappings(usize),
    /// What a container waits for.
    DependsOn(usize),
    /// The rows, words or keys of a field that has no question of its own.
    Field(Field),
}

impl List {
    /// The lists of the container `i`.
    pub(super) fn all_of_container(i: usize) -> [List; 4] {
        [List::Environment(i), List::Secrets(i), List::PortMappings(i), List::DependsOn(i)]
    }

    /// The list of the container `i` under `key`.
    pub(super) fn of_container(i: usize, key: &str) -> Option<List> {
        List::all_of_container(i).into_iter().find(|list| list.key() == key)
    }

    /// Reads a place (`/containerDefinitions/0/environment`).
    pub fn parse(place: &str) -> Option<List> {
        if place == "/containerDefinitions" {
            return Some(List::Containers);
        }
        let of_container = || {
            let (container, key) = place.strip_prefix("/containerDefinitions/")?.split_once('/')?;
            List::of_container(pointer::index(container)?, key)
        };
        let field = || Field::parse(place).filter(|f| f.part == Part::Whole && f.spec().kind.has_rows()).map(List::Field);
        of_container().or_else(field)
    }

    /// The member that holds it.
    pub fn key(self) -> &'static str {
        match self {
            List::Containers => "containerDefinitions",
            List::Environment(_) => "environment",
            List::Secrets(_) => "secrets",
            List::PortMappings(_) => "portMappings",
            List::DependsOn(_) => "dependsOn",
            List::Field(field) => field.spec().key(),
        }
    }

    /// The container that it belongs to.
    pub fn container(self) -> Option<usize> {
        match self {
            List::Containers => None,
            List::Environment(i) | List::Secrets(i) | List::PortMappings(i) | List::DependsOn(i) => Some(i),
            List::Field(field) => field.container(),
        }
    }

    /// The place of a row.
    pub fn row(self, row: usize) -> String {
        format!("{self}/{row}")
    }

    /// The questions of a row, in the order in which a page asks them.
    pub fn questions(self, row: usize) -> Vec<Question> {
        match self {
            List::Containers => Container::ALL.iter().map(|q| Question::Container(row, *q)).collect(),
            List::Environment(i) => Variable::ALL.iter().map(|q| Question::Variable(i, row, *q)).collect(),
            List::Secrets(i) => Secret::ALL.iter().map(|q| Question::Secret(i, row, *q)).collect(),
            List::PortMappings(i) => Port::ALL.iter().map(|q| Question::Port(i, row, *q)).collect(),
            List::DependsOn(i) => Dependency::ALL.iter().map(|q| Question::Dependency(i, row, *q)).collect(),
            // Pages have these as markup.
            List::Field(_) => Vec::new(),
        }
    }

    /// The question that a new row begins with.
    pub fn first(self, row: usize) -> Question {
        match self {
            List::Containers => Question::Container(row, Container::Name),
            List::Environment(i) => Question::Variable(i, row, Variable::Name),
            List::Secrets(i) => Question::Secret(i, row, Secret::Name),
            List::PortMappings(i) => Question::Port(i, row, Port::ContainerPort),
            List::DependsOn(i) => Question::Dependency(i, row, Dependency::ContainerName),
            List::Field(field) => Question::Field(field.first(row)),
        }
    }
}

/// Its place.
impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.container()) {
            (List::Field(field), _) => field.fmt(f),
            (_, Some(i)) => write!(f, "/containerDefinitions/{i}/{}", self.key()),
            (_, None) => f.write_str("/containerDefinitions"),
        }
    }
}
