//! What bounds a store, and what goes on at its bounds, the same on each engine.

#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use drafts::{Bound, Options, Saved, StoreError, Way};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU8, AtomicUsize, Ordering},
};
use support::{Raw, engines, engines_with, noise};

const MIB: i64 = 1 << 20;

#[tokio::test]
async fn a_drafts_history_keeps_the_newest_two_mebibytes() {
    for e in engines().await {
        let made = e.store.create("{}", b"", Way::Created).await.unwrap();
        let mut raw = Raw::of(&e).await;
        let mut most = 0;
        for n in 1..30 {
            // Two revisions a point.
            e.clock.turn(31);
            let text = noise(n as u64, 200_000);
            assert_eq!(e.store.save(&made.edit, n, &text, b"", Way::Edited).await.unwrap(), Saved::Done(n + 1));
            // The next answer comes after what the last one left to do.
            e.store.sweep().await.unwrap();
            let bytes = raw.number("SELECT CAST(SUM(LENGTH(body)) AS BIGINT) FROM revisions").await;
            assert!(bytes <= 2 * MIB, "{}: {bytes} after {n}", e.name);
            most = most.max(bytes);
        }
        assert!(most > MIB, "{}: {most}, so nothing was bounded", e.name);
        assert_eq!(e.store.open_draft(&made.view).await.unwrap().body, noise(29, 200_000), "{}", e.name);
        let points = e.store.history(&made.edit).await.unwrap();
        assert!(points.len() >= 4 && points[0].revision == 30, "{}: {}", e.name, points.len());
        // What somebody may just be changing is there to be merged.
        for revision in 24..=30 {
            assert!(e.store.at_revision(&made.edit, revision).await.unwrap().is_some(), "{}: {revision}", e.name);
        }
    }
}

#[tokio::test]
async fn beyond_the_most_bytes_nothing_is_added_and_the_rest_goes_on() {
    for e in engines_with(|clock| Options { most_bytes: 3 * MIB, ..clock.options() }).await {
        let first = e.store.create("{}", b"", Way::Created).await.unwrap();
        let mut made = Vec::new();
        let refused = loop {
            match e.store.create(&noise(made.len() as u64, 500_000), b"", Way::Created).await {
                Ok(one) => made.push(one),
                Err(error) => break error,
            }
            assert!(made.len() < 7, "{}: {} drafts of 500 kB in 3 MiB", e.name, made.len());
        };
        assert!(matches!(refused, StoreError::Full(Bound::Bytes)), "{}: {refused}", e.name);
        assert!(made.len() >= 4, "{}: {}", e.name, made.len());
        let large = noise(99, 500_000);
        assert!(matches!(e.store.save(&first.edit, 1, &large, b"", Way::Edited).await, Err(StoreError::Full(Bound::Bytes))), "{}", e.name);
        assert!(matches!(e.store.add_operation(&first.edit, 1, &large).await, Err(StoreError::Full(Bound::Bytes))), "{}", e.name);
        // Nothing of these is more.
        assert_eq!(e.store.save(&first.edit, 1, "{}", b"", Way::Edited).await.unwrap(), Saved::Unchanged(1), "{}", e.name);
        assert_eq!(e.store.save(&first.edit, 7, &large, b"", Way::Edited).await.unwrap(), Saved::Conflict(1), "{}", e.name);
        assert_eq!(e.store.open_draft(&first.view).await.unwrap().body, "{}", "{}", e.name);
        e.store.revoke_view(&first.edit).await.unwrap();
        e.store.delete(&made[0].edit).await.unwrap();
        assert_eq!(e.store.save(&first.edit, 1, &large, b"", Way::Edited).await.unwrap(), Saved::Done(2), "{}", e.name);

        // Who opens it next counts what is there.
        e.store.close().await;
        let (address, options) = (e.address.clone(), Options { most_bytes: 3 * MIB, ..e.clock.options() });
        drop(e.store);
        let again = drafts::Store::open_with(&address, options).await.unwrap();
        assert!(matches!(again.create(&noise(98, 1_000_000), b"", Way::Created).await, Err(StoreError::Full(Bound::Bytes))), "{}", e.name);
        again.delete(&made[1].edit).await.unwrap();
        again.delete(&made[2].edit).await.unwrap();
        assert!(again.create(&noise(98, 1_000_000), b"", Way::Created).await.is_ok(), "{}", e.name);
    }
}

