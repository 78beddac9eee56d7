//! What a store can do, in types.

use crate::{Marks, Token, Way, room};
use std::pin::Pin;

/// What will come of work on the store. Boxed, so that the engines' libraries are compiled into this one, and not anew into
/// each program that waits for the answer.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// What a link allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading and changing.
    Edit,
    /// Reading only.
    View,
}

/// Days that a draft lives after its last edit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Life {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    #[default]
    Month,
    /// Ninety days.
    Quarter,
}

impl Life {
    /// All of them, shortest first.
    pub const ALL: [Life; 4] = [Life::Day, Life::Week, Life::Month, Life::Quarter];

    /// As a number of days.
    pub fn days(self) -> i64 {
        match self {
            Life::Day => 1,
            Life::Week => 7,
            Life::Month => 30,
            Life::Quarter => 90,
        }
    }

    /// Of a number of days; only the four are known.
    pub fn of_days(days: i64) -> Option<Life> {
        Life::ALL.into_iter().find(|l| l.days() == days)
    }
}

/// A new draft's links.
pub struct Created {
    /// Who has it can change and delete the draft.
    pub edit: Token,
    /// Who has it can read the draft.
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
    /// The view link as it is now.
    pub view: Token,
    /// A tag of the draft for the outside: 16 lower-case hexadecimal digits, the same by either link and after new links. It
    /// follows from a key that nobody outside has, so no draft can be given the tag of another.
    pub tag: String,
    /// How long it lives after its last edit.
    pub life: Life,
    /// Seconds since 1970 of the last change.
    pub updated_at: i64,
    /// Seconds since 1970 of its end: the first full hour after its life.
    pub expires_at: i64,
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

/// A point in a draft's history: a version with a name, or what one person made of it within a minute.
pub struct Point {
    /// The last revision of the point.
    pub revision: i64,
    /// Seconds since 1970 of its last save.
    pub saved_at: i64,
    /// An identifier of who saved, the same for one person within the draft; empty where nobody told.
    pub author: Vec<u8>,
    /// How it came to be.
    pub way: Way,
    /// What it was taken for outside.
    pub marks: Marks,
    /// The text.
    pub body: String,
}

/// A registration on AWS, as it is kept.
pub struct Operation {
    /// Its number within the draft.
    pub id: i64,
    /// Seconds since 1970 of its making.
    pub made_at: i64,
    /// Whether somebody is working on it.
    pub held: bool,
    /// Its text.
    pub body: String,
}

/// What became of taking up an operation.
pub enum Claim {
    /// It is the caller's, with its newest text, until it is written for the last time or the time runs out.
    Yours(String),
    /// This operation of the same draft is being worked on.
    Busy(i64),
    /// There is no such operation.
    Gone,
}

/// Tells how much of a folder's file system is free, in per cent.
pub type FreePercent = std::sync::Arc<dyn Fn(&std::path::Path) -> Option<u8> + Send + Sync>;

/// What opening a store takes besides its address.
#[derive(Clone)]
pub struct Options {
    /// Most drafts that are kept; a new one beyond it is refused.
    pub most_drafts: i64,
    /// Most bytes that are kept; what would add to them is refused beyond it. Deleting and reading go on. For SQLite the pages in
    /// use, for PostgreSQL the sealed texts.
    pub most_bytes: i64,
    /// Per cent of SQLite's file system that must be free for anything to be added, so that the disk does not run full. 0 asks
    /// for none. PostgreSQL's disk cannot be seen from here.
    pub least_free_percent: u8,
    /// Per cent of a folder's file system that is free, where the system tells. Asked once a second at most.
    pub free_percent: FreePercent,
    /// Whether saves that arrive together share one transaction.
    pub group: bool,
    /// Seconds since 1970.
    pub clock: std::sync::Arc<dyn Fn() -> i64 + Send + Sync>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            most_drafts: i64::MAX,
            most_bytes: i64::MAX,
            least_free_percent: 10,
            free_percent: std::sync::Arc::new(room::free_percent),
            group: true,
            clock: std::sync::Arc::new(now),
        }
    }
}

fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64)
}

/// What keeps a store from taking more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Bound {
    /// [`Options::most_drafts`].
    #[error("the maximum number of drafts is reached (--most-drafts)")]
    Drafts,
    /// [`Options::most_bytes`].
    #[error("the maximum size of all drafts is reached (--most-bytes)")]
    Bytes,
    /// [`Options::least_free_percent`].
    #[error("the disk has less free space than --least-free-disk requires")]
    FreeDisk,
    /// The system, or PostgreSQL, has no room left.
    #[error("the disk is full")]
    Disk,
}

