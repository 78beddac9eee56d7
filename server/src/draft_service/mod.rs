//! What happens to a draft: opened, checked, changed by a form, merged with others' changes, saved.
//!
//! | file | what |
//! |---|---|
//! | `open.rs` | a draft by either of its links, an earlier revision, the history |
//! | `save.rs` | new drafts, saves, and saves that merge what others changed |
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

pub use answer::{answer, choices, findings, has_errors};
pub use error::DraftError;
pub use open::{OpenDraft, now};
pub use save::SaveError;
pub use submit::submit;

use drafts::Store;

/// Largest draft, in bytes of its text.
pub const LARGEST: usize = 1024 * 1024;

/// Drafts in a store.
#[derive(Clone)]
pub struct DraftService {
    store: Store,
    largest: usize,
}

impl DraftService {
    /// Those of this store. A draft's text may have `largest` bytes.
    pub fn new(store: Store, largest: usize) -> DraftService {
        DraftService { store, largest }
    }
}

/// A random id that a browser keeps in a cookie; empty where it has none. The store keeps a keyed hash of it, which differs from
/// draft to draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowserId(pub Vec<u8>);
