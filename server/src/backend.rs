//! The pages' port to the outside, on the store of drafts. What fails inside is logged here, without tokens or texts.

use app::backend::{Backend, BackendError, Later, OpenDraft, SaveOutcome};
use drafts::{Access, Saved, Sqlite, StoreError, Token};

/// The backend on a store.
pub struct StoreBackend {
    store: Sqlite,
}

impl StoreBackend {
    /// On this store.
    pub fn new(store: Sqlite) -> StoreBackend {
        StoreBackend { store }
    }
}

fn token(text: &str) -> Result<Token, BackendError> {
    Token::parse(text).ok_or(BackendError::NotFound)
}

fn failed(error: StoreError) -> BackendError {
    match error {
        StoreError::NotFound => BackendError::NotFound,
        StoreError::ReadOnly => BackendError::ReadOnly,
        other => {
            let source = std::error::Error::source(&other).map(ToString::to_string).unwrap_or_default();
            tracing::error!(%other, source, "the store failed");
            BackendError::Unavailable
        }
    }
}

impl Backend for StoreBackend {
    fn create<'a>(&'a self, body: &'a str) -> Later<'a, Result<(String, String), BackendError>> {
        Box::pin(async move {
            if body.len() > app::flow::LARGEST {
                return Err(BackendError::TooLarge);
            }
            let made = self.store.create(body).await.map_err(failed)?;
            Ok((made.edit.to_text(), made.view.to_text()))
        })
    }

    fn open<'a>(&'a self, text: &'a str) -> Later<'a, Result<OpenDraft, BackendError>> {
        Box::pin(async move {
            let token = token(text)?;
            let draft = self.store.open_draft(&token).await.map_err(failed)?;
            let editable = draft.access == Access::Edit;
            let view_token = if editable { token.view().to_text() } else { text.to_owned() };
            Ok(OpenDraft { editable, revision: draft.revision, body: draft.body, view_token })
        })
    }

    fn at_revision<'a>(&'a self, text: &'a str, revision: i64) -> Later<'a, Result<Option<String>, BackendError>> {
        Box::pin(async move { self.store.at_revision(&token(text)?, revision).await.map_err(failed) })
    }

    fn save<'a>(&'a self, text: &'a str, base: i64, body: &'a str) -> Later<'a, Result<SaveOutcome, BackendError>> {
        Box::pin(async move {
            match self.store.save(&token(text)?, base, body).await.map_err(failed)? {
                Saved::Done(n) | Saved::Unchanged(n) => Ok(SaveOutcome::Saved(n)),
                Saved::Conflict(n) => Ok(SaveOutcome::Stale(n)),
            }
        })
    }

    fn delete<'a>(&'a self, text: &'a str) -> Later<'a, Result<(), BackendError>> {
        Box::pin(async move { self.store.delete(&token(text)?).await.map_err(failed) })
    }
}
