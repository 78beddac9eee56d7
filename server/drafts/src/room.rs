//! How much more may be kept: of drafts, of bytes, and on the disk.

use crate::{Bound, Options};
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicI64, Ordering},
};

/// What is kept, as far as this process knows, and what may be.
pub(crate) struct Room {
    options: Options,
    /// Where the files lie; `None` where another program keeps them.
    folder: Option<PathBuf>,
    drafts: AtomicI64,
    bytes: AtomicI64,
    looked: AtomicI64,
    low: AtomicBool,
}

impl Room {
    pub(crate) fn new(options: &Options, folder: Option<PathBuf>) -> Room {
        let (drafts, bytes) = (AtomicI64::new(0), AtomicI64::new(0));
        Room { options: options.clone(), folder, drafts, bytes, looked: AtomicI64::new(i64::MIN), low: AtomicBool::new(false) }
    }

    pub(crate) fn drafts(&self) -> i64 {
        self.drafts.load(Ordering::Relaxed)
    }

    /// Whether bytes are bounded, and must be counted.
    pub(crate) fn counts_bytes(&self) -> bool {
        self.options.most_bytes < i64::MAX
    }

    pub(crate) fn set_drafts(&self, drafts: i64) {
        self.drafts.store(drafts, Ordering::Relaxed);
    }

    pub(crate) fn set_bytes(&self, bytes: i64) {
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// After a transaction.
    pub(crate) fn add(&self, more: Change) {
        self.drafts.fetch_add(more.drafts, Ordering::Relaxed);
        self.bytes.fetch_add(more.bytes, Ordering::Relaxed);
    }

    /// Whether there may be another draft, after what a transaction has changed so far.
    pub(crate) fn for_draft(&self, so_far: Change) -> bool {
        self.drafts().saturating_add(so_far.drafts) < self.options.most_drafts
    }

    /// What may be added, after what a transaction has changed so far.
    pub(crate) fn left(&self, so_far: Change) -> Left {
        if self.disk_is_low() {
            return Left { bytes: 0, bound: Bound::FreeDisk };
        }
        let bytes = self.options.most_bytes.saturating_sub(self.bytes.load(Ordering::Relaxed)).saturating_sub(so_far.bytes).max(0);
        Left { bytes, bound: Bound::Bytes }
    }

    /// Asks the system once a second at most.
    fn disk_is_low(&self) -> bool {
        let Some(folder) = self.folder.as_deref().filter(|_| self.options.least_free_percent > 0) else { return false };
        let now = (self.options.clock)();
        if self.looked.swap(now, Ordering::Relaxed) != now {
            // Where the system does not tell, the disk itself will.
            let low = (self.options.free_percent)(folder).is_some_and(|free| free < self.options.least_free_percent);
            self.low.store(low, Ordering::Relaxed);
        }
        self.low.load(Ordering::Relaxed)
    }
}

/// Bytes that may be added, and what keeps them from being more.
#[derive(Clone, Copy)]
pub(crate) struct Left {
    pub bytes: i64,
    pub bound: Bound,
}

/// What a transaction changes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Change {
    pub drafts: i64,
    pub bytes: i64,
}

/// Free bytes that are enough whatever share of the disk they are: a computer whose large disk is nearly full still works.
const ENOUGH: u128 = 5 << 30;

/// Per cent of a file system that may still be written, rounded down; 100 where [`ENOUGH`] bytes are free.
pub(crate) fn free_percent(folder: &Path) -> Option<u8> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    percent(disk.f_bavail.into(), disk.f_blocks.into(), disk.f_frsize.into())
}

/// Of `blocks` blocks of so many bytes, `free` are free.
fn percent(free: u128, blocks: u128, bytes: u128) -> Option<u8> {
    if free * bytes >= ENOUGH {
        return Some(100);
    }
    u8::try_from(free * 100 / blocks.max(1)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_disk_that_is_nearly_full_still_takes_drafts() {
        let (block, gib) = (4096, (1 << 30) / 4096);
        assert_eq!(percent(24 * gib, 252 * gib, block), Some(100), "9 % of a large disk are plenty");
        assert_eq!(percent(4 * gib, 252 * gib, block), Some(1));
        assert_eq!((percent(gib, 8 * gib, block), percent(0, 8 * gib, block)), (Some(12), Some(0)));
    }

    #[test]
    fn the_system_tells_how_much_is_free() {
        let free = free_percent(&std::env::temp_dir()).unwrap();
        assert!(free <= 100, "{free}");
        assert_eq!(free_percent(Path::new("/nowhere/at/all")), None);
    }
}
