//! From a form to an import, and from an import to drafts.

use super::view::{Asked, asked};
use crate::http::{form::Form, page::Page};
use app::tr;
use serde_json::{Value, json};
use taskdef::{
    Draft, Lang,
    formats::{
        Format,
        import::{Answers, Import, Input, Refusal, Source},
        report::Report,
    },
};

/// The member of a draft in which its report is kept.
const KEPT: &str = "import";

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

/// A draft of an import with its report beside it; none where there is no such draft.
pub fn draft_of(import: &Import, index: usize) -> Option<Draft> {
    let made = import.drafts.get(index)?;
    let mut draft = made.draft.clone();
    let files: Vec<Value> = import.files.iter().map(|file| json!({ "name": file.name, "text": file.text })).collect();
    draft.put(KEPT, json!({ "format": import.format, "report": import.report.to_value(index), "files": files }));
    Some(draft)
}

/// The only draft of an import over another draft, which keeps its name, Region and cluster.
pub fn over(base: &Draft, import: &Import) -> Draft {
    let Some(made) = draft_of(import, 0) else { return base.clone() };
    let mut draft = base.with_definition(made.definition().clone());
    draft.put(KEPT, made.root()[KEPT].clone());
    draft
}

/// Whether a draft came from elsewhere.
pub fn has_report(draft: &Draft) -> bool {
    draft.root().get(KEPT).is_some_and(Value::is_object)
}

/// A report as a draft keeps it: the format, the report, and what came beside it, by name.
pub(super) type Kept = (Option<Format>, Report, Vec<(String, String)>);

/// What is kept beside a draft: its origin's format, the report, files.
pub(super) fn kept(draft: &Draft) -> Option<Kept> {
    let kept = draft.root().get(KEPT)?;
    let format = kept.get("format").and_then(Value::as_str).and_then(Format::parse);
    let text = |file: &Value, key: &str| file.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let files = kept.get("files").and_then(Value::as_array).map_or(Vec::new(), |list| list.iter().map(|f| (text(f, "name"), text(f, "text"))).collect());
    Some((format, Report::from_value(kept.get("report")?), files))
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
