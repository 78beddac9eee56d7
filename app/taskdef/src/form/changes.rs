//! Several edits in a row, each seeing what the one before did.

use crate::{Draft, Edit, edit};
use serde_json::Value;

/// Collects operations while applying them to a copy.
pub(super) struct Changes {
    /// The draft as it will be.
    pub draft: Draft,
    edit: Edit,
}

impl Changes {
    pub fn of(draft: &Draft) -> Changes {
        Changes { draft: draft.clone(), edit: Edit::default() }
    }

    /// Applies an edit; one that does not fit the document is left out whole.
    pub fn push(&mut self, edit: Edit) {
        if !edit.is_empty() && edit.apply(self.draft.root_mut()).is_ok() {
            self.edit.0.extend(edit.0);
        }
    }

    /// Sets a value at a pointer from the draft's root.
    pub fn set(&mut self, path: &str, value: Value) {
        self.push(edit::set(self.draft.root(), path, value));
    }

    /// Removes what is at a pointer from the draft's root.
    pub fn clear(&mut self, path: &str) {
        self.push(edit::clear(self.draft.root(), path));
    }

    pub fn done(self) -> Edit {
        self.edit
    }
}
