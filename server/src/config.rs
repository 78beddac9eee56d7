//! Flags, and the same settings from the environment.

use crate::net;
use clap::{
    Parser, Subcommand, ValueEnum,
    error::{ContextKind, ContextValue},
};
use std::{ffi::OsString, path::PathBuf};
use taskdef::{facts::won::WonRate, shown};

/// What the program is asked to do: to serve, unless a command says otherwise.
#[derive(Parser, Debug)]
#[command(name = "taskwright", version, about = "A web wizard for Amazon ECS task definitions", args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// Command to run instead of the server
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to serve
    #[command(flatten)]
    pub config: Config,
}

impl Cli {
    /// Reads the arguments of the program, and of the environment what they leave out.
    ///
    /// # Errors
    /// What is wrong with them, or a text that was asked for, such as `--help`. It repeats no argument in a way that a terminal
    /// or a CI system acts on.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(arguments).map_err(harmless)
    }
}

/// The same error; what it repeats of the arguments is one line without hidden characters.
fn harmless(mut error: clap::Error) -> clap::Error {
    let mut repeated = Vec::new();
    for (kind, value) in error.context() {
        let shown = match value {
            ContextValue::String(text) => ContextValue::String(shown::line(text)),
            ContextValue::Strings(texts) => ContextValue::Strings(texts.iter().map(|text| shown::line(text)).collect()),
            _ => continue,
        };
        if shown != *value {
            repeated.push((kind, shown));
        }
    }
    if !repeated.is_empty() {
        // What clap suggests repeats the argument once more, in a form that cannot be changed.
        error.remove(ContextKind::Suggested);
    }
    for (kind, shown) in repeated {
        error.insert(kind, shown);
    }
    error
}

/// What the program does besides serving.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Check task definition files. Exits with 1 if AWS would reject one
    Validate(Validate),
    /// Back up the SQLite database while the server runs, and check the copy
    Backup {
        /// The new file
        file: PathBuf,
        /// The database to copy
        #[arg(long, env = "TASKWRIGHT_DATABASE", hide_env_values = true, default_value = "sqlite:data/taskwright.db")]
        database: String,
    },
    /// Check that a backup can be served. Exits with 1 if not
    RestoreCheck {
        /// The copy
        file: PathBuf,
    },
}

/// On or off.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// Limits apply
    On,
    /// No limits
    Off,
}

/// How a draft is registered on AWS from its page.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aws {
    /// Off: offer scripts only
    Off,
    /// Use the AWS sign-in of this computer; only for addresses of this computer
    Local,
    /// Ask for temporary keys, over TLS only
    Paste,
}

/// Files to check, and how to print the problems.
#[derive(clap::Args, Debug)]
pub struct Validate {
    /// Task definitions, or the output of describe-task-definition; `-` reads standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Print all results as JSON
    #[arg(long)]
    pub json: bool,
    /// Lowest severity to print
    #[arg(long, value_enum, default_value = "warning")]
    pub level: Level,
    /// Region where the task will run
    #[arg(long)]
    pub region: Option<String>,
    /// FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES, if the definition does not say
    #[arg(long, value_parser = launch)]
    pub launch_type: Option<taskdef::Launch>,
    /// Language of the messages: en or ko
    #[arg(long, env = "TASKWRIGHT_LANG", value_parser = lang, default_value = "en")]
    pub lang: taskdef::Lang,
}

/// A severity as a flag.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// AWS, the agent or the start of the container would reject it
    Error,
    /// Runs, but probably not as intended
    Warning,
    /// Everything
    Advice,
}

fn launch(text: &str) -> Result<taskdef::Launch, String> {
    taskdef::Launch::parse(text).ok_or_else(|| "one of FARGATE, EC2, EXTERNAL, MANAGED_INSTANCES".to_owned())
}

fn lang(text: &str) -> Result<taskdef::Lang, String> {
    taskdef::Lang::parse(text).ok_or_else(|| "en or ko".to_owned())
}

/// Reads a number of this range.
fn count(least: u64, most: u64) -> impl Fn(&str) -> Result<usize, String> + Clone + Send + Sync + 'static {
    let wrong = move || format!("a number from {least} to {most}");
    move |text| text.parse().ok().filter(|n| (least..=most).contains(&(*n as u64))).ok_or_else(wrong)
}

