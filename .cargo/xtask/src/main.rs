//! Builds, serves and tests Taskwright: `cargo xtask serve`, `cargo xtask build --release`, `cargo xtask test`, `cargo xtask bench`, `cargo xtask facts`, `cargo xtask torture`, `cargo xtask budgets`, `cargo xtask shots`, `cargo xtask size`.
//!
//! | file | what |
//! |---|---|
//! | `run.rs` | running other programs, saying what is done |
//! | `site.rs` | wasm, JavaScript, stylesheet: optimised, hashed, compressed |
//! | `snip.rs` | what the program never calls is taken out of it |
//! | `places.rs` | where in the source a panic would have been, is too |
//! | `tools.rs` | what must be on the machine, and where it comes from |
//! | `test.rs` | everything that must hold |
//! | `facts.rs` | the compiled-in facts against the newest sources |
//! | `torture.rs` | what takes too long for a test run |
#![forbid(unsafe_code)]

mod facts;
mod places;
mod run;
mod site;
mod snip;
mod test;
mod tools;
mod torture;

use clap::{Parser, Subcommand};
use run::{Done, Profile, cargo, say};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, serves and tests Taskwright")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds both halves and serves them
    Serve {
        /// Address to listen on
        #[arg(long)]
        addr: Option<String>,
        /// Where drafts are kept
        #[arg(long)]
        database: Option<String>,
        /// Builds quickly instead of small and fast
        #[arg(long)]
        dev: bool,
    },
    /// Builds target/{release,debug}/taskwright and target/site
    Build {
        /// Small and fast
        #[arg(long)]
        release: bool,
    },
    /// Builds target/site alone
    Site {
        /// Small and fast
        #[arg(long)]
        release: bool,
    },
    /// Runs everything: format, lints, tests, browser, AWS's own validation
    Test {
        /// Only the steps whose name contains this
        only: Option<String>,
    },
    /// Measures the rules and the API against the same work without them
    Bench,
    /// Compares fields, values, limits, Regions and sizes with the newest botocore and cfn-lint from PyPI
    Facts,
    /// Measures what it costs that freed memory could be overwritten, beside a program that never does
    Wiping,
    /// Runs what takes too long for a test run
    Torture {
        /// Which
        #[command(subcommand)]
        what: Torture,
    },
    /// Measures what the pages cost a slow browser
    Budgets,
    /// Takes the pictures of the README again
    Shots,
    /// Prints the sizes of the built site and checks them against the budget
    Size,
}

#[derive(Subcommand)]
enum Torture {
    /// Arbitrary JSON through decode, rules and fixes
    Fuzz {
        /// How many inputs
        #[arg(long, default_value_t = 10_000_000)]
        runs: u64,
    },
    /// Broken texts of every format through their readers
    Import {
        /// How many texts a reader
        #[arg(long, default_value_t = 1_000_000)]
        runs: u64,
        /// Only the reader of this format
        #[arg(long, value_name = "FORMAT")]
        only: Option<String>,
    },
    /// Programs and databases killed under load; how often each
    Kill {
        /// The program on SQLite
        #[arg(long, default_value_t = 1_000)]
        sqlite: u32,
        /// The program on PostgreSQL
        #[arg(long, default_value_t = 200)]
        postgres: u32,
        /// PostgreSQL itself
        #[arg(long, default_value_t = 50)]
        postgres_itself: u32,
        /// The program asked to end in order
        #[arg(long, default_value_t = 100)]
        orderly: u32,
    },
    /// Disks that fail, and PostgreSQL away for half a minute
    Disk,
    /// Random clients on two replicas that are killed now and then
    Replicas {
        /// How many drafts, of 45 revisions each
        #[arg(long, default_value_t = 200)]
        rounds: u32,
    },
    /// Hostile requests: odd methods, targets, heads, framing, forms and JSON
    Hostile {
        /// How many
        #[arg(long, default_value_t = 20_000)]
        requests: u32,
    },
    /// Idle and half-sent connections beside ordinary clients
    Slow {
        /// How many
        #[arg(long, default_value_t = 2_000)]
        connections: u32,
    },
    /// The most work that is allowed, beside a look at the health
    Load {
        /// For how long
        #[arg(long, default_value_t = 20)]
        seconds: u32,
    },
    /// Many drafts in each engine
    Scale {
        /// How many
        #[arg(long, default_value_t = 1_000_000)]
        drafts: u64,
    },
    /// What others feel while four people press "new view link" on one large draft
    Links,
}

