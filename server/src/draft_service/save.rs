//! Saving. What others changed elsewhere in the meantime stays; what both changed is a clash for the person to decide.

use super::{BrowserId, DraftError, DraftService, LARGEST};
use crate::limits::asker;
use drafts::{Created, Mark, Saved, Token, Way};
use taskdef::{
    Draft,
    document::merge::{self, Clash},
};

/// How often a save is tried again when others keep saving in between.
pub(super) const TRIES: usize = 5;

/// A draft that was saved, perhaps together with somebody else's changes.
pub struct SavedDraft {
    /// The revision.
    pub revision: i64,
    /// The draft at that revision.
    pub draft: Draft,
    /// Whether it differs from what was sent.
    pub merged: bool,
}

/// Why a save did not happen.
pub enum SaveError {
    /// Both changed the same places.
    Clash(Vec<Clash>),
    /// It could not be done.
    Draft(DraftError),
}

impl From<DraftError> for SaveError {
    fn from(error: DraftError) -> Self {
        SaveError::Draft(error)
    }
}

impl DraftService {
    /// Whether a text may be stored: by its size, and by what its address has stored lately.
    fn fits(&self, text: &str) -> Result<(), DraftError> {
        if text.len() > self.largest {
            return Err(DraftError::TooLarge);
        }
        if asker().is_some_and(|asker| !asker.limits.may_store(asker.address)) {
            return Err(DraftError::SlowDown);
        }
        Ok(())
    }

    /// Stores a new draft.
    ///
    /// # Errors
    /// Where it is too large, or there is no room.
    pub async fn create(&self, draft: &Draft, browser: &BrowserId, way: Way) -> Result<Created, DraftError> {
        let text = draft.to_text();
        self.fits(&text)?;
        let made = self.store.create(&text, &browser.0, way).await?;
        count(&text);
        Ok(made)
    }

    /// Saves a text that was made from revision `base`, unless somebody saved first.
    ///
    /// # Errors
    /// The draft is too large, the link is read-only, or the store is full.
    pub async fn save(&self, token: &Token, base: i64, text: &str, browser: &BrowserId, way: Way) -> Result<Saved, DraftError> {
        self.fits(text)?;
        let saved = self.store.save(token, base, text, &browser.0, way).await?;
        if matches!(saved, Saved::Done(_)) {
            count(text);
        }
        Ok(saved)
    }

    /// Saves `mine`, made from revision `base`; what others changed elsewhere in the meantime stays.
    ///
    /// # Errors
    /// A clash, or why it could not be done.
    pub async fn save_merged(&self, token: &Token, base: i64, mine: Draft, browser: &BrowserId, way: Way) -> Result<SavedDraft, SaveError> {
        self.save_resolved(token, base, mine, (browser, way), |_| None).await
    }

    /// The same, where the person has chosen between the sides for some places: `true` is mine.
    ///
    /// # Errors
    /// As [`Self::save_merged`].
    pub async fn save_chosen(
        &self,
        token: &Token,
        base: i64,
        mine: Draft,
        browser: &BrowserId,
        choice: impl Fn(&str) -> Option<bool> + Send + Sync,
    ) -> Result<SavedDraft, SaveError> {
        self.save_resolved(token, base, mine, (browser, Way::Merged), choice).await
    }

    async fn save_resolved(
        &self,
        token: &Token,
        base: i64,
        mine: Draft,
        (browser, mut way): (&BrowserId, Way),
        choice: impl Fn(&str) -> Option<bool> + Send + Sync,
    ) -> Result<SavedDraft, SaveError> {
        let (mut base, mut wanted, mut merged) = (base, mine, false);
        for _ in 0..TRIES {
            let text = wanted.to_text();
            if text.len() > LARGEST {
                return Err(DraftError::TooLarge.into());
            }
            if let Saved::Done(revision) | Saved::Unchanged(revision) = self.save(token, base, &text, browser, way).await? {
                // It may name an image that another draft's look knows.
                self.images.recall(wanted.definition()).await;
                return Ok(SavedDraft { revision, draft: wanted, merged });
            }
            let newest = self.open(token).await?;
            let ground = match self.text_at(token, base).await? {
                Some(text) => Draft::parse(&text).map_err(|_| DraftError::Unavailable)?,
                // Too old to know what the person changed: everything that differs is asked about.
                None => Draft::empty(),
            };
            match merge::resolve(ground.root(), wanted.root(), newest.draft.root(), &choice) {
                Ok(root) => {
                    wanted = Draft::parse(&root.to_string()).map_err(|_| DraftError::Unavailable)?;
                    merged = true;
                    way = Way::Merged;
                    base = newest.revision();
                }
                // Two tabs of one browser are one person, who need not be asked: what was typed last counts.
                Err(_) if self.is_own_since(token, base, browser).await? => {
                    let mine = merge::resolve(ground.root(), wanted.root(), newest.draft.root(), |_| Some(true)).map_err(SaveError::Clash)?;
                    wanted = Draft::parse(&mine.to_string()).map_err(|_| DraftError::Unavailable)?;
                    merged = true;
                    way = Way::Merged;
                    base = newest.revision();
                }
                Err(clashes) => return Err(SaveError::Clash(clashes)),
            }
        }
        Err(DraftError::Unavailable.into())
    }

    /// Whether everything that was saved after revision `base` came from this browser.
    async fn is_own_since(&self, token: &Token, base: i64, browser: &BrowserId) -> Result<bool, DraftError> {
        let (steps, own) = self.store.steps(token, &browser.0).await?;
        let mut since = steps.iter().filter(|step| step.revision > base).peekable();
        Ok(!own.is_empty() && since.peek().is_some() && since.all(|step| step.author == own))
    }

    /// Remembers that a revision was exported or registered. Where that fails, what was asked for is not held up.
    pub async fn mark(&self, token: &Token, revision: i64, mark: Mark) {
        if let Err(error) = self.store.mark(token, revision, mark).await {
            tracing::warn!(%error, cause = error.cause(), "a version could not be marked");
        }
    }

    /// Saves an earlier revision as the newest one; the others stay in the history.
    ///
    /// # Errors
    /// Where the revision is not kept, or as [`Self::save`].
    pub async fn restore(&self, token: &Token, revision: i64, browser: &BrowserId) -> Result<(), DraftError> {
        let Some(text) = self.text_at(token, revision).await? else { return Err(DraftError::NotFound) };
        // A save that comes in between stays in the history; this point still becomes the newest.
        for _ in 0..TRIES {
            let newest = self.store.open_draft(token).await?.revision;
            if let Saved::Done(_) | Saved::Unchanged(_) = self.save(token, newest, &text, browser, Way::Restored(revision)).await? {
                return Ok(());
            }
        }
        Err(DraftError::Unavailable)
    }
}

/// Counts what was stored for the address that asked.
fn count(text: &str) {
    if let Some(asker) = asker() {
        asker.limits.stored(asker.address, text.len());
    }
}
