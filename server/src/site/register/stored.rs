//! The registrations that are kept with a draft.

use crate::{
    draft_service::{BrowserId, DraftError},
    http::location::OperationId,
};
use drafts::{Store, Token};
use taskdef::deploy::Operation;

/// A registration.
pub struct StoredOperation {
    /// Its number.
    pub id: OperationId,
    /// Seconds since 1970 of its making.
    pub made_at: i64,
    /// Whether somebody is working on it.
    pub held: bool,
    /// What was found, and what was done.
    pub operation: Operation,
}

/// The registrations of a draft, newest first. What this version cannot read is left out.
///
/// # Errors
/// Where the store does not answer.
pub async fn operations(store: &Store, token: &Token) -> Result<Vec<StoredOperation>, DraftError> {
    let read = |o: drafts::Operation| {
        let operation = serde_json::from_str(&o.body).ok()?;
        Some(StoredOperation { id: OperationId(o.id), made_at: o.made_at, held: o.held, operation })
    };
    Ok(store.operations(token).await?.into_iter().filter_map(read).collect())
}

impl StoredOperation {
    /// The registration as this browser may see it: only the one that signed in sees the account.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn seen_by(self, store: &Store, token: &Token, browser: &BrowserId) -> Result<StoredOperation, DraftError> {
        let author = store.author(token, &browser.0).await?;
        let own = !author.is_empty() && author == self.operation.looked_by;
        Ok(if own { self } else { StoredOperation { operation: self.operation.without_account(), ..self } })
    }
}
