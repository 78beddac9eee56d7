//! An entry of a report.

use crate::{
    Lang,
    finding::Param,
    messages::{Message, all},
};

/// What became of a part of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The same effect.
    Exact,
    /// It is in the draft, and behaves differently.
    Changed,
    /// It belongs to the service, the network, the registry or the build.
    Elsewhere,
    /// No place for it.
    Dropped,
    /// It needs an answer.
    Asked,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 5] = [Outcome::Asked, Outcome::Dropped, Outcome::Changed, Outcome::Elsewhere, Outcome::Exact];

    /// `exact`, `changed`, `elsewhere`, `dropped`, `asked`.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Exact => "exact",
            Outcome::Changed => "changed",
            Outcome::Elsewhere => "elsewhere",
            Outcome::Dropped => "dropped",
            Outcome::Asked => "asked",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// Where something stands in the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Number of the file, from 0, in the order in which they were given.
    pub file: usize,
    /// Line, from 1; 0 where there is none.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A place of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Number of the draft, from 0.
    pub draft: usize,
    /// JSON Pointer in its definition.
    pub pointer: String,
}

/// A message with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The message.
    pub message: &'static Message,
    /// Which of its texts; empty for the usual one.
    pub variant: &'static str,
    /// Its values.
    pub params: Vec<(&'static str, Param)>,
}

impl PartialEq for Message {
    fn eq(&self, other: &Message) -> bool {
        self.id == other.id
    }
}

impl Said {
    /// A message without values yet.
    pub fn of(message: &'static Message) -> Said {
        Said { message, variant: "", params: Vec::new() }
    }

    /// With a text.
    #[must_use]
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Said {
        self.params.push((name, Param::Text(value.into())));
        self
    }

    /// With a number.
    #[must_use]
    pub fn number(mut self, name: &'static str, value: u64) -> Said {
        self.params.push((name, Param::Number(value)));
        self
    }

    /// In words.
    pub fn words(&self, lang: Lang) -> String {
        self.message.variant(self.variant).unwrap_or(&self.message.text).with(lang, &self.params)
    }

    /// What to do about it, where the message says so.
    pub fn how(&self, lang: Lang) -> Option<String> {
        self.message.attribute("do").map(|text| text.with(lang, &self.params))
    }
}

impl From<&'static Message> for Said {
    fn from(message: &'static Message) -> Said {
        Said::of(message)
    }
}

/// One part of the input and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// Its name in the input, such as `services.web.ports[0]`.
    pub path: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether an application is likely to break by it.
    pub breaks: bool,
    /// Why; none where it is the same.
    pub said: Option<Said>,
    /// Where it went.
    pub targets: Vec<Target>,
    /// Its value as it may be shown: cut, and masked where the secret guard suspects it.
    pub shown: String,
}

impl Entry {
    /// Its position among the kinds, the most urgent first.
    pub fn weight(&self) -> u8 {
        match (self.outcome, self.breaks) {
            (Outcome::Asked, true) => 0,
            (Outcome::Asked, false) => 1,
            (Outcome::Dropped, true) => 2,
            (Outcome::Changed, _) => 3,
            (Outcome::Elsewhere, _) => 4,
            (Outcome::Dropped, false) => 5,
            (Outcome::Exact, _) => 6,
        }
    }

    /// In words; empty where it is the same.
    pub fn words(&self, lang: Lang) -> String {
        self.said.as_ref().map(|said| said.words(lang)).unwrap_or_default()
    }
}

/// What is said of a leaf that no reader spoke of.
pub(super) fn unread() -> Said {
    Said::of(&all::IMPORT_UNREAD)
}
