//! A place in a file of texts, for what is wrong there.

use crate::Error;
use std::path::Path;

/// Where slices of a file lie.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The file.
    pub path: &'a Path,
    /// Its whole text.
    pub text: &'a str,
}

impl Place<'_> {
    /// The line of a slice of the text, from 1.
    pub fn line(self, slice: &str) -> usize {
        let at = (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.line_at(at)
    }

    /// The line of a byte, from 1.
    pub fn line_at(self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|b| *b == b'\n').count()
    }

    /// An error at a slice of the text.
    pub fn error(self, slice: &str, problem: impl Into<String>) -> Error {
        Error { path: self.path.to_owned(), line: self.line(slice), problem: problem.into() }
    }
}