/// How to serve: a web wizard for Amazon ECS task definitions.
#[derive(clap::Args, Debug)]
pub struct Config {
    /// Address to listen on; use port 0 for any free port
    #[arg(long, env = "TASKWRIGHT_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: String,
    /// Where drafts are stored: sqlite:FILE, or postgres://USER:PASSWORD@HOST/DATABASE for several servers
    #[arg(long, env = "TASKWRIGHT_DATABASE", hide_env_values = true, default_value = "sqlite:data/taskwright.db")]
    pub database: String,
    /// Folder of the built site
    #[arg(long, env = "TASKWRIGHT_SITE", default_value = "target/site")]
    pub site: PathBuf,
    /// Maximum number of connections. Beyond it, the one that has been idle longest is closed
    #[arg(long, env = "TASKWRIGHT_MOST_CONNECTIONS", default_value_t = 4_096, value_parser = count(16, 1_000_000))]
    pub most_connections: usize,
    /// Maximum number of connections from one address. Trusted proxies do not count
    #[arg(long, env = "TASKWRIGHT_CONNECTIONS_PER_ADDRESS", default_value_t = 512, value_parser = count(1, 1_000_000))]
    pub connections_per_address: usize,
    /// Maximum number of requests in progress or waiting, half of them from one address. Beyond it, 503
    #[arg(long, env = "TASKWRIGHT_MOST_REQUESTS", default_value_t = 256, value_parser = count(2, 100_000))]
    pub most_requests: usize,
    /// Maximum size of all request bodies in memory, in bytes, half of them from one address
    #[arg(long, env = "TASKWRIGHT_MOST_BODY_BYTES", default_value_t = 64 * 1024 * 1024, value_parser = count(8 * 1024 * 1024, 1 << 40))]
    pub most_body_bytes: usize,
    /// Maximum size of all answers in memory that clients have not read yet, in bytes, half of them to one address
    #[arg(long, env = "TASKWRIGHT_MOST_ANSWER_BYTES", default_value_t = 64 * 1024 * 1024, value_parser = count(8 * 1024 * 1024, 1 << 40))]
    pub most_answer_bytes: usize,
    /// Networks of the proxies in front of this server, such as 10.0.0.0/8,fd00::/8: only their X-Forwarded-For,
    /// X-Forwarded-Proto and X-Forwarded-Host headers are used
    #[arg(long, env = "TASKWRIGHT_TRUSTED_PROXIES", value_delimiter = ',', value_parser = net::network)]
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// Turn all limits below on or off; off is for tests and private use
    #[arg(long, env = "TASKWRIGHT_LIMITS", value_enum, default_value = "on")]
    pub limits: Switch,
    /// Maximum number of drafts. Beyond it, new drafts get 507
    #[arg(long, env = "TASKWRIGHT_MOST_DRAFTS", default_value_t = 1_000_000)]
    pub most_drafts: i64,
    /// Maximum size of all drafts, in bytes. Beyond it, new data gets 507; reading and deleting still work
    #[arg(long, env = "TASKWRIGHT_MOST_BYTES", default_value_t = 64 << 30, value_parser = clap::value_parser!(i64).range(1..))]
    pub most_bytes: i64,
    /// Maximum size of a draft, in bytes. A larger one gets 413
    #[arg(long, env = "TASKWRIGHT_LARGEST_DRAFT", default_value_t = 1024 * 1024)]
    pub largest_draft: usize,
    /// Maximum number of new drafts per minute from one address. Beyond it, 429. A class behind one router is one address
    #[arg(long, env = "TASKWRIGHT_NEW_DRAFTS_PER_MINUTE", default_value_t = 120)]
    pub new_drafts_per_minute: u32,
    /// Maximum number of requests per minute from one address, without static files. Beyond it, 429
    #[arg(long, env = "TASKWRIGHT_REQUESTS_PER_MINUTE", default_value_t = 6_000)]
    pub requests_per_minute: u32,
    /// Maximum number of bytes stored per minute from one address. Beyond it, 429
    #[arg(long, env = "TASKWRIGHT_BYTES_PER_MINUTE", default_value_t = 32 * 1024 * 1024, value_parser = count(1, 1 << 40))]
    pub bytes_per_minute: usize,
    /// Percentage of the SQLite disk to keep free, up to 5 GiB. Below it, new data gets 507
    #[arg(long, env = "TASKWRIGHT_LEAST_FREE_DISK", default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub least_free_disk: u8,
    /// Won for one US dollar and the date of that rate, such as 1458.2@2026-11-20: costs are then shown in won too. Off by default
    #[arg(long, env = "TASKWRIGHT_WON_PER_DOLLAR", value_name = "RATE@DATE")]
    pub won_per_dollar: Option<WonRate>,
    /// How drafts are registered on AWS. Default: local on 127.0.0.1, otherwise off
    #[arg(long, env = "TASKWRIGHT_AWS", value_enum)]
    pub aws: Option<Aws>,
    /// Another address instead of AWS, for tests and emulators
    #[arg(long, env = "TASKWRIGHT_AWS_ENDPOINT")]
    pub aws_endpoint: Option<String>,
    /// Timeout for each AWS call, in seconds
    #[arg(long, env = "TASKWRIGHT_AWS_PATIENCE", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=60))]
    pub aws_patience: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_that_is_wrong_is_repeated_without_what_a_terminal_acts_on() {
        const HOSTILE: &str = "x\u{1b}[2J\n::error::y\r\u{202e}##[error]z";
        let mut seen = 0;
        for arguments in [
            vec![format!("--{HOSTILE}")],
            vec![format!("--limits={HOSTILE}")],
            vec!["--limits".into(), HOSTILE.into()],
            vec![format!("--most-drafts={HOSTILE}")],
            vec![format!("--trusted-proxies={HOSTILE}")],
            vec![HOSTILE.into()],
            vec!["validate".into(), "a.json".into(), format!("--{HOSTILE}")],
            vec!["validate".into(), "a.json".into(), "--level".into(), HOSTILE.into()],
            vec!["restore-check".into(), "a".into(), HOSTILE.into()],
            vec![format!("-{HOSTILE}")],
        ] {
            let error = Cli::read(std::iter::once("taskwright".into()).chain(arguments.iter().map(Into::into))).unwrap_err();
            let said = error.render().to_string();
            assert!(!said.chars().any(|c| c != '\n' && shown::is_hidden(c)), "{arguments:?}: {said:?}");
            assert!(!said.lines().any(|line| line.trim_start().starts_with("::")) && !said.contains(" ##["), "{arguments:?}: {said:?}");
            assert!(said.contains("Usage: "), "{said}");
            seen += 1;
        }
        assert_eq!(seen, 10);
        let plain = Cli::read(["taskwright", "--limit"].map(Into::into)).unwrap_err().render().to_string();
        assert!(plain.contains("--limits"), "a harmless slip is still helped with: {plain}");
    }
}
