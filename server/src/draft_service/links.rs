//! New links, life and deletion.

use super::{DraftError, DraftService};
use drafts::{Created, Life, Token};

impl DraftService {
    /// Ends the view link and makes a new one.
    ///
    /// # Errors
    /// The link is read-only, or the store does not answer.
    pub async fn revoke_view(&self, token: &Token) -> Result<Token, DraftError> {
        Ok(self.store.revoke_view(token).await?)
    }

    /// Ends both links and makes new ones.
    ///
    /// # Errors
    /// As [`Self::revoke_view`].
    pub async fn replace_links(&self, token: &Token) -> Result<Created, DraftError> {
        Ok(self.store.replace_links(token).await?)
    }

    /// Sets how long the draft lives after its last edit.
    ///
    /// # Errors
    /// As [`Self::revoke_view`].
    pub async fn set_life(&self, token: &Token, life: Life) -> Result<(), DraftError> {
        self.store.set_life(token, life).await?;
        Ok(())
    }

    /// Deletes a draft for good.
    ///
    /// # Errors
    /// As [`Self::revoke_view`].
    pub async fn delete(&self, token: &Token) -> Result<(), DraftError> {
        Ok(self.store.delete(token).await?)
    }
}
