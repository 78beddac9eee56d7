//! PostgreSQL: several replicas on one database. Plain SQL, which Aurora, CockroachDB and Citus take too.

use crate::{StoreError, migrations};
use sqlx::{
    Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};

/// Connections of one replica.
const CONNECTIONS: u32 = 10;

/// Longest wait for a connection: then the answer is 503, and the next request tries anew.
const PATIENCE: Duration = Duration::from_secs(3);

/// Every statement here finds its rows by key. Without statistics, as in a young table, PostgreSQL reads all of it
/// instead. Its relatives that do not know these settings need not.
const BY_KEY: [&str; 3] = ["SET enable_seqscan = off", "SET enable_hashjoin = off", "SET enable_mergejoin = off"];

/// Connects and brings the tables up to date.
pub(crate) async fn open(address: &str) -> Result<PgPool, StoreError> {
    let options = PgConnectOptions::from_str(address)?.application_name("taskwright").options([("statement_timeout", "10s"), ("lock_timeout", "5s")]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| {
            Box::pin(async move {
                for setting in BY_KEY {
                    let _ = connection.execute(setting).await;
                }
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    migrations::postgres().run(&pool).await?;
    Ok(pool)
}
