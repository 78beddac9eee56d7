//! The editor with a text, and the text's findings by line.

use super::view::{EditorModel, LineView, editor};
use crate::http::page::Page;
use app::{tr, wire::SavedChanges};
use axum::http::StatusCode;
use drafts::Token;
use taskdef::{Draft, Finding, Lang, Severity, formats::export, lint, messages};

/// What was typed, when it is not what the draft says.
pub struct Typed {
    /// The text.
    pub text: String,
    /// Why it was not saved.
    pub error: Option<String>,
}

/// The page of a draft as it was at `revision`, with what can be undone and done again.
pub fn page(lang: Lang, token: &Token, revision: i64, draft: &Draft, saved: SavedChanges, typed: Option<Typed>) -> Page {
    let unsaved = typed.is_some();
    let Typed { text, error } = typed.unwrap_or_else(|| Typed { text: export::to_json(draft.definition()), error: None });
    let wrong = error.is_some();
    let model = EditorModel {
        token: token.to_text(),
        revision,
        context: (draft.region().to_owned(), draft.launch().map_or(String::new(), |l| l.as_str().to_owned())),
        findings: by_line(lang, &text, draft),
        text,
        error,
        unsaved,
        saved,
    };
    let page = Page::new(lang, tr!(lang, editor.title), move |head| editor(head, model.clone())).wrong(wrong);
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

/// The findings of a text, each with its line.
fn by_line(lang: Lang, text: &str, draft: &Draft) -> Vec<LineView> {
    let (findings, _) = lint::check_text(text, Some(draft.region().to_owned()).filter(|r| !r.is_empty()), draft.launch());
    let view = |f: Finding| {
        let words = messages::of_finding(lang, &f);
        let line = f.at.map_or(1, |(line, _)| line);
        LineView { severity: f.severity, line, message: words.message, why: words.why, how: words.how }
    };
    let mut list: Vec<LineView> = findings.into_iter().map(view).collect();
    let rank = |severity| [Severity::Error, Severity::Warning, Severity::Advice].iter().position(|s| *s == severity);
    list.sort_by_key(|f| (rank(f.severity), f.line));
    list
}
