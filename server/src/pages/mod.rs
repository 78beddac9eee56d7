//! GET: every page of the site.

mod doctor;
mod drafts;
mod edits;
mod register;

pub use doctor::{consult, doctor, doctor_of};
pub use drafts::{history, mine, share};
pub use edits::{editor, editor_page, fixes, note, since};
pub use register::{Said, again, operation, operation_page, refused, register};

use crate::{
    guard::RequestId,
    visitor::{self, cookie},
    web::State,
};
use app::{
    App,
    address::{self, Page},
    backend::{BackendError, OpenDraft},
    flow,
    model::PageModel,
    shell::{self, Head},
    site,
};
use axum::{
    extract::{Path, Query, Request, State as From},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use serde::Deserialize;
use std::sync::Arc;
use taskdef::{Draft, Lang, Step};

/// The first language of the header that we speak; a quality of 0 means “not this one”.
pub fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wishes: Vec<(f32, Lang)> = Vec::new();
    for part in text.split(',') {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let quality = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok()).unwrap_or(0.0);
        if let Some(lang) = Lang::parse(tag.trim().split('-').next().unwrap_or("").to_ascii_lowercase().as_str()) {
            wishes.push((quality, lang));
        }
    }
    wishes.retain(|(q, _)| *q > 0.0);
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
    wishes.first().map(|(_, lang)| *lang)
}

/// The language of a path segment, else of the visitor.
pub fn lang_of(segment: &str, headers: &HeaderMap) -> Lang {
    Lang::parse(segment).or_else(|| visitor(headers)).unwrap_or(Lang::Ko)
}

fn visitor(headers: &HeaderMap) -> Option<Lang> {
    cookie(headers, "lang").as_deref().and_then(Lang::parse).or_else(|| accepted(headers))
}

/// The theme of the cookie; `system` has none.
pub fn theme(headers: &HeaderMap) -> Option<String> {
    cookie(headers, "theme").filter(|t| matches!(t.as_str(), "light" | "dark"))
}

/// Head of a page that is rendered whole.
pub fn head(state: &State, lang: Lang, headers: &HeaderMap, title: String, index: bool) -> Head {
    Head { lang, title: format!("{title} – Taskwright"), theme: theme(headers), live: false, index, assets: (*state.assets).clone() }
}

/// What stands in a document.
type Body = Arc<dyn Fn(&Head) -> AnyView + Send + Sync>;

/// Renders a document with its content security policy.
pub fn render(
    request: Request,
    status: StatusCode,
    head: Head,
    body: impl Fn(&Head) -> AnyView + Send + Sync + 'static,
) -> impl Future<Output = Response> + Send {
    document(request, status, head, Arc::new(body))
}

// All pages have the same type here, so that the library below is compiled for them once and not for each.
async fn document(request: Request, status: StatusCode, head: Head, body: Body) -> Response {
    let lang = head.lang;
    let app = move || {
        if let (Some(options), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) {
            let policy = format!(
                "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                 connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
            );
            options.set_status(status);
            if let Ok(value) = HeaderValue::from_str(&policy) {
                options.insert_header(header::CONTENT_SECURITY_POLICY, value);
            }
        }
        let view = body(&head);
        shell::document(head.clone(), view)
    };
    let visitor = request.headers().clone();
    let mut response = leptos_axum::render_app_async(app)(request).await;
    visitor::put(&visitor, response.headers_mut(), &format!("lang={}; Path=/; Max-Age=31536000", lang.as_str()));
    response
}