#[tokio::test]
async fn on_a_nearly_full_disk_nothing_is_added_until_there_is_room_again() {
    let (free, asked) = (Arc::new(AtomicU8::new(50)), Arc::new(AtomicUsize::new(0)));
    let options = |clock: &support::Clock| {
        let (free, asked) = (free.clone(), asked.clone());
        let tell = move |_: &std::path::Path| {
            asked.fetch_add(1, Ordering::Relaxed);
            Some(free.load(Ordering::Relaxed))
        };
        Options { least_free_percent: 10, free_percent: Arc::new(tell), ..clock.options() }
    };
    for e in engines_with(options).await {
        free.store(50, Ordering::Relaxed);
        asked.store(0, Ordering::Relaxed);
        let made = e.store.create("1", b"", Way::Created).await.unwrap();
        let other = e.store.create("1", b"", Way::Created).await.unwrap();
        if e.name == "postgres" {
            assert_eq!(asked.swap(0, Ordering::Relaxed), 0, "its disk is another computer's");
            continue;
        }
        assert_eq!(asked.swap(0, Ordering::Relaxed), 1, "once a second");
        free.store(9, Ordering::Relaxed);
        e.clock.turn(1);
        assert!(matches!(e.store.create("2", b"", Way::Created).await, Err(StoreError::Full(Bound::FreeDisk))));
        assert!(matches!(e.store.save(&made.edit, 1, "2", b"", Way::Edited).await, Err(StoreError::Full(Bound::FreeDisk))));
        assert_eq!(e.store.open_draft(&made.view).await.unwrap().body, "1");
        e.store.revoke_view(&made.edit).await.unwrap();
        e.store.delete(&other.edit).await.unwrap();
        e.store.check().await.unwrap();
        free.store(10, Ordering::Relaxed);
        e.clock.turn(1);
        assert_eq!(e.store.save(&made.edit, 1, "2", b"", Way::Edited).await.unwrap(), Saved::Done(2), "well again without a restart");
    }
}

/// Saves shared a transaction with whatever took long, and waited for all of it.
#[tokio::test]
async fn a_save_does_not_wait_for_all_the_long_work_that_came_before() {
    for e in engines().await {
        let made = e.store.create("1", b"", Way::Created).await.unwrap();
        let done = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..40 {
            let (store, done) = (e.store.clone(), done.clone());
            tasks.spawn(async move {
                store.sweep().await.unwrap();
                done.lock().unwrap().push("sweep");
            });
        }
        let (store, told) = (e.store.clone(), done.clone());
        tasks.spawn(async move {
            store.save(&made.edit, 1, "2", b"", Way::Edited).await.unwrap();
            told.lock().unwrap().push("save");
        });
        tasks.join_all().await;
        let done = done.lock().unwrap();
        let at = done.iter().position(|what| *what == "save").unwrap();
        assert!(done.len() == 41 && at <= 2, "{}: the save came after {at} of 40 sweeps", e.name);
    }
}

#[tokio::test]
async fn a_save_from_any_number_is_answered() {
    for e in engines().await {
        let made = e.store.create("1", b"", Way::Created).await.unwrap();
        for base in [i64::MAX, i64::MIN, -1, 0, 2] {
            assert_eq!(e.store.save(&made.edit, base, "2", b"", Way::Edited).await.unwrap(), Saved::Conflict(1), "{}: {base}", e.name);
            assert_eq!(e.store.at_revision(&made.edit, base).await.unwrap(), None, "{}: {base}", e.name);
        }
        for id in [i64::MAX, i64::MIN] {
            assert!(!e.store.write_operation(&made.edit, id, 1, 30, "x").await.unwrap(), "{}: {id}", e.name);
        }
        assert_eq!(e.store.save(&made.edit, 1, "2", b"", Way::Edited).await.unwrap(), Saved::Done(2), "{}: the writer is still there", e.name);
    }
}
