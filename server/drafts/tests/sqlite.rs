//! What holds for the SQLite file: one server, a copy beside it, and nothing to read in it.

#![allow(clippy::unwrap_used, missing_docs)]

use drafts::{Options, Store, StoreError, Way, backup, restore_check};
use sqlx::{Connection, SqliteConnection};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// On a disk that may be as full as it likes.
async fn open(address: &str) -> Result<Store, StoreError> {
    Store::open_with(address, Options { least_free_percent: 0, ..Options::default() }).await
}

#[tokio::test]
async fn a_second_process_is_refused_until_the_first_has_gone() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = open(&address).await.unwrap();
    assert!(matches!(open(&address).await, Err(StoreError::Taken)));
    store.close().await;
    drop(store);
    open(&address).await.unwrap();
}

#[tokio::test]
async fn addresses_of_other_databases_are_refused() {
    for address in ["mysql://x", "a.db", ""] {
        assert!(matches!(open(address).await, Err(StoreError::Address)), "{address}");
    }
}

#[tokio::test]
async fn a_copy_beside_the_running_server_opens_and_a_damaged_one_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = open(&address).await.unwrap();
    let mut made = Vec::new();
    for n in 0..200 {
        made.push(store.create(&format!("draft {n} {}", "x".repeat(n)), b"", Way::Created).await.unwrap());
    }
    store.save(&made[7].edit, 1, "changed", b"", Way::Edited).await.unwrap();
    let copy = folder.path().join("copy.db");
    let held = backup(&address, &copy).await.unwrap();
    assert_eq!((held.drafts, held.revisions), (200, 201));
    assert!(matches!(backup(&address, &copy).await, Err(StoreError::File(_))), "a copy never replaces a file");
    assert!(matches!(backup("postgres://x", &copy).await, Err(StoreError::Address)));
    store.save(&made[7].edit, 2, "later", b"", Way::Edited).await.unwrap();
    assert_eq!(restore_check(&copy).await.unwrap(), held);

    let opened = open(&format!("sqlite:{}", copy.display())).await.unwrap();
    assert_eq!(opened.open_draft(&made[7].view).await.unwrap().body, "changed");
    opened.close().await;
    drop(opened);

    let broken = folder.path().join("broken.db");
    let whole = std::fs::read(&copy).unwrap();
    let damage = |from: usize, n: usize| {
        let mut bytes = whole.clone();
        bytes[from..from + n].fill(0xff);
        std::fs::write(&broken, bytes).unwrap();
    };
    damage(whole.len() / 2, 4096);
    assert!(restore_check(&broken).await.is_err());
    // The end of an index's page, which no count reads: only looking at every page finds it.
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}?mode=ro", copy.display())).await.unwrap();
    let page: i64 = sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'drafts_expires_at'").fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    damage(page as usize * 4096 - 64, 64);
    assert!(matches!(restore_check(&broken).await, Err(StoreError::Damaged(_))));
    std::fs::write(&broken, "no database").unwrap();
    assert!(restore_check(&broken).await.is_err());
    assert!(restore_check(&folder.path().join("nowhere")).await.is_err());
}

#[tokio::test]
async fn neither_file_nor_log_nor_copy_holds_a_text_or_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = open(&address).await.unwrap();
    let text = "{\"secret\":\"hunter2-canary\"}";
    let made = store.create(text, b"who-canary", Way::Created).await.unwrap();
    store.save(&made.edit, 1, &text.replace("hunter2", "other"), b"who-canary", Way::Edited).await.unwrap();
    let new = store.revoke_view(&made.edit).await.unwrap();
    backup(&address, &folder.path().join("copy.db")).await.unwrap();
    let mut looked = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        looked += usize::from(!bytes.is_empty());
        for canary in ["canary", "hunter2", &made.edit.to_text(), &made.view.to_text(), &new.to_text()] {
            assert!(!bytes.windows(canary.len()).any(|w| w == canary.as_bytes()), "{canary}");
        }
    }
    assert!(looked >= 3, "database, log and copy: {looked}");
}

/// Modes of a folder's files, by name.
fn modes(folder: &Path) -> Vec<(String, u32)> {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut all: Vec<(String, u32)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path: PathBuf = entry.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), mode(&path))
        })
        .collect();
    all.push(("folder".into(), mode(folder)));
    all.sort();
    all
}

#[tokio::test]
async fn only_the_owner_reads_database_log_lock_and_copy_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    rustix::process::umask(rustix::fs::Mode::empty());
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new/data");
    let address = format!("sqlite:{}", data.join("a.db").display());
    let store = open(&address).await.unwrap();
    store.create("one", b"", Way::Created).await.unwrap();
    backup(&address, &data.join("copy.db")).await.unwrap();
    let wanted = [("a.db", 0o600), ("a.db-shm", 0o600), ("a.db-wal", 0o600), ("a.db.lock", 0o600), ("copy.db", 0o600), ("folder", 0o700)];
    assert_eq!(modes(&data), wanted.map(|(name, mode)| (name.to_owned(), mode)));
    assert_eq!(modes(&folder.path().join("new")).last().unwrap(), &("folder".to_owned(), 0o700));
    store.close().await;
    drop(store);

    // Files of an earlier program are closed to others; a folder that was there is its owner's affair.
    for name in ["a.db", "a.db.lock"] {
        std::fs::set_permissions(data.join(name), std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o750)).unwrap();
    let store = open(&address).await.unwrap();
    store.create("two", b"", Way::Created).await.unwrap();
    let wanted = [("a.db", 0o600), ("a.db-shm", 0o600), ("a.db-wal", 0o600), ("a.db.lock", 0o600), ("copy.db", 0o600), ("folder", 0o750)];
    assert_eq!(modes(&data), wanted.map(|(name, mode)| (name.to_owned(), mode)));
}

