//! Saves: one wins, all are told, and what was acknowledged is there.

use crate::support::engines;
use drafts::{Saved, StoreError, Way};
use std::{future::poll_fn, task::Poll, time::Duration};

/// Requests that wait for their turn to compute are not polled for seconds. A crowd of them once held all connections.
#[tokio::test]
async fn readers_who_do_not_go_on_keep_nobody_from_reading() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        let mut stalled: Vec<_> = (0..100).map(|_| e.store.open_draft(&made.edit)).collect();
        for one in &mut stalled {
            assert!(poll_fn(|cx| Poll::Ready(one.as_mut().poll(cx).is_pending())).await, "{}", e.name);
        }
        let all = async {
            for _ in 0..100 {
                assert_eq!(e.store.open_draft(&made.view).await.unwrap().body, "one", "{}", e.name);
            }
        };
        assert!(tokio::time::timeout(Duration::from_secs(60), all).await.is_ok(), "{}", e.name);
        assert_eq!(stalled.len(), 100);
    }
}

#[tokio::test]
async fn a_stale_save_writes_nothing_and_a_repeat_gets_the_same_answer() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        assert_eq!(e.store.save(&made.edit, 1, "two", b"", Way::Edited).await.unwrap(), Saved::Done(2), "{}", e.name);
        assert_eq!(e.store.save(&made.edit, 1, "two", b"", Way::Edited).await.unwrap(), Saved::Done(2), "{}", e.name);
        assert_eq!(e.store.save(&made.edit, 2, "two", b"", Way::Edited).await.unwrap(), Saved::Unchanged(2), "{}", e.name);
        assert_eq!(e.store.save(&made.edit, 1, "other", b"", Way::Edited).await.unwrap(), Saved::Conflict(2), "{}", e.name);
        assert_eq!(e.store.open_draft(&made.edit).await.unwrap().body, "two");
        assert_eq!(e.store.at_revision(&made.edit, 1).await.unwrap().as_deref(), Some("one"));
    }
}

#[tokio::test]
async fn one_of_many_savers_at_once_wins_and_all_others_are_told() {
    for e in engines().await {
        let made = e.store.create("0", b"", Way::Created).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..64 {
            let (store, edit) = (e.store.clone(), made.edit.clone());
            tasks.spawn(async move { store.save(&edit, 1, &format!("by {n}"), b"", Way::Edited).await.unwrap() });
        }
        let answers = tasks.join_all().await;
        assert_eq!(answers.iter().filter(|a| **a == Saved::Done(2)).count(), 1, "{}", e.name);
        assert_eq!(answers.iter().filter(|a| **a == Saved::Conflict(2)).count(), 63, "{}", e.name);
    }
}

#[tokio::test]
async fn saves_of_many_drafts_at_once_all_arrive() {
    for e in engines().await {
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..200 {
            let store = e.store.clone();
            tasks.spawn(async move {
                let made = store.create(&format!("{n}"), b"", Way::Created).await.unwrap();
                for step in 1..4 {
                    assert_eq!(store.save(&made.edit, step, &format!("{n} {step}"), b"", Way::Edited).await.unwrap(), Saved::Done(step + 1));
                }
                (n, made)
            });
        }
        for (n, made) in tasks.join_all().await {
            assert_eq!(e.store.open_draft(&made.view).await.unwrap().body, format!("{n} 3"), "{}", e.name);
        }
        assert_eq!(e.store.count(), 200, "{}", e.name);
        assert_eq!(e.store.recount().await.unwrap(), 200, "{}", e.name);
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_closing_and_opening_again() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        e.store.save(&made.edit, 1, "두 번째", b"", Way::Edited).await.unwrap();
        e.store.check().await.unwrap();
        e.store.close().await;
        assert!(matches!(e.store.save(&made.edit, 2, "late", b"", Way::Edited).await, Err(StoreError::Closed)), "{}", e.name);
        let (address, options) = (e.address.clone(), e.clock.options());
        drop(e.store);
        let again = drafts::Store::open_with(&address, options).await.unwrap();
        assert_eq!((again.open_draft(&made.view).await.unwrap().body.as_str(), again.count()), ("두 번째", 1), "{}", e.name);
    }
}

#[tokio::test]
async fn two_replicas_on_one_postgres_agree() {
    for e in engines().await.into_iter().filter(|e| e.name == "postgres") {
        let other = drafts::Store::open_with(&e.address, e.clock.options()).await.unwrap();
        let made = e.store.create("0", b"", Way::Created).await.unwrap();
        let mut wins = 0;
        for round in 1..40 {
            let (x, y) = (format!("a {round}"), format!("b {round}"));
            let (a, b) = tokio::join!(e.store.save(&made.edit, round, &x, b"a", Way::Edited), other.save(&made.edit, round, &y, b"b", Way::Edited));
            let (a, b) = (a.unwrap(), b.unwrap());
            let (done, late) = (Saved::Done(round + 1), Saved::Conflict(round + 1));
            assert!((a, b) == (done, late) || (a, b) == (late, done), "round {round}: {a:?} {b:?}");
            wins += 1;
        }
        assert_eq!(wins, 39);
        assert_eq!(other.open_draft(&made.edit).await.unwrap().revision, 40);
    }
}
