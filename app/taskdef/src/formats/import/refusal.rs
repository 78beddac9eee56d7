//! Why a text cannot be imported, and where.

use crate::{
    Lang,
    formats::report::{Place, Said, masked_line},
};

/// Why there is no import. Nothing of the input is lost by it: the caller still has the text.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.words(Lang::En))]
pub struct Refusal {
    /// Where.
    pub place: Place,
    /// Why.
    pub said: Said,
    /// The line of the input, with what looks like a credential masked; empty where it is about the whole.
    pub line: String,
}

impl Refusal {
    /// About the whole.
    pub fn new(said: impl Into<Said>) -> Refusal {
        Refusal { place: Place::default(), said: said.into(), line: String::new() }
    }

    /// About a place.
    pub fn at(place: Place, said: impl Into<Said>) -> Refusal {
        Refusal { place, said: said.into(), line: String::new() }
    }

    /// With the line of the text that it is about.
    #[must_use]
    pub fn in_text(mut self, text: &str) -> Refusal {
        if self.place.line > 0 {
            self.line = masked_line(text.lines().nth(self.place.line - 1).unwrap_or(""));
        }
        self
    }

    /// Whether the text says that something failed, so that the doctor explains it.
    pub fn is_an_error(&self) -> bool {
        ["import-tasks", "import-error"].contains(&self.said.message.id)
    }

    /// In words.
    pub fn words(&self, lang: Lang) -> String {
        self.said.words(lang)
    }
}
