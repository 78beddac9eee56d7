//! What a new draft begins with: a template, a copy of a shared draft, or a text of somebody's own.

use crate::{
    draft_service::{DraftError, DraftService, LARGEST},
    http::form::Form,
    inspect::own,
    site::import::{self as import_page, input_of},
};
use app::tr;
use drafts::Token;
use serde_json::json;
use taskdef::{
    Draft, Lang,
    formats::{
        Format,
        import::{self, Import, Input, Recognised, recognise},
    },
    preset::Preset,
};

/// Why there is no new draft.
pub enum NoDraft {
    /// The text cannot be read: the text, and why.
    Text(String, String),
    /// The same for a text that the doctor explains.
    Error(String, String),
    /// It can, once questions are answered.
    Asks(Box<(Input, Import)>),
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
    // What was found with somebody's sign-in, or pasted, is theirs.
    let _ = own::forget(&draft).apply(draft.root_mut());
    let name = if draft.title().is_empty() { draft.family().to_owned() } else { draft.title().to_owned() };
    draft.put("title", json!(tr!(lang, common.copy_of, name = name)));
    Ok(draft)
}

fn from_text(lang: Lang, form: &Form) -> Result<Draft, NoDraft> {
    let input = input_of(form);
    let pasted = || form.field("taskDefinition").to_owned();
    if input.files.is_empty() {
        return Err(NoDraft::Text(String::new(), tr!(lang, home.nothing).to_owned()));
    }
    if input.files.iter().map(|file| file.text.len()).sum::<usize>() > LARGEST {
        return Err(NoDraft::Text(String::new(), tr!(lang, home.too_large).to_owned()));
    }
    // A definition in strict JSON is opened as it stands: its rules say all there is to say.
    if let [file] = input.files.as_slice()
        && matches!(recognise(&file.text), Recognised::Format(Format::Json))
        && let Ok(read) = import::from_json(&file.text)
        && read.definition.is_object()
    {
        return Ok(from_import(read));
    }
    match import::import(&input) {
        Ok(import) if import.waits() => Err(NoDraft::Asks(Box::new((input, import)))),
        Ok(import) => import.kept(0).ok_or_else(|| NoDraft::Text(pasted(), tr!(lang, home.nothing).to_owned())),
        Err(refusal) => {
            let text = input.files.into_iter().next().map(|file| file.text).unwrap_or_default();
            let why = import_page::said(lang, &refusal);
            Err(if refusal.is_an_error() { NoDraft::Error(text, why) } else { NoDraft::Text(text, why) })
        }
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
