//! What was found, for a while: in memory, bounded in entries and bytes, shared by all who ask.

use crate::{Error, cache, manifest::Descriptor};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime},
};
use taskdef::facts::{ImageFacts, Platform};

/// How long a tag is taken to lead to the same digest when it is looked at again.
const TAG: Duration = Duration::from_secs(600);
/// How long the last answer about a tag speaks on pages: somebody may have pushed another image since.
const SPEAKS: Duration = Duration::from_secs(24 * 3600);
/// How long an image that is not there is not asked about again.
const FAILURE: Duration = Duration::from_secs(60);
const MOST: usize = 1_000;
const BYTES: usize = 16 * 1024 * 1024;

/// One image for one platform, by its digest: it never changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Found {
    #[serde(with = "cache::shared")]
    pub facts: Arc<ImageFacts>,
    /// Its layers, from the bottom.
    pub layers: Vec<Descriptor>,
    /// Folders of its PATH.
    pub folders: Vec<String>,
    /// When the registry was asked.
    #[serde(with = "cache::seconds")]
    pub at: SystemTime,
    /// Bytes of its configuration, about what it takes here.
    pub weight: usize,
}

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// To this digest; it was looked at for this platform.
    Digest(String, Platform),
    /// Nowhere; with the tags that are spelt alike.
    Missing(Vec<String>),
}

/// The last answer about a reference.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Last {
    pub answer: Answer,
    #[serde(with = "cache::seconds")]
    pub at: SystemTime,
}

impl Last {
    /// An answer of now.
    pub fn now(answer: Answer) -> Last {
        Last { answer, at: SystemTime::now() }
    }

    /// Whether it still speaks. What a digest names does not change.
    pub fn speaks(&self, by_digest: bool) -> bool {
        let longest = match self.answer {
            Answer::Digest(..) if by_digest => return true,
            Answer::Digest(..) => SPEAKS,
            Answer::Missing(_) => TAG,
        };
        self.is_younger(longest)
    }

    /// Whether a tag is not asked for again.
    pub fn is_recent(&self) -> bool {
        self.is_younger(TAG)
    }

    fn is_younger(&self, than: Duration) -> bool {
        self.at.elapsed().is_ok_and(|age| age < than)
    }
}

/// All that is kept.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    failures: HashMap<String, (Error, Instant)>,
    found: HashMap<String, Arc<Found>>,
    /// The last answer about each reference.
    last: HashMap<String, Last>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The digest that a tag led to in the last ten minutes.
    pub fn tag(&self, name: &str) -> Option<String> {
        match self.inner().last.get(name).filter(|last| last.is_recent())?.answer {
            Answer::Digest(ref digest, _) => Some(digest.clone()),
            Answer::Missing(_) => None,
        }
    }

    /// What a reference failed with in the last minute.
    pub fn failure(&self, name: &str) -> Option<Error> {
        self.inner().failures.get(name).filter(|(_, at)| at.elapsed() < FAILURE).map(|(error, _)| error.clone())
    }

    /// Keeps a failure that another look would meet too.
    pub fn keep_failure(&self, name: &str, error: &Error) {
        if matches!(error, Error::NotFound { .. } | Error::Private | Error::Digest | Error::Unreadable | Error::TooLarge { .. } | Error::TooMany { .. }) {
            let mut inner = self.inner();
            inner.failures.retain(|_, (_, at)| at.elapsed() < FAILURE);
            if inner.failures.len() < MOST {
                inner.failures.insert(name.to_owned(), (error.clone(), Instant::now()));
            }
        }
    }

    /// Remembers the last answer about a reference.
    pub fn keep_last(&self, name: &str, last: Last) {
        let mut inner = self.inner();
        if inner.last.len() >= MOST && !inner.last.contains_key(name) {
            // All that is lost is one more request for each of them.
            inner.last.clear();
        }
        inner.last.insert(name.to_owned(), last);
    }

    /// The last answer about a reference, if it is still kept.
    pub fn last(&self, name: &str) -> Option<Last> {
        self.inner().last.get(name).cloned()
    }

    pub fn found(&self, key: &str) -> Option<Arc<Found>> {
        self.inner().found.get(key).cloned()
    }

    /// Keeps an image, in place of what was known of it; the oldest ones make room.
    pub fn keep_found(&self, key: String, found: Found) -> Arc<Found> {
        let found = Arc::new(found);
        let mut inner = self.inner();
        match inner.found.insert(key.clone(), found.clone()) {
            Some(old) => inner.bytes -= old.weight,
            None => inner.order.push_back(key),
        }
        inner.bytes += found.weight;
        while inner.found.len() > MOST || inner.bytes > BYTES {
            let Some(oldest) = inner.order.pop_front() else { break };
            if let Some(old) = inner.found.remove(&oldest) {
                inner.bytes -= old.weight;
            }
        }
        found
    }
}