/// The page that says why there is no page.
pub async fn refuse(state: &State, lang: Lang, request: Request, error: BackendError) -> Response {
    let headers = request.headers().clone();
    match error {
        BackendError::NotFound | BackendError::ReadOnly => {
            let head = head(state, lang, &headers, site::title_missing(lang), false);
            render(request, StatusCode::NOT_FOUND, head, |head| site::missing(head, true)).await
        }
        _ => {
            let (status, why) = match error {
                BackendError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, site::Trouble::Large),
                BackendError::SlowDown => (StatusCode::TOO_MANY_REQUESTS, site::Trouble::Slow),
                BackendError::Full => (StatusCode::INSUFFICIENT_STORAGE, site::Trouble::Full),
                BackendError::CrossSite => (StatusCode::FORBIDDEN, site::Trouble::CrossSite),
                _ => (StatusCode::SERVICE_UNAVAILABLE, site::Trouble::Ours),
            };
            trouble(state, lang, request, status, why).await
        }
    }
}

/// The page of a trouble, with the request's id to quote.
pub async fn trouble(state: &State, lang: Lang, request: Request, status: StatusCode, why: site::Trouble) -> Response {
    let id = request.extensions().get::<RequestId>().map(|r| r.0.clone()).unwrap_or_default();
    let head = head(state, lang, request.headers(), site::title_trouble(lang), false);
    let mut response = render(request, status, head, move |head| site::trouble(head, why, &id)).await;
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// `/`: to the visitor's language.
pub async fn root(headers: HeaderMap) -> Redirect {
    Redirect::to(&format!("/{}", visitor(&headers).unwrap_or(Lang::Ko).as_str()))
}

/// `/{lang}`.
pub async fn home(From(state): From<State>, Path(lang): Path<String>, request: Request) -> Response {
    match Lang::parse(&lang) {
        Some(lang) => home_page(&state, lang, request, StatusCode::OK, site::HomeModel::default()).await,
        None => nowhere(From(state), request).await,
    }
}

/// The start page, perhaps with what could not be read.
pub async fn home_page(state: &State, lang: Lang, request: Request, status: StatusCode, mut model: site::HomeModel) -> Response {
    let visitor = request.headers().clone();
    let (recent, gone) = drafts::recent(state, &visitor).await;
    model.recent = recent;
    model.elsewhere = state.desk.is_elsewhere(&visitor);
    let mut head = head(state, lang, request.headers(), site::title_home(lang), true);
    if model.error.is_some() {
        head.title = format!("{}{}", site::error_prefix(lang), head.title);
    }
    let mut response = render(request, status, head, move |head| site::home(head, model.clone())).await;
    if !gone.is_empty() {
        visitor::forget(&visitor, response.headers_mut(), |t| gone.iter().any(|g| g == t));
    }
    response
}

/// The query of the list of rules, and of the history.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    q: Option<String>,
    at: Option<i64>,
}

/// `/{lang}/rules`.
pub async fn rules(From(state): From<State>, Path(lang): Path<String>, Query(query): Query<Wanted>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let model = site::RulesModel { query: query.q.unwrap_or_default().chars().take(200).collect() };
    let head = head(&state, lang, request.headers(), site::title_rules(lang), model.query.is_empty());
    render(request, StatusCode::OK, head, move |head| site::rules(head, model.clone())).await
}

/// `/{lang}/glossary`.
pub async fn glossary(From(state): From<State>, Path(lang): Path<String>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let head = head(&state, lang, request.headers(), site::title_glossary(lang), true);
    render(request, StatusCode::OK, head, site::glossary).await
}

/// The texts that the browser's program shows: an address names one state of them for good.
pub async fn texts(From(state): From<State>, uri: axum::http::Uri, Path((lang, _)): Path<(String, String)>, request: Request) -> Response {
    match Lang::parse(&lang).filter(|lang| app::texts::address(*lang) == uri.path()) {
        Some(lang) => {
            let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, app::texts::wizard(lang)).into_response()
        }
        None => nowhere(From(state), request).await,
    }
}

