//! POST: forms without JavaScript. Every answer is a 303, except where something has to be shown to be corrected.

mod doctor;
mod drafts;
mod edits;
mod register;

pub use doctor::{doctor, doctor_of};
pub use drafts::{conflict, restore, share};
pub use edits::{editor, fixes};
pub use register::{operation, register, unlock};

use crate::{
    pages::{self, nowhere, open, refuse},
    visitor,
    web::State,
};
use app::{
    address::{self, Page},
    backend::{BackendError, OpenDraft},
    flow::{self, Unsettled},
    site,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Path, Request, State as From},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;
use taskdef::{Draft, Lang, document::pointer, formats::import, preset::Preset, questions};

/// A request's head again, for rendering a page after its body was read.
fn again(parts: &http::request::Parts) -> Request {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = http::Method::GET;
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    request
}

fn field<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().rev().find(|(n, _)| n == name).map_or("", |(_, v)| v)
}

/// Reads an urlencoded body.
async fn pairs(state: &State, request: Request) -> Result<(http::request::Parts, Vec<(String, String)>), Response> {
    let (parts, body) = request.into_parts();
    match Bytes::from_request(Request::from_parts(parts.clone(), body), state).await {
        Ok(bytes) => Ok((parts, questions::decode(&bytes))),
        Err(rejection) => Err(rejection.into_response()),
    }
}

/// The revision that a form was made from, and the draft as it stood there; where that is not kept any more, the newest.
async fn base(state: &State, token: &str, pairs: &[(String, String)], opened: &OpenDraft, newest: &Draft) -> Result<(i64, Draft), BackendError> {
    let revision = field(pairs, "rev").parse().unwrap_or(opened.revision);
    let text = state.backend.at_revision(token, revision).await?;
    Ok((revision, text.and_then(|text| Draft::parse(&text).ok()).unwrap_or_else(|| newest.clone())))
}

/// A step's form.
pub async fn step(From(state): From<State>, Path((lang, token, rest)): Path<(String, String, String)>, request: Request) -> Response {
    let (Some(lang), Some(page)) = (Lang::parse(&lang), Page::parse(&rest)) else { return nowhere(From(state), request).await };
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let (opened, draft) = match open(&state, &token).await {
        Ok(open) => open,
        Err(error) => return refuse(&state, lang, again(&parts), error).await,
    };
    let (revision, base) = match base(&state, &token, &pairs, &opened, &draft).await {
        Ok(base) => base,
        Err(error) => return refuse(&state, lang, again(&parts), error).await,
    };
    let posted = flow::posted(&base, page, &pairs);
    let settled = if posted.draft == base && revision != opened.revision {
        Ok(flow::Settled { revision: opened.revision, draft, merged: false })
    } else {
        flow::settle(state.backend.as_ref(), &token, revision, posted.draft.clone(), &visitor::who(&parts.headers)).await
    };
    match settled {
        Ok(done) => {
            let Some(next) = posted.page else { return Redirect::to(&format!("/{}", lang.as_str())).into_response() };
            let to = if posted.continues && flow::has_errors(&done.draft, page) {
                format!("{}?check", address::of_page(lang, &token, page))
            } else {
                let anchor = posted.focus.map_or(String::new(), |f| format!("#{}", pointer::field_id(&f)));
                format!("{}{anchor}", address::of_page(lang, &token, next))
            };
            Redirect::to(&to).into_response()
        }
        Err(Unsettled::Clash { clashes, .. }) => {
            drafts::collide(&state, lang, &token, revision, posted.draft, clashes, StatusCode::CONFLICT, again(&parts)).await
        }
        Err(Unsettled::Backend(error)) => refuse(&state, lang, again(&parts), error).await,
    }
}

