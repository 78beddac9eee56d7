//! Sign-in: the bearer token that a registry asks for, anonymous or with the operator's credentials.

use crate::{Error, credentials::Credentials, hosts::Hosts};
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use url::Url;
use zeroize::Zeroizing;

pub(crate) const LARGEST: usize = 64 * 1024;
const MOST: usize = 512;

/// What a header `Authorization` carries.
pub(crate) type Sign = Zeroizing<String>;

struct Token {
    sign: Sign,
    until: Instant,
}

/// Tokens by registry and repository, until they expire.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<(String, String), Token>>);

impl Tokens {
    pub fn get(&self, hosts: &Hosts, repository: &str) -> Option<Sign> {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let token = tokens.get(&(hosts.name.clone(), repository.to_owned()))?;
        (token.until > Instant::now()).then(|| token.sign.clone())
    }

    pub fn keep(&self, hosts: &Hosts, repository: &str, sign: Sign, seconds: u64) {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        tokens.retain(|_, token| token.until > now);
        if tokens.len() < MOST {
            // A little early, so that none expires on its way.
            let until = now + Duration::from_secs(seconds * 9 / 10);
            tokens.insert((hosts.name.clone(), repository.to_owned()), Token { sign, until });
        }
    }
}

/// What a 401 asks for.
pub(crate) enum Challenge {
    /// A token of this URL.
    Bearer(Url),
    /// User name and password.
    Basic,
}

impl Challenge {
    /// Reads `WWW-Authenticate`. The scope is always ours: a registry cannot make us ask for more than reading this repository.
    pub fn read(headers: &HeaderMap, hosts: &Hosts, repository: &str) -> Result<Challenge, Error> {
        let all = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        let mut basic = false;
        for challenge in all {
            let (scheme, rest) = challenge.split_once(' ').unwrap_or((challenge, ""));
            basic |= scheme.eq_ignore_ascii_case("basic");
            if !scheme.eq_ignore_ascii_case("bearer") {
                continue;
            }
            let mut url = value(rest, "realm").and_then(|realm| Url::parse(realm).ok()).ok_or(Error::Unreadable)?;
            hosts.gives_tokens(&url)?;
            let kept: Vec<(String, String)> =
                url.query_pairs().filter(|(key, _)| key != "scope" && key != "service").map(|(k, v)| (k.into(), v.into())).collect();
            let mut query = url.query_pairs_mut();
            query.clear().extend_pairs(kept).append_pair("scope", &format!("repository:{repository}:pull"));
            if let Some(service) = value(rest, "service") {
                query.append_pair("service", service);
            }
            drop(query);
            return Ok(Challenge::Bearer(url));
        }
        if basic { Ok(Challenge::Basic) } else { Err(Error::Private) }
    }
}

/// The value of `name="value"` in a challenge, whose parts commas separate.
fn value<'a>(challenge: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = challenge;
    loop {
        let (key, after) = rest.split_once("=\"")?;
        let (value, next) = after.split_once('"')?;
        if key.trim_start_matches([',', ' ']).eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = next;
    }
}

/// The token of a realm's answer, kept for the next request of this repository.
pub(crate) fn read(body: &[u8], tokens: &Tokens, hosts: &Hosts, repository: &str) -> Result<Sign, Error> {
    let json: serde_json::Value = serde_json::from_slice(body).map_err(|_| Error::Unreadable)?;
    let text = ["token", "access_token"].iter().find_map(|key| json.get(key)?.as_str()).ok_or(Error::Unreadable)?;
    let lives = json.get("expires_in").and_then(|e| e.as_u64()).unwrap_or(60).clamp(1, 3600);
    let sign = Zeroizing::new(format!("Bearer {text}"));
    tokens.keep(hosts, repository, sign.clone(), lives);
    Ok(sign)
}

/// The operator's credentials for a registry.
pub(crate) fn operator(credentials: &Credentials, hosts: &Hosts) -> Option<Sign> {
    credentials.of(&hosts.name).map(|header| Zeroizing::new(header.to_owned()))
}
