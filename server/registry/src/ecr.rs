//! Private registries of Amazon ECR: which they are, and a look into one with a person's sign-in.
//!
//! Each such look has a separate reader, so no other look sees its connections, tokens or answers. Only
//! the limits are shared.

use crate::{Allowed, Credentials, Depth, Error, Look, Options, Progress, Reader, bounded::bounded, hosts::Hosts};
use std::{fmt, sync::Arc};
use taskdef::{facts::Platform, grammar::image};
use url::Url;
use zeroize::Zeroizing;

/// A private registry, such as `123456789012.dkr.ecr.eu-west-1.amazonaws.com`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ecr {
    host: String,
    region: String,
    ending: &'static str,
}

impl Ecr {
    /// The registry of an image reference; `None` unless its host has exactly the form that AWS gives: twelve digits, `dkr.ecr` or
    /// `dkr.ecr-fips`, a Region, and the domain of the Region's partition. Source: Amazon ECR user guide, private registries.
    ///
    /// ```
    /// use registry::Ecr;
    /// assert!(Ecr::of("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1").is_some());
    /// assert!(Ecr::of("123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.org/app:1").is_none());
    /// ```
    pub fn of(reference: &str) -> Option<Ecr> {
        let host = image::parse(reference).ok()?.registry?;
        let (account, rest) = host.split_once(".dkr.")?;
        let rest = rest.strip_prefix("ecr-fips.").or_else(|| rest.strip_prefix("ecr."))?;
        let (region, ending) = rest.split_once('.')?;
        let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
        let right = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) && is_region(region) && ending == domain;
        right.then(|| Ecr { host: host.to_owned(), region: region.to_owned(), ending: domain })
    }

    /// The registry's host.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The account's number.
    pub fn account(&self) -> &str {
        self.host.split('.').next().unwrap_or_default()
    }

    /// Its Region.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The domain of its partition.
    pub fn ending(&self) -> &'static str {
        self.ending
    }
}

/// `eu-west-1`, `us-gov-east-1`: lowercase words and a digit, so it can only ever be one label of a host name.
fn is_region(region: &str) -> bool {
    let words: Vec<&str> = region.split('-').collect();
    let Some((last, names)) = words.split_last() else { return false };
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    (2..=3).contains(&names.len()) && region.len() <= 24 && names.iter().all(is_word) && last.len() == 1 && last.bytes().all(|b| b.is_ascii_digit())
}

/// What a person's sign-in opens.
#[derive(Clone)]
pub struct EcrAccess {
    /// The registry.
    pub registry: Ecr,
    /// Value of the header `Authorization`.
    pub header: Zeroizing<String>,
    /// Where an emulator says that the registry is. The operator must have allowed that place.
    pub emulator: Option<String>,
}

impl fmt::Debug for EcrAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EcrAccess({})", self.registry.host)
    }
}

impl Reader {
    /// Looks into an image of a private registry with a person's sign-in. Nothing of it is kept, and the facts are small enough for
    /// a draft.
    ///
    /// # Errors
    /// As [`Reader::look`]; [`Error::Ecr`] for an image of another registry, [`Error::EcrDenied`] where the sign-in does not open it.
    pub async fn look_signed_in(
        &self,
        access: &EcrAccess,
        reference: &str,
        platform: &Platform,
        depth: Depth,
        client: Option<&str>,
        progress: &Progress,
    ) -> Result<Look, Error> {
        let look = self.signed_in(access)?.look(reference, platform, depth, client, progress).await;
        match look {
            Ok(look) => Ok(Look { facts: Arc::new(bounded(Arc::unwrap_or_clone(look.facts))), at: look.at }),
            Err(Error::Private) => Err(Error::EcrDenied),
            Err(error) => Err(error),
        }
    }

    /// A reader of one private registry that keeps what it learns to itself.
    fn signed_in(&self, access: &EcrAccess) -> Result<Reader, Error> {
        let (hosts, allow) = match &access.emulator {
            None => (Hosts::of_ecr(&access.registry), Vec::new()),
            Some(place) => {
                let at = self.allowed_at(place)?;
                (Hosts::of_emulator(&access.registry, at), vec![at.clone()])
            }
        };
        let credentials = Credentials::to(&hosts.name, access.header.clone());
        let mut reader = Reader::with(self.lookup.clone(), Options { allow, credentials, cache: None }, self.time)?;
        (reader.private, reader.looks, reader.clients) = (Some(hosts), self.looks.clone(), self.clients.clone());
        Ok(reader)
    }

    fn allowed_at(&self, place: &str) -> Result<&Allowed, Error> {
        let url = Url::parse(place).map_err(|_| Error::Scheme)?;
        let is_at = |a: &&Allowed| a.scheme.as_str() == url.scheme() && url.host_str() == Some(&a.host) && url.port_or_known_default() == Some(a.port);
        self.allow.iter().find(is_at).ok_or_else(|| Error::HostNotAllowed(url.host_str().unwrap_or_default().to_owned()))
    }
}
