//! What a store can do, in types.

use crate::Token;

/// What a link allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading and changing.
    Edit,
    /// Reading only.
    View,
}

/// A new draft's links.
pub struct Created {
    /// Whoever has it can change and delete the draft.
    pub edit: Token,
    /// Whoever has it can read the draft.
    pub view: Token,
}

/// An open draft.
pub struct Opened {
    /// What the link allows.
    pub access: Access,
    /// The newest revision, from 1.
    pub revision: i64,
    /// The newest text.
    pub body: String,
    /// Seconds since 1970 of the last change.
    pub updated_at: i64,
}

/// What became of a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Saved as this revision; also the answer to a repeat of the last save.
    Done(i64),
    /// It was the newest text already; the revision stays.
    Unchanged(i64),
    /// Somebody saved first; this is the newest revision. Nothing was written.
    Conflict(i64),
}

/// Why the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No draft has this link (unknown and deleted alike), or the link may only view.
    #[error("there is no draft with this link")]
    NotFound,
    /// The link may only view.
    #[error("this link may only view")]
    ReadOnly,
    /// The address of the database is not understood.
    #[error("the database address must start with sqlite:")]
    Address,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the tables could not be brought up to date")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The folder of the database could not be made.
    #[error("the folder of the database could not be made")]
    Folder(#[from] std::io::Error),
    /// No random numbers.
    #[error("the system gave no random numbers")]
    Random,
}
