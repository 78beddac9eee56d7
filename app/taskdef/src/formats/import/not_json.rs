//! Why a text is not JSON, and where.

use crate::document::bounds::{self, Unfit};
use serde_json::Value;

/// The text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not JSON at line {line}, column {column}")]
pub struct NotJson {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What it probably is.
    pub hint: Hint,
}

impl NotJson {
    /// Looks at a text that was refused: what no draft may have comes first, then what `serde_json` says, whose line and
    /// column other programs print too.
    pub(super) fn of(text: &str) -> NotJson {
        if let Err((why, at)) = bounds::look(text, bounds::DEEPEST - 1) {
            let before = text.get(..at).unwrap_or_default();
            let hint = if why == Unfit::Deep { Hint::Deep } else { Hint::Reserved };
            return NotJson { line: before.matches('\n').count() + 1, column: before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1, hint };
        }
        match serde_json::from_str::<Value>(text) {
            Err(error) => NotJson { line: error.line().max(1), column: error.column().max(1), hint: Hint::of(text, &error) },
            Ok(_) => NotJson { line: 1, column: 1, hint: Hint::Unknown },
        }
    }
}

/// The usual reasons why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// None that we know.
    Unknown,
    /// A comma that is missing, or one before a closing bracket.
    Comma,
    /// Single quotes.
    SingleQuotes,
    /// `//`, `/*` or `#`.
    Comment,
    /// A placeholder outside quotes.
    Template,
    /// The text ends too early.
    Cut,
    /// Compose or another YAML file.
    Yaml,
    /// Objects and lists inside one another, deeper than a draft may be.
    Deep,
    /// A key that the JSON library keeps for itself.
    Reserved,
}

impl Hint {
    /// Which of the rule's messages says it.
    pub fn variant(self) -> &'static str {
        match self {
            Hint::Unknown => "not-json",
            Hint::Comma => "comma",
            Hint::SingleQuotes => "quotes",
            Hint::Comment => "comment",
            Hint::Template => "template",
            Hint::Cut => "cut",
            Hint::Yaml => "yaml",
            Hint::Deep => "deep",
            Hint::Reserved => "reserved",
        }
    }

    fn of(text: &str, error: &serde_json::Error) -> Hint {
        if error.is_eof() {
            return Hint::Cut;
        }
        let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or("");
        // serde counts bytes; the sign it stumbled over is the one before the column.
        let at = error.column().saturating_sub(1).min(line.len());
        let rest = line.get(at..).unwrap_or("");
        let before = text.lines().take(error.line()).collect::<Vec<_>>().join("\n");
        let before = before.get(..before.len().saturating_sub(line.len() - at)).unwrap_or("").trim_end();
        if text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic()) && text.lines().any(|l| l.trim_end().ends_with(':')) {
            Hint::Yaml
        } else if rest.starts_with('\'') {
            Hint::SingleQuotes
        } else if rest.starts_with('/') || rest.starts_with('#') {
            Hint::Comment
        } else if before.ends_with(',') && rest.starts_with(['}', ']'])
            || rest.starts_with('"') && before.ends_with(['"', '}', ']', 'e', 'l'])
            || rest.starts_with('"') && before.ends_with(|c: char| c.is_ascii_digit())
        {
            Hint::Comma
        } else if rest.starts_with(['$', '<', '%']) || rest.starts_with("{{") || before.ends_with('{') && rest.starts_with('{') {
            Hint::Template
        } else {
            Hint::Unknown
        }
    }
}
