//! A thousand drafts and a million: opening and saving by link, turn by turn, so that what else the machine does hits
//! both alike; the size on the disk; and what others feel while 100,000 expired ones are swept. `TASKWRIGHT_DRAFTS`
//! sets another number.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;

use drafts::{Life, Saved, Store, Token, Way};
use std::time::{Duration, Instant};
use support::{Clock, Engine};

const FEW: usize = 1_000;
const ROUNDS: usize = 20;
const TRIALS: usize = 500;
const MAKERS: usize = 128;

/// A draft like the tutorial's, 1.5 KB.
fn text(n: usize) -> String {
    let words: String = (0..40).map(|i| format!("\"key{i}\":\"value {}\",", (i * 7919 + n * 31) % 100_003)).collect();
    format!("{{{words}\"n\":{n}}}")
}

#[tokio::main]
async fn main() {
    let many: usize = std::env::var("TASKWRIGHT_DRAFTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    for e in support::engines().await {
        let small = Store::open(&support::another(&e).await).await.unwrap();
        let expired = many / 10;
        let old = make(&e.store, expired).await;
        for chunk in old.chunks(MAKERS) {
            futures(chunk.iter().map(|t| e.store.set_life(t, Life::Day))).await;
        }
        let from = Instant::now();
        let tokens = make(&e.store, many - expired).await;
        println!("{}: {} drafts, {:.0} made per second", e.name, e.store.count(), (many - expired) as f64 / from.elapsed().as_secs_f64());
        let some = make(&small, FEW).await;
        let (mut few, mut full) = (Times::default(), Times::default());
        for round in 0..ROUNDS {
            few.measure(&small, &some, round).await;
            full.measure(&e.store, &tokens, round).await;
        }
        small.close().await;
        let (few, full) = (few.medians(), full.medians());
        for (what, a, b) in [("open", few.0, full.0), ("save", few.1, full.1)] {
            println!(
                "{}: {what}, median: {} µs with {FEW}, {} µs with {many}: {:+.0} %",
                e.name,
                a.as_micros(),
                b.as_micros(),
                (b.as_secs_f64() / a.as_secs_f64() - 1.0) * 100.0
            );
        }
        println!("{}: {} bytes a draft on the disk", e.name, support::bytes(&e).await / many as u64);
        sweep(&e, &tokens, &e.clock).await;
        e.store.close().await;
    }
}

async fn futures<T>(all: impl Iterator<Item = impl Future<Output = Result<T, drafts::StoreError>>>) -> Vec<T> {
    // All are started before the first is waited for, so that they share transactions.
    let mut all: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(|cx| {
        let mut open = false;
        for (future, slot) in all.iter_mut().zip(&mut done) {
            if slot.is_none() {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(result) => *slot = Some(result.unwrap()),
                    std::task::Poll::Pending => open = true,
                }
            }
        }
        if open { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    done.into_iter().flatten().collect()
}

async fn make(store: &Store, n: usize) -> Vec<Token> {
    let mut tasks = tokio::task::JoinSet::new();
    for maker in 0..MAKERS {
        let store = store.clone();
        tasks.spawn(async move {
            let mut tokens = Vec::new();
            for i in (maker..n).step_by(MAKERS) {
                tokens.push(store.create(&text(i), b"", Way::Created).await.unwrap().edit);
            }
            tokens
        });
    }
    tasks.join_all().await.into_iter().flatten().collect()
}

/// What opening and saving took, one after the other, drafts from everywhere.
#[derive(Default)]
struct Times {
    open: Vec<Duration>,
    save: Vec<Duration>,
}

impl Times {
    async fn measure(&mut self, store: &Store, tokens: &[Token], round: usize) {
        for i in round * TRIALS..(round + 1) * TRIALS {
            let token = &tokens[(i * 7_368_787) % tokens.len()];
            let from = Instant::now();
            let opened = store.open_draft(token).await.unwrap();
            self.open.push(from.elapsed());
            let from = Instant::now();
            assert_eq!(store.save(token, opened.revision, &text(i + 1_000_003), b"", Way::Edited).await.unwrap(), Saved::Done(opened.revision + 1));
            self.save.push(from.elapsed());
        }
    }

    fn medians(mut self) -> (Duration, Duration) {
        self.open.sort_unstable();
        self.save.sort_unstable();
        (self.open[self.open.len() / 2], self.save[self.save.len() / 2])
    }
}

/// Sweeps all that have expired, while another goes on opening and saving.
async fn sweep(e: &Engine, tokens: &[Token], clock: &Clock) {
    clock.turn(3 * 86_400);
    let (store, tokens) = (e.store.clone(), tokens[..2_000.min(tokens.len())].to_vec());
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let others = tokio::spawn(async move {
        let (mut worst, mut n) = (Duration::ZERO, 0);
        while !*stopped.borrow() {
            let token = &tokens[n % tokens.len()];
            let from = Instant::now();
            let opened = store.open_draft(token).await.unwrap();
            store.save(token, opened.revision, &text(n + 2_000_003), b"", Way::Edited).await.unwrap();
            worst = worst.max(from.elapsed());
            n += 1;
        }
        (worst, n)
    });
    let (from, mut swept) = (Instant::now(), 0);
    loop {
        match e.store.sweep().await.unwrap() {
            0 => break,
            n => swept += n,
        }
        tokio::task::yield_now().await;
    }
    let took = from.elapsed();
    stop.send(true).unwrap();
    let (worst, n) = others.await.unwrap();
    println!(
        "{}: {swept} expired swept in {:.1} s; meanwhile {n} others opened and saved, the slowest in {} ms",
        e.name,
        took.as_secs_f64(),
        worst.as_millis()
    );
}
