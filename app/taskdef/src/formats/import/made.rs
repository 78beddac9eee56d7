//! What an import gives: drafts, the report, questions, and files beside them.

use super::{Comment, Expression, Refusal};
use crate::{
    Draft, Lang,
    formats::{
        Format,
        report::{Place, Report, Said, masked},
    },
    messages::{Message, all},
};
use std::collections::BTreeMap;

/// An import.
#[derive(Clone, Debug)]
pub struct Import {
    /// What the input was read as.
    pub format: Format,
    /// Names of the files that were read; an empty one for a text that was pasted.
    pub sources: Vec<String>,
    /// The drafts, one for each task.
    pub drafts: Vec<Made>,
    /// What became of each part of the input.
    pub report: Report,
    /// What a person should answer; every question has a default, which the drafts follow until then.
    pub questions: Vec<Question>,
    /// Files that the drafts need beside them: Dockerfiles.
    pub files: Vec<Extra>,
    /// Services and what they need, where there are several.
    pub graph: Vec<Service>,
    /// Placeholders in the drafts, which an export to the same format gives back as they were.
    pub placeholders: Vec<Placeholder>,
    /// Expressions of each draft whose value is in it, which an export to the same format writes again.
    pub expressions: Vec<Vec<Expression>>,
    /// What the expressions refer to, by name: its declaration in the format's own words.
    pub declared: BTreeMap<String, String>,
    /// Comments of each draft, which an export to the same format writes again.
    pub comments: Vec<Vec<Comment>>,
}

/// A mark `${name}` in the drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Its name.
    pub name: String,
    /// The expression of the format that it comes from.
    pub origin: String,
}

/// A draft of an import.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its family.
    pub name: String,
    /// The draft.
    pub draft: Draft,
}

/// A file beside the drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A service of an application, for the picture of who needs whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Its image, or what it is built from.
    pub image: String,
    /// The task it is in, from 1; none where it is in none.
    pub task: Option<usize>,
    /// Names of the services it needs.
    pub needs: Vec<String>,
}

/// Something to answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its id, the same for the same input: the key of its answer.
    pub id: String,
    /// What is asked.
    pub said: Said,
    /// The answers to choose from; none where it is a text.
    pub choices: Vec<Choice>,
    /// The answer that the drafts follow now.
    pub answer: String,
    /// Where it comes from.
    pub place: Place,
    /// Whether drafts should not be made before a person has seen it.
    pub first: bool,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its value.
    pub value: String,
    /// Its label.
    pub said: Said,
}

impl Question {
    /// A question with its answer so far.
    pub fn new(id: impl Into<String>, place: Place, said: impl Into<Said>, answer: impl Into<String>) -> Question {
        Question { id: id.into(), said: said.into(), choices: Vec::new(), answer: answer.into(), place, first: false }
    }

    /// With an answer to choose.
    #[must_use]
    pub fn choice(mut self, value: impl Into<String>, said: impl Into<Said>) -> Question {
        self.choices.push(Choice { value: value.into(), said: said.into() });
        self
    }

    /// To be seen before drafts are made.
    #[must_use]
    pub fn first(mut self) -> Question {
        self.first = true;
        self
    }

    /// In words.
    pub fn words(&self, lang: Lang) -> String {
        self.said.words(lang)
    }
}

impl Import {
    /// Drafts and their report, and nothing beside them yet.
    pub(super) fn new(format: Format, drafts: Vec<Made>, report: Report, questions: Vec<Question>) -> Import {
        let (sources, files, graph, placeholders, expressions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (declared, comments) = (BTreeMap::new(), Vec::new());
        Import { format, sources, drafts, report, questions, files, graph, placeholders, expressions, declared, comments }
    }

    /// With the expressions of its drafts, and what they refer to.
    pub(super) fn with_expressions(mut self, expressions: Vec<Vec<Expression>>, declared: BTreeMap<String, String>) -> Import {
        // A person can leave a definition out: only where all became drafts is it known which is which.
        if expressions.len() == self.drafts.len() {
            (self.expressions, self.declared) = (expressions, declared);
        }
        self
    }

    /// A definition in JSON, as it was typed: there is nothing to report.
    pub(in crate::formats) fn of(draft: Draft) -> Import {
        let drafts = vec![Made { name: draft.family().to_owned(), draft }];
        Import::new(Format::Json, drafts, Report::default(), Vec::new())
    }

    /// The only draft, or the one with this name.
    ///
    /// # Errors
    /// There are several and none is named, or none has the name: the message has the names.
    pub fn task(&self, name: Option<&str>) -> Result<&Draft, Refusal> {
        let found = match (self.drafts.as_slice(), name) {
            ([only], None) => Some(only),
            (all, Some(name)) => all.iter().find(|made| made.name == name),
            _ => None,
        };
        let names = || masked("", &self.drafts.iter().map(|made| made.name.as_str()).collect::<Vec<_>>().join(", "));
        found.map(|made| &made.draft).ok_or_else(|| Refusal::new(Said::of(&all::IMPORT_WHICH_TASK).text("names", names())))
    }

    /// Whether a person should look at the questions before drafts are made.
    pub fn waits(&self) -> bool {
        self.drafts.len() != 1 || self.questions.iter().any(|question| question.first)
    }

    /// Whether a message was said anywhere in the report.
    pub fn says(&self, message: &Message) -> bool {
        self.report.notes.iter().chain(&self.report.entries).any(|entry| entry.said.as_ref().is_some_and(|said| said.message == message))
    }
}
