//! Looks: from a reference to facts, once for all who ask at the same time.

use crate::{
    Allowed, Cache, Credentials, Error,
    ask::{Asker, Pulls, Repository},
    cache::{self, Fresh},
    clients::Clients,
    copies::Copies,
    found::{Answer, Found, Last},
    hosts::Hosts,
    inspect,
    kept::Kept,
    layers,
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
#[derive(Clone, Default)]
pub struct Options {
    /// Registries beside the known ones.
    pub allow: Vec<Allowed>,
    /// Sign-in of the operator.
    pub credentials: Credentials,
    /// Where what was found is kept beyond this process.
    pub cache: Option<Arc<dyn Cache>>,
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
    pub facts: Arc<ImageFacts>,
    /// When the registry said what the reference leads to.
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
    pub(crate) lookup: Lookup,
    pub(crate) allow: Vec<Allowed>,
    /// The one private registry that this reader may read; `None` where it reads the public ones.
    pub(crate) private: Option<Hosts>,
    pub(crate) looks: Arc<Semaphore>,
    flights: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    kept: Kept,
    cache: Option<Arc<dyn Cache>>,
    fresh: Fresh,
    pub(crate) clients: Arc<Clients>,
    pub(crate) copies: Copies,
    pub(crate) time: Duration,
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
            asker: Asker {
                client: network::client(lookup.clone(), &options.allow)?,
                tokens: Tokens::default(),
                credentials: options.credentials,
                pulls: Pulls::default(),
            },
            lookup,
            allow: options.allow,
            private: None,
            looks: Arc::new(Semaphore::new(LOOKS)),
            flights: Mutex::default(),
            kept: Kept::default(),
            cache: options.cache,
            fresh: Fresh::default(),
            clients: Arc::default(),
            copies: Copies::default(),
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
        let _alone = timeout(self.time + layers::TIME, flight.lock()).await.map_err(|_| Error::Timeout)?;
        if let Some(failure) = self.kept.failure(&name) {
            return Err(failure);
        }
        let _place = timeout(self.time, self.looks.acquire()).await.map_err(|_| Error::Busy)?;
        self.recall_named(&name, &repository, platform).await;
        let asking = async {
            let (digest, mut news) = match parsed.digest.map(str::to_owned).or_else(|| self.kept.tag(&name)) {
                Some(digest) => (digest, false),
                None => (inspect::resolve(&self.asker, &repository, parsed.tag.unwrap_or("latest")).await?, true),
            };
            news |= self.keep_digest(&name, &digest, platform);
            let key = kept_key(&repository, &digest, platform);
            if let Some(found) = self.found(&key).await {
                return Ok((key, found, news));
            }
            turn.spend()?;
            let mut found = inspect::image(&self.asker, &repository, &digest, platform).await?;
            if let (Some(tag), None) = (parsed.tag, parsed.digest) {
                let copy = self.copies.same(&self.asker, &self.allow, &repository, tag, &digest).await;
                found.facts = Arc::new(ImageFacts { copy, ..Arc::unwrap_or_clone(found.facts) });
            }
            Ok((key.clone(), self.kept.keep_found(key, found), true))
        };
        let asked = timeout(self.time, asking).await.unwrap_or(Err(Error::Timeout));
        let (key, mut found, news) = match asked {
            Ok(asked) => asked,
            Err(error) => {
                self.kept.keep_failure(&name, &error);
                if let Error::NotFound { nearest } = &error {
                    self.kept.keep_last(&name, Last::now(Answer::Missing(nearest.clone())));
                    self.keep_beyond(&name, None).await;
                }
                return Err(error);
            }
        };
        if news {
            self.keep_beyond(&name, Some((&key, &found))).await;
        }
        if depth == Depth::Layers && found.facts.layers.is_none() {
            turn.spend()?;
            let (layers, settled) = layers::read(&self.asker, &repository, &found.layers, &found.folders, progress).await?;
            let facts = ImageFacts { layers: Some(layers), ..(*found.facts).clone() };
            let read = Found { facts: Arc::new(facts), at: SystemTime::now(), ..(*found).clone() };
            if !settled {
                // Another look may see more, so this one is not kept.
                return Ok(Look { facts: read.facts, at: read.at });
            }
            found = self.kept.keep_found(key.clone(), read);
            self.keep_beyond(&name, Some((&key, &found))).await;
        }
        let at = self.kept.last(&name).map_or(found.at, |last| last.at);
        Ok(Look { facts: found.facts.clone(), at })
    }

    /// The cached result of the last look at a reference and its time, without a request: the facts for this platform or else for the
    /// platform that was inspected, or that the image does not exist. [`Self::recall`] brings what another process found.
    pub fn known(&self, reference: &str, platform: &Platform) -> Option<(Looked, SystemTime)> {
        let parsed = image::parse(reference).ok()?;
        let (repository, name) = self.place(&parsed).ok()?;
        let last = self.kept.last(&name).filter(|last| last.speaks(parsed.digest.is_some()))?;
        match last.answer {
            Answer::Missing(nearest) => Some((Looked::Missing(nearest), last.at)),
            Answer::Digest(digest, looked_at) => {
                let found = [platform, &looked_at].into_iter().find_map(|platform| self.kept.found(&kept_key(&repository, &digest, platform)))?;
                Some((Looked::Found(found.facts.clone()), last.at))
            }
        }
    }

    /// Reads what is kept of a reference beyond this process, now and then. It sends no request to a registry.
    pub async fn recall(&self, reference: &str, platform: &Platform) {
        if self.cache.is_none() {
            return;
        }
        let Ok(parsed) = image::parse(reference) else { return };
        let Ok((repository, name)) = self.place(&parsed) else { return };
        self.recall_named(&name, &repository, platform).await;
    }

    async fn recall_named(&self, name: &str, repository: &Repository, platform: &Platform) {
        let Some(cache) = self.cache.as_ref().filter(|_| self.fresh.is_due(name)) else { return };
        let Some(last) = cache.get(&cache::name_of_last(name)).await.and_then(|text| cache::read::<Last>(&text)) else { return };
        if let Answer::Digest(digest, looked_at) = &last.answer {
            for platform in [platform, looked_at] {
                self.found(&kept_key(repository, digest, platform)).await;
            }
        }
        // What this process heard later stays.
        if self.kept.last(name).is_none_or(|own| own.at < last.at) {
            self.kept.keep_last(name, last);
        }
    }

    /// An image, from memory or from beyond.
    async fn found(&self, key: &str) -> Option<Arc<Found>> {
        if let Some(found) = self.kept.found(key) {
            return Some(found);
        }
        let text = self.cache.as_ref()?.get(&cache::name_of_found(key)).await?;
        Some(self.kept.keep_found(key.to_owned(), cache::read(&text)?))
    }

    async fn keep_beyond(&self, name: &str, found: Option<(&str, &Found)>) {
        let (Some(cache), Some(last)) = (&self.cache, self.kept.last(name)) else { return };
        for (name, text) in cache::texts(name, &last, found) {
            cache.put(&name, &text).await;
        }
    }

    /// Remembers what a reference leads to; whether that is news. What is not keeps its time, or nothing would be asked again.
    fn keep_digest(&self, name: &str, digest: &str, platform: &Platform) -> bool {
        let answer = Answer::Digest(digest.to_owned(), platform.clone());
        let known = self.kept.last(name).filter(|last| last.is_recent());
        let at = known.as_ref().filter(|last| matches!(&last.answer, Answer::Digest(known, _) if known == digest)).map(|last| last.at);
        let news = known.is_none_or(|last| last.answer != answer);
        self.kept.keep_last(name, Last { answer, at: at.unwrap_or_else(SystemTime::now) });
        news
    }

    /// Pulls that are left to this server at the registry of an image, and the registry's name, where it said so lately.
    pub fn pulls_left(&self, reference: &str) -> Option<(String, u32)> {
        let (repository, _) = self.place(&image::parse(reference).ok()?).ok()?;
        let left = self.asker.pulls.left(&repository.hosts.name)?;
        Some((repository.hosts.name, left))
    }

    /// Where a reference is, and the name by which what is found of it is kept.
    fn place(&self, parsed: &image::Reference<'_>) -> Result<(Repository, String), Error> {
        let hosts = match &self.private {
            Some(hosts) if parsed.registry == Some(hosts.name.as_str()) => hosts.clone(),
            Some(_) => return Err(Error::Ecr),
            None if parsed.ecr().is_some() => return Err(Error::Ecr),
            None => Hosts::of(parsed.registry, &self.allow)?,
        };
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
