//! SQLite, bundled: one connection writes, several read, and what is acknowledged is on the disk.

use crate::{StoreError, migrations, mounts};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};

/// Connections that read.
const READERS: u32 = 4;

/// An open file.
pub(crate) struct Files {
    pub writer: SqlitePool,
    pub readers: SqlitePool,
    pub lock: File,
}

/// The file of an address such as `//data/a.db?mode=rwc` (without `sqlite:`).
pub(crate) fn file_of(address: &str) -> PathBuf {
    PathBuf::from(address.trim_start_matches("//").split('?').next().unwrap_or(""))
}

pub(crate) fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).foreign_keys(true).busy_timeout(Duration::from_secs(5))
}

/// Opens the file, alone: a second process that served it would answer from a picture of its own.
pub(crate) async fn open(address: &str) -> Result<Files, StoreError> {
    let file = file_of(address);
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    if let Some(kind) = mounts::network(&folder.canonicalize()?) {
        return Err(StoreError::Network(kind));
    }
    let lock = lock(&file)?;
    let options = options(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // 64 MB: the indexes of a million drafts, so that a save reads little.
        .pragma("cache_size", "-64000")
        // A deleted draft's bytes are overwritten, not just forgotten.
        .pragma("secure_delete", "FAST");
    let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(5)).connect_with(options.clone()).await?;
    migrations::sqlite().run(&writer).await?;
    // Whoever held one is gone: the file was locked, and now is ours.
    sqlx::query("UPDATE operations SET held_until = 0 WHERE held_until > 0").execute(&writer).await?;
    let readers = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(Duration::from_secs(5)).connect_with(options.read_only(true)).await?;
    Ok(Files { writer, readers, lock })
}

fn lock(file: &Path) -> Result<File, StoreError> {
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(PathBuf::from(name))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Taken),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
