//! Cross-site request forgery: a page of another site must not change anything in the visitor's name.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`; programs such as curl send neither.
//! Source: Fetch Metadata Request Headers (W3C), RFC 6454.

use super::transport::is_over_tls;
use axum::http::{HeaderMap, header};

/// Whether neither `Sec-Fetch-Site` nor `Origin` names another site. A header that is not text counts as another site.
pub fn is_from_this_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get_all(name).iter().map(|v| v.to_str().unwrap_or("?")).collect::<Vec<_>>();
    let fetch = text("sec-fetch-site").iter().all(|site| matches!(*site, "same-origin" | "none"));
    let [host] = text(header::HOST.as_str())[..] else { return false };
    let scheme = if is_over_tls(headers) { "https" } else { "http" };
    fetch && text(header::ORIGIN.as_str()).iter().all(|origin| *origin == format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, value.parse().unwrap());
        }
        map
    }

    #[test]
    fn a_request_that_another_site_made_is_told_from_ours() {
        const HOST: (&str, &str) = ("host", "tasks.example");
        for ours in [
            &[HOST][..],
            &[HOST, ("origin", "http://tasks.example")],
            &[HOST, ("origin", "http://tasks.example"), ("sec-fetch-site", "same-origin")],
            &[HOST, ("sec-fetch-site", "none")],
            &[HOST, ("x-forwarded-proto", "https"), ("origin", "https://tasks.example")],
        ] {
            assert!(is_from_this_site(&headers(ours)), "{ours:?}");
        }
        for other in [
            &[][..],
            &[HOST, ("host", "evil.example")],
            &[HOST, ("origin", "null")],
            &[HOST, ("origin", "http://evil.example")],
            &[HOST, ("origin", "https://tasks.example")],
            &[HOST, ("origin", "http://tasks.example:81")],
            &[HOST, ("origin", "http://tasks.example"), ("origin", "http://evil.example")],
            &[HOST, ("sec-fetch-site", "cross-site")],
            &[HOST, ("sec-fetch-site", "same-site"), ("origin", "http://tasks.example")],
        ] {
            assert!(!is_from_this_site(&headers(other)), "{other:?}");
        }
    }
}
