//! Whether the store reads and writes.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use drafts::{Store, StoreError};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Mutex;

/// How long an answer about the store is kept.
const KEPT: Duration = Duration::from_secs(1);

/// Whether the store is ready, asked at most once a second: each look writes to the disk.
pub struct Ready {
    store: Store,
    last: Mutex<Option<(Instant, Result<(), &'static str>)>>,
}

impl Ready {
    /// Of this store.
    pub fn new(store: Store) -> Ready {
        Ready { store, last: Mutex::new(None) }
    }

    async fn look(&self) -> Result<(), &'static str> {
        let mut last = self.last.lock().await;
        if let Some((at, said)) = *last
            && at.elapsed() < KEPT
        {
            return said;
        }
        let said = match self.store.check().await {
            Ok(()) => Ok(()),
            Err(error) => {
                tracing::error!(%error, cause = error.cause(), "not ready");
                Err(if matches!(error, StoreError::Full(_)) { "the disk of the store is full\n" } else { "the store does not read and write\n" })
            }
        };
        *last = Some((Instant::now(), said));
        said
    }
}

/// `/readyz`.
pub async fn readyz(State(ready): State<Arc<Ready>>) -> Response {
    match ready.look().await {
        Ok(()) => "ready\n".into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], why).into_response(),
    }
}
