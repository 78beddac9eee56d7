//! Around every address that computes. The threads that answer look up the link, read the body and wait; the work is
//! done on others, so that no document, however it is made, keeps them from answering.

use super::{
    places::Load,
    refusal::{Refusal, refuse, whole},
};
use crate::{
    limits::Limits,
    net::{Client, Seat},
    web::State,
};
use axum::{
    body::Body,
    extract::{RawPathParams, Request, State as From, rejection::RawPathParamsRejection},
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

/// The same where AWS is asked: each of its answers has a time limit of its own.
const PATIENCE_WITH_AWS: Duration = Duration::from_secs(600);

/// For whom work is done.
#[derive(Clone)]
pub struct Asker {
    /// The address that what is stored counts for.
    pub address: IpAddr,
    /// The limits that it counts against.
    pub limits: Arc<Limits>,
}

tokio::task_local! {
    static ASKER: Asker;
}

/// For whom the present task works; none outside of a request.
pub fn asker() -> Option<Asker> {
    ASKER.try_with(Asker::clone).ok()
}

/// Looks up, reads, and has the rest done elsewhere.
pub async fn offload(From(state): From<State>, links: Result<RawPathParams, RawPathParamsRejection>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match work(&state, links.ok().as_ref(), &parts, body, next).await {
        Ok(response) => response,
        Err(why) => refuse(&state, &parts, why).await,
    }
}

async fn work(state: &State, links: Option<&RawPathParams>, parts: &Parts, body: Body, next: Next) -> Result<Response, Refusal> {
    let load: &Arc<Load> = &state.load;
    // In a server there is one; a test that calls the router itself may have none.
    let address = parts.extensions.get::<Client>().map_or(IpAddr::from([0; 4]), |client| client.address);
    let reads = !matches!(parts.method, Method::GET | Method::HEAD);
    if reads && is_unknown(state, links).await {
        return Err(Refusal::Unknown);
    }
    let calls_aws = reads && state.desk.takes_credentials() && parts.uri.path().contains("/register");
    #[cfg(feature = "aws")]
    let _holding = calls_aws.then(crate::hold::Holding::new);
    let most = if parts.uri.path().starts_with("/api/") { API } else { load.form };
    let held = load.room.read(&parts.headers, body, most, parts.extensions.get::<Arc<Seat>>()).await?;
    let place = load.enter(address).ok_or(Refusal::Busy)?;
    let mut request = Request::from_parts(parts.clone(), Body::from(held.bytes.clone()));
    request.extensions_mut().remove::<Arc<Seat>>();
    let asker = Asker { address, limits: state.limits.clone() };
    let answer = ASKER.scope(asker, async move {
        // The body keeps its room until it is answered.
        let _held = held;
        whole(next.run(request).await).await
    });
    let mut response = load.run(place, if calls_aws { PATIENCE_WITH_AWS } else { PATIENCE }, answer).await?;
    if calls_aws {
        // The buffers of a connection live as long as it does, and keys came through them.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// Whether the address names a draft that is not there. What the store cannot say now is left to the handler.
async fn is_unknown(state: &State, links: Option<&RawPathParams>) -> bool {
    let Some((_, text)) = links.and_then(|links| links.iter().find(|(name, _)| *name == "token")) else { return false };
    match Token::parse(text) {
        Some(token) => matches!(state.store.author(&token, b"").await, Err(StoreError::NotFound)),
        None => true,
    }
}
