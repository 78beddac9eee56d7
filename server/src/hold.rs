//! While somebody's AWS credentials pass through this program, and a minute longer, freed memory is overwritten (`server/alloc`).

use std::time::Duration;

/// How much longer: connections to AWS and of the visitor are closed by then, and their buffers freed.
const LONGER: Duration = Duration::from_secs(60);

/// Credentials may be in memory while this exists, and a minute longer.
#[derive(Debug)]
pub struct Holding {
    held: Option<wiping::Held>,
}

impl Holding {
    /// Begins to hold.
    pub fn new() -> Holding {
        Holding { held: Some(wiping::Held::new()) }
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        let held = self.held.take();
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move {
                    tokio::time::sleep(LONGER).await;
                    drop(held);
                });
            }
            // The program ends: until then all is overwritten.
            Err(_) => std::mem::forget(held),
        }
    }
}
