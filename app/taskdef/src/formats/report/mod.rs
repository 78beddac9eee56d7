//! What became of each part of a text that was imported.
//!
//! Every leaf of the input has exactly one [`Entry`]. Notes are about the whole: what was chosen, what the text does not say.
//!
//! | file | what |
//! |---|---|
//! | `entry.rs` | an entry, its outcome and its words |
//! | `ledger.rs` | collects entries while a reader works; what a reader forgets is seen |
//! | `masked.rs` | values as a report may show them |
//! | `stored.rs` | a report as JSON, beside the draft and in the API's answer |

mod entry;
mod ledger;
mod masked;
mod stored;

pub use entry::{Entry, Outcome, Place, Said, Target};
pub use ledger::{Ledger, NO_LEAF};
pub(in crate::formats) use masked::is_suspect as masked_is_suspect;
pub use masked::{line as masked_line, value as masked};

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

    /// The place in the input that a place of a draft comes from: of the entry whose target it is, or the nearest around it.
    pub fn origin(&self, draft: usize, pointer: &str) -> Option<Place> {
        let covers = |target: &Target| target.draft == draft && crate::document::pointer::contains(&target.pointer, pointer);
        let length = |entry: &&Entry| entry.targets.iter().filter(|t| covers(t)).map(|t| t.pointer.len()).max();
        self.entries.iter().filter_map(|entry| Some((length(&entry)?, entry.place))).max_by_key(|(length, _)| *length).map(|(_, place)| place)
    }
}
