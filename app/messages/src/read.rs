//! One file of one language.

use crate::{
    Error,
    pattern::{self, Compiled},
    place::Place,
};
use fluent_syntax::{ast::Entry, parser};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

/// A text of one language: a message, or an attribute of one.
#[derive(Clone, Debug)]
pub struct Source {
    /// `message` or `message.attribute`.
    pub key: String,
    /// The compiled text; see `taskdef::messages::fill` for its form.
    pub compiled: Compiled,
    /// The file.
    pub path: PathBuf,
    /// The line of the key, from 1.
    pub line: usize,
}

impl Source {
    /// An error at this text.
    pub(crate) fn error(&self, problem: impl Into<String>) -> Error {
        Error { path: self.path.clone(), line: self.line, problem: format!("{}: {}", self.key, problem.into()) }
    }
}

/// The texts of a file, in its order.
///
/// # Errors
/// What is no Fluent, what [`pattern`] refuses, a message without a text, and a key that is there twice.
pub fn sources(path: &Path, lang: &str) -> Result<Vec<Source>, Error> {
    let whole = |problem: String| Error { path: path.to_owned(), line: 0, problem };
    let text = fs::read_to_string(path).map_err(|e| whole(e.to_string()))?;
    let place = Place { path, text: &text };
    let resource = parser::parse(text.as_str()).map_err(|(_, errors)| match errors.first() {
        Some(e) => Error { path: path.to_owned(), line: place.line_at(e.pos.start), problem: e.kind.to_string() },
        None => whole("not Fluent".to_owned()),
    })?;
    let mut sources = Vec::new();
    for entry in &resource.body {
        let message = match entry {
            Entry::Message(message) => message,
            Entry::Term(term) => return Err(place.error(term.id.name, "write the words where they are used: terms are not supported")),
            _ => continue,
        };
        let id = message.id.name;
        let value = message.value.as_ref().ok_or_else(|| place.error(id, format!("{id} has no text after ‘=’")))?;
        let mut add = |key: String, name: &str, pattern| {
            let compiled = pattern::compile(pattern, place, name, lang)?;
            sources.push(Source { key, compiled, path: path.to_owned(), line: place.line(name) });
            Ok(())
        };
        add(id.to_owned(), id, value)?;
        for attribute in &message.attributes {
            add(format!("{id}.{}", attribute.id.name), attribute.id.name, &attribute.value)?;
        }
    }
    let mut lines = HashMap::new();
    for source in &sources {
        if let Some(line) = lines.insert(&source.key, source.line) {
            return Err(source.error(format!("the same key is in line {line}")));
        }
    }
    Ok(sources)
}
