//! A copy of the database beside the running server, and the proof that a copy can be served.

use crate::{Answer, StoreError, private, sqlite};
use sqlx::{Connection, SqliteConnection};
use std::path::Path;

/// What a copy holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked {
    /// Drafts.
    pub drafts: i64,
    /// Revisions of all drafts.
    pub revisions: i64,
}

/// Copies the SQLite database of `address` as it stands at one moment into a new `file`, which is then on the disk
/// and checked. Only its owner may read it. The server may go on serving.
///
/// # Errors
/// `Address` for PostgreSQL (its own `pg_dump` does this); `File` where `file` exists or cannot be made.
pub fn backup<'a>(address: &'a str, file: &'a Path) -> Answer<'a, Checked> {
    Box::pin(async move {
        let from = sqlite::file_of(address.strip_prefix("sqlite:").ok_or(StoreError::Address)?);
        let made = private::new_file(file)?;
        if let Err(error) = copy(&from, file).await {
            let _ = std::fs::remove_file(file);
            return Err(error);
        }
        made.sync_all()?;
        restore_check(file).await
    })
}

/// Into an empty file.
async fn copy(from: &Path, file: &Path) -> Result<(), StoreError> {
    let mut connection = SqliteConnection::connect_with(&sqlite::options(from).read_only(true)).await?;
    sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy().into_owned()).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Opens a copy, reads all of it, and says what it holds.
///
/// # Errors
/// `Damaged` where pages, keys or revisions do not fit together; `Database` where it is no such database.
pub fn restore_check(file: &Path) -> Answer<'_, Checked> {
    Box::pin(async move {
        // A copy stands still; a file with a write-ahead log beside it is read together with that.
        let mut log = file.as_os_str().to_owned();
        log.push("-wal");
        let still = !Path::new(&log).exists();
        let mut connection = SqliteConnection::connect_with(&sqlite::options(file).read_only(true).immutable(still)).await?;
        let said: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await?;
        if said != "ok" {
            return Err(StoreError::Damaged(said));
        }
        let lost = "SELECT COUNT(*) FROM drafts d WHERE NOT EXISTS (SELECT 1 FROM revisions r WHERE r.draft = d.id AND r.revision = d.revision)";
        let lost: i64 = sqlx::query_scalar(lost).fetch_one(&mut connection).await?;
        let stray: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pragma_foreign_key_check").fetch_one(&mut connection).await?;
        if lost + stray > 0 {
            return Err(StoreError::Damaged(format!("{lost} drafts without their text, {stray} texts without their draft")));
        }
        let drafts = sqlx::query_scalar("SELECT COUNT(*) FROM drafts").fetch_one(&mut connection).await?;
        let revisions = sqlx::query_scalar("SELECT COUNT(*) FROM revisions").fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(Checked { drafts, revisions })
    })
}
