//! One question: one control of a page, shared by browser and server.

use super::{Cluster, Container, Dependency, Field, Health, List, LogOption, Logs, Part, Port, Secret, Size, Variable, fields};
use crate::{
    Draft, Edit, Step,
    document::{pointer, view},
};
use std::{fmt, str::FromStr};

/// A question of the wizard. Containers and rows are counted from 0.
///
/// Its name on the wire is the place that it edits (`/containerDefinitions/0/image`), or a word where it covers several
/// places (`size`, `logs`, `…/healthCheck~kind`).
///
/// ```
/// use taskdef::{Draft, questions::{Container, Question}};
/// let question: Question = "/containerDefinitions/0/cpu".parse().unwrap();
/// assert_eq!(question, Question::Container(0, Container::Cpu));
/// assert_eq!(question.to_string(), "/containerDefinitions/0/cpu");
/// assert_eq!(question.rendered(&Draft::tutorial()), "512");
/// assert!("/containerDefinitions/0".parse::<Question>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// Region and cluster.
    Cluster(Cluster),
    /// Family, platform, CPU and memory of the task.
    Size(Size),
    /// One container.
    Container(usize, Container),
    /// A container's environment variable: container, row.
    Variable(usize, usize, Variable),
    /// A container's secret: container, row.
    Secret(usize, usize, Secret),
    /// A container's port mapping: container, row.
    Port(usize, usize, Port),
    /// A container's health check.
    Health(usize, Health),
    /// What a container waits for: container, row.
    Dependency(usize, usize, Dependency),
    /// Logs of all containers, and the roles.
    Logs(Logs),
    /// A container's own log option, where containers differ.
    LogOption(usize, LogOption),
    /// A field that has no question of its own.
    Field(Field),
}

/// No page has a control of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no page has a control of this name")]
pub struct UnknownQuestion;

/// Most rows of a list that a page shows; AWS takes 64 KiB of JSON, which is fewer.
pub const MOST_ROWS: usize = 1_000;

impl Question {
    /// Every question that the pages of a draft ask, each once.
    pub fn all(draft: &Draft) -> Vec<Question> {
        let asked = |q: &Cluster| *q != Cluster::HubId || draft.hub_id().is_some();
        let mut all: Vec<Question> = Cluster::ALL.iter().copied().filter(asked).map(Question::Cluster).collect();
        all.extend(Size::ALL.iter().copied().map(Question::Size));
        for c in view::containers(draft.definition()) {
            all.extend(List::Containers.questions(c.index));
            for list in List::all_of_container(c.index) {
                all.extend((0..c.list(list.key()).len()).flat_map(|row| list.questions(row)));
            }
            all.extend(Health::ALL.iter().map(|q| Question::Health(c.index, *q)));
            all.extend(LogOption::ALL.iter().map(|q| Question::LogOption(c.index, *q)));
        }
        all.extend(Logs::ALL.iter().copied().map(Question::Logs));
        all.extend(fields::all(draft).into_iter().map(Question::Field));
        all
    }

    /// What its control shows for this draft.
    pub fn rendered(self, draft: &Draft) -> String {
        match self {
            Question::Cluster(q) => q.rendered(draft),
            Question::Size(q) => q.rendered(draft),
            Question::Container(i, q) => q.rendered(draft, i),
            Question::Variable(i, j, q) => q.rendered(draft, i, j),
            Question::Secret(i, j, q) => q.rendered(draft, i, j),
            Question::Port(i, j, q) => q.rendered(draft, i, j),
            Question::Health(i, q) => q.rendered(draft, i),
            Question::Dependency(i, j, q) => q.rendered(draft, i, j),
            Question::Logs(q) => q.rendered(draft),
            Question::LogOption(i, q) => q.rendered(draft, i),
            Question::Field(field) => field.rendered(draft),
        }
    }

    /// The edit that makes its control show `value`. Empty when nothing changes, or when the draft has no such container;
    /// a value that cannot be right is kept as it was typed.
    pub fn change(self, draft: &Draft, value: &str) -> Edit {
        if !self.is_asked(draft) {
            return Edit::default();
        }
        match self {
            Question::Cluster(q) => q.change(draft, value),
            Question::Size(q) => q.change(draft, value),
            Question::Container(i, q) => q.change(draft, i, value),
            Question::Variable(i, j, q) => q.change(draft, i, j, value),
            Question::Secret(i, j, q) => q.change(draft, i, j, value),
            Question::Port(i, j, q) => q.change(draft, i, j, value),
            Question::Health(i, q) => q.change(draft, i, value),
            Question::Dependency(i, j, q) => q.change(draft, i, j, value),
            Question::Logs(q) => q.change(draft, value),
            Question::LogOption(i, q) => q.change(draft, i, value),
            Question::Field(field) => field.change(draft, value),
        }
    }

    /// The place that it is mainly about, whose lines of JSON are lit while it has the focus.
    pub fn place(self) -> String {
        match self {
            Question::Cluster(q) => q.place().to_owned(),
            Question::Size(q) => q.place().to_owned(),
            Question::Health(i, q) => q.place(i),
            Question::Logs(q) => q.place().to_owned(),
            Question::Field(field) => field.place(),
            Question::Container(..)
            | Question::Variable(..)
            | Question::Secret(..)
            | Question::Port(..)
            | Question::Dependency(..)
            | Question::LogOption(..) => self.to_string(),
        }
    }

    /// Whether it has a control that answers it: a field whose rows have them has none.
    pub fn is_answered(&self) -> bool {
        !matches!(self, Question::Field(field) if field.part == Part::Whole && !field.spec().kind.has_line())
    }

