//! Which containers a container waits for.

use super::{Question, names::names, scalar};
use crate::{Draft, Edit};

names! {
    /// Questions about a container that is waited for.
    pub enum Dependency {
        /// Its name.
        ContainerName = "containerName",
        /// Until when: `START`, `HEALTHY`, `COMPLETE`, `SUCCESS`.
        Condition = "condition",
    }
}

impl Dependency {
    pub(super) fn rendered(self, draft: &Draft, i: usize, j: usize) -> String {
        scalar::shown(draft, &self.path(i, j))
    }

    pub(super) fn change(self, draft: &Draft, i: usize, j: usize, value: &str) -> Edit {
        scalar::text(draft, &self.path(i, j), value)
    }

    fn path(self, i: usize, j: usize) -> String {
        format!("/definition{}", Question::Dependency(i, j, self))
    }
}
