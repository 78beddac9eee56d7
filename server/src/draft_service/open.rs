//! Reading drafts.

use super::{BrowserId, DraftError, DraftService};
use drafts::{Access, Opened, Point, Token};
use taskdef::{Draft, deploy::DraftTag};

/// An open draft.
pub struct OpenDraft {
    /// The link that opened it.
    pub token: Token,
    /// What the store knows of it.
    pub stored: Opened,
    /// Its newest text, read.
    pub draft: Draft,
    /// The tag of what it makes on AWS: the same by either link.
    pub tag: DraftTag,
}

impl OpenDraft {
    /// Whether the link may change it.
    pub fn is_editable(&self) -> bool {
        self.stored.access == Access::Edit
    }

    /// The newest revision, from 1.
    pub fn revision(&self) -> i64 {
        self.stored.revision
    }
}

/// Seconds since 1970.
pub fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64)
}

impl DraftService {
    /// Opens a draft by either of its links.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub async fn open(&self, token: &Token) -> Result<OpenDraft, DraftError> {
        let stored = self.store.open_draft(token).await?;
        let draft = Draft::parse(&stored.body).map_err(|_| DraftError::Unavailable)?;
        let tag = DraftTag::parse(&stored.tag).map_err(|_| DraftError::Unavailable)?;
        self.images.recall(draft.definition()).await;
        Ok(OpenDraft { token: token.clone(), stored, draft, tag })
    }

    /// Opens a draft that its link may change; a view link finds none.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub async fn open_editable(&self, token: &Token) -> Result<OpenDraft, DraftError> {
        let opened = self.open(token).await?;
        if opened.is_editable() { Ok(opened) } else { Err(DraftError::NotFound) }
    }

    /// The text of an earlier revision, while it is kept.
    ///
    /// # Errors
    /// Where there is no draft, or it cannot be read.
    pub async fn text_at(&self, token: &Token, revision: i64) -> Result<Option<String>, DraftError> {
        Ok(self.store.at_revision(token, revision).await?)
    }

    /// The draft as it was at a revision that a form names; where that is not kept any more, the newest one.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn base(&self, open: &OpenDraft, revision: i64) -> Result<Draft, DraftError> {
        let text = self.text_at(&open.token, revision).await?;
        Ok(text.and_then(|text| Draft::parse(&text).ok()).unwrap_or_else(|| open.draft.clone()))
    }

    /// The points of the history, newest first, each with whether this browser made it; `None` if that is not known.
    ///
    /// # Errors
    /// Where there is no draft, or it cannot be read.
    pub async fn history(&self, token: &Token, browser: &BrowserId) -> Result<Vec<(Point, Option<bool>)>, DraftError> {
        let points = self.store.history(token).await?;
        let own = self.store.author(token, &browser.0).await?;
        let is_own = |author: &[u8]| (!author.is_empty() && !own.is_empty()).then(|| author == own);
        Ok(points.into_iter().map(|p| (is_own(&p.author), p)).map(|(own, p)| (p, own)).collect())
    }
}
