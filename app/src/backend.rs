//! The one port to the outside: what pages, posts and server functions need of the server.

use std::{future::Future, pin::Pin, sync::Arc};
use taskdef::deploy::DraftTag;

/// A future that a trait object can return.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The backend as it is provided in context.
pub type SharedBackend = Arc<dyn Backend>;

/// An open draft.
#[derive(Clone, Debug)]
pub struct OpenDraft {
    /// Whether the link may change it.
    pub editable: bool,
    /// Newest revision, from 1.
    pub revision: i64,
    /// Newest text.
    pub body: String,
    /// The view link's token as it is now.
    pub view_token: String,
    /// The tag of what it makes on AWS: the same by either link.
    pub tag: DraftTag,
    /// Days that it lives after its last edit.
    pub life: i64,
    /// Seconds since 1970 of the last change.
    pub updated_at: i64,
    /// Seconds since 1970 of its end.
    pub expires_at: i64,
    /// Seconds since 1970, by the store's clock.
    pub now: i64,
}

/// A point of a draft's history.
#[derive(Clone, Debug)]
pub struct HistoryPoint {
    /// The last revision of the point.
    pub revision: i64,
    /// Seconds since 1970 of its last save.
    pub saved_at: i64,
    /// Whether the person who asks made it; `None` where nobody can tell.
    pub own: Option<bool>,
    /// The text.
    pub body: String,
}

/// What became of a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    /// Saved, or saved before; this is the revision.
    Saved(i64),
    /// Somebody was first; this is the newest revision.
    Stale(i64),
}

/// Why the backend could not do it. What happened inside is logged there, never carried here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// No draft has this link: unknown, expired, revoked and deleted alike.
    #[error("there is no draft with this link")]
    NotFound,
    /// The link may only view.
    #[error("this link is read-only")]
    ReadOnly,
    /// Larger than a draft may be.
    #[error("the draft is too large")]
    TooLarge,
    /// Too many requests.
    #[error("too many requests")]
    SlowDown,
    /// As many drafts as there may be, or the disk is full.
    #[error("the limit of drafts is reached")]
    Full,
    /// Another site's page asked for a change.
    #[error("the request came from another site")]
    CrossSite,
    /// The store does not answer.
    #[error("the database does not respond")]
    Unavailable,
}

/// Implemented by the server from its store; tests may implement it in memory. `who` marks a browser, and may be empty.
pub trait Backend: Send + Sync + 'static {
    /// Stores a new draft; its edit and view token.
    fn create<'a>(&'a self, body: &'a str, who: &'a [u8]) -> Later<'a, Result<(String, String), BackendError>>;

    /// Opens a draft by either of its links.
    fn open<'a>(&'a self, token: &'a str) -> Later<'a, Result<OpenDraft, BackendError>>;

    /// The text of an earlier revision, while it is kept.
    fn at_revision<'a>(&'a self, token: &'a str, revision: i64) -> Later<'a, Result<Option<String>, BackendError>>;

    /// The history, newest first.
    fn history<'a>(&'a self, token: &'a str, who: &'a [u8]) -> Later<'a, Result<Vec<HistoryPoint>, BackendError>>;

    /// Saves a text that was made from revision `base`.
    fn save<'a>(&'a self, token: &'a str, base: i64, body: &'a str, who: &'a [u8]) -> Later<'a, Result<SaveOutcome, BackendError>>;

    /// Ends the view link; the new one.
    fn revoke_view<'a>(&'a self, token: &'a str) -> Later<'a, Result<String, BackendError>>;

    /// Ends both links; the new edit and view token.
    fn replace_links<'a>(&'a self, token: &'a str) -> Later<'a, Result<(String, String), BackendError>>;

    /// Sets the days that the draft lives after its last edit.
    fn set_life<'a>(&'a self, token: &'a str, days: i64) -> Later<'a, Result<(), BackendError>>;

    /// Deletes a draft for good.
    fn delete<'a>(&'a self, token: &'a str) -> Later<'a, Result<(), BackendError>>;
}

/// The mark of the browser that a request comes from, provided in context for server functions.
#[derive(Clone, Debug, Default)]
pub struct Who(pub Vec<u8>);
