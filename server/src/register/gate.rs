//! Which requests may lead to AWS. A page of another site must not be able to press our buttons (Origin), not even where
//! it has its name lead to this computer (Host), nor another program's page on this computer (the code from the terminal).

use super::Desk;
use crate::{config::Aws, visitor::cookie};
use axum::http::{HeaderMap, HeaderValue, header};

/// Headers by which a request shows that it came through a proxy.
const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
}

/// Compares all of both, so that the time it takes says nothing.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |difference, (x, y)| difference | (x ^ y)) == 0
}

impl Desk {
    /// Whether the request names this server by an address of this computer, and came straight.
    pub(super) fn is_own(&self, visitor: &HeaderMap) -> bool {
        let port = self.address.port();
        let own = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}"));
        let straight = FORWARDED.iter().all(|name| !visitor.contains_key(*name));
        straight && visitor.get_all(header::HOST).iter().count() == 1 && own.iter().any(|o| o == text(visitor, "host"))
    }

    /// Whether the browser has shown the code from the terminal.
    pub(super) fn is_unlocked(&self, visitor: &HeaderMap) -> bool {
        cookie(visitor, &self.cookie()).is_some_and(|code| same(&code, &self.code))
    }

    /// Whether nobody on the way can read what is sent: TLS, or no way at all.
    pub(super) fn is_private(&self, visitor: &HeaderMap) -> bool {
        text(visitor, "x-forwarded-proto") == "https" || (self.address.ip().is_loopback() && self.is_own(visitor))
    }

    /// One for each port: cookies know none.
    fn cookie(&self) -> String {
        format!("launch-{}", self.address.port())
    }

    /// The cookie for a browser that shows the code; `None` where it is another code, or the request came another way.
    pub fn unlock(&self, visitor: &HeaderMap, code: &str) -> Option<HeaderValue> {
        let right = self.mode == Aws::Local && self.is_own(visitor) && same(code.trim(), &self.code);
        let value = format!("{}={}; Path=/; SameSite=Strict; HttpOnly", self.cookie(), self.code);
        HeaderValue::from_str(&value).ok().filter(|_| right)
    }

    /// Whether a form was sent from this server's own page, in a browser of the person's own.
    pub fn is_from_here(&self, visitor: &HeaderMap) -> bool {
        let scheme = if text(visitor, "x-forwarded-proto") == "https" { "https" } else { "http" };
        let origin = text(visitor, "origin") == format!("{scheme}://{}", text(visitor, "host"));
        let site = matches!(text(visitor, "sec-fetch-site"), "" | "same-origin");
        let form = text(visitor, "content-type").split(';').next().is_some_and(|t| t.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
        let host = !text(visitor, "host").is_empty() && (self.mode != Aws::Local || self.is_own(visitor));
        origin && site && form && host
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Cli, Config};
    use clap::Parser;

    fn desk(flags: &[&str], address: &str) -> Result<Desk, String> {
        let config: Config = Cli::parse_from(["taskwright"].iter().chain(flags)).config;
        Desk::new(&config, address.parse().unwrap())
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.parse::<header::HeaderName>().unwrap(), HeaderValue::from_str(v).unwrap())).collect()
    }

    #[test]
    fn the_sign_in_of_a_computer_is_never_offered_to_others() {
        assert!(desk(&["--aws", "local"], "0.0.0.0:80").is_err());
        assert!(desk(&[], "0.0.0.0:80").unwrap().unlocking().is_none(), "off unless somebody asks for more");
        assert_eq!(desk(&[], "0.0.0.0:80").unwrap().mode, Aws::Off);
        assert_eq!(desk(&["--aws", "paste"], "0.0.0.0:80").unwrap().mode, Aws::Paste);
        #[cfg(feature = "aws")]
        assert_eq!(desk(&[], "127.0.0.1:80").unwrap().mode, Aws::Local);
        assert!(desk(&["--aws-endpoint", "file:///etc/passwd"], "127.0.0.1:80").is_err());
    }

    #[cfg(feature = "aws")]
    #[test]
    fn only_a_form_of_the_page_itself_passes() {
        let desk = desk(&[], "127.0.0.1:3000").unwrap();
        let right = [("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000"), ("content-type", "application/x-www-form-urlencoded")];
        assert!(desk.is_from_here(&headers(&right)));
        let named = [("host", "localhost:3000"), ("origin", "http://localhost:3000"), right[2], ("sec-fetch-site", "same-origin")];
        assert!(desk.is_from_here(&headers(&named)));
        for wrong in [
            vec![("host", "127.0.0.1:3000"), right[2]],
            vec![right[0], ("origin", "null"), right[2]],
            vec![right[0], ("origin", "https://evil.example"), right[2]],
            vec![right[0], ("origin", "http://127.0.0.1:3001"), right[2]],
            vec![right[0], ("origin", "http://localhost:3000"), right[2]],
            vec![("host", "evil.example:3000"), ("origin", "http://evil.example:3000"), right[2]],
            vec![right[0], right[1], ("content-type", "text/plain")],
            vec![right[0], right[1], right[2], ("sec-fetch-site", "cross-site")],
            vec![right[0], right[1], right[2], ("x-forwarded-for", "1.2.3.4")],
        ] {
            assert!(!desk.is_from_here(&headers(&wrong)), "{wrong:?}");
        }
    }

    #[cfg(feature = "aws")]
    #[test]
    fn the_code_from_the_terminal_unlocks_and_no_other() {
        let desk = desk(&[], "127.0.0.1:3000").unwrap();
        let own = headers(&[("host", "127.0.0.1:3000")]);
        let code = desk.unlocking().unwrap().rsplit('/').next().unwrap().to_owned();
        let set = desk.unlock(&own, &code).unwrap().to_str().unwrap().to_owned();
        assert!(set.contains("SameSite=Strict") && set.contains("HttpOnly"), "{set}");
        assert!(desk.unlock(&own, &code[1..]).is_none() && desk.unlock(&own, "").is_none());
        assert!(desk.unlock(&headers(&[("host", "evil.example:3000")]), &code).is_none());
        let with = |cookie: &str| headers(&[("host", "127.0.0.1:3000"), ("cookie", cookie)]);
        assert_eq!(desk.way(&with(set.split(';').next().unwrap())), Way::Local { emulator: None });
        assert_eq!(desk.way(&with("launch-3000=other")), Way::Locked);
        assert_eq!(desk.way(&headers(&[("host", "evil.example:3000")])), Way::Off);
    }

    use app::site::Way;

    #[cfg(feature = "aws")]
    #[test]
    fn keys_are_asked_for_only_where_nobody_can_read_along() {
        let open = desk(&["--aws", "paste"], "0.0.0.0:80").unwrap();
        assert_eq!(open.way(&headers(&[("host", "tasks.example")])), Way::NoTls);
        assert_eq!(open.way(&headers(&[("host", "tasks.example"), ("x-forwarded-proto", "https")])), Way::Keys { emulator: None });
        let own = desk(&["--aws", "paste"], "127.0.0.1:3000").unwrap();
        assert_eq!(own.way(&headers(&[("host", "127.0.0.1:3000")])), Way::Keys { emulator: None });
        assert_eq!(own.way(&headers(&[("host", "tasks.example")])), Way::NoTls);
    }
}
