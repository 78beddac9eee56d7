//! The rows of the tables, and the statements that both engines take word for word.

use crate::StoreError;
use sqlx::{ColumnIndex, Decode, FromRow, PgConnection, Postgres, QueryBuilder, Row, Sqlite, SqliteConnection, Type};
use std::future::Future;

/// Revisions that are kept so that late answers can be merged, and points of the history.
pub(crate) const KEPT: i64 = 50;

/// A draft's row, with its newest revision.
pub(crate) struct Head {
    pub id: i64,
    pub edit_hash: Vec<u8>,
    pub generation: i64,
    pub revision: i64,
    pub life: i64,
    pub updated_at: i64,
    pub expires_at: i64,
    pub point: i64,
    pub since: i64,
    pub author: Vec<u8>,
    pub body: Vec<u8>,
}

/// A draft's row as it is made.
pub(crate) struct NewDraft {
    pub id: i64,
    pub edit_hash: Vec<u8>,
    pub view_hash: Vec<u8>,
    pub life: i64,
    pub now: i64,
    pub expires_at: i64,
}

/// A revision's row.
pub(crate) struct Revision {
    pub draft: i64,
    pub revision: i64,
    pub point: i64,
    pub since: i64,
    pub saved_at: i64,
    pub author: Vec<u8>,
    pub body: Vec<u8>,
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

from_row!(Head: id, edit_hash, generation, revision, life, updated_at, expires_at, point, since, author, body);
from_row!(Revision: draft, revision, point, since, saved_at, author, body);
from_row!(OperationRow: draft, id, made_at, holder, held_until, body);

/// What a row operation gives, later.
pub(crate) trait Soon<T>: Future<Output = Result<T, StoreError>> + Send {}
impl<T, F: Future<Output = Result<T, StoreError>> + Send> Soon<T> for F {}

/// What a connection of either engine can do. Counts of changed rows are returned, to be checked: a statement
/// that changed nothing, or a commit that failed behind a RETURNING, must not look like a success.
pub(crate) trait Rows: Send {
    /// The draft of this number.
    fn find(&mut self, id: i64) -> impl Soon<Option<Head>>;
    fn find_view(&mut self, view_hash: Vec<u8>) -> impl Soon<Option<Head>>;
    /// The drafts of these numbers, kept from others until this transaction ends. Those not there are left out.
    fn hold(&mut self, ids: &[i64]) -> impl Soon<Vec<Head>>;
    fn count(&mut self) -> impl Soon<i64>;
    fn insert_draft(&mut self, draft: NewDraft) -> impl Soon<u64>;
    fn insert_revisions(&mut self, revisions: &[Revision]) -> impl Soon<u64>;
    /// Raises each revision by one.
    fn advance(&mut self, ids: &[i64], now: i64) -> impl Soon<u64>;
    /// Forgets what neither a late answer nor the history needs: up to a revision, all but the last of each point, and
    /// all up to a point.
    fn prune(&mut self, id: i64, revision: i64, point: i64) -> impl Soon<u64>;
    /// All that are kept, oldest first.
    fn revisions(&mut self, id: i64) -> impl Soon<Vec<Revision>>;
    fn body(&mut self, id: i64, revision: i64) -> impl Soon<Option<Vec<u8>>>;
    fn rekey(&mut self, from: i64, id: i64, edit_hash: Vec<u8>, view_hash: Vec<u8>, generation: i64) -> impl Soon<u64>;
    fn reseal(&mut self, id: i64, revision: i64, author: Vec<u8>, body: Vec<u8>) -> impl Soon<u64>;
    fn set_life(&mut self, id: i64, life: i64, expires_at: i64) -> impl Soon<u64>;
    fn delete(&mut self, id: i64) -> impl Soon<u64>;
    /// Deletes at most `most` of those that ended before `now`.
    fn sweep(&mut self, now: i64, most: i64) -> impl Soon<u64>;
    fn probe(&mut self, now: i64) -> impl Soon<u64>;
    fn insert_operation(&mut self, o: OperationRow) -> impl Soon<u64>;
    /// The newest first.
    fn operations(&mut self, draft: i64) -> impl Soon<Vec<OperationRow>>;
    fn hold_operation(&mut self, draft: i64, id: i64, holder: i64, until: i64) -> impl Soon<u64>;
    /// Of its holder only.
    fn write_operation(&mut self, o: OperationRow) -> impl Soon<u64>;
    fn reseal_operation(&mut self, draft: i64, id: i64, body: Vec<u8>) -> impl Soon<u64>;
    fn delete_operation(&mut self, draft: i64, id: i64) -> impl Soon<u64>;
}

macro_rules! head {
    () => {
        "SELECT d.id, d.edit_hash, d.generation, d.revision, d.life, d.updated_at, d.expires_at, r.point, r.since, r.author, r.body \
         FROM drafts d JOIN revisions r ON r.draft = d.id AND r.revision = d.revision WHERE "
    };
}

/// Cuts a list into pieces of a few sizes, so that each statement is prepared once and then known.
fn few<T>(mut all: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = [32, 8, 1].into_iter().find(|size| *size <= all.len())?;
        let (few, rest) = all.split_at(size);
        all = rest;
        Some(few)
    })
}

