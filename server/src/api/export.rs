//! Files of a draft or of a body, and texts that become a definition.

use super::{
    error::ApiError,
    extract::{AnyDraft, ExportFormat, Lang, Target, Text},
};
use crate::{app_state::AppState, archive, draft_service::OpenDraft, http::cookies::Cookies};
use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use drafts::Mark;
use serde::Deserialize;
use serde_json::{Value, json};
use taskdef::{
    Draft,
    deploy::{DraftTag, Plan, scripts},
    formats::{
        self, Format,
        export::{self, Exported, Options},
        import::{Input, Refusal},
    },
};

fn file(body: impl IntoResponse, name: &str, kind: &'static str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// `as=`, `file=`, `surroundings=` of the query, all optional.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    /// `json`: all files with the report; `zip`: all files.
    #[serde(rename = "as")]
    answer: Option<String>,
    /// One file by its name.
    file: Option<String>,
    /// `no`: without log groups and roles.
    surroundings: Option<String>,
}

impl Wanted {
    /// The files in the form that was asked for: one is itself, several are an archive.
    fn answer(&self, lang: taskdef::Lang, format: Format, draft: &Draft, tag: Option<DraftTag>) -> Result<Response, ApiError> {
        let surroundings = self.surroundings.as_deref() != Some("no");
        let made = export::export(format, draft, &Options { surroundings, tag, ..Options::new(lang) }).map_err(ApiError::NoFiles)?;
        if let Some(name) = &self.file {
            let found = made.files.into_iter().find(|f| f.name == *name).ok_or(ApiError::NotFound)?;
            return Ok(one(found));
        }
        match (self.answer.as_deref(), made.files.len()) {
            (Some("json"), _) => Ok(Json(report(lang, format, &made)).into_response()),
            (None, 1) => made.files.into_iter().next().map(one).ok_or(ApiError::Internal),
            _ => {
                let name = export::file_name(draft.family()).replace(".json", &format!("-{}.zip", format.name()));
                let bytes = archive::zip(&made.files).map_err(|_| ApiError::Internal)?;
                Ok(file(bytes, &name, "application/zip"))
            }
        }
    }
}

/// A file under its own name, without its folders.
fn one(made: export::File) -> Response {
    let name = made.name.rsplit('/').next().unwrap_or("file").to_owned();
    file(made.text, &name, made.media_type)
}

/// All files, and what they do not say.
pub fn report(lang: taskdef::Lang, format: Format, made: &Exported) -> Value {
    let files: Vec<Value> = made.files.iter().map(|f| json!({ "name": f.name, "mediaType": f.media_type, "text": f.text })).collect();
    let losses = made.losses.iter();
    let report: Vec<Value> =
        losses.map(|l| json!({ "path": l.place, "outcome": l.outcome, "id": l.id(), "message": l.text(lang), "do": l.how(lang) })).collect();
    json!({ "format": format, "files": files, "report": report })
}

/// The files of a draft. Its owner's browser remembers the revision.
pub async fn of_draft(
    State(app): State<AppState>,
    Lang(lang): Lang,
    ExportFormat(format): ExportFormat,
    AnyDraft(open): AnyDraft,
    Query(wanted): Query<Wanted>,
    mut cookies: Cookies,
) -> Result<(Cookies, Response), ApiError> {
    let answer = wanted.answer(lang, format, &open.draft, Some(open.tag.clone()))?;
    exported(&app, &open, &mut cookies).await;
    Ok((cookies, answer))
}

/// Its owner's browser remembers the revision, and the history marks it.
async fn exported(app: &AppState, open: &OpenDraft, cookies: &mut Cookies) {
    if open.is_editable() {
        cookies.set_exported(&open.token, open.revision());
        app.drafts.mark(&open.token, open.revision(), Mark::Exported).await;
    }
}

/// Every format: whether it is read, and whether it is written.
pub async fn formats(Lang(lang): Lang) -> Json<Value> {
    let format = |f: Format| json!({ "format": f, "label": f.label(lang), "mediaType": f.media_type(), "import": f.is_imported(), "export": f.is_exported() });
    Json(Format::ALL.into_iter().map(format).collect())
}

/// The script that registers a draft. Its owner's browser remembers the revision.
pub async fn deploy(State(app): State<AppState>, Lang(lang): Lang, AnyDraft(open): AnyDraft, mut cookies: Cookies) -> Result<(Cookies, Response), ApiError> {
    let plan = Plan::new(&open.draft, &open.tag).map_err(ApiError::NoScript)?;
    exported(&app, &open, &mut cookies).await;
    Ok((cookies, script(scripts::deploy(lang, &plan), "deploy.sh")))
}

/// The script that takes away what the other one made.
pub async fn teardown(Lang(lang): Lang, AnyDraft(open): AnyDraft) -> Result<Response, ApiError> {
    let plan = Plan::new(&open.draft, &open.tag).map_err(ApiError::NoScript)?;
    Ok(script(scripts::teardown(lang, &plan), "teardown.sh"))
}

fn script(text: String, name: &str) -> Response {
    file(text, name, "text/x-shellscript; charset=utf-8")
}

/// `task=` of the query: which task of a text with several.
#[derive(Debug, Default, Deserialize)]
pub struct WantedTask {
    task: Option<String>,
}

/// A text of any format in another one.
pub async fn of_body(
    Lang(lang): Lang,
    ExportFormat(format): ExportFormat,
    Query(target): Query<Target>,
    Query(wanted): Query<Wanted>,
    Query(WantedTask { task }): Query<WantedTask>,
    Text(text): Text,
) -> Result<Response, ApiError> {
    let not_importable = |refusal: Refusal| ApiError::NotImportable(Box::new(refusal));
    let found = formats::drafts(&Input::of(text), target.region().as_deref(), target.launch()).map_err(not_importable)?;
    let draft = found.task(task.as_deref()).map_err(not_importable)?;
    wanted.answer(lang, format, draft, None)
}
