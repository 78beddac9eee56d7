//! The rows of the tables, as they are read and written.

use crate::history::Size;
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

/// A draft's row, with its newest revision.
pub(crate) struct Head {
    pub id: i64,
    pub edit_hash: Vec<u8>,
    pub view_hash: Vec<u8>,
    pub generation: i64,
    pub revision: i64,
    pub life: i64,
    pub updated_at: i64,
    pub expires_at: i64,
    /// Sealed; `None` in drafts of earlier programs.
    pub keys: Option<Vec<u8>>,
    pub point: i64,
    pub since: i64,
    pub kept: i64,
    pub author: Vec<u8>,
    pub way: i64,
    pub marks: i64,
    /// The newest text, where it was asked for.
    pub body: Option<Vec<u8>>,
}

/// A draft's row as it is made.
pub(crate) struct NewDraft {
    pub id: i64,
    pub edit_hash: Vec<u8>,
    pub view_hash: Vec<u8>,
    pub life: i64,
    pub now: i64,
    pub expires_at: i64,
    pub keys: Vec<u8>,
}

/// New links of a draft.
pub(crate) struct NewLinks {
    pub id: i64,
    /// The number of the edit link, where it is not the draft's.
    pub link: Option<i64>,
    pub edit_hash: Vec<u8>,
    pub view_hash: Vec<u8>,
    pub generation: i64,
    pub keys: Vec<u8>,
}

/// A revision's row.
pub(crate) struct Revision {
    pub draft: i64,
    pub revision: i64,
    pub point: i64,
    pub since: i64,
    pub saved_at: i64,
    /// Bytes of the draft's revisions with this one; 0 where they were not counted.
    pub kept: i64,
    pub author: Vec<u8>,
    pub way: i64,
    /// The earlier revision whose text it repeats; 0 for none.
    pub repeats: i64,
    pub marks: i64,
    pub body: Vec<u8>,
}

/// A revision without its text.
pub(crate) struct StepRow {
    pub revision: i64,
    pub author: Vec<u8>,
    pub way: i64,
    pub repeats: i64,
}

/// An operation's row.
pub(crate) struct OperationRow {
    pub draft: i64,
    pub id: i64,
    pub made_at: i64,
    pub holder: i64,
    pub held_until: i64,
    pub body: Vec<u8>,
}

/// A draft that has ended.
pub(crate) struct Expired {
    pub id: i64,
    /// Bytes of its revisions.
    pub bytes: i64,
}

/// Reads a row of either engine, its columns by their names.
macro_rules! from_row {
    ($row:ident: $($column:ident),+) => {
        impl<'r, R: Row> FromRow<'r, R> for $row
        where
            &'static str: ColumnIndex<R>,
            i64: Decode<'r, R::Database> + Type<R::Database>,
            Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
        {
            fn from_row(row: &'r R) -> sqlx::Result<Self> {
                Ok($row { $($column: row.try_get(stringify!($column))?),+ })
            }
        }
    };
}

from_row!(Head: id, edit_hash, view_hash, generation, revision, life, updated_at, expires_at, keys, point, since, kept, author, way, marks, body);
from_row!(Revision: draft, revision, point, since, saved_at, kept, author, way, repeats, marks, body);
from_row!(StepRow: revision, author, way, repeats);
from_row!(Size: revision, point, bytes);
from_row!(Expired: id, bytes);
from_row!(OperationRow: draft, id, made_at, holder, held_until, body);
