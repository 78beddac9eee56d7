//! How much one address may ask for. A whole class may sit behind one address, so the limits are wide; they stop a
//! script that fills the disk, not a room of students.

use crate::{
    bucket::Bucket,
    config::{Config, Switch},
    load::{self, Refusal},
    net::Client,
    web::State,
};
use axum::{
    extract::{Request, State as From},
    http::Method,
    middleware::Next,
    response::Response,
};
use governor::{Quota, RateLimiter, clock::DefaultClock, state::keyed::DefaultKeyedStateStore};
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

type Keyed = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock>;

/// The limits of this server.
pub struct Limits {
    requests: Option<Keyed>,
    drafts: Option<Keyed>,
    bytes: Option<Bucket>,
}

impl Limits {
    /// As the flags say.
    pub fn new(config: &Config) -> Arc<Limits> {
        let on = config.limits == Switch::On;
        let limit = |n: u32| NonZeroU32::new(n).filter(|_| on).map(|n| RateLimiter::keyed(Quota::per_minute(n)));
        Arc::new(Limits {
            requests: limit(config.requests_per_minute),
            drafts: limit(config.new_drafts_per_minute),
            bytes: on.then(|| Bucket::per_minute(config.bytes_per_minute)),
        })
    }

    fn allows(&self, address: IpAddr, makes_a_draft: bool) -> bool {
        let within = |limit: &Option<Keyed>| limit.as_ref().is_none_or(|l| l.check_key(&address).is_ok());
        within(&self.requests) && (!makes_a_draft || within(&self.drafts))
    }

    /// Whether something more may be stored for an address.
    pub fn may_store(&self, address: IpAddr) -> bool {
        self.bytes.as_ref().is_none_or(|bytes| bytes.has_room(address))
    }

    /// So many bytes were stored for an address.
    pub fn stored(&self, address: IpAddr, bytes: usize) {
        if let Some(bucket) = &self.bytes {
            bucket.pour(address, bytes);
        }
    }

    /// Forgets addresses that have been quiet.
    pub fn tidy(&self) {
        for limit in [&self.requests, &self.drafts].into_iter().flatten() {
            limit.retain_recent();
        }
        if let Some(bytes) = &self.bytes {
            bytes.tidy();
        }
    }
}

/// Lets a request through, or says to slow down: to programs in JSON, to people as a page.
pub async fn limit(From(state): From<State>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let makes = request.method() == Method::POST && (path == "/api/v1/drafts" || path.ends_with("/d"));
    let client = request.extensions().get::<Client>();
    if client.is_none_or(|client| state.limits.allows(client.address, makes)) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    load::refuse(&state, &parts, Refusal::SlowDown).await
}
