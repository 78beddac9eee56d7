//! The statements, which both engines take word for word.

use crate::{
    StoreError,
    history::Size,
    records::{Expired, Head, NewDraft, NewLinks, OperationRow, Revision, StepRow},
};
use sqlx::{PgConnection, Postgres, QueryBuilder, Sqlite, SqliteConnection};
use std::future::Future;

/// Whether the newest text is read with a draft's row. It can have a megabyte, and most of what is done needs none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Newest {
    Read,
    Left,
}

/// The future of a row operation.
pub(crate) trait RowFuture<T>: Future<Output = Result<T, StoreError>> + Send {}
impl<T, F: Future<Output = Result<T, StoreError>> + Send> RowFuture<T> for F {}

/// What a connection of either engine can do. Counts of changed rows are returned, to be checked: a statement
/// that changed nothing, or a commit that failed behind a RETURNING, must not look like a success.
pub(crate) trait Rows: Send {
    /// The draft of this number.
    fn find(&mut self, id: i64, newest: Newest) -> impl RowFuture<Option<Head>>;
    /// The draft whose edit link was replaced by one of this number, or that has this view link.
    fn find_other(&mut self, link: i64, view_hash: Vec<u8>, newest: Newest) -> impl RowFuture<Option<Head>>;
    /// When the draft ends that has this edit link or this view link.
    fn ends(&mut self, link: i64, edit_hash: Vec<u8>, view_hash: Vec<u8>) -> impl RowFuture<Option<i64>>;
    /// The drafts of these numbers, kept from others until this transaction ends. Those not there are left out.
    fn hold(&mut self, ids: &[i64], newest: Newest) -> impl RowFuture<Vec<Head>>;
    fn count(&mut self) -> impl RowFuture<i64>;
    fn insert_draft(&mut self, draft: NewDraft) -> impl RowFuture<u64>;
    fn insert_revisions(&mut self, revisions: &[Revision]) -> impl RowFuture<u64>;
    /// Raises each revision by one.
    fn advance(&mut self, ids: &[i64], now: i64) -> impl RowFuture<u64>;
    /// Forgets what neither a late answer nor the history needs: up to a revision, all but the last of each point, and
    /// all up to a point. The first revision stays.
    fn prune(&mut self, id: i64, revision: i64, point: i64) -> impl RowFuture<u64>;
    /// Places and sizes of all that are kept, oldest first.
    fn sizes(&mut self, id: i64) -> impl RowFuture<Vec<Size>>;
    fn forget(&mut self, id: i64, revisions: &[i64]) -> impl RowFuture<u64>;
    fn set_kept(&mut self, id: i64, revision: i64, kept: i64) -> impl RowFuture<u64>;
    /// All that are kept, oldest first.
    fn revisions(&mut self, id: i64) -> impl RowFuture<Vec<Revision>>;
    /// All that are kept, oldest first, without their texts.
    fn steps(&mut self, id: i64) -> impl RowFuture<Vec<StepRow>>;
    /// Adds marks to a revision.
    fn mark(&mut self, id: i64, revision: i64, marks: i64) -> impl RowFuture<u64>;
    fn body(&mut self, id: i64, revision: i64) -> impl RowFuture<Option<Vec<u8>>>;
    fn rekey(&mut self, links: NewLinks) -> impl RowFuture<u64>;
    fn reseal(&mut self, id: i64, revision: i64, body: Vec<u8>) -> impl RowFuture<u64>;
    fn set_life(&mut self, id: i64, life: i64, expires_at: i64) -> impl RowFuture<u64>;
    /// Bytes of a draft's revisions.
    fn bytes(&mut self, id: i64) -> impl RowFuture<i64>;
    fn delete(&mut self, id: i64) -> impl RowFuture<u64>;
    /// At most `most` of those that ended before `now`, the oldest first.
    fn expired(&mut self, now: i64, most: i64) -> impl RowFuture<Vec<Expired>>;
    /// Deletes those of these that have ended before `now`.
    fn sweep(&mut self, ids: &[i64], now: i64) -> impl RowFuture<u64>;
    /// Empties the write-ahead log, where there is one, so that what was overwritten in the file is nowhere. `false` where
    /// somebody reads from it, who is not waited for.
    fn empty_log(&mut self) -> impl RowFuture<bool>;
    fn probe(&mut self, now: i64) -> impl RowFuture<u64>;
    /// The sealed text of a look.
    fn look(&mut self, id: Vec<u8>) -> impl RowFuture<Option<Vec<u8>>>;
    /// Writes a look in place of the last one of that name.
    fn put_look(&mut self, id: Vec<u8>, at: i64, body: Vec<u8>) -> impl RowFuture<u64>;
    fn count_looks(&mut self) -> impl RowFuture<i64>;
    /// Deletes the oldest look.
    fn forget_look(&mut self) -> impl RowFuture<u64>;
    fn insert_operation(&mut self, o: OperationRow) -> impl RowFuture<u64>;
    /// The newest first.
    fn operations(&mut self, draft: i64) -> impl RowFuture<Vec<OperationRow>>;
    fn hold_operation(&mut self, draft: i64, id: i64, holder: i64, until: i64) -> impl RowFuture<u64>;
    /// Of its holder only.
    fn write_operation(&mut self, o: OperationRow) -> impl RowFuture<u64>;
    fn reseal_operation(&mut self, draft: i64, id: i64, body: Vec<u8>) -> impl RowFuture<u64>;
    fn delete_operation(&mut self, draft: i64, id: i64) -> impl RowFuture<u64>;
}