    /// Whether its control is a text area, which keeps line breaks.
    pub fn is_area(self) -> bool {
        match self {
            Question::Health(_, q) => q == Health::Text,
            Question::Field(field) => field.is_area(),
            _ => false,
        }
    }

    /// The step whose page asks it.
    pub fn step(self) -> Step {
        match self {
            Question::Cluster(_) => Step::Cluster,
            Question::Size(_) => Step::Size,
            Question::Container(..) | Question::Variable(..) | Question::Secret(..) => Step::Containers,
            Question::Port(..) => Step::Ports,
            Question::Health(..) | Question::Dependency(..) => Step::Health,
            Question::Logs(_) | Question::LogOption(..) => Step::Logs,
            Question::Field(field) => field.step(),
        }
    }

    /// The container that it is about.
    pub fn container(self) -> Option<usize> {
        match self {
            Question::Cluster(_) | Question::Size(_) | Question::Logs(_) => None,
            Question::Field(field) => field.container(),
            Question::Container(i, _)
            | Question::Variable(i, ..)
            | Question::Secret(i, ..)
            | Question::Port(i, ..)
            | Question::Health(i, _)
            | Question::Dependency(i, ..)
            | Question::LogOption(i, _) => Some(i),
        }
    }

    /// The list and the row that it is about.
    fn row(self) -> Option<(List, usize)> {
        match self {
            Question::Variable(i, j, _) => Some((List::Environment(i), j)),
            Question::Secret(i, j, _) => Some((List::Secrets(i), j)),
            Question::Port(i, j, _) => Some((List::PortMappings(i), j)),
            Question::Dependency(i, j, _) => Some((List::DependsOn(i), j)),
            Question::Cluster(_) | Question::Size(_) | Question::Container(..) | Question::Health(..) | Question::Logs(_) | Question::LogOption(..) => None,
            // Looks for its row itself.
            Question::Field(_) => None,
        }
    }

    /// Whether a page of this draft asks it. A row may have been added in the browser after the page was rendered.
    fn is_asked(self, draft: &Draft) -> bool {
        let has = |place: String| pointer::get(draft.definition(), &place).is_some();
        self.container().is_none_or(|i| has(List::Containers.row(i))) && self.row().is_none_or(|(list, j)| j <= MOST_ROWS || has(list.row(j)))
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Question::Field(field) = self {
            return field.fmt(f);
        }
        if let Some(i) = self.container() {
            write!(f, "/containerDefinitions/{i}")?;
        }
        if let Some((list, j)) = self.row() {
            write!(f, "/{}/{j}", list.key())?;
        }
        match self {
            Question::Cluster(q) => f.write_str(q.as_str()),
            Question::Size(q) => f.write_str(q.as_str()),
            Question::Logs(q) => f.write_str(q.as_str()),
            Question::Container(_, q) => write!(f, "/{}", q.as_str()),
            Question::Variable(.., q) => write!(f, "/{}", q.as_str()),
            Question::Secret(.., q) => write!(f, "/{}", q.as_str()),
            Question::Port(.., q) => write!(f, "/{}", q.as_str()),
            Question::Dependency(.., q) => write!(f, "/{}", q.as_str()),
            Question::Health(_, q) => write!(f, "/healthCheck{}", q.as_str()),
            Question::LogOption(_, q) => write!(f, "/logConfiguration/options/{}", q.as_str()),
            Question::Field(field) => field.fmt(f),
        }
    }
}

impl FromStr for Question {
    type Err = UnknownQuestion;

    fn from_str(name: &str) -> Result<Question, UnknownQuestion> {
        let of_task = || {
            let size = || Size::parse(name).map(Question::Size);
            let logs = || Logs::parse(name).map(Question::Logs);
            Cluster::parse(name).map(Question::Cluster).or_else(size).or_else(logs)
        };
        of_container(name).or_else(of_task).or_else(|| Field::parse(name).map(Question::Field)).ok_or(UnknownQuestion)
    }
}

fn of_container(name: &str) -> Option<Question> {
    let (container, rest) = name.strip_prefix("/containerDefinitions/")?.split_once('/')?;
    let i = pointer::index(container)?;
    if let Some(part) = rest.strip_prefix("healthCheck") {
        return Health::parse(part).map(|q| Question::Health(i, q));
    }
    if let Some(option) = rest.strip_prefix("logConfiguration/options/") {
        return LogOption::parse(option).map(|q| Question::LogOption(i, q));
    }
    let Some((list, rest)) = rest.split_once('/') else { return Container::parse(rest).map(|q| Question::Container(i, q)) };
    let (row, cell) = rest.split_once('/')?;
    let j = pointer::index(row)?;
    match List::of_container(i, list)? {
        List::Containers => None,
        List::Environment(_) => Variable::parse(cell).map(|q| Question::Variable(i, j, q)),
        List::Secrets(_) => Secret::parse(cell).map(|q| Question::Secret(i, j, q)),
        List::PortMappings(_) => Port::parse(cell).map(|q| Question::Port(i, j, q)),
        List::DependsOn(_) => Dependency::parse(cell).map(|q| Question::Dependency(i, j, q)),
        List::Field(_) => None,
    }
}

impl From<Cluster> for Question {
    fn from(question: Cluster) -> Question {
        Question::Cluster(question)
    }
}

impl From<Size> for Question {
    fn from(question: Size) -> Question {
        Question::Size(question)
    }
}

impl From<Logs> for Question {
    fn from(question: Logs) -> Question {
        Question::Logs(question)
    }
}
