//! Looks: from a reference to facts, once for all who ask at the same time.

use crate::{
    Allowed, Credentials, Error,
    ask::{Asker, Repository},
    clients::Clients,
    contents,
    hosts::Hosts,
    inspect,
    kept::{Found, Kept},
    network::{self, Lookup},
    token::Tokens,
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};
use taskdef::{
    facts::{ImageFacts, Looked, Platform},
    grammar::image,
};
use tokio::{sync::Semaphore, time::timeout};

/// For a look without layers, waiting included.
const TIME: Duration = Duration::from_secs(20);
/// Looks at the same time.
const LOOKS: usize = 4;

/// What the operator decides.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Registries beside the known ones.
    pub allow: Vec<Allowed>,
    /// Sign-in of the operator.
    pub credentials: Credentials,
}

/// How far a look goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Manifest and configuration: a few kB.
    Configuration,
    /// The layers too: 3 MB to 1 GB.
    Layers,
}

/// What a look found.
#[derive(Clone, Debug)]
pub struct Look {
    /// The facts.
    pub facts: ImageFacts,
    /// When the registry was asked.
    pub at: SystemTime,
}

/// How far a look has come, for others to read.
#[derive(Debug, Default)]
pub struct Progress(AtomicU64);

impl Progress {
    /// Bytes of layers that have arrived.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, count: usize) {
        self.0.fetch_add(count as u64, Ordering::Relaxed);
    }
}

/// Looks into images. One for a server: limits, tokens and what was found are shared.
pub struct Reader {
    asker: Asker,
    allow: Vec<Allowed>,
    looks: Semaphore,
    flights: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    kept: Kept,
    clients: Clients,
    time: Duration,
}

impl Reader {
    /// A reader of the known registries and of those that the operator allows.
    ///
    /// # Errors
    /// [`Error::Unreachable`] where TLS cannot be set up.
    pub fn new(options: Options) -> Result<Reader, Error> {
        Reader::with(network::system(), options, TIME)
    }

    pub(crate) fn with(lookup: Lookup, options: Options, time: Duration) -> Result<Reader, Error> {
        Ok(Reader {
            asker: Asker { client: network::client(lookup, &options.allow)?, tokens: Tokens::default(), credentials: options.credentials },
            allow: options.allow,
            looks: Semaphore::new(LOOKS),
            flights: Mutex::default(),
            kept: Kept::default(),
            clients: Clients::default(),
            time,
        })
    }

    /// Looks into an image for one platform. `client` is whose limits count: an address, or any other name; without one, none do.
    ///
    /// # Errors
    /// Every [`Error`]. A layer that cannot be read is none: what it hides is [`taskdef::facts::Has::Unknown`].
    pub async fn look(&self, reference: &str, platform: &Platform, depth: Depth, client: Option<&str>, progress: &Progress) -> Result<Look, Error> {
        let parsed = image::parse(reference).map_err(|_| Error::Reference)?;
        let (repository, name) = self.place(&parsed)?;
        let turn = self.clients.turn(client)?;

        // First the flight: a hundred looks of one image are one look, and ninety-nine answers from memory.
        let flight = self.flight(&name);
        let _alone = timeout(self.time + contents::TIME, flight.lock()).await.map_err(|_| Error::Timeout)?;
        if let Some(failure) = self.kept.failure(&name) {
            return Err(failure);
        }
        let _place = timeout(self.time, self.looks.acquire()).await.map_err(|_| Error::Busy)?;
        let asking = async {
            let digest = match (parsed.digest, self.kept.tag(&name)) {
                (Some(digest), _) => digest.to_owned(),
                (None, Some(digest)) => digest,
                (None, None) => {
                    let digest = inspect::resolve(&self.asker, &repository, parsed.tag.unwrap_or("latest")).await?;
                    self.kept.keep_tag(&name, &digest);
                    digest
                }
            };
            let key = kept_key(&repository, &digest, platform);
            if let Some(found) = self.kept.found(&key) {
                return Ok((key, found));
            }
            turn.spend()?;
            let found = inspect::image(&self.asker, &repository, &digest, platform).await?;
            let found = self.kept.keep_found(key.clone(), found);
            Ok((key, found))
        };
        let asked = timeout(self.time, asking).await.unwrap_or(Err(Error::Timeout));
        let (key, mut found) = asked.inspect_err(|error| {
            self.kept.keep_failure(&name, error);
            if let Error::NotFound { nearest } = error {
                self.kept.keep_last(&name, Err(nearest));
            }
        })?;
        self.kept.keep_last(&name, Ok(&key));
        if depth == Depth::Layers && found.facts.layers.is_none() {
            turn.spend()?;
            let (layers, settled) = contents::read(&self.asker, &repository, &found.layers, &found.folders, progress).await?;
            let facts = ImageFacts { layers: Some(layers), ..found.facts.clone() };
            let read = Found { facts, at: SystemTime::now(), ..(*found).clone() };
            found = if settled { self.kept.keep_found(key, read) } else { Arc::new(read) };
        }
        Ok(Look { facts: found.facts.clone(), at: found.at })
    }

    /// What the last look of a reference answered, and when, with no request: the facts for the platform that it was about, or the
    /// image that is not there.
    pub fn known(&self, reference: &str) -> Option<(Looked, SystemTime)> {
        let (_, name) = self.place(&image::parse(reference).ok()?).ok()?;
        Some(match self.kept.last(&name)? {
            Ok(found) => (Looked::Found(Box::new(found.facts.clone())), found.at),
            Err((nearest, at)) => (Looked::Missing(nearest), at),
        })
    }

    /// Where a reference is, and the name by which what is found of it is kept.
    fn place(&self, parsed: &image::Reference<'_>) -> Result<(Repository, String), Error> {
        if parsed.ecr().is_some() {
            return Err(Error::Ecr);
        }
        let hosts = Hosts::of(parsed.registry, &self.allow)?;
        let library = parsed.is_hub() && !parsed.path.contains('/');
        let path = if library { format!("library/{}", parsed.path) } else { parsed.path.to_owned() };
        let name = format!("{}/{path}@{}", hosts.name, parsed.digest.or(parsed.tag).unwrap_or("latest"));
        Ok((Repository { hosts, path }, name))
    }

    fn flight(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        flights.retain(|_, flight| Arc::strong_count(flight) > 1);
        flights.entry(name.to_owned()).or_default().clone()
    }
}

/// By repository, so that a digest alone does not open what another repository protects.
fn kept_key(repository: &Repository, digest: &str, platform: &Platform) -> String {
    format!("{}/{}@{digest} {platform}", repository.hosts.name, repository.path)
}
