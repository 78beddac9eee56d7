//! What registries said, kept for all drafts.

use crate::support::{Raw, engines, noise};
use drafts::StoreError;

/// What registries said is for all drafts: kept by name, the newest text of each, and the oldest names make room.
#[tokio::test]
async fn looks_are_kept_by_name_sealed_and_bounded() {
    for e in engines().await {
        assert_eq!(e.store.look("ghcr.io/acme/app@1").await.unwrap(), None, "{}", e.name);
        for body in ["first", "second"] {
            e.store.keep_look("ghcr.io/acme/app@1", body).await.unwrap();
        }
        assert_eq!(e.store.look("ghcr.io/acme/app@1").await.unwrap().as_deref(), Some("second"), "{}", e.name);
        assert_eq!(e.store.look("ghcr.io/acme/app@2").await.unwrap(), None, "{}", e.name);
        let mut raw = Raw::of(&e).await;
        let rows = [raw.bytes("SELECT id FROM looks").await, raw.bytes("SELECT body FROM looks").await].concat();
        assert_eq!(rows.len(), 2, "{}", e.name);
        assert!(rows.iter().all(|row| !row.windows(4).any(|w| w == b"acme" || w == b"seco")), "{}: a copy says neither name nor text", e.name);
        assert!(matches!(e.store.keep_look("large", &noise(1, 100_000)).await, Err(StoreError::Full(_))), "{}", e.name);

        e.clock.turn(1);
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..2_000 {
            let store = e.store.clone();
            tasks.spawn(async move { store.keep_look(&n.to_string(), "x").await.unwrap() });
        }
        assert_eq!(tasks.join_all().await.len(), 2_000);
        assert_eq!(raw.number("SELECT COUNT(*) FROM looks").await, 2_000, "{}", e.name);
        assert_eq!(e.store.look("ghcr.io/acme/app@1").await.unwrap(), None, "{}: the oldest one made room", e.name);
        // What was written past the store is none.
        raw.set("UPDATE looks SET body = $1", b"spoilt").await;
        assert_eq!(e.store.look("7").await.unwrap(), None, "{}", e.name);
    }
}

#[tokio::test]
async fn looks_are_there_after_a_restart() {
    for e in engines().await {
        e.store.keep_look("a", "text").await.unwrap();
        e.store.close().await;
        drop(e.store);
        let again = drafts::Store::open_with(&e.address, e.clock.options()).await.unwrap();
        assert_eq!(again.look("a").await.unwrap().as_deref(), Some("text"), "{}", e.name);
    }
}
