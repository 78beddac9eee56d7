//! Environment variables and secrets of a container. An empty cell stays in its row.

use super::{Question, changes::Changes, names::names, scalar};
use crate::{Draft, Edit};
use serde_json::json;

names! {
    /// Questions about an environment variable.
    pub enum Variable {
        /// Its name.
        Name = "name",
        /// Its value.
        Value = "value",
    }
}

names! {
    /// Questions about a secret.
    pub enum Secret {
        /// The variable's name.
        Name = "name",
        /// The ARN that it comes from.
        ValueFrom = "valueFrom",
    }
}

impl Variable {
    pub(super) fn rendered(self, draft: &Draft, i: usize, j: usize) -> String {
        shown(draft, Question::Variable(i, j, self))
    }

    pub(super) fn change(self, draft: &Draft, i: usize, j: usize, value: &str) -> Edit {
        put(draft, Question::Variable(i, j, self), value)
    }
}

impl Secret {
    pub(super) fn rendered(self, draft: &Draft, i: usize, j: usize) -> String {
        shown(draft, Question::Secret(i, j, self))
    }

    pub(super) fn change(self, draft: &Draft, i: usize, j: usize, value: &str) -> Edit {
        put(draft, Question::Secret(i, j, self), value)
    }
}

fn shown(draft: &Draft, cell: Question) -> String {
    scalar::shown(draft, &format!("/definition{cell}"))
}

fn put(draft: &Draft, cell: Question, value: &str) -> Edit {
    let mut changes = Changes::of(draft);
    changes.set(&format!("/definition{cell}"), json!(value));
    changes.done()
}
