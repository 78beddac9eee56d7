//! SQLite: one connection writes, several read, and what is acknowledged is on the disk.

use crate::{Access, Created, Opened, Saved, StoreError, Token};
use sqlx::{
    Row, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    path::Path,
    str::FromStr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Revisions of a draft that are kept, so that late answers can be merged.
const KEPT: i64 = 50;

/// The store on SQLite.
#[derive(Clone)]
pub struct Sqlite {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Sqlite {
    /// Opens (and makes, where missing) the database at an address such as `sqlite:data/taskwright.db`.
    pub async fn open(address: &str) -> Result<Sqlite, StoreError> {
        let path = address.strip_prefix("sqlite:").ok_or(StoreError::Address)?;
        let file = path.trim_start_matches("//").split('?').next().unwrap_or("");
        if let Some(folder) = Path::new(file).parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let options = SqliteConnectOptions::from_str(address)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await?;
        let readers = SqlitePoolOptions::new().max_connections(4).connect_with(options.read_only(true)).await?;
        Ok(Sqlite { writer, readers })
    }

    /// Stores a new draft as revision 1.
    pub async fn create(&self, body: &str) -> Result<Created, StoreError> {
        let edit = Token::random().map_err(|_| StoreError::Random)?;
        let view = edit.view();
        let now = now();
        let mut tx = self.writer.begin().await?;
        let id = sqlx::query("INSERT INTO drafts (edit_hash, view_hash, revision, created_at, updated_at) VALUES (?, ?, 1, ?, ?)")
            .bind(edit.hash())
            .bind(view.hash())
            .bind(now)
            .bind(now)
            .execute(&mut *tx)
            .await?
            .last_insert_rowid();
        insert_revision(&mut tx, id, 1, body, now).await?;
        tx.commit().await?;
        Ok(Created { edit, view })
    }

    /// Opens a draft by either of its links.
    pub async fn open_draft(&self, token: &Token) -> Result<Opened, StoreError> {
        let row = sqlx::query(
            "SELECT d.edit_hash = ?1 AS edit, d.revision, d.updated_at, r.body FROM drafts d \
             JOIN revisions r ON r.draft = d.id AND r.revision = d.revision WHERE d.edit_hash = ?1 OR d.view_hash = ?1",
        )
        .bind(token.hash())
        .fetch_optional(&self.readers)
        .await?
        .ok_or(StoreError::NotFound)?;
        Ok(Opened {
            access: if row.get::<bool, _>("edit") { Access::Edit } else { Access::View },
            revision: row.get("revision"),
            body: row.get("body"),
            updated_at: row.get("updated_at"),
        })
    }

    /// The text of an earlier revision; `None` when it is no longer kept.
    pub async fn at_revision(&self, token: &Token, revision: i64) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT r.body FROM drafts d JOIN revisions r ON r.draft = d.id WHERE d.edit_hash = ? AND r.revision = ?")
            .bind(token.hash())
            .bind(revision)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.map(|r| r.get("body")))
    }

    /// Saves `body`, made from revision `base`. A repeat of the last save gets the same answer.
    pub async fn save(&self, token: &Token, base: i64, body: &str) -> Result<Saved, StoreError> {
        let now = now();
        let mut tx = self.writer.begin().await?;
        let row = sqlx::query(
            "SELECT d.id, d.edit_hash = ?1 AS edit, d.revision, r.body FROM drafts d \
             JOIN revisions r ON r.draft = d.id AND r.revision = d.revision WHERE d.edit_hash = ?1 OR d.view_hash = ?1",
        )
        .bind(token.hash())
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(StoreError::NotFound)?;
        if !row.get::<bool, _>("edit") {
            return Err(StoreError::ReadOnly);
        }
        let (id, present): (i64, i64) = (row.get("id"), row.get("revision"));
        let same = row.get::<&str, _>("body") == body;
        if same && base == present {
            return Ok(Saved::Unchanged(present));
        }
        if same && base + 1 == present {
            return Ok(Saved::Done(present));
        }
        if base != present {
            return Ok(Saved::Conflict(present));
        }
        let next = present + 1;
        let changed = sqlx::query("UPDATE drafts SET revision = ?, updated_at = ? WHERE id = ? AND revision = ?")
            .bind(next)
            .bind(now)
            .bind(id)
            .bind(present)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        if changed != 1 {
            return Ok(Saved::Conflict(present));
        }
        insert_revision(&mut tx, id, next, body, now).await?;
        sqlx::query("DELETE FROM revisions WHERE draft = ? AND revision <= ?").bind(id).bind(next - KEPT).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(Saved::Done(next))
    }

    /// Deletes a draft with all its revisions.
    pub async fn delete(&self, token: &Token) -> Result<(), StoreError> {
        if self.open_draft(token).await?.access == Access::View {
            return Err(StoreError::ReadOnly);
        }
        let gone = sqlx::query("DELETE FROM drafts WHERE edit_hash = ?").bind(token.hash()).execute(&self.writer).await?.rows_affected();
        if gone == 1 { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Whether the store answers.
    pub async fn ready(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.readers).await.is_ok()
    }

    /// Finishes what is under way and closes the files.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

async fn insert_revision(tx: &mut sqlx::SqliteConnection, draft: i64, revision: i64, body: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO revisions (draft, revision, body, saved_at) VALUES (?, ?, ?, ?)")
        .bind(draft)
        .bind(revision)
        .bind(body)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Seconds since 1970.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64)
}
