//! A draft in the files of a format.

use super::Loss;
use crate::{
    Lang,
    deploy::DraftTag,
    lint::areas::limits::BYTES,
    messages::{Message, all::*},
};
use std::collections::HashSet;

/// How files are made.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language of comments.
    pub lang: Lang,
    /// With what surrounds a definition, log groups and roles, or without.
    pub surroundings: bool,
    /// The tag of what scripts create; without it there are no such scripts.
    pub tag: Option<DraftTag>,
}

impl Options {
    /// With surroundings.
    pub fn new(lang: Lang) -> Options {
        Options { lang, surroundings: true, tag: None }
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// A relative path of letters, digits and `.-_/`; unique among the files of a format.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its text; ends with a line break.
    pub text: String,
}

impl File {
    pub(super) fn new(name: impl Into<String>, media_type: &'static str, text: String) -> File {
        File { name: name.into(), media_type, text }
    }
}

/// The files of a format, the main one first, and what they do not say.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    /// At least one.
    pub files: Vec<File>,
    /// Questions first.
    pub losses: Vec<Loss>,
}

/// Why there are no files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// No files of this format are made.
    #[error("the format is not exported")]
    NotExported,
    /// The definition is no object.
    #[error("the definition is not an object")]
    NoDefinition,
    /// The definition is larger than what is checked.
    #[error("the definition has more than {BYTES} bytes")]
    TooLarge,
    /// Docker Compose cannot run a Windows task like this.
    #[error("the task runs on Windows")]
    Windows,
    /// Nothing of the definition has a place in this format: no variable for an env file.
    #[error("nothing to write")]
    Nothing,
}

impl ExportError {
    /// All of them.
    pub const ALL: [ExportError; 5] = [ExportError::NotExported, ExportError::NoDefinition, ExportError::TooLarge, ExportError::Windows, ExportError::Nothing];

    fn message(self) -> &'static Message {
        match self {
            ExportError::NotExported => &EXPORT_NOT_EXPORTED,
            ExportError::NoDefinition => &EXPORT_NO_DEFINITION,
            ExportError::TooLarge => &EXPORT_TOO_LARGE,
            ExportError::Windows => &EXPORT_WINDOWS,
            ExportError::Nothing => &EXPORT_NOTHING,
        }
    }

    /// What is wrong, and what to do about it.
    pub fn words(self, lang: Lang) -> (&'static str, &'static str) {
        let message = self.message();
        (message.text.plain(lang), message.attribute("do").map_or("", |text| text.plain(lang)))
    }
}

/// A name for a file of a container: letters, digits, `-` and `_`, and none that was given before.
pub(super) fn file_stem(container: &str, taken: &mut HashSet<String>) -> String {
    let stem: String = container.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(100).collect();
    let stem = if stem.is_empty() { "container".to_owned() } else { stem };
    // File systems that do not tell case apart would let one file replace another.
    let free = |name: &String| !taken.contains(&name.to_ascii_lowercase());
    let name = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}"))).find(free).unwrap_or(stem);
    taken.insert(name.to_ascii_lowercase());
    name
}
