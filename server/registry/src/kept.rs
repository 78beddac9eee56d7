//! What was found, for a while: in memory, bounded in entries and bytes, shared by all who ask.

use crate::{Error, manifest::Descriptor};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};
use taskdef::facts::ImageFacts;

/// What a look found, or the tags that are there instead of the one that is not, and when the registry said so.
pub(crate) type Remembered = Result<Arc<Found>, (Vec<String>, SystemTime)>;

/// How long a tag is taken to lead to the same digest.
const TAG: Duration = Duration::from_secs(600);
/// How long an image that is not there is not asked about again.
const FAILURE: Duration = Duration::from_secs(60);
const MOST: usize = 1_000;
const BYTES: usize = 16 * 1024 * 1024;

/// One image for one platform, by its digest: it never changes.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub facts: ImageFacts,
    /// Its layers, from the bottom.
    pub layers: Vec<Descriptor>,
    /// Folders of its PATH.
    pub folders: Vec<String>,
    /// When the registry was asked.
    pub at: SystemTime,
    /// Bytes of its configuration, about what it takes here.
    pub weight: usize,
}

/// All that is kept.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Inner>);

/// The last answer about a reference.
#[derive(Clone, Debug)]
enum Last {
    /// Under this key.
    Found(String),
    /// Not there, with the tags that are spelt alike.
    Missing(Vec<String>, SystemTime),
}

#[derive(Default)]
struct Inner {
    tags: HashMap<String, (String, Instant)>,
    failures: HashMap<String, (Error, Instant)>,
    found: HashMap<String, Arc<Found>>,
    /// The last answer about each reference.
    last: HashMap<String, Last>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The digest that a tag led to in the last ten minutes.
    pub fn tag(&self, name: &str) -> Option<String> {
        self.inner().tags.get(name).filter(|(_, at)| at.elapsed() < TAG).map(|(digest, _)| digest.clone())
    }

    pub fn keep_tag(&self, name: &str, digest: &str) {
        let mut inner = self.inner();
        inner.tags.retain(|_, (_, at)| at.elapsed() < TAG);
        if inner.tags.len() < MOST {
            inner.tags.insert(name.to_owned(), (digest.to_owned(), Instant::now()));
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
    pub fn keep_last(&self, name: &str, last: Result<&str, &[String]>) {
        let mut inner = self.inner();
        if inner.last.len() >= MOST && !inner.last.contains_key(name) {
            // All that is lost is one more request for each of them.
            inner.last.clear();
        }
        let last = match last {
            Ok(key) => Last::Found(key.to_owned()),
            Err(nearest) => Last::Missing(nearest.to_vec(), SystemTime::now()),
        };
        inner.last.insert(name.to_owned(), last);
    }

    /// The last answer about a reference, if it is still kept.
    pub fn last(&self, name: &str) -> Option<Remembered> {
        let inner = self.inner();
        match inner.last.get(name)? {
            Last::Found(key) => inner.found.get(key).cloned().map(Ok),
            Last::Missing(nearest, at) => at.elapsed().is_ok_and(|age| age < TAG).then(|| Err((nearest.clone(), *at))),
        }
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
