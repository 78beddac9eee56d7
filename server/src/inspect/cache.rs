//! What looks found, kept in the store of drafts: shared by all of them, there after a restart.

use drafts::Store;
use registry::Cache;
use std::pin::Pin;

/// The store, as the reader of registries takes it.
pub struct StoreCache(pub Store);

impl Cache for StoreCache {
    fn get<'a>(&'a self, name: &'a str) -> Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>> {
        Box::pin(async move {
            let read = self.0.look(name).await;
            read.inspect_err(|error| tracing::warn!(%error, cause = error.cause(), "what a registry said could not be read")).ok().flatten()
        })
    }

    fn put<'a>(&'a self, name: &'a str, text: &'a str) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            if let Err(error) = self.0.keep_look(name, text).await {
                tracing::warn!(%error, cause = error.cause(), "what a registry said could not be kept");
            }
        })
    }
}