/// Implements [`Rows`]; `$lock` keeps drafts from others, where the engine has several writers. It ends a statement of
/// its own: in one SELECT with the newest revision, PostgreSQL would look for that among those of before the wait.
macro_rules! rows {
    ($db:ty, $connection:ty, $lock:expr) => {
        impl Rows for $connection {
            async fn find(&mut self, id: i64) -> Result<Option<Head>, StoreError> {
                Ok(sqlx::query_as(concat!(head!(), "d.id = $1")).bind(id).fetch_optional(self).await?)
            }

            async fn find_view(&mut self, view_hash: Vec<u8>) -> Result<Option<Head>, StoreError> {
                Ok(sqlx::query_as(concat!(head!(), "d.view_hash = $1")).bind(view_hash).fetch_optional(self).await?)
            }

            async fn hold(&mut self, ids: &[i64]) -> Result<Vec<Head>, StoreError> {
                let mut heads = Vec::with_capacity(ids.len());
                for few in few(ids) {
                    let lock: Option<&'static str> = $lock;
                    if let Some(end) = lock {
                        let mut query = QueryBuilder::<$db>::new("SELECT id FROM drafts WHERE id IN (");
                        few.iter().fold(&mut query.separated(", "), |list, id| list.push_bind(*id));
                        query.push(end).build().execute(&mut *self).await?;
                    }
                    let mut query = QueryBuilder::<$db>::new(concat!(head!(), "d.id IN ("));
                    few.iter().fold(&mut query.separated(", "), |list, id| list.push_bind(*id));
                    heads.extend(query.push(")").build_query_as::<Head>().fetch_all(&mut *self).await?);
                }
                Ok(heads)
            }

            async fn count(&mut self) -> Result<i64, StoreError> {
                Ok(sqlx::query_scalar("SELECT COUNT(*) FROM drafts").fetch_one(self).await?)
            }

            async fn insert_draft(&mut self, d: NewDraft) -> Result<u64, StoreError> {
                let sql = "INSERT INTO drafts (id, edit_hash, view_hash, generation, revision, life, created_at, updated_at, expires_at) \
                           VALUES ($1, $2, $3, 0, 1, $4, $5, $5, $6)";
                let query = sqlx::query(sql).bind(d.id).bind(d.edit_hash).bind(d.view_hash).bind(d.life).bind(d.now).bind(d.expires_at);
                Ok(query.execute(self).await?.rows_affected())
            }

            async fn insert_revisions(&mut self, revisions: &[Revision]) -> Result<u64, StoreError> {
                let mut changed = 0;
                for few in few(revisions) {
                    let mut query = QueryBuilder::<$db>::new("INSERT INTO revisions (draft, revision, point, since, saved_at, author, body) ");
                    query.push_values(few, |mut row, r| {
                        row.push_bind(r.draft).push_bind(r.revision).push_bind(r.point).push_bind(r.since);
                        row.push_bind(r.saved_at).push_bind(&r.author).push_bind(&r.body);
                    });
                    changed += query.build().execute(&mut *self).await?.rows_affected();
                }
                Ok(changed)
            }

            async fn advance(&mut self, ids: &[i64], now: i64) -> Result<u64, StoreError> {
                let mut changed = 0;
                for few in few(ids) {
                    let mut query = QueryBuilder::<$db>::new("UPDATE drafts SET revision = revision + 1, updated_at = ");
                    query.push_bind(now).push(", expires_at = (life * 86400 + ").push_bind(now).push(") / 3600 * 3600 + 3600 WHERE id IN (");
                    few.iter().fold(&mut query.separated(", "), |list, id| list.push_bind(*id));
                    changed += query.push(")").build().execute(&mut *self).await?.rows_affected();
                }
                Ok(changed)
            }

            async fn prune(&mut self, id: i64, revision: i64, point: i64) -> Result<u64, StoreError> {
                let sql = "DELETE FROM revisions WHERE draft = $1 AND revision <= $2 AND (point <= $3 OR EXISTS \
                           (SELECT 1 FROM revisions n WHERE n.draft = $1 AND n.point = revisions.point AND n.revision > revisions.revision))";
                Ok(sqlx::query(sql).bind(id).bind(revision).bind(point).execute(self).await?.rows_affected())
            }

            async fn revisions(&mut self, id: i64) -> Result<Vec<Revision>, StoreError> {
                let sql = "SELECT draft, revision, point, since, saved_at, author, body FROM revisions WHERE draft = $1 ORDER BY revision";
                Ok(sqlx::query_as(sql).bind(id).fetch_all(self).await?)
            }

            async fn body(&mut self, id: i64, revision: i64) -> Result<Option<Vec<u8>>, StoreError> {
                let sql = "SELECT body FROM revisions WHERE draft = $1 AND revision = $2";
                Ok(sqlx::query_scalar(sql).bind(id).bind(revision).fetch_optional(self).await?)
            }

            async fn rekey(&mut self, from: i64, id: i64, edit_hash: Vec<u8>, view_hash: Vec<u8>, generation: i64) -> Result<u64, StoreError> {
                // Its revisions follow: the table says ON UPDATE CASCADE.
                let sql = "UPDATE drafts SET id = $2, edit_hash = $3, view_hash = $4, generation = $5 WHERE id = $1";
                Ok(sqlx::query(sql).bind(from).bind(id).bind(edit_hash).bind(view_hash).bind(generation).execute(self).await?.rows_affected())
            }

            async fn reseal(&mut self, id: i64, revision: i64, author: Vec<u8>, body: Vec<u8>) -> Result<u64, StoreError> {
                let sql = "UPDATE revisions SET author = $3, body = $4 WHERE draft = $1 AND revision = $2";
                Ok(sqlx::query(sql).bind(id).bind(revision).bind(author).bind(body).execute(self).await?.rows_affected())
            }

            async fn set_life(&mut self, id: i64, life: i64, expires_at: i64) -> Result<u64, StoreError> {
                let sql = "UPDATE drafts SET life = $2, expires_at = $3 WHERE id = $1";
                Ok(sqlx::query(sql).bind(id).bind(life).bind(expires_at).execute(self).await?.rows_affected())
            }

            async fn delete(&mut self, id: i64) -> Result<u64, StoreError> {
                Ok(sqlx::query("DELETE FROM drafts WHERE id = $1").bind(id).execute(self).await?.rows_affected())
            }

            async fn sweep(&mut self, now: i64, most: i64) -> Result<u64, StoreError> {
                let sql = "DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";
                Ok(sqlx::query(sql).bind(now).bind(most).execute(self).await?.rows_affected())
            }

            async fn probe(&mut self, now: i64) -> Result<u64, StoreError> {
                Ok(sqlx::query("UPDATE probe SET at = $1 WHERE id = 1").bind(now).execute(self).await?.rows_affected())
            }

            async fn insert_operation(&mut self, o: OperationRow) -> Result<u64, StoreError> {
                let sql = "INSERT INTO operations (draft, id, made_at, holder, held_until, body) VALUES ($1, $2, $3, $4, $5, $6)";
                let query = sqlx::query(sql).bind(o.draft).bind(o.id).bind(o.made_at).bind(o.holder).bind(o.held_until).bind(o.body);
                Ok(query.execute(self).await?.rows_affected())
            }

            async fn operations(&mut self, draft: i64) -> Result<Vec<OperationRow>, StoreError> {
                let sql = "SELECT draft, id, made_at, holder, held_until, body FROM operations WHERE draft = $1 ORDER BY made_at DESC, id";
                Ok(sqlx::query_as(sql).bind(draft).fetch_all(self).await?)
            }

            async fn hold_operation(&mut self, draft: i64, id: i64, holder: i64, until: i64) -> Result<u64, StoreError> {
                let sql = "UPDATE operations SET holder = $3, held_until = $4 WHERE draft = $1 AND id = $2";
                Ok(sqlx::query(sql).bind(draft).bind(id).bind(holder).bind(until).execute(self).await?.rows_affected())
            }

            async fn write_operation(&mut self, o: OperationRow) -> Result<u64, StoreError> {
                let sql = "UPDATE operations SET held_until = $4, body = $5 WHERE draft = $1 AND id = $2 AND holder = $3";
                Ok(sqlx::query(sql).bind(o.draft).bind(o.id).bind(o.holder).bind(o.held_until).bind(o.body).execute(self).await?.rows_affected())
            }

            async fn reseal_operation(&mut self, draft: i64, id: i64, body: Vec<u8>) -> Result<u64, StoreError> {
                let sql = "UPDATE operations SET body = $3 WHERE draft = $1 AND id = $2";
                Ok(sqlx::query(sql).bind(draft).bind(id).bind(body).execute(self).await?.rows_affected())
            }

            async fn delete_operation(&mut self, draft: i64, id: i64) -> Result<u64, StoreError> {
                Ok(sqlx::query("DELETE FROM operations WHERE draft = $1 AND id = $2").bind(draft).bind(id).execute(self).await?.rows_affected())
            }
        }
    };
}

rows!(Sqlite, SqliteConnection, None);
rows!(Postgres, PgConnection, Some(") ORDER BY id FOR UPDATE"));
