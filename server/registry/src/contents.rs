//! What was learnt of an image from its layers.

use crate::{nginx::Configuration, tree::Tree};
use taskdef::facts::{Has, LayerFacts, PROGRAMS};

/// What was learnt of the layers.
#[derive(Default)]
pub(crate) struct Contents {
    pub tree: Tree,
    /// Bytes so far.
    pub decompressed: u64,
    pub nginx: Configuration,
}

impl Contents {
    /// The facts, with the folders of the image's PATH.
    pub fn facts(self, folders: &[String]) -> LayerFacts {
        LayerFacts {
            programs: PROGRAMS.map(|name| (name, self.tree.program(name, folders))).to_vec(),
            nginx: if self.tree.is_complete() { self.nginx.hosts() } else { None },
        }
    }

    /// Whether nothing is left to look for.
    pub fn all_present(&self, folders: &[String]) -> bool {
        PROGRAMS.iter().all(|name| self.tree.program(name, folders) == Has::Yes)
    }
}
