//! PostgreSQL: several replicas on one database. Plain SQL, which Aurora, CockroachDB and Citus take too.

use crate::{StoreError, migrations};
use sqlx::{
    Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
};
use std::{net::IpAddr, str::FromStr, time::Duration};

/// Connections of one replica.
const CONNECTIONS: u32 = 10;

/// Longest wait for a connection: then the answer is 503, and the next request tries anew.
const PATIENCE: Duration = Duration::from_secs(3);

/// Every statement here finds its rows by key. Without statistics, as in a young table, PostgreSQL reads all of it
/// instead. Its relatives that do not know these settings need not.
const BY_KEY: [&str; 3] = ["SET enable_seqscan = off", "SET enable_hashjoin = off", "SET enable_mergejoin = off"];

/// Connects and brings the tables up to date.
pub(crate) async fn open(address: &str) -> Result<PgPool, StoreError> {
    let options = PgConnectOptions::from_str(address)?;
    verified(&options)?;
    let options = options.application_name("taskwright").options([("statement_timeout", "10s"), ("lock_timeout", "5s")]);
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

/// A server on another computer must prove who it is. One on this computer needs not: what comes there has passed no network.
fn verified(options: &PgConnectOptions) -> Result<(), StoreError> {
    let host = options.get_host();
    let here = options.get_socket().is_some() || host.starts_with('/') || host == "localhost" || address(host).is_some_and(|ip| ip.is_loopback());
    match options.get_ssl_mode() {
        PgSslMode::VerifyFull => Ok(()),
        _ if here => Ok(()),
        weaker => Err(StoreError::Unverified(said(weaker).to_owned())),
    }
}

fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn said(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer, or nothing",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

/// Bytes of all sealed texts. Reads every row's size, which takes a second or two a million drafts.
pub(crate) async fn bytes(pool: &PgPool) -> Result<i64, StoreError> {
    let mut tx = pool.begin().await?;
    for setting in ["SET LOCAL enable_seqscan = on", "SET LOCAL statement_timeout = 0"] {
        tx.execute(setting).await?;
    }
    let sql = "SELECT CAST((SELECT COALESCE(SUM(LENGTH(body)), 0) FROM revisions) + (SELECT COALESCE(SUM(LENGTH(body)), 0) FROM operations) \
               + (SELECT COALESCE(SUM(LENGTH(body)), 0) FROM looks) AS BIGINT)";
    let bytes = sqlx::query_scalar(sql).fetch_one(&mut *tx).await?;
    tx.rollback().await?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_on_this_computer_need_not_prove_who_it_is() {
        for (address, fine) in [
            ("postgres://u@localhost/d", true),
            ("postgres://u@127.0.0.2/d?sslmode=disable", true),
            ("postgres://u@[::1]:5432/d", true),
            ("postgres://u@%2Fvar%2Frun%2Fpostgresql/d", true),
            ("postgres://u@ignored/d?host=/var/run/postgresql", true),
            ("postgres://u@db.example/d?sslmode=verify-full", true),
            ("postgres://u@db.example/d", false),
            ("postgres://u@db.example/d?sslmode=require", false),
            ("postgres://u@db.example/d?sslmode=verify-ca", false),
            ("postgres://u@localhost.example/d", false),
            ("postgres://u@localhost/d?host=db.example", false),
            ("postgres://u@localhost/d?hostaddr=10.0.0.1", false),
            ("postgres://u@10.0.0.1/d", false),
        ] {
            let told = verified(&PgConnectOptions::from_str(address).unwrap());
            assert_eq!(told.is_ok(), fine, "{address}");
            assert!(fine || told.unwrap_err().to_string().contains("sslmode=verify-full"), "{address}");
        }
    }
}
