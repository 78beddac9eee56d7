//! Registries that the operator allows beside the known ones.

use crate::scheme::Scheme;
use ipnet::IpNet;
use std::{net::IpAddr, str::FromStr};

/// One allowance, as `[http://]HOST[:PORT][=NETWORK]`.
///
/// Without a network, the host must have public addresses only, as every known registry. With one (`=10.0.0.0/8`), it must have
/// addresses of that network only. `http://` is for a registry on this computer: it needs a loopback network.
///
/// ```
/// use registry::Allowed;
/// assert!("registry.example.com".parse::<Allowed>().is_ok());
/// assert!("registry.corp:5000=10.0.0.0/8".parse::<Allowed>().is_ok());
/// assert!("http://127.0.0.1:5000=127.0.0.0/8".parse::<Allowed>().is_ok());
/// assert!("http://registry.corp=10.0.0.0/8".parse::<Allowed>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    pub(crate) scheme: Scheme,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) network: Option<IpNet>,
}

/// Why a text is no allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongAllowance {
    /// Not `HOST`, `HOST:PORT` or `HOST:PORT=NETWORK`.
    #[error("must be HOST, HOST:PORT or HOST:PORT=NETWORK, such as registry.example.com or registry.corp:5000=10.0.0.0/8")]
    Form,
    /// The network is not in CIDR notation.
    #[error("the network after = must be in CIDR notation, such as 10.0.0.0/8")]
    Network,
    /// Instance metadata and task credentials are served there.
    #[error("AWS serves credentials at link-local addresses (169.254.0.0/16, fe80::/10) and fd00:ec2::/32, so a registry cannot be there")]
    Metadata,
    /// Without TLS, anybody on the way could change the answers.
    #[error("http:// is allowed on loopback only, such as http://127.0.0.1:5000=127.0.0.0/8")]
    Plain,
}

impl FromStr for Allowed {
    type Err = WrongAllowance;

    fn from_str(text: &str) -> Result<Allowed, WrongAllowance> {
        let (origin, network) = text.split_once('=').map_or((text, None), |(origin, network)| (origin, Some(network)));
        let network: Option<IpNet> = network.map(|n| n.parse().map_err(|_| WrongAllowance::Network)).transpose()?;
        let (scheme, rest) = match origin.split_once("://") {
            None => (Scheme::Https, origin),
            Some(("https", rest)) => (Scheme::Https, rest),
            Some(("http", rest)) => (Scheme::Http, rest),
            Some(_) => return Err(WrongAllowance::Form),
        };
        // What a reference cannot name, no look can reach.
        let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
        let named = format!("{}:{}/a", host, port.unwrap_or("443"));
        if !taskdef::grammar::image::parse(&named).is_ok_and(|r| r.registry.is_some()) {
            return Err(WrongAllowance::Form);
        }
        let port = match port {
            Some(port) => port.parse().ok().filter(|p| *p > 0).ok_or(WrongAllowance::Form)?,
            None => scheme.port(),
        };
        if network.is_some_and(|n| METADATA.iter().filter_map(|m| m.parse().ok()).any(|m: IpNet| m.contains(&n) || n.contains(&m))) {
            return Err(WrongAllowance::Metadata);
        }
        if scheme == Scheme::Http && !network.is_some_and(is_loopback) {
            return Err(WrongAllowance::Plain);
        }
        Ok(Allowed { scheme, host: host.to_ascii_lowercase(), port, network })
    }
}

/// Where AWS serves the credentials of instances, tasks and pods.
const METADATA: [&str; 3] = ["169.254.0.0/16", "fe80::/10", "fd00:ec2::/32"];

fn is_loopback(network: IpNet) -> bool {
    match network {
        IpNet::V4(v4) => v4.network().is_loopback() && v4.prefix_len() >= 8,
        IpNet::V6(v6) => v6.network().is_loopback() && v6.prefix_len() == 128,
    }
}

impl Allowed {
    /// Whether this registry may be at an address.
    pub(crate) fn permits(&self, address: IpAddr) -> bool {
        match self.network {
            Some(network) => network.contains(&address),
            None => crate::is_public(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_is_a_host_with_a_network_that_holds_no_credentials() {
        for (text, wrong) in [
            ("", WrongAllowance::Form),
            ("a b", WrongAllowance::Form),
            ("user@registry.corp", WrongAllowance::Form),
            ("registry.corp/path", WrongAllowance::Form),
            ("registry.corp:0", WrongAllowance::Form),
            ("registry.corp:65536", WrongAllowance::Form),
            ("ftp://registry.corp", WrongAllowance::Form),
            ("registry.corp=10.0.0.0", WrongAllowance::Network),
            ("registry.corp=169.254.169.254/32", WrongAllowance::Metadata),
            ("registry.corp=0.0.0.0/0", WrongAllowance::Metadata),
            ("registry.corp=::/0", WrongAllowance::Metadata),
            ("registry.corp=fd00:ec2::254/128", WrongAllowance::Metadata),
            ("http://registry.corp", WrongAllowance::Plain),
            ("http://registry.corp=192.168.0.0/16", WrongAllowance::Plain),
            ("http://registry.corp=126.0.0.0/7", WrongAllowance::Plain),
        ] {
            assert_eq!(text.parse::<Allowed>(), Err(wrong), "{text}");
        }
        let corp: Allowed = "Registry.Corp:5000=10.0.0.0/8".parse().expect("an allowance");
        assert_eq!((corp.host.as_str(), corp.port, corp.scheme), ("registry.corp", 5000, Scheme::Https));
        assert!(corp.permits("10.1.2.3".parse().expect("an address")) && !corp.permits("1.1.1.1".parse().expect("an address")));
    }
}
