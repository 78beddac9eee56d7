//! What happens to a draft: opened, checked, changed by a form, merged with others' changes, saved.
//!
//! | file | what |
//! |---|---|
//! | `open.rs` | a draft by either of its links, an earlier revision, the history |
//! | `save.rs` | new drafts, saves, and saves that merge what others changed |
//! | `undo.rs` | Undo and Redo over reloads |
//! | `links.rs` | new links, life, deletion |
//! | `answer.rs` | what the server says of a draft: findings, cost, prices |
//! | `submit.rs` | what a step's form does to a draft, and where it leads |
//! | `error.rs` | why it could not be done |

mod answer;
mod error;
mod links;
mod open;
mod save;
mod submit;
mod undo;

pub use answer::{choices, findings, findings_with, has_errors};
pub use error::DraftError;
pub use open::{OpenDraft, now};
pub use save::SaveError;
pub use submit::submit;
pub use undo::{Claimed, Direction, Timeline};

use crate::inspect::Inspector;
use app::wire::Answer;
use drafts::Store;
use std::sync::Arc;
use taskdef::{Draft, Lang, facts::won::WonRate};

/// Largest draft, in bytes of its text.
pub const LARGEST: usize = 1024 * 1024;

/// Drafts in a store.
#[derive(Clone)]
pub struct DraftService {
    store: Store,
    largest: usize,
    won: Option<Arc<WonRate>>,
    images: Arc<Inspector>,
}

impl DraftService {
    /// Those of this store. A draft's text may have `largest` bytes; costs are in won too where there is a rate; what earlier looks
    /// found of its images counts.
    pub fn new(store: Store, largest: usize, won: Option<WonRate>, images: Arc<Inspector>) -> DraftService {
        DraftService { store, largest, won: won.map(Arc::new), images }
    }

    /// What the server says of a draft.
    pub fn answer(&self, lang: Lang, draft: &Draft, revision: i64) -> Answer {
        answer::answer(lang, draft, revision, self.won.as_deref(), &self.images.known(draft.definition()))
    }
}

/// A random id that a browser keeps in a cookie; empty where it has none. The store keeps a keyed hash of it, which differs from
/// draft to draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowserId(pub Vec<u8>);
