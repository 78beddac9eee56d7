//! What the files of a format do not say, or say differently.

use crate::{Lang, finding::Param, messages::Message, shown};
use serde::Serialize;
use std::collections::HashSet;

/// What becomes of a place of the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The person using the files must answer something.
    Asked,
    /// The format has no place for it.
    Dropped,
    /// It is there, and behaves differently.
    Changed,
    /// It belongs to another file or service.
    Elsewhere,
}

/// One line of the report.
#[derive(Clone, Debug)]
pub struct Loss {
    /// JSON Pointer in the definition.
    pub place: String,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Its message.
    message: &'static Message,
    /// Values of the message.
    params: Vec<(&'static str, Param)>,
}

impl Loss {
    fn new(outcome: Outcome, message: &'static Message, place: &str) -> Loss {
        Loss { place: place.to_owned(), outcome, message, params: Vec::new() }
    }

    pub(super) fn asked(message: &'static Message, place: &str) -> Loss {
        Loss::new(Outcome::Asked, message, place)
    }

    pub(super) fn dropped(message: &'static Message, place: &str) -> Loss {
        Loss::new(Outcome::Dropped, message, place)
    }

    pub(super) fn changed(message: &'static Message, place: &str) -> Loss {
        Loss::new(Outcome::Changed, message, place)
    }

    pub(super) fn elsewhere(message: &'static Message, place: &str) -> Loss {
        Loss::new(Outcome::Elsewhere, message, place)
    }

    /// With a value for its message.
    pub(super) fn with(mut self, name: &'static str, value: Param) -> Loss {
        self.params.push((name, value));
        self
    }

    /// The id of its message, which programs can tell it by.
    pub fn id(&self) -> &'static str {
        self.message.id
    }

    /// What is lost, in one line without hidden characters.
    pub fn text(&self, lang: Lang) -> String {
        shown::visible(&self.message.text.with(lang, &self.params))
    }

    /// What to do about it.
    pub fn how(&self, lang: Lang) -> String {
        self.message.attribute("do").map(|text| shown::visible(&text.with(lang, &self.params))).unwrap_or_default()
    }
}

/// A message is told by its id.
impl PartialEq for Loss {
    fn eq(&self, other: &Loss) -> bool {
        (&self.place, self.outcome, self.message.id, &self.params) == (&other.place, other.outcome, other.message.id, &other.params)
    }
}

/// The lines of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Losses {
    list: Vec<Loss>,
    seen: HashSet<(&'static str, String)>,
}

impl Losses {
    pub fn add(&mut self, loss: Loss) {
        if self.seen.insert((loss.message.id, loss.place.clone())) {
            self.list.push(loss);
        }
    }

    /// Questions first, then what is missing, then what differs.
    pub fn into_list(mut self) -> Vec<Loss> {
        self.list.sort_by_key(|loss| loss.outcome);
        self.list
    }
}
