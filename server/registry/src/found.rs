//! What a look finds: the facts of an image, and what a reference leads to.

use crate::manifest::Descriptor;
use serde::{Deserialize, Serialize};
use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};
use taskdef::facts::{ImageFacts, Platform};

/// How long a tag is taken to lead to the same digest when it is looked at again.
const TAG: Duration = Duration::from_secs(600);
/// How long the last answer about a tag speaks on pages: somebody may have pushed another image since.
const SPEAKS: Duration = Duration::from_secs(24 * 3600);

/// One image for one platform, by its digest: it never changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Found {
    #[serde(with = "shared")]
    pub facts: Arc<ImageFacts>,
    /// Its layers, from the bottom.
    pub layers: Vec<Descriptor>,
    /// Folders of its PATH.
    pub folders: Vec<String>,
    /// When the registry was asked.
    #[serde(with = "seconds")]
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
    #[serde(with = "seconds")]
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

/// A shared value, as the value itself.
mod shared {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    pub fn serialize<T: Serialize, S: Serializer>(shared: &Arc<T>, serializer: S) -> Result<S::Ok, S::Error> {
        shared.as_ref().serialize(serializer)
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<T>, D::Error> {
        T::deserialize(deserializer).map(Arc::new)
    }
}

/// Seconds since 1970.
mod seconds {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    pub fn serialize<S: Serializer>(at: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemTime, D::Error> {
        // A time that no clock has is read as long ago.
        let seconds = u64::deserialize(deserializer)?;
        Ok(UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(UNIX_EPOCH))
    }
}
