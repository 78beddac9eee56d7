//! Why something could not be done with a draft.

use drafts::StoreError;

/// What a person or a program can be told. What failed inside is logged, without tokens or texts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// No draft has this link: unknown, expired, revoked and deleted alike.
    #[error("there is no draft with this link")]
    NotFound,
    /// The link may only view.
    #[error("this link is read-only")]
    ReadOnly,
    /// Larger than a draft may be.
    #[error("the draft is too large")]
    TooLarge,
    /// This address has stored too much lately.
    #[error("too many requests")]
    SlowDown,
    /// As many drafts as there may be, or the disk is full.
    #[error("the limit of drafts is reached")]
    Full,
    /// The store does not answer.
    #[error("the database does not respond")]
    Unavailable,
}

impl From<StoreError> for DraftError {
    fn from(error: StoreError) -> DraftError {
        match error {
            StoreError::NotFound => DraftError::NotFound,
            StoreError::ReadOnly => DraftError::ReadOnly,
            StoreError::Full(bound) => {
                tracing::error!(%bound, "the store is full");
                DraftError::Full
            }
            other => {
                tracing::error!(%other, cause = other.cause(), "the database failed");
                DraftError::Unavailable
            }
        }
    }
}
