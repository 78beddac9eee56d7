//! What handlers need.

use crate::{
    assets::Assets,
    draft_service::DraftService,
    health::Ready,
    inspect::{Inspector, Looks},
    limits::Limits,
    load::places::Load,
    register::Registrar,
};
use axum::extract::FromRef;
use std::sync::Arc;

/// The parts of the running program, shared by all requests.
#[derive(Clone)]
pub struct AppState {
    /// Drafts: opened, changed, saved.
    pub drafts: DraftService,
    /// The store itself, for what is kept beside drafts: registrations.
    pub store: drafts::Store,
    /// How much one address may ask for.
    pub limits: Arc<Limits>,
    /// Names of the built files.
    pub assets: Arc<Assets>,
    /// Looks into images.
    pub images: Arc<Inspector>,
    /// Looks into the images of drafts that are going on.
    pub looks: Arc<Looks>,
    /// The way to AWS.
    pub registrar: Arc<Registrar>,
    /// What is being worked on.
    pub load: Arc<Load>,
    /// Whether the store reads and writes.
    pub ready: Arc<Ready>,
}

impl FromRef<AppState> for Arc<Ready> {
    fn from_ref(app: &AppState) -> Arc<Ready> {
        app.ready.clone()
    }
}
