//! Saves per second: the bare loop of SQLite with the same rows and the same durability, the store with one
//! transaction a save, and the store with group commit; each with 64 clients that wait for their answer.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;

use drafts::{Options, Saved, Store, Token, Way};
use sqlx::{Connection, SqliteConnection, sqlite::*};
use std::time::{Duration, Instant};

const CLIENTS: usize = 64;
const TIME: Duration = Duration::from_secs(4);

/// A draft like the tutorial's, 3 KB.
fn text(n: i64) -> String {
    let words: String = (0..90).map(|i| format!("\"key{i}\":\"value {}\",", (i * 7919 + n) % 10_007)).collect();
    format!("{{{words}\"n\":{n}}}")
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    println!("{:<44} {:>10} {:>9}", "one draft a client, each answer awaited", "saves /s", "ratio");
    let bare = bare(&folder.path().join("bare.db")).await;
    println!("{:<44} {bare:>10.0} {:>8.1}×", "bare SQLite loop, same rows, one fsync each", 1.0);
    for e in support::engines().await {
        let single = Store::open_with(&support::another(&e).await, Options { group: false, ..Options::default() }).await.unwrap();
        let single = clients(&single).await;
        println!("{:<44} {single:>10.0} {:>8.1}×", format!("{}: a transaction a save, {CLIENTS} clients", e.name), single / bare);
        let grouped = clients(&e.store).await;
        println!("{:<44} {grouped:>10.0} {:>8.1}×", format!("{}: group commit, {CLIENTS} clients", e.name), grouped / bare);
        println!("{:<44} {:>10} {:>8.1}×", format!("{}: group commit to a transaction a save", e.name), "", grouped / single);
    }
}

async fn bare(file: &std::path::Path) -> f64 {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let mut c = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("CREATE TABLE d (id INTEGER PRIMARY KEY, revision INTEGER, at INTEGER)").execute(&mut c).await.unwrap();
    sqlx::query("CREATE TABLE r (d INTEGER, revision INTEGER, body BLOB, PRIMARY KEY (d, revision)) WITHOUT ROWID").execute(&mut c).await.unwrap();
    sqlx::query("INSERT INTO d VALUES (1, 0, 0)").execute(&mut c).await.unwrap();
    let (started, mut n) = (Instant::now(), 0i64);
    while started.elapsed() < TIME {
        n += 1;
        let mut tx = c.begin().await.unwrap();
        sqlx::query("UPDATE d SET revision = $1, at = $1 WHERE id = 1").bind(n).execute(&mut *tx).await.unwrap();
        sqlx::query("INSERT INTO r VALUES (1, $1, $2)").bind(n).bind(text(n).into_bytes()).execute(&mut *tx).await.unwrap();
        sqlx::query("DELETE FROM r WHERE d = 1 AND revision <= $1").bind(n - 50).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
    n as f64 / started.elapsed().as_secs_f64()
}

async fn clients(store: &Store) -> f64 {
    let mut tokens: Vec<Token> = Vec::new();
    for _ in 0..CLIENTS {
        tokens.push(store.create(&text(0), b"", Way::Created).await.unwrap().edit);
    }
    let started = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for token in tokens {
        let store = store.clone();
        tasks.spawn(async move {
            let mut n = 1;
            while started.elapsed() < TIME {
                assert_eq!(store.save(&token, n, &text(n), b"", Way::Edited).await.unwrap(), Saved::Done(n + 1));
                n += 1;
            }
            n - 1
        });
    }
    let all: i64 = tasks.join_all().await.into_iter().sum();
    all as f64 / started.elapsed().as_secs_f64()
}
