//! What was found, beyond this process: kept by the caller, and read again after a restart or by another replica.

use crate::found::{Found, Last};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Keeps texts by their names, as long as it has room. What it loses is asked of the registry again.
pub trait Cache: Send + Sync {
    /// The text of a name.
    fn get<'a>(&'a self, name: &'a str) -> Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>>;
    /// Keeps a text in place of the last one of that name.
    fn put<'a>(&'a self, name: &'a str, text: &'a str) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
}

/// The form of the texts: what has another number is as good as lost.
const FORM: u32 = 1;
/// Bytes of a text.
const LARGEST: usize = 256 * 1024;
/// How long a name is not read again.
const FRESH: Duration = Duration::from_secs(30);
/// Names whose last reading is remembered.
const MOST: usize = 10_000;

#[derive(Serialize, Deserialize)]
struct Form<T> {
    form: u32,
    kept: T,
}

/// A kept value as text; `None` where it is too large to be kept.
pub(crate) fn write<T: Serialize>(kept: &T) -> Option<String> {
    serde_json::to_string(&Form { form: FORM, kept }).ok().filter(|text| text.len() <= LARGEST)
}

/// Reads a text that [`write`] wrote.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    let read: Form<T> = serde_json::from_str(text).ok()?;
    (read.form == FORM).then_some(read.kept)
}

/// Names that were read lately.
#[derive(Default)]
pub(crate) struct Fresh(Mutex<HashMap<String, Instant>>);

impl Fresh {
    /// Whether a name is to be read; from now on it is not, for a while.
    pub fn is_due(&self, name: &str) -> bool {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if read.get(name).is_some_and(|at| at.elapsed() < FRESH) {
            return false;
        }
        if read.len() >= MOST {
            read.clear();
        }
        read.insert(name.to_owned(), Instant::now());
        true
    }
}

/// Names of the two kinds of text: neither can be the other's, because no reference has a space in front.
pub(crate) fn name_of_last(name: &str) -> String {
    format!("reference {name}")
}

/// The same for an image of a digest and a platform.
pub(crate) fn name_of_found(key: &str) -> String {
    format!("image {key}")
}

/// Both of a look, as texts under their names.
pub(crate) fn texts(name: &str, last: &Last, found: Option<(&str, &Found)>) -> Vec<(String, String)> {
    let found = found.and_then(|(key, found)| Some((name_of_found(key), write(found)?)));
    // The reference comes last: what it leads to is there then.
    found.into_iter().chain(write(last).map(|text| (name_of_last(name), text))).collect()
}
