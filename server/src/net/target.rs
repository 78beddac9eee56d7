//! Which requests are answered at all: those for a path, by one name of this server.

use axum::http::{HeaderValue, Method, StatusCode, Uri, Version, header, request::Parts};

/// Brings the target down to a path and checks that the request names one host.
///
/// # Errors
/// The status of the refusal: 400 for a target without a path (`CONNECT host:port`, `GET host:port`, `OPTIONS *`), for no
/// name or several (RFC 9112 §3.2), and for a target that names another host than the header.
pub fn check(parts: &mut Parts) -> Result<(), StatusCode> {
    const REFUSED: StatusCode = StatusCode::BAD_REQUEST;
    if parts.method == Method::CONNECT || !parts.uri.path().starts_with('/') {
        return Err(REFUSED);
    }
    let mut hosts = parts.headers.get_all(header::HOST).iter();
    let (host, more) = (hosts.next(), hosts.next());
    if more.is_some() || (host.is_none() && parts.version == Version::HTTP_11) {
        return Err(REFUSED);
    }
    if let Some(authority) = parts.uri.authority() {
        let same = |host: &HeaderValue| host.as_bytes().eq_ignore_ascii_case(authority.as_str().as_bytes());
        if !host.is_some_and(same) {
            return Err(REFUSED);
        }
        let path = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        parts.uri = Uri::try_from(path.to_owned()).map_err(|_| REFUSED)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn of(method: &str, target: &str, hosts: &[&str]) -> Result<String, u16> {
        let mut request = Request::builder().method(method).uri(target);
        for host in hosts {
            request = request.header("host", *host);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        check(&mut parts).map(|()| parts.uri.to_string()).map_err(|status| status.as_u16())
    }

    #[test]
    fn only_a_path_by_one_name_of_this_server_is_answered() {
        assert_eq!(of("GET", "/en?q=1", &["a.example"]), Ok("/en?q=1".into()));
        assert_eq!(of("GET", "http://a.example/en?q=1", &["A.example"]), Ok("/en?q=1".into()));
        for (method, target, hosts) in [
            ("CONNECT", "x:1", &["x:1"][..]),
            ("GET", "x:1", &["x:1"]),
            ("OPTIONS", "*", &["a.example"]),
            ("GET", "http://b.example/en", &["a.example"]),
            ("GET", "/en", &["a.example", "b.example"]),
            ("GET", "/en", &[]),
        ] {
            assert_eq!(of(method, target, hosts), Err(400), "{method} {target}");
        }
    }
}
