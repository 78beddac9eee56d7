//! The server of Taskwright: pages, posts, live saves, the API, files.
//!
//! | file | what |
//! |---|---|
//! | `config.rs` | flags of the server and their environment |
//! | `cli/` | the commands: `validate`, `inspect`, `rules`, `explain`, `diagnose` |
//! | `assets.rs` | the built site: names with hashes, compressed copies |
//! | `router.rs` `app_state.rs` | all addresses; what handlers need |
//! | `site/` | the pages, one folder each |
//! | `draft_service/` | what happens to a draft: opened, checked, changed, saved |
//! | `api/` | `/api/v1` |
//! | `inspect/` | looks into images |
//! | `search/` | finds settings, pages, actions, words, rules and errors |
//! | `register/` | who may register on AWS from here, and the runs that are going on |
//! | `net/` | connections: caps, time limits, whose request it is, the orderly end |
//! | `archive.rs` | several files as one |
//! | `load/` | bodies, and the threads that compute |
//! | `hold.rs` | memory is overwritten while credentials are held |
//! | `limits.rs` `bucket.rs` | how much one address may ask for |
//! | `health.rs` | whether the store reads and writes |
//! | `logging.rs` `process.rs` | the log; what the system is asked for |
//! | `http/` | what every request and answer passes through: extractors, pages, errors, cookies, guards, headers |
#![forbid(unsafe_code)]

mod api;
mod app_state;
mod archive;
mod assets;
mod bucket;
mod cli;
mod config;
mod draft_service;
mod health;
#[cfg(feature = "aws")]
mod hold;
mod http;
mod inspect;
mod limits;
mod load;
mod logging;
mod net;
mod process;
mod register;
mod router;
mod search;
mod site;

use cli::args::{Cli, Command};
use std::{error::Error, future::Future, io::Write, process::ExitCode, sync::Arc, time::Duration};
use tokio::runtime::{Builder, Handle};

// Pages and findings are made of many small texts: a third less time is spent on reading JSON with it.
#[cfg(any(not(feature = "aws"), feature = "plain-allocator"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

// The same, and what is given back is overwritten while credentials are held: they pass through buffers of libraries that
// no other would clear.
#[cfg(all(feature = "aws", not(feature = "plain-allocator")))]
#[global_allocator]
static ALLOCATOR: wiping::Switched = wiping::Switched::new();

/// Longest that the end of the program waits for work that nobody waits for any more.
const LAST: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    process::keep_files_private();
    process::keep_pages_small();
    wiping::keep_no_free_pages();
    let cli = Cli::read(std::env::args_os()).unwrap_or_else(|error| error.exit());
    match cli.command {
        Some(Command::Validate(options)) => cli::validate(&options),
        Some(Command::Inspect(options)) => cli::inspect(&options),
        Some(Command::Rules(options)) => cli::list(&options),
        Some(Command::Explain(options)) => cli::explain(&options),
        Some(Command::Diagnose(options)) => cli::diagnose(&options),
        Some(Command::Convert(options)) => cli::convert(&options),
        Some(Command::Import(options)) => cli::import(&options),
        Some(Command::Backup { file, database }) => copy(drafts::backup(&database, &file), "copied"),
        Some(Command::RestoreCheck { file }) => copy(drafts::restore_check(&file), "the server can run from this backup"),
        None => serve(cli.config),
    }
}

/// Waits for a copy, or its check, and says what it holds.
#[tokio::main(flavor = "current_thread")]
async fn copy(work: impl Future<Output = Result<drafts::Checked, drafts::StoreError>>, done: &str) -> ExitCode {
    match work.await {
        Ok(held) => {
            println!("{done}: {} drafts, {} revisions", held.drafts, held.revisions);
            ExitCode::SUCCESS
        }
        Err(drafts::StoreError::Address) => {
            eprintln!("taskwright: backup works only with SQLite; for PostgreSQL use pg_dump");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("taskwright: {}", error.with_cause());
            ExitCode::FAILURE
        }
    }
}

