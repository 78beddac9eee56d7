//! What became of each part of a text that was imported.
//!
//! Every leaf of the input has exactly one [`Entry`]. Notes are about the whole: what was chosen, what the text does not say.
//!
//! | file | what |
//! |---|---|
//! | `entry.rs` | an entry, its outcome and its words |
//! | `ledger.rs` | collects entries while a reader works; what a reader forgets is seen |
//! | `origin.rs` | where in the input a place of a draft comes from |
//! | `masked.rs` | values as a report may show them |
//! | `stored.rs` | a report as JSON, beside the draft and in the API's answer |

mod entry;
mod ledger;
mod masked;
mod origin;
mod stored;

pub use entry::{Entry, Outcome, Place, Said, Target};
pub use ledger::{Ledger, NO_LEAF};
pub(in crate::formats) use masked::is_suspect as masked_is_suspect;
pub use masked::{line as masked_line, value as masked};
pub use origin::Origins;

/// A whole report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// One for each leaf of the input, in the order of the input.
    pub entries: Vec<Entry>,
    /// What is about no leaf, or about more than one: questions about the whole, host names, sizes that were chosen.
    pub notes: Vec<Entry>,
    /// Entries that a reader left without a word. None, unless a reader has a gap.
    pub unread: usize,
}

impl Report {
    /// Everything in the order in which a person should read it: questions, what will break, what changed, what belongs
    /// elsewhere, what is harmless, what is the same.
    pub fn by_weight(&self) -> Vec<&Entry> {
        let mut all: Vec<&Entry> = self.notes.iter().chain(&self.entries).collect();
        all.sort_by_key(|entry| entry.weight());
        all
    }

    /// How many entries and notes have an outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.notes.iter().chain(&self.entries).filter(|entry| entry.outcome == outcome).count()
    }

    /// The place in the input that a place of a draft comes from, or the nearest around it.
    pub fn origin(&self, draft: usize, pointer: &str) -> Option<Place> {
        Origins::of(self, draft).nearest(pointer).map(|(_, place)| place)
    }
}
