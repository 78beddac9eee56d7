//! Around every address that computes. The threads that answer look up the link, read the body and wait; the work is
//! done on others, so that no document, however it is made, keeps them from answering.

use super::{
    answer, body,
    places::Load,
    refusal::{Refusal, whole},
};
use crate::{
    app_state::AppState,
    http::refuse::refuse,
    limits::Asker,
    net::{Client, Seat},
};
use axum::{
    body::Body,
    extract::{RawPathParams, Request, State, rejection::RawPathParamsRejection},
    http::{HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use drafts::{StoreError, Token};
use std::{net::IpAddr, sync::Arc, time::Duration};

/// Largest body that the API takes, in bytes.
pub const API: usize = 1024 * 1024;

/// Longest that an answer is waited for after its body has arrived.
const PATIENCE: Duration = Duration::from_secs(30);

/// The same where AWS is asked: each of its answers has its own time limit.
const PATIENCE_WITH_AWS: Duration = Duration::from_secs(600);

/// The same where registries are asked: a look has 20 seconds, its layers 30.
const PATIENCE_WITH_REGISTRIES: Duration = Duration::from_secs(58);

/// Looks up, reads, and has the rest done elsewhere.
pub async fn offload(State(app): State<AppState>, links: Result<RawPathParams, RawPathParamsRejection>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match work(&app, links.ok().as_ref(), &parts, body, next).await {
        Ok(response) => response,
        Err(why) => refuse(&app, &parts, why).await,
    }
}

async fn work(app: &AppState, links: Option<&RawPathParams>, parts: &Parts, body: Body, next: Next) -> Result<Response, Refusal> {
    let load: &Arc<Load> = &app.load;
    // In a server there is one; a test that calls the router itself may have none.
    let address = parts.extensions.get::<Client>().map_or(IpAddr::from([0; 4]), |client| client.address);
    let reads = !matches!(parts.method, Method::GET | Method::HEAD);
    if reads && is_unknown(app, links).await {
        return Err(Refusal::Unknown);
    }
    let to_aws = parts.uri.path().contains("/register") || parts.uri.path().ends_with("/inspect/ecr");
    let calls_aws = reads && app.registrar.takes_credentials() && to_aws;
    #[cfg(feature = "aws")]
    let _holding = calls_aws.then(crate::hold::Holding::new);
    let most = if parts.uri.path().starts_with("/api/") { API } else { load.form };
    let seat = parts.extensions.get::<Arc<Seat>>();
    let held = body::read(&load.bodies, address, &parts.headers, body, most, seat).await?;
    let place = load.enter(address).ok_or(Refusal::Busy)?;
    let mut request = Request::from_parts(parts.clone(), Body::from(held.bytes.clone()));
    request.extensions_mut().remove::<Arc<Seat>>();
    let asker = Asker { address, limits: app.limits.clone() };
    let answer = asker.scope(async move {
        // The body keeps its room until it is answered.
        let _held = held;
        whole(next.run(request).await).await
    });
    let patience = match parts.uri.path().ends_with("/inspect") {
        _ if calls_aws => PATIENCE_WITH_AWS,
        true if reads => PATIENCE_WITH_REGISTRIES,
        _ => PATIENCE,
    };
    let mut response = answer::keep(&load.answers, address, seat, load.run(place, patience, answer).await?).await?;
    if calls_aws {
        // The buffers of a connection live as long as it does, and keys came through them.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// Whether the address names a draft that does not exist. What the store cannot say now is left to the handler.
async fn is_unknown(app: &AppState, links: Option<&RawPathParams>) -> bool {
    let Some((_, text)) = links.and_then(|links| links.iter().find(|(name, _)| *name == "token")) else { return false };
    match Token::parse(text) {
        Some(token) => matches!(app.store.author(&token, b"").await, Err(StoreError::NotFound)),
        None => true,
    }
}
