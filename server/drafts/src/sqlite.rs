//! SQLite, bundled: one connection writes, several read, and what is acknowledged is on the disk.

use crate::{StoreError, migrations, mounts, private};
use sqlx::{
    SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};

/// Connections that read.
const READERS: u32 = 4;

/// SQLite's own cache of pages, of each connection, in KiB (as a negative number). The system has the file in its cache too, and
/// gives that up where memory is short, so a large one here gains little and is never given back.
const CACHE: &str = "-1000";

/// An open file.
pub(crate) struct Files {
    pub writer: SqlitePool,
    pub readers: SqlitePool,
    pub lock: File,
    pub folder: PathBuf,
}

/// The file of an address such as `//data/a.db?mode=rwc` (without `sqlite:`).
pub(crate) fn file_of(address: &str) -> PathBuf {
    PathBuf::from(address.trim_start_matches("//").split('?').next().unwrap_or(""))
}

pub(crate) fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).foreign_keys(true).busy_timeout(Duration::from_secs(5))
}

/// Opens the file, alone: a second process that served it would answer from its own picture.
pub(crate) async fn open(address: &str) -> Result<Files, StoreError> {
    let file = file_of(address);
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private::folder(folder)?;
    if let Some(kind) = mounts::network(&folder.canonicalize()?) {
        return Err(StoreError::Network(kind));
    }
    let lock = lock(&file)?;
    // Made here, so that no umask opens it to others; SQLite gives its log and its shared memory the same rights.
    drop(private::file(&file)?);
    for beside in ["-wal", "-shm"] {
        private::tighten(&beside_of(&file, beside));
    }
    let options = options(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", CACHE)
        // The bytes of what is deleted are overwritten, not just forgotten.
        .pragma("secure_delete", "ON");
    let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(5)).connect_with(options.clone()).await?;
    migrations::sqlite().run(&writer).await?;
    // Their holders are gone: the file was locked, and now is ours.
    sqlx::query("UPDATE operations SET held_until = 0 WHERE held_until > 0").execute(&writer).await?;
    let readers = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(Duration::from_secs(5)).connect_with(options.read_only(true)).await?;
    Ok(Files { writer, readers, lock, folder: folder.to_owned() })
}

/// Bytes of the pages that are in use.
pub(crate) async fn bytes(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let sql = "SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s";
    Ok(sqlx::query_scalar(sql).fetch_one(connection).await?)
}

/// A file that lies beside the database.
fn beside_of(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Others must not even read the lock: who can open it can hold it.
fn lock(file: &Path) -> Result<File, StoreError> {
    let lock = private::file(&beside_of(file, ".lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Taken),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
