//! From a form to an import, and from an import to drafts.

use super::view::{Asked, asked};
use crate::http::{form::Form, page::Page};
use app::tr;
use taskdef::{
    Lang,
    formats::{
        Format,
        import::{Answers, Import, Input, Refusal, Source},
    },
};

/// Files, pasted texts and answers of a form. A file comes before the text that was pasted beside it.
pub fn input_of(form: &Form) -> Input {
    let mut files: Vec<Source> = Vec::new();
    let mut name = String::new();
    let mut answers = Answers::default();
    for (key, value) in &form.0 {
        match key.as_str() {
            "file.name" | "name" => name.clone_from(value),
            "file" | "text" | "taskDefinition" => {
                let name = std::mem::take(&mut name);
                if !value.trim().is_empty() {
                    files.push(Source { name, text: value.replace("\r\n", "\n") });
                }
            }
            _ => {
                if let Some(id) = key.strip_prefix("q:") {
                    answers.put(id, value);
                }
            }
        }
    }
    Input { files, format: Format::parse(form.field("format")), answers }
}

/// Why there is no import: what is wrong, its line, what to do.
pub fn said(lang: Lang, refusal: &Refusal) -> String {
    let mut text = refusal.words(lang);
    if !refusal.line.is_empty() && refusal.place.line > 0 {
        text += &format!(" – {}", tr!(lang, import.line_text, line = refusal.place.line, text = refusal.line.trim()));
    }
    if let Some(how) = refusal.said.how(lang) {
        text += &format!(". {how}");
    }
    text
}

/// The page that asks before drafts are made.
pub fn questions(lang: Lang, input: Input, import: Import) -> Page {
    let model = Asked { input, import };
    Page::new(lang, tr!(lang, import.title), move |head| asked(head, &model))
}