fn serve(config: config::Config) -> ExitCode {
    logging::start();
    match run(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("taskwright: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Two sets of threads: one answers and talks to the store, the other computes, so that no work keeps the first from answering.
fn run(config: config::Config) -> Result<(), Box<dyn Error>> {
    let answering = Builder::new_multi_thread().enable_all().thread_name("answer").build()?;
    // One thread more than compute at a time (`load/turns.rs`).
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let computing = Builder::new_multi_thread().worker_threads(cores + 1).enable_all().thread_name("compute").build()?;
    let served = answering.block_on(listen(config, computing.handle().clone()));
    computing.shutdown_timeout(LAST);
    served
}

async fn listen(config: config::Config, computing: Handle) -> Result<(), Box<dyn Error>> {
    // The pages' effects run on this runtime; a second call in one process is no harm.
    let _ = any_spawner::Executor::init_tokio();
    let off = config.limits == config::Switch::Off;
    let options = drafts::Options {
        most_drafts: if off { i64::MAX } else { config.most_drafts },
        most_bytes: if off { i64::MAX } else { config.most_bytes },
        least_free_percent: if off { 0 } else { config.least_free_disk },
        ..Default::default()
    };
    // The address may hold a password, so it is not repeated.
    let store = drafts::Store::open_with(&config.database, options).await.map_err(|e| format!("cannot open the database: {}", e.with_cause()))?;
    let assets = assets::read(&config.site)?;
    let largest = if off { draft_service::LARGEST } else { config.largest_draft.min(draft_service::LARGEST) };
    let limits = limits::Limits::new(&config);
    let listener = tokio::net::TcpListener::bind(&config.addr).await.map_err(|e| format!("cannot listen on {}: {e}", config.addr))?;
    let registrar = Arc::new(register::Registrar::new(&config, listener.local_addr()?)?);
    if registrar.takes_credentials() {
        process::keep_memory_private();
    }
    let seats = net::Seats::new(process::room_for_connections(config.most_connections), config.connections_per_address);
    // A form holds a draft's text once; three bytes are sent for a sign that has to be encoded.
    let most =
        load::places::Most { requests: config.most_requests, bodies: config.most_body_bytes, answers: config.most_answer_bytes, form: 3 * largest + 64 * 1024 };
    let images = Arc::new(match config.registry {
        config::Looks::On => inspect::Inspector::new(&config.registries, !off, Some(store.clone()))?,
        config::Looks::Off => inspect::Inspector::off(),
    });
    let state = app_state::AppState {
        drafts: draft_service::DraftService::new(store.clone(), largest, config.won_per_dollar.clone(), images.clone()),
        images,
        looks: Arc::default(),
        store: store.clone(),
        limits: limits.clone(),
        assets: Arc::new(assets),
        registrar: registrar.clone(),
        load: load::places::Load::new(computing, most),
        ready: Arc::new(health::Ready::new(store.clone())),
    };
    http::refuse::prepare(&state).await;
    let keeping = tokio::spawn(keep(store.clone(), limits));
    let giving = tokio::spawn(give_back());
    let mut said = format!("listening on http://{}\n", listener.local_addr()?);
    if let Some(address) = registrar.unlocking() {
        said.push_str(&format!("to register on AWS from your browser, open {address}\n"));
    }
    // In one piece, and whether or not anybody listens: who waits for the first line may close the pipe behind it.
    let mut out = std::io::stdout();
    let _ = out.write_all(said.as_bytes()).and_then(|()| out.flush());
    let door = net::Door { router: router::router(state, &config.site), proxies: Arc::new(net::Proxies::new(&config.trusted_proxies)), seats };
    net::serve(listener, door, stop()).await;
    registrar.finish().await;
    keeping.abort();
    giving.abort();
    store.close().await;
    Ok(())
}

/// How often freed memory goes back to the system.
const BACK: Duration = Duration::from_secs(1);

/// Gives freed memory back, also where nobody asks for anything.
async fn give_back() {
    let mut beat = tokio::time::interval(BACK);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        wiping::give_back();
    }
}

/// Deletes what has expired, a few at a time so that nobody waits for it, and counts anew what replicas made.
async fn keep(store: drafts::Store, limits: Arc<limits::Limits>) {
    let mut minutes = tokio::time::interval(std::time::Duration::from_secs(60));
    loop {
        minutes.tick().await;
        limits.tidy();
        while matches!(store.sweep().await, Ok(1..)) {
            tokio::task::yield_now().await;
        }
        if let Err(error) = store.recount().await {
            tracing::warn!(%error, cause = error.cause(), "the drafts could not be counted");
        }
    }
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
