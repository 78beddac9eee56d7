//! `POST /import`: a text of any format, or several files, as drafts with the report. Nothing is stored.

use super::{
    error::ApiError,
    extract::{AnyDraft, Lang},
};
use axum::{
    Json,
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use taskdef::formats::{
    Format,
    import::{self, Answers, Import, Input, Kept, Question, Source},
};

/// The text itself in any usual encoding, or `{"files": [{"name", "text"}], "format"?, "answers"?}`.
pub async fn import(Lang(lang): Lang, body: Bytes) -> Result<Json<Value>, ApiError> {
    let source = Source::from_bytes("", &body).map_err(|_| ApiError::UnknownFormat)?;
    let input = envelope(&source.text).unwrap_or_else(|| Input { files: vec![source], ..Input::default() });
    match import::import(&input) {
        Ok(found) => Ok(Json(answer(lang, &input, &found))),
        Err(refusal) if refusal.said.message.id == "import-unknown" || refusal.said.message.id == "import-empty" => Err(ApiError::UnknownFormat),
        Err(refusal) => Err(ApiError::NotImportable(Box::new(refusal))),
    }
}

/// Several files with names, and answers to questions.
fn envelope(text: &str) -> Option<Input> {
    let body: Value = serde_json::from_str(text).ok()?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let files = body.get("files")?.as_array()?.iter();
    let files: Option<Vec<Source>> = files.map(|file| Some(Source { name: text(file, "name").unwrap_or_default(), text: text(file, "text")? })).collect();
    let answers = body.get("answers").and_then(Value::as_object);
    let answers: Answers = answers.into_iter().flatten().filter_map(|(id, value)| Some((id.clone(), value.as_str()?.to_owned()))).collect();
    Some(Input { files: files?, format: text(&body, "format").and_then(|name| Format::parse(&name)), answers })
}

/// An import as the API and `taskwright import --json` write it.
pub fn answer(lang: taskdef::Lang, input: &Input, found: &Import) -> Value {
    let drafts: Vec<Value> = found
        .drafts
        .iter()
        .map(|made| {
            let root = made.draft.root();
            json!({ "name": made.name, "region": root["region"], "cluster": root["cluster"], "taskDefinition": root["definition"] })
        })
        .collect();
    let mut report = found.report.to_json(lang);
    // A definition in JSON loses nothing but what AWS itself added.
    if found.format == Format::Json
        && let [file] = input.files.as_slice()
        && let Ok(read) = import::from_json(&file.text)
    {
        report["dropped"] = json!(read.dropped);
        report["unwrapped"] = json!(read.unwrapped);
    }
    let files: Vec<Value> = found.files.iter().map(|file| json!({ "name": file.name, "text": file.text })).collect();
    let services: Vec<Value> = found.graph.iter().map(|s| json!({ "name": s.name, "image": s.image, "task": s.task, "needs": s.needs })).collect();
    json!({
        "format": found.format,
        "taskDefinition": found.drafts.first().map(|made| made.draft.definition()),
        "drafts": drafts,
        "report": report,
        "questions": found.questions.iter().map(|q| question(lang, q)).collect::<Vec<_>>(),
        "files": files,
        "services": services,
    })
}

fn question(lang: taskdef::Lang, question: &Question) -> Value {
    let choices: Vec<Value> = question.choices.iter().map(|c| json!({ "value": c.value, "label": c.said.words(lang) })).collect();
    json!({
        "id": question.id, "question": question.words(lang), "answer": question.answer, "choices": choices,
        "line": question.place.line, "beforeDrafts": question.first,
    })
}

/// The report that is kept beside a draft, as a file.
pub async fn of_draft(Lang(lang): Lang, AnyDraft(open): AnyDraft) -> Result<Response, ApiError> {
    let kept = Kept::of(&open.draft).ok_or(ApiError::NotFound)?;
    let files: Vec<Value> = kept.files.iter().map(|file| json!({ "name": file.name, "text": file.text })).collect();
    let body = json!({ "format": kept.format, "report": kept.report.to_json(lang), "files": files });
    let name = "attachment; filename=\"import-report.json\"";
    Ok(([(header::CACHE_CONTROL, "no-store"), (header::CONTENT_DISPOSITION, name)], Json(body)).into_response())
}
