//! A field that has a control made from the schema.

use crate::Step;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Not a field: the fields that follow belong together.
    Group,
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// One of [`Spec::words`].
    OneOf,
    /// A list of texts.
    Words,
    /// A list of whole numbers.
    Integers,
    /// A list of some of [`Spec::words`].
    OneOfs,
    /// Free keys, each with a text.
    Map,
    /// An object with the fields that follow.
    Object,
    /// A list of such objects.
    List,
    /// The same, whose rows are added and removed on a page of their own.
    Rows,
}

impl Kind {
    const ALL: [(Kind, &'static str); 12] = [
        (Kind::Group, "group"),
        (Kind::Text, "text"),
        (Kind::Integer, "integer"),
        (Kind::Boolean, "boolean"),
        (Kind::OneOf, "one"),
        (Kind::Words, "words"),
        (Kind::Integers, "integers"),
        (Kind::OneOfs, "some"),
        (Kind::Map, "map"),
        (Kind::Object, "object"),
        (Kind::List, "list"),
        (Kind::Rows, "rows"),
    ];

    #[cfg(feature = "server")]
    fn as_str(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// Whether its whole value is one answer.
    pub fn has_line(self) -> bool {
        matches!(self, Kind::Text | Kind::Integer | Kind::Boolean | Kind::OneOf | Kind::Words | Kind::Integers)
    }

    /// Whether its rows, words or keys are added and removed one by one.
    pub fn has_rows(self) -> bool {
        matches!(self, Kind::Words | Kind::Map | Kind::List)
    }
}

/// A field, or the heading of a group of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Its place in the API model (`containerDefinitions[].ulimits[].name`); of a group, its id.
    pub path: String,
    /// What it holds.
    pub kind: Kind,
    /// The words that a [`Kind::OneOf`] or [`Kind::OneOfs`] allows.
    pub words: Vec<String>,
    /// The step whose page has it.
    pub step: Step,
}

impl Spec {
    /// Whether each container has one.
    pub fn of_container(&self) -> bool {
        self.path.starts_with("containerDefinitions")
    }

    /// Its key.
    pub fn key(&self) -> &str {
        self.path.rsplit(['.', ']']).find(|part| !part.is_empty()).map_or("", |part| part.trim_end_matches('['))
    }

    /// As [`install`](super::install) reads it: step, type, place, words.
    #[cfg(feature = "server")]
    pub(super) fn line(&self) -> String {
        format!("{} {} {} {}", self.step.slug(), self.kind.as_str(), self.path, self.words.join(" "))
    }

    pub(super) fn read(line: &str) -> Option<Spec> {
        let mut parts = line.split_whitespace();
        let step = Step::parse(parts.next()?)?;
        let word = parts.next()?;
        let kind = Kind::ALL.iter().find(|(_, known)| *known == word)?.0;
        Some(Spec { path: parts.next()?.to_owned(), kind, words: parts.map(str::to_owned).collect(), step })
    }
}
