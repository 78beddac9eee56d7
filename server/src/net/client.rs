//! Whose request it is. What a proxy says is believed where the proxy's own address is in a trusted network, and of
//! no other: one switch for the client's address, for `https`, and for the host's name.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};
use ipnet::IpNet;
use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::atomic::{AtomicBool, Ordering},
};

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Whose request it is; among the request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The address by which limits count: IPv6 by the /64, since networks hand it out so.
    pub address: IpAddr,
}

/// The proxies whose word is believed.
#[derive(Debug, Default)]
pub struct Proxies {
    trusted: Vec<IpNet>,
    warned: AtomicBool,
}

/// Reads one network, or one address, of `--trusted-proxies`.
///
/// # Errors
/// What is wrong with the text.
pub fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    let network = network.map_err(|_| "a network such as 10.0.0.0/8 or fd00::/8, or one address".to_owned())?;
    if network.prefix_len() == 0 {
        return Err("a network of /0 is everybody, and everybody could pretend to be anybody".into());
    }
    Ok(network)
}

impl Proxies {
    /// Those of these networks.
    pub fn new(trusted: &[IpNet]) -> Proxies {
        Proxies { trusted: trusted.to_vec(), warned: AtomicBool::new(false) }
    }

    /// Whether an address is a trusted proxy's.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|network| network.contains(&address))
    }

    /// The address by which a connection counts; none for a proxy, which brings everybody's.
    pub fn counted(&self, peer: IpAddr) -> Option<IpAddr> {
        (!self.trusts(peer)).then(|| counted(peer))
    }

    /// Whose request it is. Afterwards `X-Forwarded-Proto` and `Host` say what is believed, so that no reader has to ask
    /// again. Where they came without being believed, `X-Forwarded-Proto` says `http`; that it was there stays visible.
    pub fn client(&self, parts: &mut Parts, peer: SocketAddr) -> Client {
        let headers = &mut parts.headers;
        if !self.trusts(peer.ip()) {
            if self.trusted.is_empty() && [FOR, PROTO].iter().any(|name| headers.contains_key(name)) && !self.warned.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    "a proxy sends X-Forwarded-For or X-Forwarded-Proto, but no proxy is trusted, so all of its visitors count as one \
                     address. If the proxy is yours, pass its network to --trusted-proxies"
                );
            }
            if headers.contains_key(PROTO) {
                headers.insert(PROTO, HeaderValue::from_static("http"));
            }
            return Client { address: counted(peer.ip()) };
        }
        let https = last(headers, &PROTO).is_some_and(|proto| proto.eq_ignore_ascii_case("https"));
        if headers.contains_key(PROTO) {
            headers.insert(PROTO, HeaderValue::from_static(if https { "https" } else { "http" }));
        }
        if let Some(host) = last(headers, &HOST).and_then(|host| HeaderValue::from_str(host).ok()) {
            headers.insert(header::HOST, host);
        }
        Client { address: counted(self.first_stranger(headers).unwrap_or(peer.ip())) }
    }

    /// From the right, past trusted proxies: the first address that is none. What stands left of it anybody may have written.
    fn first_stranger(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let said: Vec<&str> = values(headers, &FOR).collect();
        let mut nearest = None;
        for text in said.into_iter().rev() {
            let Some(address) = address(text) else { break };
            nearest = Some(address);
            if !self.trusts(address) {
                break;
            }
        }
        nearest
    }
}

fn values<'h>(headers: &'h HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'h str> {
    headers.get_all(name).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).map(str::trim).filter(|v| !v.is_empty())
}

/// The nearest proxy's word.
fn last<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    values(headers, name).last()
}

/// An address as proxies write it: with a port, in brackets, or neither.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|a| a.ip()))
}

fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let s = v6.segments();
            IpAddr::V6(Ipv6Addr::new(s[0], s[1], s[2], s[3], 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn seen(trusted: &[&str], peer: &str, headers: &[(&str, &str)]) -> (String, String, String) {
        let trusted: Vec<IpNet> = trusted.iter().map(|t| network(t).unwrap()).collect();
        let mut request = Request::builder().uri("/").header("host", "own.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let client = Proxies::new(&trusted).client(&mut parts, peer.parse().unwrap());
        let text = |name: &str| parts.headers.get(name).map_or("", |v| v.to_str().unwrap()).to_owned();
        (client.address.to_string(), text("x-forwarded-proto"), text("host"))
    }

    const SAID: [(&str, &str); 3] = [("x-forwarded-for", "6.6.6.6, 2.2.2.2"), ("x-forwarded-proto", "https"), ("x-forwarded-host", "said.example")];

    #[test]
    fn a_stranger_is_believed_nothing() {
        let own = ("8.8.8.8".to_owned(), "http".to_owned(), "own.example".to_owned());
        assert_eq!(seen(&[], "8.8.8.8:5", &SAID), own);
        assert_eq!(seen(&["10.0.0.0/8"], "8.8.8.8:5", &SAID), own, "past the proxy, a new X-Forwarded-For each time is no new visitor");
    }

    #[test]
    fn a_trusted_proxy_is_believed_as_far_as_it_knows() {
        assert_eq!(seen(&["10.0.0.0/8"], "10.0.0.1:5", &SAID), ("2.2.2.2".into(), "https".into(), "said.example".into()));
        assert_eq!(seen(&["10.0.0.1", "2.2.2.2"], "10.0.0.1:5", &SAID).0, "6.6.6.6", "past each trusted proxy");
        assert_eq!(seen(&["10.0.0.0/8"], "[::ffff:10.0.0.1]:5", &SAID).0, "2.2.2.2");
        assert_eq!(seen(&["10.0.0.0/8"], "10.0.0.1:5", &[]), ("10.0.0.1".into(), String::new(), "own.example".into()));
        let odd = [("x-forwarded-for", "6.6.6.6, <script>")];
        assert_eq!(seen(&["10.0.0.0/8"], "10.0.0.1:5", &odd).0, "10.0.0.1", "what stands left of nonsense is not believed");
    }

    #[test]
    fn addresses_are_read_as_balancers_write_them() {
        for (text, is) in [
            ("1.2.3.4:4444", "1.2.3.4"),
            ("1.2.3.4", "1.2.3.4"),
            ("[2001:db8:1:2::9]:443", "2001:db8:1:2::"),
            ("[2001:db8:1:2::9]", "2001:db8:1:2::"),
            ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
            ("::ffff:1.2.3.4", "1.2.3.4"),
        ] {
            assert_eq!(seen(&["10.0.0.0/8"], "10.0.0.1:5", &[("x-forwarded-for", text)]).0, is, "{text}");
        }
    }

    #[test]
    fn everybody_is_no_network_of_proxies() {
        assert!(network("0.0.0.0/0").is_err() && network("::/0").is_err() && network("1").is_err());
        assert!(network("fd00::/8").is_ok() && network(" 10.0.0.7 ").is_ok());
    }
}
