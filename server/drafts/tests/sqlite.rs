//! What holds for the SQLite file: one server, a copy beside it, and nothing to read in it.

#![allow(clippy::unwrap_used, missing_docs)]

use drafts::{Store, StoreError, backup, restore_check};
use sqlx::{Connection, SqliteConnection};

#[tokio::test]
async fn a_second_process_is_refused_until_the_first_has_gone() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = Store::open(&address).await.unwrap();
    assert!(matches!(Store::open(&address).await, Err(StoreError::Taken)));
    store.close().await;
    drop(store);
    Store::open(&address).await.unwrap();
}

#[tokio::test]
async fn addresses_of_other_databases_are_refused() {
    for address in ["mysql://x", "a.db", ""] {
        assert!(matches!(Store::open(address).await, Err(StoreError::Address)), "{address}");
    }
}

#[tokio::test]
async fn a_copy_beside_the_running_server_opens_and_a_damaged_one_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = Store::open(&address).await.unwrap();
    let mut made = Vec::new();
    for n in 0..200 {
        made.push(store.create(&format!("draft {n} {}", "x".repeat(n)), b"").await.unwrap());
    }
    store.save(&made[7].edit, 1, "changed", b"").await.unwrap();
    let copy = folder.path().join("copy.db");
    let held = backup(&address, &copy).await.unwrap();
    assert_eq!((held.drafts, held.revisions), (200, 201));
    assert!(matches!(backup(&address, &copy).await, Err(StoreError::File(_))), "a copy never replaces a file");
    assert!(matches!(backup("postgres://x", &copy).await, Err(StoreError::Address)));
    store.save(&made[7].edit, 2, "later", b"").await.unwrap();
    assert_eq!(restore_check(&copy).await.unwrap(), held);

    let opened = Store::open(&format!("sqlite:{}", copy.display())).await.unwrap();
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
    let store = Store::open(&address).await.unwrap();
    let text = "{\"secret\":\"hunter2-canary\"}";
    let made = store.create(text, b"who-canary").await.unwrap();
    store.save(&made.edit, 1, &text.replace("hunter2", "other"), b"who-canary").await.unwrap();
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
