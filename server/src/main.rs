//! The server of Taskwright: pages, posts, live saves, the API, files.
//!
//! | file | what |
//! |---|---|
//! | `config.rs` | flags and their environment |
//! | `check.rs` | `taskwright validate` |
//! | `backend.rs` | the port of the pages, on the store of drafts |
//! | `assets.rs` | the built site: names with hashes, compressed copies |
//! | `pages.rs` `posts.rs` | GET and POST of the pages |
//! | `api/` | `/api/v1` |
//! | `guard.rs` | request ids, headers, limits, panics |
#![forbid(unsafe_code)]

mod api;
mod assets;
mod backend;
mod check;
mod config;
mod guard;
mod pages;
mod posts;
mod web;

use clap::Parser;
use std::{error::Error, process::ExitCode, sync::Arc};

// Pages and findings are made of many small texts: a third less time is spent on reading JSON with it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = config::Cli::parse();
    match cli.command {
        Some(config::Command::Validate(validate)) => check::run(&validate),
        None => serve(cli.config),
    }
}

#[tokio::main]
async fn serve(config: config::Config) -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    match listen(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("taskwright: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn listen(config: config::Config) -> Result<(), Box<dyn Error>> {
    // The pages' effects run on this runtime; a second call in one process is no harm.
    let _ = any_spawner::Executor::init_tokio();
    let store = drafts::Sqlite::open(&config.database).await.map_err(|e| format!("cannot open the database {}: {e}", config.database))?;
    let assets = assets::read(&config.site)?;
    let state = web::State { backend: Arc::new(backend::StoreBackend::new(store.clone())), store: store.clone(), assets: Arc::new(assets) };
    let listener = tokio::net::TcpListener::bind(&config.addr).await.map_err(|e| format!("cannot listen on {}: {e}", config.addr))?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, web::router(state, &config.site)).with_graceful_shutdown(stop()).await?;
    store.close().await;
    Ok(())
}

/// Ends on Ctrl+C and on the signal that service managers send; what was accepted is finished first.
async fn stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
