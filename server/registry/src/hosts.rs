//! Which hosts belong to a registry: where its API is, where it gives tokens, and where it sends for blobs.

use crate::{Ecr, Error, allowed::Allowed, scheme::Scheme};
use std::{borrow::Cow, net::IpAddr};
use url::{Host, Url};

/// A registry that everybody may name. A star in a host stands for any letters.
struct Known {
    names: &'static [&'static str],
    api: &'static str,
    tokens: &'static [&'static str],
    blobs: &'static [&'static str],
}

#[rustfmt::skip]
const KNOWN: &[Known] = &[
    Known { names: &["docker.io", "index.docker.io", "registry-1.docker.io"], api: "registry-1.docker.io", tokens: &["auth.docker.io"],
        blobs: &["production.cloudflare.docker.com", "production.cloudfront.docker.com", "docker-images-prod.*.r2.cloudflarestorage.com"] },
    Known { names: &["ghcr.io"], api: "ghcr.io", tokens: &["ghcr.io"], blobs: &["pkg-containers.githubusercontent.com"] },
    Known { names: &["quay.io"], api: "quay.io", tokens: &["quay.io"], blobs: &["*.quay.io", "quayio-production-s3.s3.amazonaws.com"] },
    Known { names: &["public.ecr.aws"], api: "public.ecr.aws", tokens: &["public.ecr.aws"], blobs: &["*.cloudfront.net"] },
    Known { names: &["gcr.io"], api: "gcr.io", tokens: &["gcr.io"], blobs: &["storage.googleapis.com"] },
    Known { names: &["registry.k8s.io"], api: "registry.k8s.io", tokens: &["registry.k8s.io"],
        blobs: &["*-docker.pkg.dev", "prod-registry-k8s-io-*.amazonaws.com", "storage.googleapis.com"] },
    Known { names: &["mcr.microsoft.com"], api: "mcr.microsoft.com", tokens: &["mcr.microsoft.com"], blobs: &["*.data.mcr.microsoft.com"] },
    Known { names: &["registry.gitlab.com"], api: "registry.gitlab.com", tokens: &["gitlab.com"],
        blobs: &["cdn.registry.gitlab-static.net", "storage.googleapis.com"] },
];

/// One place that a look may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// https on port 443, at public addresses.
    Known(Cow<'static, str>),
    /// What the operator allowed.
    Allowed(Allowed),
}

impl Place {
    fn is_host(&self, host: &str) -> bool {
        match self {
            Place::Known(pattern) => matches(pattern, host),
            Place::Allowed(allowed) => allowed.host == host,
        }
    }

    fn origin(&self) -> (Scheme, u16) {
        match self {
            Place::Known(_) => (Scheme::Https, 443),
            Place::Allowed(allowed) => (allowed.scheme, allowed.port),
        }
    }

    fn permits(&self, address: IpAddr) -> bool {
        match self {
            Place::Known(_) => crate::is_public(address),
            Place::Allowed(allowed) => allowed.permits(address),
        }
    }
}

fn matches(pattern: &str, host: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == host,
        Some((start, end)) => host.len() > start.len() + end.len() && host.starts_with(start) && host.ends_with(end),
    }
}

/// The hosts of one registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hosts {
    /// The registry's usual name, by which tokens, credentials and findings are kept.
    pub name: String,
    base: String,
    tokens: Vec<Place>,
    all: Vec<Place>,
}

