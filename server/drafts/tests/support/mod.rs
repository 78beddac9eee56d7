//! The two engines: SQLite in a temporary folder, and a PostgreSQL server of our own.

#![allow(dead_code, clippy::unwrap_used, missing_docs)]

pub mod postgres;

use drafts::{Options, Store};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// A clock that the test turns.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn new() -> Clock {
        Clock(Arc::new(AtomicI64::new(1_700_000_000)))
    }

    pub fn turn(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }

    pub fn options(&self) -> Options {
        let at = self.0.clone();
        // The disk of the person who runs the tests may be as full as it likes.
        Options { clock: Arc::new(move || at.load(Ordering::Relaxed)), least_free_percent: 0, ..Options::default() }
    }
}

/// A store, and what must live as long as it.
pub struct Engine {
    pub name: &'static str,
    pub address: String,
    pub store: Store,
    pub clock: Clock,
    folder: tempfile::TempDir,
    server: Option<Arc<postgres::Server>>,
}

/// SQLite, and PostgreSQL where it is installed.
pub async fn engines() -> Vec<Engine> {
    engines_with(|clock| clock.options()).await
}

pub async fn engines_with(options: impl Fn(&Clock) -> Options) -> Vec<Engine> {
    let mut all = Vec::new();
    let (folder, clock) = (tempfile::tempdir().unwrap(), Clock::new());
    let address = format!("sqlite:{}", folder.path().join("new/drafts.db").display());
    let store = Store::open_with(&address, options(&clock)).await.unwrap();
    all.push(Engine { name: "sqlite", address, store, clock, folder, server: None });
    if let Some(server) = postgres::server() {
        let (folder, clock) = (tempfile::tempdir().unwrap(), Clock::new());
        let address = server.database().await;
        let store = Store::open_with(&address, options(&clock)).await.unwrap();
        all.push(Engine { name: "postgres", address, store, clock, folder, server: Some(server) });
    }
    all
}

/// The address of another, empty database of the same engine.
pub async fn another(engine: &Engine) -> String {
    match &engine.server {
        Some(server) => server.database().await,
        None => format!("sqlite:{}", engine.folder.path().join("another.db").display()),
    }
}

/// Bytes of the database on the disk.
pub async fn bytes(engine: &Engine) -> u64 {
    match &engine.server {
        Some(_) => {
            let mut connection = <sqlx::PgConnection as sqlx::Connection>::connect(&engine.address).await.unwrap();
            let size: i64 = sqlx::query_scalar("SELECT pg_database_size(current_database())").fetch_one(&mut connection).await.unwrap();
            size as u64
        }
        None => std::fs::read_dir(engine.folder.path().join("new")).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).sum(),
    }
}

/// A connection to the engine's database, past the store.
pub enum Raw {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Raw {
    pub async fn of(engine: &Engine) -> Raw {
        use sqlx::Connection;
        match engine.name {
            "postgres" => Raw::Postgres(sqlx::PgConnection::connect(&engine.address).await.unwrap()),
            _ => Raw::Sqlite(sqlx::SqliteConnection::connect(&engine.address).await.unwrap()),
        }
    }

    /// The first column of all rows, as bytes.
    pub async fn bytes(&mut self, sql: &'static str) -> Vec<Vec<u8>> {
        match self {
            Raw::Sqlite(c) => sqlx::query_scalar(sql).fetch_all(c).await.unwrap(),
            Raw::Postgres(c) => sqlx::query_scalar(sql).fetch_all(c).await.unwrap(),
        }
    }

    /// The number that the statement gives.
    pub async fn number(&mut self, sql: &'static str) -> i64 {
        match self {
            Raw::Sqlite(c) => sqlx::query_scalar(sql).fetch_one(c).await.unwrap(),
            Raw::Postgres(c) => sqlx::query_scalar(sql).fetch_one(c).await.unwrap(),
        }
    }

    /// Sets the bytes of all rows; how many were changed.
    pub async fn set(&mut self, sql: &'static str, bytes: &[u8]) -> u64 {
        match self {
            Raw::Sqlite(c) => sqlx::query(sql).bind(bytes).execute(c).await.unwrap().rows_affected(),
            Raw::Postgres(c) => sqlx::query(sql).bind(bytes).execute(c).await.unwrap().rows_affected(),
        }
    }
}

/// JSON of so many bytes that sealing cannot make smaller.
pub fn noise(seed: u64, bytes: usize) -> String {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let letters = (2..bytes).map(|_| {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        char::from(b'A' + (x % 26) as u8)
    });
    format!("\"{}\"", letters.collect::<String>())
}
