//! What a new draft begins with: a template, a copy of a shared draft, or a text of somebody's own.

use crate::{
    draft_service::{DraftError, DraftService, LARGEST},
    http::form::Form,
};
use app::tr;
use drafts::Token;
use serde_json::json;
use taskdef::{Draft, Lang, formats::import, preset::Preset};

/// Why there is no new draft.
pub enum NoDraft {
    /// The text cannot be read: the text, and why.
    Text(String, String),
    /// The draft to copy cannot be opened.
    Copy(DraftError),
}

/// The draft that the forms of the start page and of a shared draft ask for.
///
/// # Errors
/// Where there is nothing to read, or it does not read.
pub async fn new_draft(drafts: &DraftService, lang: Lang, form: &Form) -> Result<Draft, NoDraft> {
    match (Preset::parse(form.field("preset")), form.field("copy")) {
        (Some(preset), _) => Ok(from_preset(lang, preset)),
        (None, "") => from_text(lang, form),
        (None, copy) => from_copy(drafts, lang, copy).await.map_err(NoDraft::Copy),
    }
}

fn from_preset(lang: Lang, preset: Preset) -> Draft {
    let mut draft = preset.draft();
    if preset == Preset::Tutorial {
        draft.put("title", json!(tr!(lang, common.first_task)));
    }
    draft
}

async fn from_copy(drafts: &DraftService, lang: Lang, link: &str) -> Result<Draft, DraftError> {
    let token = Token::parse(link).ok_or(DraftError::NotFound)?;
    let mut draft = drafts.open(&token).await?.draft;
    let name = if draft.title().is_empty() { draft.family().to_owned() } else { draft.title().to_owned() };
    draft.put("title", json!(tr!(lang, common.copy_of, name = name)));
    Ok(draft)
}

fn from_text(lang: Lang, form: &Form) -> Result<Draft, NoDraft> {
    let file = form.field("file");
    let text = if file.trim().is_empty() { form.field("taskDefinition") } else { file };
    if text.trim().is_empty() {
        return Err(NoDraft::Text(String::new(), tr!(lang, home.nothing).to_owned()));
    }
    if text.len() > LARGEST {
        return Err(NoDraft::Text(String::new(), tr!(lang, home.too_large).to_owned()));
    }
    match import::from_json(text) {
        Ok(read) => Ok(from_import(read)),
        Err(error) => Err(NoDraft::Text(text.to_owned(), tr!(lang, home.not_json, line = error.line, column = error.column))),
    }
}

/// A draft of an import, with a note of what was left out.
pub fn from_import(read: import::Imported) -> Draft {
    let mut draft = Draft::around(read.definition);
    if !read.dropped.is_empty() {
        let keys: Vec<&str> = read.dropped.iter().map(|d| d.trim_start_matches('/')).collect();
        draft.root_mut()["aside"]["dropped"] = json!(keys.join(", "));
    }
    draft
}