impl Hosts {
    /// The hosts of a registry that is known or that the operator allowed.
    pub fn of(registry: Option<&str>, allowed: &[Allowed]) -> Result<Hosts, Error> {
        let name = registry.unwrap_or("docker.io").to_ascii_lowercase();
        if let Some(known) = KNOWN.iter().find(|known| known.names.contains(&name.as_str())) {
            let places = |hosts: &'static [&'static str]| [known.api].iter().chain(hosts).map(|host| Place::Known(Cow::Borrowed(host))).collect::<Vec<_>>();
            return Ok(Hosts { name: known.names[0].into(), base: format!("https://{}", known.api), tokens: places(known.tokens), all: places(known.blobs) });
        }
        let (host, port) = name.split_once(':').map_or((name.as_str(), None), |(host, port)| (host, Some(port)));
        let asked = |a: &&Allowed| a.host == host && port.map_or(a.port == a.scheme.port(), |port| port.parse() == Ok(a.port));
        let Some(own) = allowed.iter().find(asked) else { return Err(Error::HostNotAllowed(name)) };
        // What the operator allowed may send to what else the operator allowed.
        let all: Vec<Place> = allowed.iter().cloned().map(Place::Allowed).collect();
        Ok(Hosts { base: format!("{}://{}:{}", own.scheme.as_str(), own.host, own.port), name, tokens: all.clone(), all })
    }

    /// The hosts of one private registry of Amazon ECR: its own, and the bucket from which ECR serves layers. No host gives tokens,
    /// so the sign-in goes to the registry itself or nowhere. Source: Amazon ECR user guide, minimum S3 bucket permissions.
    pub fn of_ecr(registry: &Ecr) -> Hosts {
        let (host, region, ending) = (registry.host(), registry.region(), registry.ending());
        let bucket = format!("prod-{region}-starport-layer-bucket.s3.{region}.{ending}");
        let all = vec![Place::Known(Cow::Owned(host.to_owned())), Place::Known(Cow::Owned(bucket))];
        Hosts { base: format!("https://{host}"), name: host.to_owned(), tokens: Vec::new(), all }
    }

    /// The same registry at an emulator, which is where the operator allowed it to be and nowhere else.
    pub fn of_emulator(registry: &Ecr, at: &Allowed) -> Hosts {
        let base = format!("{}://{}:{}", at.scheme.as_str(), at.host, at.port);
        Hosts { base, name: registry.host().to_owned(), tokens: Vec::new(), all: vec![Place::Allowed(at.clone())] }
    }

    /// URL of a resource of a repository, such as `manifests/1.0`.
    pub fn url(&self, repository: &str, rest: &str) -> Result<Url, Error> {
        Url::parse(&format!("{}/v2/{repository}/{rest}", self.base)).map_err(|_| Error::Reference)
    }

    /// Whether a request may go there: no user name; a host, scheme and port of this registry; an address that was written out
    /// only where that host may be at it.
    pub fn gate(&self, url: &Url) -> Result<(), Error> {
        pass(&self.all, url)
    }

    /// Whether a token may be asked for there.
    pub fn gives_tokens(&self, url: &Url) -> Result<(), Error> {
        pass(&self.tokens, url)
    }
}

fn pass(places: &[Place], url: &Url) -> Result<(), Error> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::Scheme);
    }
    let (host, literal) = match url.host() {
        Some(Host::Domain(name)) => (name.to_owned(), None),
        Some(Host::Ipv4(ip)) => (ip.to_string(), Some(IpAddr::V4(ip))),
        Some(Host::Ipv6(ip)) => (ip.to_string(), Some(IpAddr::V6(ip))),
        None => return Err(Error::Scheme),
    };
    let mut of_host = places.iter().filter(|place| place.is_host(&host)).peekable();
    // A literal does not pass the resolver, so it is judged here, in whatever spelling the URL had.
    if of_host.peek().is_none() {
        let private = literal.is_some_and(|ip| !crate::is_public(ip));
        return Err(if private { Error::NotPublic(host) } else { Error::HostNotAllowed(host) });
    }
    let origin = |place: &&Place| {
        let (scheme, port) = place.origin();
        scheme.as_str() == url.scheme() && url.port_or_known_default() == Some(port)
    };
    let place = of_host.find(origin).ok_or(Error::Scheme)?;
    if literal.is_some_and(|ip| !place.permits(ip)) { Err(Error::NotPublic(host)) } else { Ok(()) }
}
