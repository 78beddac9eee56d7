//! All addresses, in one table.

use crate::{
    api,
    app_state::AppState,
    assets, health,
    http::{error::PageError, guards, headers, own_host, render, request_id},
    load::offload,
    site::{
        conflict, doctor, editor, export, fixes, glossary, history, home, import, inspect, mine, note, operation, register, rules, save, search, share, shared,
        since, texts, theme, undo, unlock, wizard,
    },
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use std::path::Path;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

const ROBOTS: &str = "User-agent: *\nDisallow: /*/d/\nDisallow: /*/s/\nDisallow: /api/\nDisallow: /live/\n";

/// The program's address table. A layer is around everything above it.
pub fn router(app: AppState, site: &Path) -> Router {
    let computed = Router::new()
        .merge(drafts())
        .route("/", get(home::root))
        .route("/{lang}", get(home::get))
        .route("/{lang}/d", post(home::post))
        .route("/{lang}/import", post(import::post))
        .route("/{lang}/rules", get(rules::get))
        .route("/{lang}/glossary", get(glossary::get))
        .route("/{lang}/search", get(search::get))
        .route("/{lang}/doctor", get(doctor::get).post(doctor::post))
        .route("/{lang}/mine", get(mine::get))
        .route("/{lang}/theme", post(theme::post))
        .route("/unlock/{code}", get(unlock::get))
        .route("/live/save", post(save::post))
        .nest("/api/v1", api::router())
        .route("/texts/{lang}/{version}", get(texts::get))
        .fallback(async || PageError::NoPage)
        .layer(from_fn_with_state(app.clone(), render::render))
        // `offload` has read the body already, within its limits.
        .layer(DefaultBodyLimit::disable())
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), offload::offload))
        .layer(from_fn_with_state(app.clone(), guards::same_origin))
        .layer(from_fn_with_state(app.clone(), guards::paths))
        .layer(from_fn_with_state(app.clone(), guards::limits));
    // What is answered at once, whatever the rest does.
    let all = files(site).route("/robots.txt", get(ROBOTS)).merge(computed).layer(from_fn_with_state(app.registrar.own_host().cloned(), own_host::require));
    // Probes come under any name.
    Router::new()
        .route("/healthz", get("ok\n"))
        .route("/readyz", get(health::readyz))
        .merge(all)
        .layer(from_fn(headers::add))
        .layer(from_fn(request_id::identify))
        .layer(CatchPanicLayer::custom(request_id::panicked))
        .with_state(app)
}

/// Addresses that are keys: listed nowhere.
fn drafts() -> Router<AppState> {
    Router::new()
        .route("/{lang}/d/{token}", get(wizard::first))
        .route("/{lang}/d/{token}/share", get(share::get).post(share::post))
        .route("/{lang}/d/{token}/conflict", post(conflict::post))
        .route("/{lang}/d/{token}/register", get(register::get).post(register::post))
        .route("/{lang}/d/{token}/review/register/{operation}", get(operation::get).post(operation::post))
        .route("/{lang}/d/{token}/doctor", get(doctor::get_of_draft).post(doctor::post_of_draft))
        .route("/{lang}/d/{token}/import", get(import::get))
        .route("/{lang}/d/{token}/json", get(editor::get).post(editor::post))
        .route("/{lang}/d/{token}/fixes", get(fixes::get).post(fixes::post))
        .route("/{lang}/d/{token}/inspect", get(inspect::get).post(inspect::post))
        .route("/{lang}/d/{token}/inspect/ecr", get(inspect::get).post(inspect::post_signed_in))
        .route("/{lang}/d/{token}/note", get(note::get))
        .route("/{lang}/d/{token}/search", get(search::get_of_draft))
        .route("/{lang}/d/{token}/export", get(export::get))
        .route("/{lang}/d/{token}/since", get(since::get))
        .route("/{lang}/d/{token}/undo", post(undo::post))
        .route("/{lang}/d/{token}/history", get(history::get).post(history::post))
        .route("/{lang}/d/{token}/{*page}", get(wizard::get).post(wizard::post))
        .route("/{lang}/s/{token}", get(shared::get))
        .route("/{lang}/s/{token}/export", get(export::get_shared))
        .layer(from_fn(headers::private))
}

/// The built site, with its compressed copies.
fn files(site: &Path) -> Router<AppState> {
    let folder = ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    let pkg = ServiceBuilder::new().layer(from_fn(headers::immutable)).layer(from_fn(assets::named)).service(folder);
    let icon = |name: &str| {
        let hour = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
        ServiceBuilder::new().layer(hour).service(ServeFile::new(site.join(name)).precompressed_br().precompressed_gzip())
    };
    Router::new().nest_service("/pkg", pkg).nest_service("/icons.svg", icon("icons.svg")).nest_service("/favicon.svg", icon("favicon.svg"))
}
