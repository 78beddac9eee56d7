//! The program's allocator: mimalloc, and what a server needs beyond it.
//!
//! | file | what |
//! |---|---|
//! | `switched.rs` | freed memory is overwritten, but only while a credential is held: pasted keys pass through buffers that no library clears, and all other requests shall not pay for it |
//! | `system.rs` | freed memory goes back to the system |

mod switched;
mod system;

use std::sync::atomic::{AtomicUsize, Ordering};

pub use switched::Switched;
pub use system::{give_back, keep_no_free_pages};

/// How many hold a credential.
static HELD: AtomicUsize = AtomicUsize::new(0);

/// Whether freed memory is overwritten now. What one thread freed before another one began to hold is not the credential's:
/// who passes a credential on to another thread passes this on with it.
#[inline]
fn is_on() -> bool {
    HELD.load(Ordering::Relaxed) != 0
}

/// While one of these exists, freed memory is overwritten.
#[derive(Debug)]
pub struct Held(());

impl Held {
    /// Begins to hold.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "what begins something is no default")]
    pub fn new() -> Held {
        HELD.fetch_add(1, Ordering::Relaxed);
        Held(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Ordering::Relaxed);
    }
}
