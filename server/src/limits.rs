//! How much one address may ask for. A whole class may sit behind one address, so the limits are wide; they stop a
//! script that fills the disk, not a room of students.

use crate::{
    api::ApiError,
    config::{Config, Switch},
    pages,
    web::State,
};
use app::backend::BackendError;
use axum::{
    extract::{ConnectInfo, Request, State as From},
    http::{HeaderMap, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{Quota, RateLimiter, clock::DefaultClock, state::keyed::DefaultKeyedStateStore};
use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
};

type Keyed = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock>;

/// The limits of this server.
pub struct Limits {
    requests: Option<Keyed>,
    drafts: Option<Keyed>,
    proxies: usize,
}

impl Limits {
    /// As the flags say.
    pub fn new(config: &Config) -> Arc<Limits> {
        let limit = |n: u32| NonZeroU32::new(n).filter(|_| config.limits == Switch::On).map(|n| RateLimiter::keyed(Quota::per_minute(n)));
        Arc::new(Limits { requests: limit(config.requests_per_minute), drafts: limit(config.new_drafts_per_minute), proxies: config.trusted_proxies })
    }

    fn allows(&self, address: IpAddr, makes_a_draft: bool) -> bool {
        let within = |limit: &Option<Keyed>| limit.as_ref().is_none_or(|l| l.check_key(&address).is_ok());
        within(&self.requests) && (!makes_a_draft || within(&self.drafts))
    }

    /// Forgets addresses that have been quiet.
    pub fn tidy(&self) {
        for limit in [&self.requests, &self.drafts].into_iter().flatten() {
            limit.retain_recent();
        }
    }
}

/// Whose request it is: the peer, or what the last trusted proxy says. Networks hand out IPv6 by the /64.
fn address(headers: &HeaderMap, peer: Option<SocketAddr>, proxies: usize) -> IpAddr {
    let said: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).map(str::trim).collect();
    let forwarded = said.len().checked_sub(proxies).filter(|_| proxies > 0).and_then(|i| said.get(i)?.parse().ok());
    match forwarded.or(peer.map(|p| p.ip())).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => {
            let s = v6.segments();
            IpAddr::V6(Ipv6Addr::new(s[0], s[1], s[2], s[3], 0, 0, 0, 0))
        }
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(IpAddr::V6(v6), IpAddr::V4),
        v4 => v4,
    }
}

/// Lets a request through, or says to slow down: to programs in JSON, to people as a page.
pub async fn limit(From(state): From<State>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/pkg/") || matches!(path, "/healthz" | "/readyz") {
        return next.run(request).await;
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0);
    let makes = request.method() == Method::POST && (path == "/api/v1/drafts" || path.ends_with("/d"));
    if state.limits.allows(address(request.headers(), peer, state.limits.proxies), makes) {
        return next.run(request).await;
    }
    if path.starts_with("/api/") || path.starts_with("/live/") {
        return ApiError::SlowDown.into_response();
    }
    let lang = pages::lang_of(path.split('/').nth(1).unwrap_or(""), request.headers());
    pages::refuse(&state, lang, request, BackendError::SlowDown).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_what_a_trusted_proxy_wrote_is_believed() {
        let peer = "10.0.0.1:5".parse().ok();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("6.6.6.6, 2.2.2.2"));
        let of = |proxies| address(&headers, peer, proxies).to_string();
        assert_eq!([of(0), of(1), of(2), of(3)], ["10.0.0.1", "2.2.2.2", "6.6.6.6", "10.0.0.1"]);
        let near = |a: &str| address(&HeaderMap::new(), format!("[{a}]:1").parse().ok(), 0).to_string();
        assert_eq!((near("2001:db8:1:2:aaaa::1"), near("::ffff:1.2.3.4")), ("2001:db8:1:2::".into(), "1.2.3.4".into()));
    }
}
