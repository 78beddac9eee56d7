//! Requests to a registry: every URL passes the gate, redirects are followed by hand, and bodies have a limit.

use crate::{
    Error,
    credentials::Credentials,
    hosts::Hosts,
    network::failure,
    token::{self, Challenge, Sign, Tokens},
};
use reqwest::{
    Client, Method, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, LOCATION},
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use url::Url;

const REDIRECTS: usize = 3;
/// Seconds for which a user name and password go out without being asked for.
const BASIC: u64 = 600;
/// Pulls that are left to others at the same address.
const RESERVE: u32 = 20;

/// Asks registries.
pub(crate) struct Asker {
    pub client: Client,
    pub tokens: Tokens,
    pub credentials: Credentials,
    pub pulls: Pulls,
}

/// Pulls that are left, by registry, as each said last.
#[derive(Default)]
pub(crate) struct Pulls(Mutex<HashMap<String, (u32, Instant)>>);

/// How long a registry's word of the pulls that are left is shown.
const SHOWN: Duration = Duration::from_secs(3600);
/// Registries whose word is remembered.
const MOST: usize = 64;

impl Pulls {
    /// What a registry said within the last hour.
    pub fn left(&self, registry: &str) -> Option<u32> {
        let pulls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pulls.get(registry).filter(|(_, at)| at.elapsed() < SHOWN).map(|(left, _)| *left)
    }

    fn note(&self, registry: &str, headers: &HeaderMap) {
        let Some(left) = remaining(headers) else { return };
        let mut pulls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pulls.len() < MOST || pulls.contains_key(registry) {
            pulls.insert(registry.to_owned(), (left, Instant::now()));
        }
    }
}

/// One repository of one registry.
pub(crate) struct Repository {
    pub hosts: Hosts,
    pub path: String,
}

impl Repository {
    /// URL of a resource, such as `manifests/1.0`.
    pub fn url(&self, rest: &str) -> Result<Url, Error> {
        self.hosts.url(&self.path, rest)
    }
}

impl Asker {
    /// Asks, signs in once, and follows at most three redirects. The sign-in goes to the first origin only.
    pub async fn ask(&self, method: Method, repository: &Repository, first: Url, accept: &'static str) -> Result<Response, Error> {
        let origin = first.origin();
        let mut url = first;
        let mut sign = self.tokens.get(&repository.hosts, &repository.path);
        let mut signed = false;
        let mut hops = 0;
        loop {
            repository.hosts.gate(&url)?;
            let own = url.origin() == origin;
            let response = self.send(method.clone(), &url, accept, sign.as_ref().filter(|_| own)).await?;
            match response.status() {
                StatusCode::OK => return Ok(response),
                StatusCode::UNAUTHORIZED if own && !signed => {
                    signed = true;
                    sign = Some(self.sign_in(repository, response.headers()).await?);
                }
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(Error::Private),
                StatusCode::NOT_FOUND => return Err(Error::NotFound { nearest: Vec::new() }),
                StatusCode::TOO_MANY_REQUESTS => return Err(Error::RateLimited { remaining: remaining(response.headers()) }),
                status if matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) => {
                    hops += 1;
                    let place = response.headers().get(LOCATION).and_then(|place| place.to_str().ok());
                    url = place.and_then(|place| url.join(place).ok()).filter(|_| hops <= REDIRECTS).ok_or(Error::Redirect)?;
                }
                _ => return Err(Error::Unreachable),
            }
        }
    }

    async fn sign_in(&self, repository: &Repository, headers: &HeaderMap) -> Result<Sign, Error> {
        let own = token::operator(&self.credentials, &repository.hosts);
        let url = match Challenge::read(headers, &repository.hosts, &repository.path)? {
            Challenge::Basic => {
                let own = own.ok_or(Error::Private)?;
                self.tokens.keep(&repository.hosts, &repository.path, own.clone(), BASIC);
                return Ok(own);
            }
            Challenge::Bearer(url) => url,
        };
        let response = self.send(Method::GET, &url, "application/json", own.as_ref()).await?;
        match response.status() {
            StatusCode::OK => token::read(&body(response, "token", token::LARGEST).await?, &self.tokens, &repository.hosts, &repository.path),
            StatusCode::TOO_MANY_REQUESTS => Err(Error::RateLimited { remaining: remaining(response.headers()) }),
            status if status.is_server_error() => Err(Error::Unreachable),
            _ => Err(Error::Private),
        }
    }

    async fn send(&self, method: Method, url: &Url, accept: &'static str, sign: Option<&Sign>) -> Result<Response, Error> {
        let mut request = self.client.request(method, url.clone()).header(ACCEPT, accept);
        if let Some(sign) = sign {
            let mut value = HeaderValue::from_str(sign).map_err(|_| Error::Unreadable)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        request.send().await.map_err(|error| failure(&error, url.host_str().unwrap_or_default()))
    }
}

/// Reads a body up to its limit, whatever its length header says.
pub(crate) async fn body(mut response: Response, what: &'static str, limit: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error, ""))? {
        if bytes.len() + chunk.len() > limit {
            return Err(Error::TooLarge { what, limit });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Remembers how many pulls are left, and stops before the last ones of this address are used.
pub(crate) fn keep_reserve(asker: &Asker, registry: &str, headers: &HeaderMap) -> Result<(), Error> {
    asker.pulls.note(registry, headers);
    match remaining(headers) {
        Some(left) if left < RESERVE => Err(Error::RateLimited { remaining: Some(left) }),
        _ => Ok(()),
    }
}

/// Pulls that are left, by `ratelimit-remaining: 76;w=21600`.
pub(crate) fn remaining(headers: &HeaderMap) -> Option<u32> {
    headers.get("ratelimit-remaining")?.to_str().ok()?.split(';').next()?.trim().parse().ok()
}
