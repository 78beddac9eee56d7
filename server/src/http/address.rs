//! Request targets that no page can have.

use axum::http::Uri;

/// What is wrong with a request target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no path: `CONNECT host:port`, `OPTIONS *`, a host alone. RFC 9112, section 3.2.
    NotAPath,
    /// Decoded, it holds control characters, a backslash or bytes that are not UTF-8. In a `Location` header, a log or a
    /// browser's address such a path turns into something else.
    NoAddress,
}

/// What is wrong with a request target; nothing, where a page may have it.
pub fn fault(uri: &Uri) -> Option<Fault> {
    if uri.path_and_query().is_none() || !uri.path().starts_with('/') {
        return Some(Fault::NotAPath);
    }
    match percent_encoding::percent_decode_str(uri.path()).decode_utf8() {
        Ok(path) if !path.contains(|c: char| c.is_control() || c == '\\') && !path.starts_with("//") => None,
        _ => Some(Fault::NoAddress),
    }
}

/// Whether a redirect may lead there: an address of this site, as its own pages write it.
///
/// ```text
/// /ko/rules?q=port   yes
/// //evil.example/    no: names a host
/// /\evil.example     no: browsers read a slash
/// /<TAB>/evil        no: browsers drop the tab
/// ```
pub fn is_own(text: &str) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    plain && text.starts_with('/') && text.parse::<Uri>().is_ok_and(|uri| uri.authority().is_none() && fault(&uri).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leads_to_another_site() {
        for own in ["/", "/ko", "/en/rules?q=port", "/en/d/AAAAAAAAAAAAAAAAAAAAAA/cluster?check", "/ko/doctor"] {
            assert!(is_own(own), "{own}");
        }
        let others = [
            "",
            "ko",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/%09/evil.example",
            "/%5Cevil.example",
            "/%2F%2Fevil.example/x\n",
            "https://evil.example/",
            "/%2Fevil.example",
            "/\u{a0}/x",
            "/ko\r\nset-cookie: a=b",
            "javascript:alert(1)",
            "/%00",
            "/%ff",
        ];
        for other in others {
            assert!(!is_own(other), "{other:?}");
        }
    }

    #[test]
    fn targets_that_are_no_path_are_told_from_paths_that_no_page_has() {
        let of = |text: &str| fault(&text.parse::<Uri>().unwrap());
        assert_eq!((of("x:1"), of("*"), of("http://h/en")), (Some(Fault::NotAPath), Some(Fault::NotAPath), None));
        assert_eq!((of("/en/d/%0d%0aX"), of("/%00"), of("/en")), (Some(Fault::NoAddress), Some(Fault::NoAddress), None));
    }
}
