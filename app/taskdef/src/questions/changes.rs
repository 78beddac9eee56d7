//! Several edits in a row, each seeing what the one before did.

use crate::{Draft, Edit, document::edit};
use serde_json::Value;
use std::cell::OnceCell;

/// Collects operations while applying them to a copy. Most answers are one operation, so the copy is made for the second: a
/// form of thousands of answers would copy the whole draft for each.
pub(super) struct Changes<'d> {
    base: &'d Draft,
    copy: OnceCell<Draft>,
    edit: Edit,
}

impl<'d> Changes<'d> {
    pub fn of(draft: &'d Draft) -> Changes<'d> {
        Changes { base: draft, copy: OnceCell::new(), edit: Edit::default() }
    }

    /// The draft before all changes.
    pub fn base(&self) -> &'d Draft {
        self.base
    }

    /// The draft as it will be.
    pub fn draft(&self) -> &Draft {
        if self.edit.is_empty() { self.base } else { self.copy.get_or_init(|| self.applied()) }
    }

    fn applied(&self) -> Draft {
        let mut draft = self.base.clone();
        // An edit that does not fit leaves the document as it was.
        let _ = self.edit.apply(draft.root_mut());
        draft
    }

    /// Adds an edit; one that does not fit the document is left out whole.
    pub fn push(&mut self, edit: Edit) {
        if edit.is_empty() {
            return;
        }
        if self.edit.is_empty() {
            self.edit = edit;
            return;
        }
        let mut draft = self.copy.take().unwrap_or_else(|| self.applied());
        if edit.apply(draft.root_mut()).is_ok() {
            self.edit.0.extend(edit.0);
        }
        self.copy = OnceCell::from(draft);
    }

    /// Sets a value at a pointer from the draft's root.
    pub fn set(&mut self, path: &str, value: Value) {
        self.push(edit::set(self.draft().root(), path, value));
    }

    /// Removes what is at a pointer from the draft's root.
    pub fn clear(&mut self, path: &str) {
        self.push(edit::clear(self.draft().root(), path));
    }

    pub fn done(self) -> Edit {
        self.edit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_answer_of_a_form_copies_no_draft() {
        let draft = Draft::tutorial();
        let mut changes = Changes::of(&draft);
        changes.set("/definition/family", json!("a"));
        assert!(changes.copy.get().is_none(), "a form has thousands of answers, and a draft a megabyte");
        changes.set("/definition/cpu", json!("512"));
        assert_eq!((changes.draft().family(), draft.family()), ("a", "my-task"));
        let edit = changes.done();
        let mut after = draft.clone();
        edit.apply(after.root_mut()).unwrap();
        assert_eq!((edit.0.len(), after.definition()["cpu"].as_str()), (2, Some("512")));
    }
}