/// A new draft: from a preset, a shared draft, a pasted text or a file.
pub async fn create(From(state): From<State>, Path(lang): Path<String>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (parts, body) = request.into_parts();
    let multipart = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).is_some_and(|t| t.starts_with("multipart/"));
    let request = Request::from_parts(parts.clone(), body);
    let read = if multipart { read_multipart(&state, request).await } else { pairs(&state, request).await.map(|(_, pairs)| pairs) };
    let pairs = match read {
        Ok(pairs) => pairs,
        Err(response) => return response,
    };
    let again_home = |pasted: String, error: String| {
        let (state, request) = (state.clone(), again(&parts));
        async move {
            pages::home_page(&state, lang, request, StatusCode::UNPROCESSABLE_ENTITY, site::HomeModel { pasted, error: Some(error), ..Default::default() })
                .await
        }
    };
    let draft = match (Preset::parse(field(&pairs, "preset")), field(&pairs, "copy")) {
        (Some(preset), _) => {
            let mut draft = preset.draft();
            if preset == Preset::Tutorial {
                draft.put("title", json!(site::first_task(lang)));
            }
            draft
        }
        (None, "") => {
            let file = field(&pairs, "file");
            let text = if file.trim().is_empty() { field(&pairs, "taskDefinition") } else { file };
            if text.trim().is_empty() {
                return again_home(String::new(), site::import_nothing(lang)).await;
            }
            if text.len() > flow::LARGEST {
                return again_home(String::new(), site::import_too_large(lang)).await;
            }
            match import::from_json(text) {
                Ok(read) => from_import(read),
                Err(error) => return again_home(text.to_owned(), site::import_not_json(lang, error.line, error.column)).await,
            }
        }
        (None, copy) => match flow::open(state.backend.as_ref(), copy).await {
            Ok((_, mut draft)) => {
                let name = if draft.title().is_empty() { draft.family().to_owned() } else { draft.title().to_owned() };
                draft.put("title", json!(site::copy_of(lang, &name)));
                draft
            }
            Err(error) => return refuse(&state, lang, again(&parts), error).await,
        },
    };
    let mut kept = http::HeaderMap::new();
    let who = visitor::mark(&parts.headers, &mut kept);
    match state.backend.create(&draft.to_text(), &who).await {
        Ok((edit, _)) => {
            visitor::remember(&parts.headers, &mut kept, &edit, None);
            (kept, Redirect::to(&format!("/{}/d/{edit}/cluster", lang.as_str()))).into_response()
        }
        Err(error) => refuse(&state, lang, again(&parts), error).await,
    }
}

/// A draft around an import, with a note of what was left out.
pub fn from_import(read: import::Imported) -> Draft {
    let mut draft = Draft::around(read.definition);
    if !read.dropped.is_empty() {
        let keys: Vec<&str> = read.dropped.iter().map(|d| d.trim_start_matches('/')).collect();
        draft.root_mut()["aside"]["dropped"] = json!(keys.join(", "));
    }
    draft
}

async fn read_multipart(state: &State, request: Request) -> Result<Vec<(String, String)>, Response> {
    let mut parts = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
    let mut pairs = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(IntoResponse::into_response)? {
        let name = part.name().unwrap_or("").to_owned();
        let bytes = part.bytes().await.map_err(IntoResponse::into_response)?;
        pairs.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(pairs)
}

/// The theme, kept in a cookie so that the next page has it at once.
pub async fn theme(From(state): From<State>, Path(lang): Path<String>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (parts, pairs) = match pairs(&state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let back = field(&pairs, "back");
    let to = if crate::http::address::is_own(back) { back.to_owned() } else { format!("/{}", lang.as_str()) };
    let value = match field(&pairs, "theme") {
        t @ ("light" | "dark") => format!("theme={t}; Path=/; Max-Age=31536000"),
        _ => "theme=; Path=/; Max-Age=0".to_owned(),
    };
    let mut response = Redirect::to(&to).into_response();
    visitor::put(&parts.headers, response.headers_mut(), &value);
    response
}
