//! Which requests may lead to AWS. A page of another site must not be able to press our buttons (Origin), not even where
//! it has its name lead to this computer (Host), nor another program of this computer (a name that only the owner knows,
//! and a session that the code from the terminal begins).

use super::Registrar;
use crate::{
    config::Aws,
    http::{
        cookies,
        own_host::{self, Name},
        same_origin::is_from_this_site,
        transport::is_over_tls,
    },
};
use axum::http::{HeaderMap, header};
use cookie::Cookie;
use std::sync::{MutexGuard, PoisonError};
use subtle::ConstantTimeEq;

/// Headers by which a request shows that it came through a proxy.
const FORWARDED: [&str; 14] = [
    "cf-connecting-ip",
    "forwarded",
    "true-client-ip",
    "via",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-forwarded-ssl",
    "x-original-host",
    "x-real-ip",
];

/// Where a request comes from, in the browser's own words.
const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// The session's cookie.
const COOKIE: &str = "session";

/// Browsers that are unlocked at the same time.
const MOST: usize = 16;

/// The code that the terminal shows, and the sessions that earlier codes began.
pub(super) struct Sessions {
    code: String,
    open: Vec<String>,
}

impl Sessions {
    /// A code, and nobody unlocked.
    ///
    /// # Errors
    /// Where there are no random numbers.
    pub(super) fn new() -> Result<Sessions, String> {
        Ok(Sessions { code: random()?, open: Vec::new() })
    }
}

fn random() -> Result<String, String> {
    drafts::Token::random().map(|token| token.to_text()).map_err(|_| "the system gave no random numbers".to_owned())
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
}

fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

impl Registrar {
    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The code that the terminal shows now.
    pub(super) fn code(&self) -> String {
        self.sessions().code.clone()
    }

    /// Whether the request came straight to the name that only the owner knows.
    pub(super) fn is_own(&self, visitor: &HeaderMap) -> bool {
        let straight = FORWARDED.iter().all(|name| !visitor.contains_key(*name));
        straight && self.own_host().is_some_and(|own| own.name(visitor) == Name::Own)
    }

    /// Whether the browser has shown the code from the terminal.
    pub(super) fn is_unlocked(&self, visitor: &HeaderMap) -> bool {
        cookies::value(visitor, COOKIE).is_some_and(|session| self.sessions().open.iter().any(|open| same(open, &session)))
    }

    /// Whether nobody on the way can read what is sent: TLS, or no way at all.
    ///
    /// A proxy on this computer may add no header and name this computer as the host. Browsers send `Sec-Fetch-Site` only to
    /// addresses that they trust themselves (Fetch Metadata, section 2: TLS, or their own computer), so a visitor whose
    /// connection to such a proxy anybody can read is told by its absence.
    pub(super) fn is_private(&self, visitor: &HeaderMap) -> bool {
        let straight = FORWARDED.iter().all(|name| !visitor.contains_key(*name));
        let here = self.address.ip().is_loopback() && own_host::is_loopback(text(visitor, "host"), self.address.port());
        is_over_tls(visitor) || (here && straight && visitor.contains_key(SEC_FETCH_SITE))
    }

