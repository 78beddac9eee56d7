//! Pages that show the whole draft at once: as JSON, as a note, with its safe fixes made, against what was exported.

use super::{head, nowhere, open, refuse, render};
use crate::{visitor, web::State};
use app::{backend::BackendError, site};
use axum::{
    extract::{Path, Query, Request, State as From},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use taskdef::{
    Draft, Lang, Severity,
    formats::{export, import},
    lint::{self, autofix},
    texts,
};

/// The findings of a text, each with its line.
fn by_line(lang: Lang, text: &str, draft: &Draft) -> Vec<site::LineView> {
    let (findings, _) = lint::check_text(text, Some(draft.region().to_owned()).filter(|r| !r.is_empty()), draft.launch());
    let wrapped = import::from_json(text).is_ok_and(|read| read.unwrapped);
    let places = import::places_of(text, wrapped, &findings);
    let view = |(f, (line, _)): (taskdef::Finding, (usize, usize))| {
        let words = texts::of_finding(lang, &f);
        site::LineView { severity: f.severity, line, message: words.message, why: words.why, how: words.how }
    };
    let mut list: Vec<site::LineView> = findings.into_iter().zip(places).map(view).collect();
    let rank = |severity| [Severity::Error, Severity::Warning, Severity::Advice].iter().position(|s| *s == severity);
    list.sort_by_key(|f| (rank(f.severity), f.line));
    list
}

/// The editor with a text that may not be the draft's.
#[allow(clippy::too_many_arguments)]
pub async fn editor_page(
    state: &State,
    lang: Lang,
    token: String,
    revision: i64,
    draft: &Draft,
    text: Option<String>,
    error: Option<String>,
    request: Request,
) -> Response {
    let unsaved = text.is_some();
    let text = text.unwrap_or_else(|| export::to_json(draft.definition()));
    let findings = by_line(lang, &text, draft);
    let context = (draft.region().to_owned(), draft.launch().map_or(String::new(), |l| l.as_str().to_owned()));
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut head = head(state, lang, request.headers(), site::title_editor(lang), false);
    if error.is_some() {
        head.title = format!("{}{}", site::error_prefix(lang), head.title);
    }
    let model = site::EditorModel { token, revision, context, text, findings, error, unsaved };
    render(request, status, head, move |head| site::editor(head, model.clone())).await
}

/// `…/json`.
pub async fn editor(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    match open(&state, &token).await {
        Ok((opened, draft)) => editor_page(&state, lang, token, opened.revision, &draft, None, None, request).await,
        Err(error) => refuse(&state, lang, request, error).await,
    }
}

/// `…/fixes`.
pub async fn fixes(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (opened, draft) = match open(&state, &token).await {
        Ok(open) => open,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let (after, made) = autofix::safe(&draft);
    let cured: Vec<String> = made.iter().map(|m| texts::of_finding(lang, &m.finding).message).collect();
    let changes = site::changes(lang, &draft, &after);
    let head = head(&state, lang, request.headers(), site::title_fixes(lang), false);
    render(request, StatusCode::OK, head, move |head| site::fixes(head, &token, opened.revision, cured.clone(), changes.clone())).await
}

/// The query of the note.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    download: Option<String>,
}

/// `…/note`, as a page or as a file.
pub async fn note(From(state): From<State>, Path((lang, token)): Path<(String, String)>, Query(query): Query<Wanted>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (_, draft) = match open(&state, &token).await {
        Ok(open) => open,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let text = site::markdown(lang, &draft, &site::facts(lang, &draft));
    if query.download.is_some() {
        let name = export::file_name(draft.family()).replace(".json", ".md");
        let headers = [
            (header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        ];
        return (headers, text).into_response();
    }
    let head = head(&state, lang, request.headers(), site::title_note(lang), false);
    render(request, StatusCode::OK, head, move |head| site::note(head, &token, text.clone())).await
}

/// `…/since`.
pub async fn since(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (_, draft) = match open(&state, &token).await {
        Ok(open) => open,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let since = match visitor::exported(request.headers(), &token) {
        None => Ok(site::Since::Never),
        Some(revision) => match state.backend.at_revision(&token, revision).await {
            Ok(Some(text)) => Draft::parse(&text).map(|then| site::Since::Changes(site::changes(lang, &then, &draft))).map_err(|_| BackendError::Unavailable),
            Ok(None) => Ok(site::Since::Gone),
            Err(error) => Err(error),
        },
    };
    let since = match since {
        Ok(since) => since,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let head = head(&state, lang, request.headers(), site::title_since(lang), false);
    render(request, StatusCode::OK, head, move |head| site::since(head, &token, since.clone())).await
}