/// Any other address.
pub async fn nowhere(From(state): From<State>, request: Request) -> Response {
    let first = request.uri().path().split('/').nth(1).unwrap_or("").to_owned();
    let lang = lang_of(&first, request.headers());
    let head = head(&state, lang, request.headers(), site::title_nowhere(lang), false);
    render(request, StatusCode::NOT_FOUND, head, |head| site::missing(head, false)).await
}

/// `/{lang}/d/{token}`: to the first step.
pub async fn first(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let (Some(lang), Some(token)) = (Lang::parse(&lang), ::drafts::Token::parse(&token)) else { return nowhere(From(state), request).await };
    Redirect::to(&address::of_page(lang, &token.to_text(), Page::Step(Step::Cluster))).into_response()
}

/// The query of a wizard page.
#[derive(Debug, Default, Deserialize)]
pub struct Checked {
    check: Option<String>,
}

/// Opens a draft that may be edited.
pub async fn open(state: &State, token: &str) -> Result<(OpenDraft, Draft), BackendError> {
    let (opened, draft) = flow::open(state.backend.as_ref(), token).await?;
    if opened.editable { Ok((opened, draft)) } else { Err(BackendError::NotFound) }
}

/// A page of the wizard.
pub async fn wizard(
    From(state): From<State>,
    Path((lang, token, rest)): Path<(String, String, String)>,
    Query(query): Query<Checked>,
    request: Request,
) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let Some(page) = Page::parse(&rest) else { return nowhere(From(state), request).await };
    let (opened, draft) = match open(&state, &token).await {
        Ok(open) => open,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let count = taskdef::document::view::containers(draft.definition()).len();
    let there = match page {
        Page::Container(i) => i < count,
        Page::Health(i) => i < count.max(1),
        Page::Step(_) => true,
    };
    if !there {
        let step = if matches!(page, Page::Health(_)) { Step::Health } else { Step::Containers };
        return Redirect::to(&address::of_page(lang, &token, Page::Step(step))).into_response();
    }
    let answer = flow::answer(lang, &draft, opened.revision);
    let checked = query.check.is_some();
    let wrong = checked && answer.findings.iter().any(|f| f.severity == taskdef::Severity::Error && page.shows(&f.place));
    let title = app::title(lang, app::step_name(lang, page.step()), page.step().number(), draft.title(), wrong);
    let dropped = draft.root()["aside"].get("dropped").and_then(|v| v.as_str()).filter(|_| opened.revision == 1).map(str::to_owned);
    let exported = visitor::exported(request.headers(), &token);
    let model = PageModel {
        lang,
        exported,
        token,
        path: page.path(),
        checked,
        dropped,
        theme: theme(request.headers()),
        draft: opened.body,
        choices: flow::choices(lang),
        answer,
    };
    let head = Head { lang, title, theme: theme(request.headers()), live: true, index: false, assets: (*state.assets).clone() };
    let app = move |_: &Head| {
        provide_context(model.clone());
        view! { <App /> }.into_any()
    };
    render(request, StatusCode::OK, head, app).await
}

/// The address of this server as the visitor sees it.
pub fn origin(headers: &HeaderMap) -> String {
    let get = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let host = get("host").unwrap_or("localhost");
    let scheme = if get("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// A shared draft, read only.
pub async fn view(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (opened, draft) = match flow::open(state.backend.as_ref(), &token).await {
        // An edit link is no view link: its token must not appear on a page to be shown around.
        Ok((opened, draft)) if !opened.editable => (opened, draft),
        Ok(_) => return refuse(&state, lang, request, BackendError::NotFound).await,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let answer = flow::answer(lang, &draft, opened.revision);
    let choices = flow::choices(lang);
    let title = if draft.title().is_empty() { site::title_view(lang) } else { draft.title().to_owned() };
    let head = head(&state, lang, request.headers(), title, false);
    let model = move || site::ViewModel { token: token.clone(), draft: draft.clone(), choices: choices.clone(), cost: answer.cost.clone() };
    render(request, StatusCode::OK, head, move |head| site::view(head, model())).await
}
