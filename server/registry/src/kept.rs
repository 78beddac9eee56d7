//! What was found, for a while: in memory, bounded in entries and bytes, shared by all who ask.

use crate::{
    Error,
    found::{Answer, Found, Last},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How long an image that is not there is not asked about again.
const FAILURE: Duration = Duration::from_secs(60);
const MOST: usize = 1_000;
const BYTES: usize = 16 * 1024 * 1024;

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
