//! The pages' port to the outside, on the store of drafts. What fails inside is logged here, without tokens or texts.

use crate::load::asker;
use app::backend::{Backend, BackendError, HistoryPoint, Later, OpenDraft, SaveOutcome};
use drafts::{Access, Life, Saved, Store, StoreError, Token};
use taskdef::deploy::DraftTag;

/// The backend on a store.
pub struct StoreBackend {
    store: Store,
    largest: usize,
}

impl StoreBackend {
    /// On this store; a draft's text may have `largest` bytes.
    pub fn new(store: Store, largest: usize) -> StoreBackend {
        StoreBackend { store, largest }
    }

    /// Whether a text may be stored: by its size, and by what its address has stored lately.
    fn fits(&self, body: &str) -> Result<(), BackendError> {
        if body.len() > self.largest {
            return Err(BackendError::TooLarge);
        }
        if asker().is_some_and(|asker| !asker.limits.may_store(asker.address)) {
            return Err(BackendError::SlowDown);
        }
        Ok(())
    }
}

/// Counts what was stored for the address that asked.
fn stored(body: &str) {
    if let Some(asker) = asker() {
        asker.limits.stored(asker.address, body.len());
    }
}

fn token(text: &str) -> Result<Token, BackendError> {
    Token::parse(text).ok_or(BackendError::NotFound)
}

/// What a failure of the store is to a page; what happened inside is logged here.
pub fn failed(error: StoreError) -> BackendError {
    match error {
        StoreError::NotFound => BackendError::NotFound,
        StoreError::ReadOnly => BackendError::ReadOnly,
        StoreError::Full => {
            tracing::error!("the limit of drafts is reached");
            BackendError::Full
        }
        other => {
            tracing::error!(%other, cause = other.cause(), "the database failed");
            BackendError::Unavailable
        }
    }
}

fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64)
}

impl Backend for StoreBackend {
    fn create<'a>(&'a self, body: &'a str, who: &'a [u8]) -> Later<'a, Result<(String, String), BackendError>> {
        Box::pin(async move {
            self.fits(body)?;
            let made = self.store.create(body, who).await.map_err(failed)?;
            stored(body);
            Ok((made.edit.to_text(), made.view.to_text()))
        })
    }

    fn open<'a>(&'a self, text: &'a str) -> Later<'a, Result<OpenDraft, BackendError>> {
        Box::pin(async move {
            let draft = self.store.open_draft(&token(text)?).await.map_err(failed)?;
            Ok(OpenDraft {
                editable: draft.access == Access::Edit,
                revision: draft.revision,
                body: draft.body,
                view_token: draft.view.to_text(),
                tag: DraftTag::parse(&draft.tag).map_err(|_| BackendError::Unavailable)?,
                life: draft.life.days(),
                updated_at: draft.updated_at,
                expires_at: draft.expires_at,
                now: now(),
            })
        })
    }

    fn at_revision<'a>(&'a self, text: &'a str, revision: i64) -> Later<'a, Result<Option<String>, BackendError>> {
        Box::pin(async move { self.store.at_revision(&token(text)?, revision).await.map_err(failed) })
    }

    fn history<'a>(&'a self, text: &'a str, who: &'a [u8]) -> Later<'a, Result<Vec<HistoryPoint>, BackendError>> {
        Box::pin(async move {
            let token = token(text)?;
            let points = self.store.history(&token).await.map_err(failed)?;
            let own = self.store.author(&token, who).await.map_err(failed)?;
            let of = |author: &[u8]| (!author.is_empty() && !own.is_empty()).then(|| author == own);
            Ok(points.into_iter().map(|p| HistoryPoint { revision: p.revision, saved_at: p.saved_at, own: of(&p.author), body: p.body }).collect())
        })
    }

    fn save<'a>(&'a self, text: &'a str, base: i64, body: &'a str, who: &'a [u8]) -> Later<'a, Result<SaveOutcome, BackendError>> {
        Box::pin(async move {
            self.fits(body)?;
            match self.store.save(&token(text)?, base, body, who).await.map_err(failed)? {
                Saved::Done(n) => {
                    stored(body);
                    Ok(SaveOutcome::Saved(n))
                }
                Saved::Unchanged(n) => Ok(SaveOutcome::Saved(n)),
                Saved::Conflict(n) => Ok(SaveOutcome::Stale(n)),
            }
        })
    }

    fn revoke_view<'a>(&'a self, text: &'a str) -> Later<'a, Result<String, BackendError>> {
        Box::pin(async move { self.store.revoke_view(&token(text)?).await.map(|t| t.to_text()).map_err(failed) })
    }

    fn replace_links<'a>(&'a self, text: &'a str) -> Later<'a, Result<(String, String), BackendError>> {
        Box::pin(async move {
            let made = self.store.replace_links(&token(text)?).await.map_err(failed)?;
            Ok((made.edit.to_text(), made.view.to_text()))
        })
    }

    fn set_life<'a>(&'a self, text: &'a str, days: i64) -> Later<'a, Result<(), BackendError>> {
        Box::pin(async move {
            // Only the four of the page; anything else leaves it as it is.
            let Some(life) = Life::of_days(days) else { return Ok(()) };
            self.store.set_life(&token(text)?, life).await.map(|_| ()).map_err(failed)
        })
    }

    fn delete<'a>(&'a self, text: &'a str) -> Later<'a, Result<(), BackendError>> {
        Box::pin(async move { self.store.delete(&token(text)?).await.map_err(failed) })
    }
}
