//! A host name that only this program's owner knows, for a server that uses its owner's sign-in.
//!
//! Cookies know no port: at 127.0.0.1 a browser shows them to every program of the computer. They know host names, and
//! browsers resolve all names below `localhost` to this computer (RFC 6761, section 6.3). So what is worth stealing is
//! kept at a name that the terminal shows and no page tells.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    fs,
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// Cookies that any program may see.
const OPEN: [&str; 2] = ["lang", "theme"];

/// Bytes of randomness in the name.
const RANDOM: usize = 10;

/// The names by which requests reach a server that listens on this computer alone.
#[derive(Clone, Debug)]
pub struct OwnHost {
    own: String,
    port: u16,
}

/// By which name a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The one that only the owner knows.
    Own,
    /// 127.0.0.1, localhost or [::1].
    Loopback,
    /// Any other, or none, or several.
    Other,
}

impl OwnHost {
    /// The name of the server whose SQLite file is `beside`. It is kept in a file, so that a browser finds its cookies
    /// again after a restart; without a place to keep it, it is new each time.
    ///
    /// # Errors
    /// Where there are no random numbers, or the file cannot be read or written.
    pub fn open(beside: Option<&Path>, port: u16) -> io::Result<OwnHost> {
        let label = match beside.map(|path| path.with_extension("host")) {
            None => random()?,
            Some(file) => match read(&file) {
                Ok(label) => label,
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
                    let label = random()?;
                    if let Some(folder) = file.parent() {
                        fs::create_dir_all(folder)?;
                    }
                    let _ = fs::remove_file(&file);
                    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file)?.write_all(label.as_bytes())?;
                    label
                }
                Err(error) => return Err(error),
            },
        };
        Ok(OwnHost { own: format!("{label}.localhost:{port}"), port })
    }

    /// Host and port, as an address has them.
    pub fn as_str(&self) -> &str {
        &self.own
    }

    /// By which name a request came.
    pub fn name(&self, headers: &HeaderMap) -> Name {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next().and_then(|h| h.to_str().ok()), hosts.next()) else { return Name::Other };
        match with_port(host, self.port) {
            host if host == self.own => Name::Own,
            _ if is_loopback(host, self.port) => Name::Loopback,
            _ => Name::Other,
        }
    }
}

/// Browsers leave out the port that `http` implies.
fn with_port(host: &str, port: u16) -> String {
    if port == 80 && !host.ends_with(":80") { format!("{host}:80") } else { host.to_owned() }
}

/// Whether a `Host` header names this computer and this port.
pub fn is_loopback(host: &str, port: u16) -> bool {
    let host = with_port(host, port);
    host.rsplit_once(':').is_some_and(|(name, of)| matches!(name, "127.0.0.1" | "localhost" | "[::1]") && of == port.to_string())
}

fn random() -> io::Result<String> {
    let mut bytes = [0u8; RANDOM];
    getrandom::fill(&mut bytes).map_err(|_| io::Error::other("the system gave no random numbers"))?;
    Ok(format!("tw-{}", bytes.iter().map(|b| format!("{b:02x}")).collect::<String>()))
}

