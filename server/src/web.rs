//! All addresses, in one table.

use crate::{
    api, assets, guard, health,
    http::{address, headers, own_host, same_origin},
    limits::{self, Limits},
    load::{self, Load},
    pages, posts,
    register::Desk,
    visitor,
};
use app::{
    backend::{SharedBackend, Who},
    shell::Assets,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use leptos::prelude::provide_context;
use std::{path::Path, sync::Arc};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// What handlers need.
#[derive(Clone)]
pub struct State {
    /// The pages' port.
    pub backend: SharedBackend,
    /// The store, for `/readyz`.
    pub store: drafts::Store,
    /// How much one address may ask for.
    pub limits: Arc<Limits>,
    /// Names of the built files.
    pub assets: Arc<Assets>,
    /// The way to AWS.
    pub desk: Arc<Desk>,
    /// What is being worked on.
    pub load: Arc<Load>,
    /// Whether the store reads and writes.
    pub ready: Arc<health::Ready>,
}

/// The program's address table.
pub fn router(state: State, site: &Path) -> Router {
    let hour = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    let pkg = tower::ServiceBuilder::new().layer(axum::middleware::from_fn(headers::immutable)).layer(axum::middleware::from_fn(assets::named));
    let files = |folder: &Path| ServeDir::new(folder).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    let file = |file: &Path| ServeFile::new(file).precompressed_br().precompressed_gzip();
    let drafts = Router::new()
        .route("/{lang}/d/{token}", get(pages::first))
        .route("/{lang}/d/{token}/share", get(pages::share).post(posts::share))
        .route("/{lang}/d/{token}/conflict", post(posts::conflict))
        .route("/{lang}/d/{token}/register", get(pages::register).post(posts::register))
        .route("/{lang}/d/{token}/review/register/{operation}", get(pages::operation).post(posts::operation))
        .route("/{lang}/d/{token}/doctor", get(pages::doctor_of).post(posts::doctor_of))
        .route("/{lang}/d/{token}/json", get(pages::editor).post(posts::editor))
        .route("/{lang}/d/{token}/fixes", get(pages::fixes).post(posts::fixes))
        .route("/{lang}/d/{token}/note", get(pages::note))
        .route("/{lang}/d/{token}/since", get(pages::since))
        .route("/{lang}/d/{token}/history", get(pages::history).post(posts::restore))
        .route("/{lang}/d/{token}/{*page}", get(pages::wizard).post(posts::step))
        .route("/{lang}/s/{token}", get(pages::view))
        .layer(axum::middleware::from_fn(headers::private));
    let computed = Router::new()
        .merge(drafts)
        .route("/", get(pages::root))
        .route("/{lang}", get(pages::home))
        .route("/{lang}/rules", get(pages::rules))
        .route("/{lang}/glossary", get(pages::glossary))
        .route("/{lang}/doctor", get(pages::doctor).post(posts::doctor))
        .route("/unlock/{code}", get(posts::unlock))
        .route("/{lang}/mine", get(pages::mine))
        .route("/{lang}/d", post(posts::create))
        .route("/{lang}/theme", post(posts::theme))
        .route("/live/save", post(live))
        .nest("/api/v1", api::router())
        .route("/texts/{lang}/{version}", get(pages::texts))
        .fallback(pages::nowhere)
        // `offload` has read the body already, within its limits.
        .layer(DefaultBodyLimit::disable())
        .layer(CompressionLayer::new())
        .layer(axum::middleware::from_fn_with_state(state.clone(), load::offload))
        .layer(axum::middleware::from_fn_with_state(state.clone(), same_origin::require))
        .layer(axum::middleware::from_fn_with_state(state.clone(), address::require))
        .layer(axum::middleware::from_fn_with_state(state.clone(), limits::limit));
    // What is answered at once, whatever the rest does.
    let all = Router::new()
        .route("/robots.txt", get(|| async { "User-agent: *\nDisallow: /*/d/\nDisallow: /*/s/\nDisallow: /api/\nDisallow: /live/\n" }))
        .nest_service("/pkg", pkg.service(files(&site.join("pkg"))))
        .nest_service("/icons.svg", tower::ServiceBuilder::new().layer(hour.clone()).service(file(&site.join("icons.svg"))))
        .nest_service("/favicon.svg", tower::ServiceBuilder::new().layer(hour).service(file(&site.join("favicon.svg"))))
        .merge(computed)
        .layer(axum::middleware::from_fn_with_state(state.clone(), own_host::require));
    // Probes come under any name.
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(health::readyz))
        .merge(all)
        .layer(axum::middleware::from_fn(headers::add))
        .layer(axum::middleware::from_fn(guard::identify))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .with_state(state)
}

/// The live save of the pages.
async fn live(axum::extract::State(state): axum::extract::State<State>, mut request: Request) -> Response {
    // With these the library would answer a page's form with a redirect to wherever `Referer` says.
    request.headers_mut().remove(header::REFERER);
    request.headers_mut().remove(header::ACCEPT);
    let (backend, who) = (state.backend.clone(), Who(visitor::who(request.headers())));
    let context = move || {
        provide_context(backend.clone());
        provide_context(who.clone());
    };
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    // The function itself answers whatever happens, so what the library calls an error is an argument that it cannot read.
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR { api::ApiError::NotJson.into_response() } else { response }
}