/// Why the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No draft has this link: unknown, expired, revoked and deleted alike.
    #[error("there is no draft with this link")]
    NotFound,
    /// The link may only view.
    #[error("this link is read-only")]
    ReadOnly,
    /// Nothing can be added: this bound is reached.
    #[error("the store is full: {0}")]
    Full(Bound),
    /// The address of the database is not understood.
    #[error("the database address must start with sqlite: or postgres:")]
    Address,
    /// A PostgreSQL server on another computer, reached without proving who it is.
    #[error(
        "the address of a PostgreSQL server on another computer must say sslmode=verify-full (it says {0}): otherwise anybody on the way may read and change what is sent, the password too. Name the certificate of its authority with sslrootcert=FILE where the system does not know it"
    )]
    Unverified(String),
    /// SQLite's locks do not hold on a network file system.
    #[error("the database is on a network file system ({0}), where file locks do not work; use a local disk or PostgreSQL")]
    Network(String),
    /// Another process serves the same file.
    #[error("another process already uses this database")]
    Taken,
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the database schema could not be updated")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A file could not be made, read or written.
    #[error("a file could not be created, read or written")]
    File(#[from] std::io::Error),
    /// No random numbers.
    #[error("the operating system provided no random numbers")]
    Random,
    /// A text does not open with the key of its link: the row was changed outside.
    #[error("a draft cannot be decrypted with the key of its link")]
    Sealed,
    /// No answer within the time that a person waits.
    #[error("the database did not respond in time")]
    Slow,
    /// A copy of the database is damaged.
    #[error("the copy is damaged: {0}")]
    Damaged(String),
    /// The store is being closed.
    #[error("the database is closing")]
    Closed,
}

/// SQLite's result code for a full disk.
const SQLITE_FULL: &str = "13";

/// PostgreSQL's class of codes for lack of room.
const POSTGRES_NO_ROOM: &str = "53100";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        let code = error.as_database_error().and_then(|e| e.code()).unwrap_or_default();
        if code == SQLITE_FULL || code == POSTGRES_NO_ROOM { StoreError::Full(Bound::Disk) } else { StoreError::Database(error) }
    }
}

impl StoreError {
    /// Whether the same transaction may well succeed at once: two replicas were in each other's way.
    pub(crate) fn passes(&self) -> bool {
        let StoreError::Database(error) = self else { return false };
        let code = error.as_database_error().and_then(|e| e.code()).unwrap_or_default();
        // Serialization failure, deadlock.
        code == "40001" || code == "40P01"
    }

    /// Whether one job of several is to blame, rather than the database: the others may succeed without it.
    pub(crate) fn is_of_one(&self) -> bool {
        let StoreError::Database(error) = self else { return matches!(self, StoreError::Random) };
        match error.as_database_error() {
            Some(said) => said.kind() != sqlx::error::ErrorKind::Other || said.code().is_some_and(|c| c.starts_with("22") && c.len() == 5),
            None => matches!(error, sqlx::Error::RowNotFound | sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. }),
        }
    }

    /// The same, for each of several who waited for it.
    pub(crate) fn again(&self) -> StoreError {
        match self {
            StoreError::NotFound => StoreError::NotFound,
            StoreError::ReadOnly => StoreError::ReadOnly,
            StoreError::Full(bound) => StoreError::Full(*bound),
            StoreError::Random => StoreError::Random,
            StoreError::Sealed => StoreError::Sealed,
            other => StoreError::Database(sqlx::Error::Io(std::io::Error::other(other.cause()))),
        }
    }

    /// What went wrong and what failed beneath it, once each.
    pub fn with_cause(&self) -> String {
        std::error::Error::source(self).map_or_else(|| self.to_string(), |cause| format!("{self} ({cause})"))
    }

    /// What failed, for the log: the database's own words, which hold no text of a draft.
    pub fn cause(&self) -> String {
        std::error::Error::source(self).map_or_else(|| self.to_string(), ToString::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_said_once() {
        let unverified = StoreError::Unverified("prefer".into());
        assert_eq!(unverified.with_cause().matches("verify-full").count(), 1, "{}", unverified.with_cause());
        let beneath = StoreError::File(std::io::Error::other("the words of the system"));
        assert_eq!(beneath.with_cause(), "a file could not be created, read or written (the words of the system)");
    }

    #[test]
    fn each_bound_names_its_flag() {
        let said = |bound| StoreError::Full(bound).to_string();
        for (bound, flag) in [(Bound::Drafts, "--most-drafts"), (Bound::Bytes, "--most-bytes"), (Bound::FreeDisk, "--least-free-disk")] {
            assert!(said(bound).contains(flag), "{}", said(bound));
        }
        assert_eq!(said(Bound::Disk), "the store is full: the disk is full");
    }
}
