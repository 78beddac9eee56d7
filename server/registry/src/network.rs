//! The HTTP client: it connects to addresses that were checked, and to no others.

use crate::{Error, allowed::Allowed, is_public};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    time::Duration,
};

const CONNECT: Duration = Duration::from_secs(3);

/// Addresses of a name.
pub(crate) type Addresses = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// How names become addresses. Tests have another than [`system`].
pub(crate) type Lookup = Arc<dyn Fn(String) -> Addresses + Send + Sync>;

/// The system's resolver.
pub(crate) fn system() -> Lookup {
    Arc::new(|name: String| -> Addresses { Box::pin(async move { Ok(tokio::net::lookup_host((name, 443)).await?.map(|a| a.ip()).collect()) }) })
}

/// Marks a refusal inside the connector's error.
#[derive(Debug, thiserror::Error)]
#[error("not a public address")]
struct Refused;

/// Hands the connector exactly the addresses that were checked, or none: there is no second look-up between check and use.
struct Checked {
    lookup: Lookup,
    allowed: Vec<Allowed>,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_ascii_lowercase();
        let allowed: Vec<Allowed> = self.allowed.iter().filter(|a| a.host == name).cloned().collect();
        let looking = (self.lookup)(name);
        Box::pin(async move {
            let found = looking.await?;
            let permitted = |ip: &IpAddr| if allowed.is_empty() { is_public(*ip) } else { allowed.iter().any(|a| a.permits(*ip)) };
            if found.is_empty() || !found.iter().all(permitted) {
                return Err(Refused.into());
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

/// A client without proxies, redirects, cookies and decompression; TLS by the system's certificates.
pub(crate) fn client(lookup: Lookup, allowed: &[Allowed]) -> Result<reqwest::Client, Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::Unreachable)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .dns_resolver(Arc::new(Checked { lookup, allowed: allowed.to_vec() }))
        .connect_timeout(CONNECT)
        .pool_max_idle_per_host(4)
        .referer(false)
        .user_agent("taskwright")
        .build()
        .map_err(|_| Error::Unreachable)
}

/// What a failed request means. The library's error names addresses, so nothing of it is passed on.
pub(crate) fn failure(error: &reqwest::Error, host: &str) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(this) = cause {
        if this.is::<Refused>() {
            return Error::NotPublic(host.to_owned());
        }
        cause = this.source();
    }
    if error.is_timeout() { Error::Timeout } else { Error::Unreachable }
}
