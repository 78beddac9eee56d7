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
//! | `about.rs` | what is known of an image, and who says so |
//! | `error.rs` | why it could not be done |

mod about;
mod answer;
mod error;
mod links;
mod open;
mod save;
mod submit;
mod undo;

pub use answer::{choices, findings_with};
pub use error::DraftError;
pub use open::{OpenDraft, now};
pub use save::SaveError;
pub use submit::submit;
pub use undo::{Claimed, Direction, Timeline};

use crate::inspect::{Inspector, looked, own};
use app::{
    address::Page,
    wire::{Answer, FindingView},
};
use drafts::Store;
use std::sync::Arc;
use taskdef::{
    Draft, Finding, Lang, Severity,
    facts::{Images, won::WonRate},
    lint,
};

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
        answer::answer(lang, draft, revision, self.won.as_deref(), &own::with(self.images.earlier(draft.definition()), draft))
    }

    /// What is known of a draft's images: by earlier looks, else by what a person pasted.
    pub fn images(&self, draft: &Draft) -> Images {
        looked(&self.images.earlier(draft.definition())).or(own::facts(draft))
    }

    /// The findings of a draft, judged by what is known of its images.
    pub fn check(&self, draft: &Draft) -> Vec<Finding> {
        lint::check_draft_with(draft, self.images(draft))
    }

    /// The same in words, with their controls.
    pub fn findings(&self, lang: Lang, draft: &Draft) -> Vec<FindingView> {
        findings_with(lang, draft, self.images(draft))
    }

    /// Whether a page has an error to correct before going on.
    pub fn has_errors(&self, draft: &Draft, page: Page) -> bool {
        self.check(draft).iter().any(|f| f.severity == Severity::Error && page.shows(&f.path))
    }
}

/// A random id that a browser keeps in a cookie; empty where it has none. The store keeps a keyed hash of it, which differs from
/// draft to draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowserId(pub Vec<u8>);
