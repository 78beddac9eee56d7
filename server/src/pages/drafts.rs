//! What a browser remembers, what a draft was, and who may see it: share, history, recent drafts.

use super::{Wanted, head, nowhere, open, origin, refuse, render};
use crate::{visitor, web::State};
use app::{
    backend::{BackendError, HistoryPoint},
    flow, site,
};
use axum::{
    extract::{Path, Query, Request, State as From},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use taskdef::{Draft, Lang, step::StepState};

/// Links of a draft.
pub async fn share(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (opened, draft) = match open(&state, &token).await {
        Ok(open) => open,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let origin = origin(request.headers());
    let model = site::ShareModel {
        view_url: format!("{origin}/{}/s/{}", lang.as_str(), opened.view_token),
        edit_url: format!("{origin}/{}/d/{token}", lang.as_str()),
        title: draft.title().to_owned(),
        life: opened.life,
        times: (opened.updated_at, opened.expires_at, opened.now),
        kept: visitor::remembered(request.headers()).contains(&token),
        token,
    };
    let head = head(&state, lang, request.headers(), site::title_share(lang), false);
    render(request, StatusCode::OK, head, move |head| site::share(head, model.clone())).await
}

/// The points of a draft's history, or one of them.
pub async fn history(From(state): From<State>, Path((lang, token)): Path<(String, String)>, Query(query): Query<Wanted>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let who = visitor::who(request.headers());
    let read = async {
        let (opened, draft) = open(&state, &token).await?;
        let points = state.backend.history(&token, &who).await?;
        Ok((opened, draft, points))
    };
    let (opened, draft, points) = match read.await {
        Ok(read) => read,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let drafts: Vec<Option<Draft>> = points.iter().map(|p| Draft::parse(&p.body).ok()).collect();
    let look = query.at.and_then(|at| points.iter().zip(&drafts).find(|(p, _)| p.revision == at));
    let look = look.and_then(|(p, d)| {
        let then = d.clone()?;
        Some(site::LookModel { revision: p.revision, saved_at: p.saved_at, changes: site::changes(lang, &then, &draft), draft: then })
    });
    let view = |(i, p): (usize, &HistoryPoint)| {
        let before = drafts.get(i + 1).and_then(Option::as_ref);
        let changes = drafts[i].as_ref().and_then(|after| Some(site::changes(lang, before?, after)));
        site::PointView { revision: p.revision, saved_at: p.saved_at, own: p.own, changes }
    };
    let list = if look.is_some() { Vec::new() } else { points.iter().enumerate().map(view).collect() };
    let model = site::HistoryModel { token, now: opened.now, points: list, look };
    let head = head(&state, lang, request.headers(), site::title_history(lang), false);
    render(request, StatusCode::OK, head, move |head| site::history(head, model.clone())).await
}

/// The drafts that this browser remembers, and those of them that are gone.
pub async fn recent(state: &State, headers: &HeaderMap) -> (Vec<site::RecentView>, Vec<String>) {
    let (mut there, mut gone) = (Vec::new(), Vec::new());
    for token in visitor::remembered(headers) {
        match open(state, &token).await {
            Ok((opened, draft)) => {
                let steps = app::states(&draft, &flow::findings(Lang::En, &draft)).into_iter().filter(|s| *s == StepState::Done).count();
                there.push(site::RecentView {
                    title: draft.title().to_owned(),
                    family: draft.family().to_owned(),
                    region: draft.region().to_owned(),
                    steps,
                    updated_at: opened.updated_at,
                    expires_at: opened.expires_at,
                    now: opened.now,
                    token,
                });
            }
            Err(BackendError::NotFound) => gone.push(token),
            // A store in trouble forgets nobody's drafts.
            Err(_) => {}
        }
    }
    (there, gone)
}

/// All that this browser remembers, as one file.
pub async fn mine(From(state): From<State>, Path(lang): Path<String>, request: Request) -> Response {
    if Lang::parse(&lang).is_none() {
        return nowhere(From(state), request).await;
    }
    let mut drafts: Vec<Value> = Vec::new();
    for token in visitor::remembered(request.headers()) {
        if let Ok((_, draft)) = open(&state, &token).await {
            let root = draft.root();
            drafts.push(json!({ "title": root["title"], "region": root["region"], "cluster": root["cluster"], "taskDefinition": root["definition"] }));
        }
    }
    let text = serde_json::to_string_pretty(&json!({ "drafts": drafts })).unwrap_or_default() + "\n";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"taskwright-drafts.json\"")),
    ];
    (headers, text).into_response()
}