/// Everything that is in the folder.
fn bytes_of(folder: &Path) -> Vec<u8> {
    std::fs::read_dir(folder).unwrap().flat_map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect()
}

fn holds(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

/// Pieces of what is stored for all drafts: sealed texts, from their middle, and sealed keys.
async fn stored(address: &str) -> Vec<Vec<u8>> {
    let mut connection = SqliteConnection::connect(address).await.unwrap();
    let texts: Vec<Vec<u8>> = sqlx::query_scalar("SELECT body FROM revisions").fetch_all(&mut connection).await.unwrap();
    let keys: Vec<Vec<u8>> = sqlx::query_scalar("SELECT keys FROM drafts").fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    texts.iter().chain(&keys).map(|bytes| bytes[bytes.len() / 2..][..16].to_vec()).collect()
}

/// What was deleted stood in the write-ahead log for as long as the server ran, and after it.
#[tokio::test]
async fn what_was_deleted_is_neither_in_the_file_nor_in_the_log_after_an_hour_and_after_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("a.db").display());
    let at = Arc::new(AtomicI64::new(1_700_000_000));
    let clock = at.clone();
    let options = Options { clock: Arc::new(move || clock.load(Ordering::Relaxed)), least_free_percent: 0, ..Options::default() };
    let store = Store::open_with(&address, options).await.unwrap();
    for round in ["after an hour", "after the end"] {
        let kept = store.create("kept", b"", Way::Created).await.unwrap();
        let mut made = Vec::new();
        for n in 0..20usize {
            // Some fill pages of their own, some share one.
            let text: String = (0..n * n * 40).map(|i| char::from(b'a' + ((i * 7919 + n) % 26) as u8)).collect();
            made.push(store.create(&text, b"", Way::Created).await.unwrap());
            store.save(&made[n].edit, 1, &format!("{text}."), b"", Way::Edited).await.unwrap();
        }
        let pieces = stored(&address).await;
        let all = bytes_of(folder.path());
        assert!(pieces.len() >= 62 && pieces.iter().all(|piece| holds(&all, piece)), "the search finds what is there");
        // New links write the keys anew; the sealed ones of before must go as well.
        store.revoke_view(&kept.edit).await.unwrap();
        let remains = stored(&address).await;
        for one in &made {
            store.delete(&one.edit).await.unwrap();
        }
        if round == "after an hour" {
            at.fetch_add(3600, Ordering::Relaxed);
            assert_eq!(store.sweep().await.unwrap(), 0);
            assert_eq!(std::fs::metadata(folder.path().join("a.db-wal")).unwrap().len(), 0, "the log is emptied");
        } else {
            store.close().await;
            assert!(!folder.path().join("a.db-wal").exists(), "nothing is left beside the file");
        }
        let left = stored(&address).await;
        let all = bytes_of(folder.path());
        let gone: Vec<_> = pieces.iter().filter(|piece| !left.contains(piece)).collect();
        assert_eq!(gone.len(), 61, "20 drafts of two texts and one key, and the key of the one that got new links");
        assert!(left.iter().all(|piece| remains.contains(piece) && holds(&all, piece)));
        let found = gone.iter().filter(|piece| holds(&all, piece)).count();
        assert_eq!(found, 0, "{found} of {} deleted pieces are still there {round}", gone.len());
    }
}

/// A copy that is being made reads from the log; emptying it then is put off, not given up.
#[tokio::test]
async fn a_log_that_somebody_reads_is_emptied_by_the_next_sweep() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("a.db").display());
    let at = Arc::new(AtomicI64::new(1_700_000_000));
    let clock = at.clone();
    let options = Options { clock: Arc::new(move || clock.load(Ordering::Relaxed)), least_free_percent: 0, ..Options::default() };
    let store = Store::open_with(&address, options).await.unwrap();
    let made = store.create("one", b"", Way::Created).await.unwrap();
    let mut reader = SqliteConnection::connect(&address).await.unwrap();
    let mut reading = reader.begin().await.unwrap();
    let drafts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM drafts").fetch_one(&mut *reading).await.unwrap();
    assert_eq!(drafts, 1);
    store.save(&made.edit, 1, "two", b"", Way::Edited).await.unwrap();
    let log = || std::fs::metadata(folder.path().join("a.db-wal")).unwrap().len();
    at.fetch_add(3600, Ordering::Relaxed);
    store.sweep().await.unwrap();
    assert!(log() > 0, "the reader still needs it");
    reading.rollback().await.unwrap();
    store.sweep().await.unwrap();
    assert_eq!(log(), 0);
    assert_eq!(store.open_draft(&made.view).await.unwrap().body, "two");
}
