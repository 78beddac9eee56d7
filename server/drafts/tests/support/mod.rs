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
        Options { clock: Arc::new(move || at.load(Ordering::Relaxed)), ..Options::default() }
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
