//! What others feel while four people press "new view link" on one draft with a large history, as fast as they can.
//!
//! `TASKWRIGHT_OLD` names a copy of a SQLite file and the edit link of a draft in it (`FILE LINK`), to see the same with a
//! draft that an earlier program made.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;

use drafts::{Saved, Store, Token, Way};
use std::time::{Duration, Instant};
use support::{Clock, noise};

const PRESSERS: usize = 4;
const TIME: Duration = Duration::from_secs(6);

/// Bytes of a large draft.
const LARGE: usize = 900_000;

#[tokio::main]
async fn main() {
    if let Ok(old) = std::env::var("TASKWRIGHT_OLD") {
        let (file, link) = old.split_once(' ').unwrap();
        let clock = Clock::new();
        let store = Store::open_with(&format!("sqlite:{file}"), clock.options()).await.unwrap();
        return measure("sqlite, a draft made before", &store, Token::parse(link).unwrap()).await;
    }
    for e in support::engines().await {
        let draft = e.store.create("{}", b"", Way::Created).await.unwrap().edit;
        for n in 1..=50 {
            e.clock.turn(100);
            assert_eq!(e.store.save(&draft, n, &noise(n as u64, LARGE), b"", Way::Edited).await.unwrap(), Saved::Done(n + 1));
        }
        measure(e.name, &e.store, draft).await;
        e.store.close().await;
    }
}

async fn measure(name: &str, store: &Store, draft: Token) {
    let other = store.create("{}", b"", Way::Created).await.unwrap().edit;
    let mut revision = 1;
    let (before, n, _) = saves(store, &other, &mut revision).await;
    println!("{name}: {n} saves of somebody else, median {} µs", before.as_micros());
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let pressers: Vec<_> = (0..PRESSERS)
        .map(|_| {
            let (store, draft, stopped) = (store.clone(), draft.clone(), stopped.clone());
            tokio::spawn(async move {
                let mut presses = 0;
                while !*stopped.borrow() {
                    store.revoke_view(&draft).await.unwrap();
                    presses += 1;
                }
                presses
            })
        })
        .collect();
    let (during, n, worst) = saves(store, &other, &mut revision).await;
    stop.send(true).unwrap();
    let mut presses = 0;
    for presser in pressers {
        presses += presser.await.unwrap();
    }
    println!("{name}: {n} saves beside {presses} new view links, median {} µs, slowest {} ms", during.as_micros(), worst.as_millis());
    let (after, n, _) = saves(store, &other, &mut revision).await;
    println!("{name}: {n} saves afterwards, median {} µs", after.as_micros());
}

/// Median, number and slowest of saves, one after the other.
async fn saves(store: &Store, draft: &Token, revision: &mut i64) -> (Duration, usize, Duration) {
    let (from, mut took) = (Instant::now(), Vec::new());
    while from.elapsed() < TIME {
        let one = Instant::now();
        assert_eq!(store.save(draft, *revision, &format!("{{\"n\":{revision}}}"), b"", Way::Edited).await.unwrap(), Saved::Done(*revision + 1));
        *revision += 1;
        took.push(one.elapsed());
    }
    took.sort_unstable();
    (took[took.len() / 2], took.len(), took[took.len() - 1])
}