    /// Begins a session for a browser that shows the code; `None` where it is another code, or the request came another
    /// way. A code works once: the terminal shows the next one.
    pub fn unlock(&self, visitor: &HeaderMap, code: &str) -> Option<Cookie<'static>> {
        if self.mode != Aws::Local || !self.is_own(visitor) {
            return None;
        }
        let mut sessions = self.sessions();
        if !same(code.trim(), &sessions.code) {
            return None;
        }
        let session = random().ok()?;
        sessions.code = random().ok()?;
        sessions.open.push(session.clone());
        let surplus = sessions.open.len().saturating_sub(MOST);
        sessions.open.drain(..surplus);
        Some(cookies::of_session(COOKIE, session))
    }

    /// Whether a form was sent from this server's own page, in a browser of the person's own.
    pub fn is_from_here(&self, visitor: &HeaderMap) -> bool {
        let form = text(visitor, "content-type").split(';').next().is_some_and(|t| t.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
        let own = self.mode != Aws::Local || self.is_own(visitor);
        // A browser names the page that a form stands on; a program has no business here.
        visitor.contains_key(header::ORIGIN) && is_from_this_site(visitor) && form && own
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::args::Cli, config::Config, register::AwsAccess};
    use clap::Parser;

    /// A registrar that keeps nothing on the disk.
    fn registrar(flags: &[&str], address: &str) -> Result<Registrar, String> {
        let config: Config = Cli::parse_from(["taskwright", "--database", "sqlite::memory:"].iter().chain(flags)).config;
        Registrar::new(&config, address.parse().unwrap())
    }

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name.parse::<header::HeaderName>().unwrap(), value.parse().unwrap());
        }
        map
    }

    #[test]
    fn the_sign_in_of_a_computer_is_never_offered_to_others() {
        assert!(registrar(&["--aws", "local"], "0.0.0.0:80").is_err());
        assert!(registrar(&[], "0.0.0.0:80").unwrap().unlocking().is_none(), "off unless somebody asks for more");
        assert_eq!(registrar(&[], "0.0.0.0:80").unwrap().mode, Aws::Off);
        assert_eq!(registrar(&["--aws", "paste"], "0.0.0.0:80").unwrap().mode, Aws::Paste);
        #[cfg(feature = "aws")]
        assert_eq!(registrar(&[], "127.0.0.1:80").unwrap().mode, Aws::Local);
        assert!(registrar(&["--aws-endpoint", "file:///etc/passwd"], "127.0.0.1:80").is_err());
    }

    #[cfg(feature = "aws")]
    #[test]
    fn only_a_form_of_the_page_itself_passes() {
        let registrar = registrar(&[], "127.0.0.1:3000").unwrap();
        let own = registrar.own_host().unwrap().as_str().to_owned();
        let origin = format!("http://{own}");
        let right = [("host", own.as_str()), ("origin", origin.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        assert!(registrar.is_from_here(&headers(&right)));
        assert!(registrar.is_from_here(&headers(&[right[0], right[1], right[2], ("sec-fetch-site", "same-origin")])));
        for wrong in [
            vec![right[0], right[2]],
            vec![right[0], ("origin", "null"), right[2]],
            vec![right[0], ("origin", "https://evil.example"), right[2]],
            vec![right[0], ("origin", "http://127.0.0.1:3000"), right[2]],
            vec![("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000"), right[2]],
            vec![("host", "evil.example:3000"), ("origin", "http://evil.example:3000"), right[2]],
            vec![right[0], right[1], ("content-type", "text/plain")],
            vec![right[0], right[1], right[2], ("sec-fetch-site", "cross-site")],
            vec![right[0], right[1], right[2], ("x-forwarded-for", "1.2.3.4")],
            vec![right[0], right[1], right[2], ("via", "1.1 proxy")],
            vec![right[0], right[1], right[2], ("x-real-ip", "1.2.3.4")],
        ] {
            assert!(!registrar.is_from_here(&headers(&wrong)), "{wrong:?}");
        }
        for name in FORWARDED {
            let proxied = [right[0], right[1], right[2], (name, "1.2.3.4")];
            assert!(!registrar.is_from_here(&headers(&proxied)), "{name}");
        }
    }

    #[cfg(feature = "aws")]
    #[test]
    fn the_code_from_the_terminal_unlocks_one_browser_once() {
        let registrar = registrar(&[], "127.0.0.1:3000").unwrap();
        let name = registrar.own_host().unwrap().as_str().to_owned();
        let own = headers(&[("host", &name)]);
        let code = registrar.code();
        assert!(registrar.unlocking().unwrap().ends_with(&code));
        assert!(registrar.unlock(&own, &code[1..]).is_none() && registrar.unlock(&own, "").is_none());
        for other in ["evil.example:3000", "127.0.0.1:3000"] {
            assert!(registrar.unlock(&headers(&[("host", other)]), &code).is_none(), "{other}");
        }
        let set = registrar.unlock(&own, &code).unwrap().to_string();
        assert!(set.contains("SameSite=Strict") && set.contains("HttpOnly") && !set.contains(&code), "{set}");
        assert!(registrar.unlock(&own, &code).is_none(), "a code works once");
        let session = set.split(';').next().unwrap();
        let with = |host: &str, cookie: &str| headers(&[("host", host), ("cookie", cookie)]);
        assert_eq!(registrar.access(&with(&name, session)), AwsAccess::Local { emulator: None });
        assert_eq!(registrar.access(&with(&name, "session=other")), AwsAccess::Locked);
        assert_eq!(registrar.access(&with("127.0.0.1:3000", session)), AwsAccess::Elsewhere);
        let next = registrar.code();
        assert!(registrar.unlock(&own, &next).is_some(), "the terminal shows the next code");
        assert_eq!(registrar.access(&with(&name, session)), AwsAccess::Local { emulator: None }, "who is unlocked stays so");
    }

    #[cfg(feature = "aws")]
    #[test]
    fn keys_are_asked_for_only_where_nobody_can_read_along() {
        let open = registrar(&["--aws", "paste"], "0.0.0.0:80").unwrap();
        assert_eq!(open.access(&headers(&[("host", "tasks.example")])), AwsAccess::NoTls);
        assert_eq!(open.access(&headers(&[("host", "tasks.example"), ("x-forwarded-proto", "https")])), AwsAccess::Keys { emulator: None });
        let own = registrar(&["--aws", "paste"], "127.0.0.1:3000").unwrap();
        let trusted = (SEC_FETCH_SITE, "none");
        assert_eq!(own.access(&headers(&[("host", "127.0.0.1:3000"), trusted])), AwsAccess::Keys { emulator: None });
        assert_eq!(own.access(&headers(&[("host", "tasks.example"), trusted])), AwsAccess::NoTls);
        assert_eq!(own.access(&headers(&[("host", "127.0.0.1:3000"), trusted, ("via", "1.1 proxy")])), AwsAccess::NoTls);
    }

    #[cfg(feature = "aws")]
    #[test]
    fn a_proxy_that_sends_no_header_makes_no_connection_private() {
        let own = registrar(&["--aws", "paste"], "127.0.0.1:3000").unwrap();
        // As a proxy asks that names its target as the host, for a browser at http://tasks.example.
        assert_eq!(own.access(&headers(&[("host", "127.0.0.1:3000")])), AwsAccess::NoTls);
    }

    #[cfg(feature = "aws")]
    #[test]
    fn at_port_80_this_computer_is_private_too() {
        let own = registrar(&["--aws", "paste"], "127.0.0.1:80").unwrap();
        for host in ["127.0.0.1", "localhost:80", "[::1]"] {
            assert_eq!(own.access(&headers(&[("host", host), (SEC_FETCH_SITE, "none")])), AwsAccess::Keys { emulator: None }, "{host}");
        }
        assert_eq!(own.access(&headers(&[("host", "tasks.example"), (SEC_FETCH_SITE, "none")])), AwsAccess::NoTls);
    }
}
