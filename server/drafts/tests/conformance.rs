//! What every engine of the store must do.

#![allow(clippy::unwrap_used, missing_docs)]

use drafts::{Access, Saved, Sqlite, StoreError, Token};

async fn store() -> (tempfile::TempDir, Sqlite) {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("new/drafts.db").display());
    let store = Sqlite::open(&address).await.unwrap();
    (folder, store)
}

#[tokio::test]
async fn both_links_open_the_same_draft_and_only_one_may_change_it() {
    let (_folder, store) = store().await;
    let made = store.create("one").await.unwrap();
    let (edit, view) = (store.open_draft(&made.edit).await.unwrap(), store.open_draft(&made.view).await.unwrap());
    assert_eq!((edit.access, edit.revision, edit.body.as_str()), (Access::Edit, 1, "one"));
    assert_eq!((view.access, view.body.as_str()), (Access::View, "one"));
    assert!(matches!(store.save(&made.view, 1, "two").await, Err(StoreError::ReadOnly)));
    assert!(matches!(store.delete(&made.view).await, Err(StoreError::ReadOnly)));
    assert!(matches!(store.open_draft(&Token::random().unwrap()).await, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn a_stale_save_writes_nothing_and_a_repeat_gets_the_same_answer() {
    let (_folder, store) = store().await;
    let made = store.create("one").await.unwrap();
    assert_eq!(store.save(&made.edit, 1, "two").await.unwrap(), Saved::Done(2));
    assert_eq!(store.save(&made.edit, 1, "two").await.unwrap(), Saved::Done(2));
    assert_eq!(store.save(&made.edit, 2, "two").await.unwrap(), Saved::Unchanged(2));
    assert_eq!(store.save(&made.edit, 1, "other").await.unwrap(), Saved::Conflict(2));
    assert_eq!(store.open_draft(&made.edit).await.unwrap().body, "two");
    assert_eq!(store.at_revision(&made.edit, 1).await.unwrap().as_deref(), Some("one"));
}

#[tokio::test]
async fn the_last_fifty_revisions_are_kept() {
    let (_folder, store) = store().await;
    let made = store.create("0").await.unwrap();
    for n in 1..60 {
        assert_eq!(store.save(&made.edit, n, &n.to_string()).await.unwrap(), Saved::Done(n + 1));
    }
    assert_eq!(store.at_revision(&made.edit, 10).await.unwrap(), None);
    assert_eq!(store.at_revision(&made.edit, 11).await.unwrap().as_deref(), Some("10"));
}

#[tokio::test]
async fn a_deleted_draft_answers_like_an_unknown_one() {
    let (_folder, store) = store().await;
    let made = store.create("one").await.unwrap();
    store.delete(&made.edit).await.unwrap();
    for token in [&made.edit, &made.view] {
        assert!(matches!(store.open_draft(token).await, Err(StoreError::NotFound)));
    }
    assert_eq!(store.at_revision(&made.edit, 1).await.unwrap(), None);
}

#[tokio::test]
async fn a_draft_survives_closing_and_its_links_are_nowhere_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("drafts.db");
    let address = format!("sqlite:{}", file.display());
    let store = Sqlite::open(&address).await.unwrap();
    let made = store.create("kept").await.unwrap();
    store.close().await;
    let bytes = std::fs::read(&file).unwrap();
    let text = made.edit.to_text();
    assert!(!bytes.windows(text.len()).any(|w| w == text.as_bytes()));
    let store = Sqlite::open(&address).await.unwrap();
    assert_eq!(store.open_draft(&made.edit).await.unwrap().body, "kept");
}

#[tokio::test]
async fn of_many_saves_at_once_from_one_revision_one_is_done() {
    let (_folder, store) = store().await;
    let made = store.create("0").await.unwrap();
    let bodies: Vec<String> = (0..16).map(|n| format!("body {n}")).collect();
    let mut tasks = Vec::new();
    for body in bodies {
        let (store, token) = (store.clone(), made.edit.clone());
        tasks.push(tokio::spawn(async move { store.save(&token, 1, &body).await.unwrap() }));
    }
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Saved::Done(2) => done += 1,
            other => assert_eq!(other, Saved::Conflict(2)),
        }
    }
    assert_eq!(done, 1);
}