/// Selects a draft's row and its newest revision, with its text or without.
macro_rules! head {
    ($newest:expr, $which:expr) => {
        if $newest == Newest::Read { head!(@ "r.body", $which) } else { head!(@ "CAST(NULL AS BYTEA) AS body", $which) }
    };
    (@ $body:expr, $which:expr) => {
        concat!(
            "SELECT d.id, d.edit_hash, d.view_hash, d.generation, d.revision, d.life, d.updated_at, d.expires_at, d.keys, \
             r.point, r.since, r.kept, r.author, r.way, r.marks, ",
            $body,
            " FROM drafts d JOIN revisions r ON r.draft = d.id AND r.revision = d.revision WHERE ",
            $which
        )
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

/// Implements [`Rows`]; `$log` empties the write-ahead log; `$lock` keeps drafts from others, where the engine has several writers. It ends a statement of
/// its own: in one SELECT with the newest revision, PostgreSQL would look for that among those of before the wait.
macro_rules! rows {
    ($db:ty, $connection:ty, $lock:expr, $log:expr) => {
        impl Rows for $connection {
            async fn find(&mut self, id: i64, newest: Newest) -> Result<Option<Head>, StoreError> {
                Ok(sqlx::query_as(head!(newest, "d.id = $1")).bind(id).fetch_optional(self).await?)
            }

            async fn find_other(&mut self, link: i64, view_hash: Vec<u8>, newest: Newest) -> Result<Option<Head>, StoreError> {
                let sql = head!(newest, "(d.link = $1 OR d.view_hash = $2)");
                Ok(sqlx::query_as(sql).bind(link).bind(view_hash).fetch_optional(self).await?)
            }

            async fn ends(&mut self, link: i64, edit_hash: Vec<u8>, view_hash: Vec<u8>) -> Result<Option<i64>, StoreError> {
                // Compared by the caller: in the statement, PostgreSQL would walk the index of ends as well.
                let sql = "SELECT MAX(expires_at) FROM drafts WHERE (id = $1 OR link = $1 OR view_hash = $3) AND (edit_hash = $2 OR view_hash = $3)";
                Ok(sqlx::query_scalar(sql).bind(link).bind(edit_hash).bind(view_hash).fetch_one(self).await?)
            }

            async fn hold(&mut self, ids: &[i64], newest: Newest) -> Result<Vec<Head>, StoreError> {
                let mut heads = Vec::with_capacity(ids.len());
                for few in few(ids) {
                    let lock: Option<&'static str> = $lock;
                    if let Some(end) = lock {
                        let mut query = QueryBuilder::<$db>::new("SELECT id FROM drafts WHERE id IN (");
                        few.iter().fold(&mut query.separated(", "), |list, id| list.push_bind(*id));
                        query.push(end).build().execute(&mut *self).await?;
                    }
                    let mut query = QueryBuilder::<$db>::new(head!(newest, "d.id IN ("));
                    few.iter().fold(&mut query.separated(", "), |list, id| list.push_bind(*id));
                    heads.extend(query.push(")").build_query_as::<Head>().fetch_all(&mut *self).await?);
                }
                Ok(heads)
            }

            async fn count(&mut self) -> Result<i64, StoreError> {
                Ok(sqlx::query_scalar("SELECT COUNT(*) FROM drafts").fetch_one(self).await?)
            }

            async fn insert_draft(&mut self, d: NewDraft) -> Result<u64, StoreError> {
                let sql = "INSERT INTO drafts (id, edit_hash, view_hash, generation, revision, life, created_at, updated_at, expires_at, keys) \
                           VALUES ($1, $2, $3, 0, 1, $4, $5, $5, $6, $7)";
                let query = sqlx::query(sql).bind(d.id).bind(d.edit_hash).bind(d.view_hash).bind(d.life).bind(d.now);
                Ok(query.bind(d.expires_at).bind(d.keys).execute(self).await?.rows_affected())
            }

            async fn insert_revisions(&mut self, revisions: &[Revision]) -> Result<u64, StoreError> {
                let mut changed = 0;
                for few in few(revisions) {
                    let mut query =
                        QueryBuilder::<$db>::new("INSERT INTO revisions (draft, revision, point, since, saved_at, kept, author, way, repeats, body) ");
                    query.push_values(few, |mut row, r| {
                        row.push_bind(r.draft).push_bind(r.revision).push_bind(r.point).push_bind(r.since);
                        row.push_bind(r.saved_at).push_bind(r.kept).push_bind(&r.author).push_bind(r.way).push_bind(r.repeats).push_bind(&r.body);
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
                let sql = "DELETE FROM revisions WHERE draft = $1 AND revision > 1 AND revision <= $2 AND (point <= $3 OR EXISTS \
                           (SELECT 1 FROM revisions n WHERE n.draft = $1 AND n.point = revisions.point AND n.revision > revisions.revision))";
                Ok(sqlx::query(sql).bind(id).bind(revision).bind(point).execute(self).await?.rows_affected())
            }

            async fn revisions(&mut self, id: i64) -> Result<Vec<Revision>, StoreError> {
                let sql =
                    "SELECT draft, revision, point, since, saved_at, kept, author, way, repeats, marks, body FROM revisions WHERE draft = $1 ORDER BY revision";
                Ok(sqlx::query_as(sql).bind(id).fetch_all(self).await?)
            }

            async fn steps(&mut self, id: i64) -> Result<Vec<StepRow>, StoreError> {
                let sql = "SELECT revision, author, way, repeats FROM revisions WHERE draft = $1 ORDER BY revision";
                Ok(sqlx::query_as(sql).bind(id).fetch_all(self).await?)
            }

            async fn mark(&mut self, id: i64, revision: i64, marks: i64) -> Result<u64, StoreError> {
                let sql = "UPDATE revisions SET marks = marks | $3 WHERE draft = $1 AND revision = $2";
                Ok(sqlx::query(sql).bind(id).bind(revision).bind(marks).execute(self).await?.rows_affected())
            }

            async fn body(&mut self, id: i64, revision: i64) -> Result<Option<Vec<u8>>, StoreError> {
                let sql = "SELECT body FROM revisions WHERE draft = $1 AND revision = $2";
                Ok(sqlx::query_scalar(sql).bind(id).bind(revision).fetch_optional(self).await?)
            }

            async fn sizes(&mut self, id: i64) -> Result<Vec<Size>, StoreError> {
                let sql = "SELECT revision, point, CAST(LENGTH(body) AS BIGINT) AS bytes FROM revisions WHERE draft = $1 ORDER BY revision";
                Ok(sqlx::query_as(sql).bind(id).fetch_all(self).await?)
            }

            async fn forget(&mut self, id: i64, revisions: &[i64]) -> Result<u64, StoreError> {
                let mut changed = 0;
                for few in few(revisions) {
                    let mut query = QueryBuilder::<$db>::new("DELETE FROM revisions WHERE draft = ");
                    query.push_bind(id).push(" AND revision IN (");
                    few.iter().fold(&mut query.separated(", "), |list, revision| list.push_bind(*revision));
                    changed += query.push(")").build().execute(&mut *self).await?.rows_affected();
                }
                Ok(changed)
            }

            async fn set_kept(&mut self, id: i64, revision: i64, kept: i64) -> Result<u64, StoreError> {
                let sql = "UPDATE revisions SET kept = $3 WHERE draft = $1 AND revision = $2";
                Ok(sqlx::query(sql).bind(id).bind(revision).bind(kept).execute(self).await?.rows_affected())
            }

            async fn rekey(&mut self, l: NewLinks) -> Result<u64, StoreError> {
                let sql = "UPDATE drafts SET link = $2, edit_hash = $3, view_hash = $4, generation = $5, keys = $6 WHERE id = $1";
                let query = sqlx::query(sql).bind(l.id).bind(l.link).bind(l.edit_hash).bind(l.view_hash).bind(l.generation).bind(l.keys);
                Ok(query.execute(self).await?.rows_affected())
            }

            async fn reseal(&mut self, id: i64, revision: i64, body: Vec<u8>) -> Result<u64, StoreError> {
                let sql = "UPDATE revisions SET body = $3 WHERE draft = $1 AND revision = $2";
                Ok(sqlx::query(sql).bind(id).bind(revision).bind(body).execute(self).await?.rows_affected())
            }

            async fn set_life(&mut self, id: i64, life: i64, expires_at: i64) -> Result<u64, StoreError> {
                let sql = "UPDATE drafts SET life = $2, expires_at = $3 WHERE id = $1";
                Ok(sqlx::query(sql).bind(id).bind(life).bind(expires_at).execute(self).await?.rows_affected())
            }

            async fn delete(&mut self, id: i64) -> Result<u64, StoreError> {
                Ok(sqlx::query("DELETE FROM drafts WHERE id = $1").bind(id).execute(self).await?.rows_affected())
            }

            async fn bytes(&mut self, id: i64) -> Result<i64, StoreError> {
                let sql = "SELECT CAST(COALESCE(SUM(LENGTH(body)), 0) AS BIGINT) FROM revisions WHERE draft = $1";
                Ok(sqlx::query_scalar(sql).bind(id).fetch_one(self).await?)
            }

            async fn expired(&mut self, now: i64, most: i64) -> Result<Vec<Expired>, StoreError> {
                let sql = "SELECT d.id, (SELECT CAST(COALESCE(SUM(LENGTH(r.body)), 0) AS BIGINT) FROM revisions r WHERE r.draft = d.id) AS bytes \
                           FROM drafts d WHERE d.expires_at <= $1 ORDER BY d.expires_at LIMIT $2";
                Ok(sqlx::query_as(sql).bind(now).bind(most).fetch_all(self).await?)
            }

            async fn sweep(&mut self, ids: &[i64], now: i64) -> Result<u64, StoreError> {
                let mut changed = 0;
                for few in few(ids) {
                    let mut query = QueryBuilder::<$db>::new("DELETE FROM drafts WHERE expires_at <= ");
                    query.push_bind(now).push(" AND id IN (");
                    few.iter().fold(&mut query.separated(", "), |list, id| list.push_bind(*id));
                    changed += query.push(")").build().execute(&mut *self).await?.rows_affected();
                }
                Ok(changed)
            }

            async fn empty_log(&mut self) -> Result<bool, StoreError> {
                let pragmas: Option<[&'static str; 3]> = $log;
                let Some([hasty, empty, patient]) = pragmas else { return Ok(true) };
                sqlx::query(hasty).execute(&mut *self).await?;
                let busy: Result<i64, _> = sqlx::query_scalar(empty).fetch_one(&mut *self).await;
                sqlx::query(patient).execute(self).await?;
                Ok(busy? == 0)
            }

            async fn probe(&mut self, now: i64) -> Result<u64, StoreError> {
                Ok(sqlx::query("UPDATE probe SET at = $1 WHERE id = 1").bind(now).execute(self).await?.rows_affected())
            }

            async fn look(&mut self, id: Vec<u8>) -> Result<Option<Vec<u8>>, StoreError> {
                Ok(sqlx::query_scalar("SELECT body FROM looks WHERE id = $1").bind(id).fetch_optional(self).await?)
            }

            async fn put_look(&mut self, id: Vec<u8>, at: i64, body: Vec<u8>) -> Result<u64, StoreError> {
                let sql = "INSERT INTO looks (id, at, body) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET at = excluded.at, body = excluded.body";
                Ok(sqlx::query(sql).bind(id).bind(at).bind(body).execute(self).await?.rows_affected())
            }

            async fn count_looks(&mut self) -> Result<i64, StoreError> {
                Ok(sqlx::query_scalar("SELECT COUNT(*) FROM looks").fetch_one(self).await?)
            }

            async fn forget_look(&mut self) -> Result<u64, StoreError> {
                let sql = "DELETE FROM looks WHERE id = (SELECT id FROM looks ORDER BY at, id LIMIT 1)";
                Ok(sqlx::query(sql).execute(self).await?.rows_affected())
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

// A copy that is being made reads from the log for as long as it takes: nobody waits for that.
rows!(Sqlite, SqliteConnection, None, Some(["PRAGMA busy_timeout = 100", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA busy_timeout = 5000"]));
rows!(Postgres, PgConnection, Some(") ORDER BY id FOR UPDATE"), None);