fn read(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(file)?.take(64).read_to_string(&mut text)?;
    let hex = text.strip_prefix("tw-").unwrap_or("");
    let right = hex.len() == 2 * RANDOM && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if right { Ok(text) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// Keeps cookies to the name that only the owner knows, and answers no other name than this computer's: a site that has
/// its own name lead here (DNS rebinding) reads nothing.
pub async fn require(State(own): State<Option<OwnHost>>, mut request: Request, next: Next) -> Response {
    let Some(own) = own else { return next.run(request).await };
    match own.name(request.headers()) {
        Name::Own => next.run(request).await,
        Name::Loopback => {
            hide_cookies(request.headers_mut());
            let mut response = next.run(request).await;
            hide_set_cookies(response.headers_mut());
            response
        }
        Name::Other => (StatusCode::MISDIRECTED_REQUEST, "This server answers only at the addresses that it printed when it started\n").into_response(),
    }
}

fn is_open(cookie: &str) -> bool {
    cookie.trim().split_once('=').is_some_and(|(name, _)| OPEN.contains(&name))
}

fn hide_cookies(headers: &mut HeaderMap) {
    let kept: Vec<String> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter(|pair| is_open(pair))
        .map(|pair| pair.trim().to_owned())
        .collect();
    headers.remove(header::COOKIE);
    if let Some(value) = Some(kept.join("; ")).filter(|v| !v.is_empty()).and_then(|v| HeaderValue::from_str(&v).ok()) {
        headers.insert(header::COOKIE, value);
    }
}

fn hide_set_cookies(headers: &mut HeaderMap) {
    let kept: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().filter(|v| v.to_str().is_ok_and(is_open)).cloned().collect();
    headers.remove(header::SET_COOKIE);
    for value in kept {
        headers.append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn host(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::HOST, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn the_name_outlives_a_restart_and_nobody_else_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("new/t.db");
        let first = OwnHost::open(Some(&database), 3000).unwrap();
        assert_eq!(first.as_str(), OwnHost::open(Some(&database), 3000).unwrap().as_str());
        let file = database.with_extension("host");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&file, "evil.example").unwrap();
        let again = OwnHost::open(Some(&database), 3000).unwrap();
        assert!(again.as_str().ends_with(".localhost:3000") && again.as_str() != first.as_str(), "{}", again.as_str());
        assert_ne!(OwnHost::open(None, 1).unwrap().as_str(), OwnHost::open(None, 1).unwrap().as_str());
    }

    #[test]
    fn a_name_is_told_by_host_and_port() {
        let own = OwnHost::open(None, 3000).unwrap();
        assert_eq!(own.name(&host(&[own.as_str()])), Name::Own);
        for loopback in ["127.0.0.1:3000", "localhost:3000", "[::1]:3000"] {
            assert_eq!(own.name(&host(&[loopback])), Name::Loopback, "{loopback}");
        }
        for other in [
            &[][..],
            &["evil.example"],
            &["evil.example:3000"],
            &["127.0.0.1:3001"],
            &["127.0.0.1"],
            &["127.0.0.1:3000", "evil.example"],
            &["x.localhost:3000"],
        ] {
            assert_eq!(own.name(&host(other)), Name::Other, "{other:?}");
        }
    }

    #[test]
    fn at_port_80_a_browser_names_no_port() {
        let own = OwnHost::open(None, 80).unwrap();
        let bare = own.as_str().strip_suffix(":80").unwrap();
        for host_of_own in [bare, own.as_str()] {
            assert_eq!(own.name(&host(&[host_of_own])), Name::Own, "{host_of_own}");
        }
        for loopback in ["127.0.0.1", "localhost", "[::1]", "[::1]:80"] {
            assert_eq!(own.name(&host(&[loopback])), Name::Loopback, "{loopback}");
        }
        for other in ["evil.example", "127.0.0.1:3000", "x.localhost"] {
            assert_eq!(own.name(&host(&[other])), Name::Other, "{other}");
        }
    }

    #[test]
    fn at_a_name_that_every_program_knows_only_language_and_theme_are_cookies() {
        let mut request = HeaderMap::new();
        request.append(header::COOKIE, "drafts=AAAA; lang=en; session=x".parse().unwrap());
        request.append(header::COOKIE, "theme=dark".parse().unwrap());
        hide_cookies(&mut request);
        assert_eq!(request.get_all(header::COOKIE).iter().collect::<Vec<_>>(), ["lang=en; theme=dark"]);
        let mut answer = HeaderMap::new();
        for set in ["drafts=AAAA; Path=/", "lang=en; Path=/", "me=x"] {
            answer.append(header::SET_COOKIE, set.parse().unwrap());
        }
        hide_set_cookies(&mut answer);
        assert_eq!(answer.get_all(header::SET_COOKIE).iter().collect::<Vec<_>>(), ["lang=en; Path=/"]);
    }
}