fn main() -> ExitCode {
    match work(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn work(task: Task) -> Done {
    std::env::set_current_dir(run::root()).map_err(|e| format!("cannot enter the workspace: {e}"))?;
    match task {
        Task::Build { release } => build(release),
        Task::Site { release } => tools::wasm_target().and_then(|()| site::build(release)),
        Task::Bench => bench(),
        Task::Facts => facts::compare(),
        Task::Wiping => wiping(),
        Task::Torture { what } => match what {
            Torture::Fuzz { runs } => torture::fuzz(runs),
            Torture::Import { runs, only } => torture::import(runs, only.as_deref()),
            Torture::Kill { sqlite, postgres, postgres_itself, orderly } => torture::kill(sqlite, postgres, postgres_itself, orderly),
            Torture::Disk => torture::disk(),
            Torture::Replicas { rounds } => torture::replicas(rounds),
            Torture::Hostile { requests } => torture::hostile(requests),
            Torture::Slow { connections } => torture::slow(connections),
            Torture::Load { seconds } => torture::load(seconds),
            Torture::Scale { drafts } => torture::scale(drafts),
            Torture::Links => torture::links(),
        },
        Task::Serve { addr, database, dev } => {
            build(!dev)?;
            let profile = if dev { Profile::Dev } else { Profile::Release };
            let mut server = std::process::Command::new(profile.binary());
            for (flag, value) in [("--addr", addr), ("--database", database)] {
                if let Some(value) = value {
                    server.args([flag, &value]);
                }
            }
            say("starting the server");
            run::run(&mut server)
        }
        Task::Test { only } => test::everything(only.as_deref()),
        Task::Budgets => {
            tools::for_tests()?;
            build(true)?;
            test::budgets()
        }
        Task::Shots => {
            tools::for_tests()?;
            build(true)?;
            test::script("shots.mjs", Profile::Release)
        }
        Task::Size => site::budget(),
    }
}

/// Both halves. Never in one cargo call: their features must not mix.
pub fn build(release: bool) -> Done {
    tools::wasm_target()?;
    site::build(release)?;
    say("building the server");
    let profile = if release { Profile::Release } else { Profile::Dev };
    run::run(cargo().args(["build", "--package", "server", "--profile", profile.name()]))
}

/// On one core without the network, then over loopback against a bare handler.
/// The program with the feature `plain-allocator` differs from the other in its allocator only.
fn wiping() -> Done {
    build(true)?;
    run::run(cargo().args(["build", "--package", "server", "--release", "--features", "plain-allocator"]))?;
    let plain = run::root().join("target/taskwright-plain");
    std::fs::copy(Profile::Release.binary(), &plain).map_err(|e| format!("cannot copy the program: {e}"))?;
    let site = run::root().join("target/site");
    run::run(cargo().args(["bench", "--package", "server", "--bench", "wiping"]).env("TASKWRIGHT_PLAIN", plain).env("TASKWRIGHT_SITE", site))
}

fn bench() -> Done {
    build(true)?;
    run::run(cargo().args(["bench", "--package", "taskdef", "--features", "server", "--bench", "validate"]))?;
    tools::for_tests()?;
    run::run(cargo().args(["bench", "--package", "drafts", "--bench", "saves"]))?;
    run::run(cargo().args(["bench", "--package", "registry", "--bench", "look"]))?;
    run::run(cargo().args(["bench", "--package", "server", "--bench", "http"]).env("TASKWRIGHT_SITE", run::root().join("target/site")))
}
