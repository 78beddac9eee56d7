//! Flags, and the same settings from the environment.

use crate::net;
use clap::ValueEnum;
use std::path::PathBuf;
use taskdef::facts::won::WonRate;

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
    /// Use the AWS sign-in of this computer; works only on a loopback address
    Local,
    /// Use temporary keys that the visitor enters, over TLS only
    Paste,
}

/// Whether images are looked into.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Contact registries when someone inspects the images
    On,
    /// Send no request to any registry
    Off,
}

/// How registries are asked.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct RegistryFlags {
    /// Registries to allow besides the well-known ones: HOST or HOST:PORT at a public address, HOST=NETWORK in a private network, such as
    /// registry.corp:5000=10.0.0.0/8
    #[arg(long, env = "TASKWRIGHT_REGISTRY_ALLOW", value_delimiter = ',', value_name = "HOST[=NETWORK]")]
    pub registry_allow: Vec<registry::Allowed>,
    /// File with registry credentials, as docker login writes it (config.json). Every visitor can see what they can read, so use
    /// credentials that can read only public images
    #[arg(long, env = "TASKWRIGHT_REGISTRY_CREDENTIALS", value_name = "FILE")]
    pub registry_credentials: Option<PathBuf>,
}

/// Reads a number of this range.
fn count(least: u64, most: u64) -> impl Fn(&str) -> Result<usize, String> + Clone + Send + Sync + 'static {
    let wrong = move || format!("must be a number from {least} to {most}");
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
    /// Maximum size of all request bodies in memory, in bytes. Beyond it, unfinished requests are rejected, oldest first
    #[arg(long, env = "TASKWRIGHT_MOST_BODY_BYTES", default_value_t = 64 * 1024 * 1024, value_parser = count(8 * 1024 * 1024, 1 << 40))]
    pub most_body_bytes: usize,
    /// Maximum size of all responses in memory that clients have not read yet, in bytes. Beyond it, the connections with the
    /// oldest responses are closed
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
    /// Inspect images in their registries
    #[arg(long, env = "TASKWRIGHT_REGISTRY", value_enum, default_value = "on")]
    pub registry: Looks,
    /// How registries are asked
    #[command(flatten)]
    pub registries: RegistryFlags,
    /// How drafts are registered on AWS. Default: local on 127.0.0.1, otherwise off
    #[arg(long, env = "TASKWRIGHT_AWS", value_enum)]
    pub aws: Option<Aws>,
    /// Address to use instead of AWS, for tests and emulators
    #[arg(long, env = "TASKWRIGHT_AWS_ENDPOINT")]
    pub aws_endpoint: Option<String>,
    /// Timeout for each AWS call, in seconds
    #[arg(long, env = "TASKWRIGHT_AWS_PATIENCE", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=60))]
    pub aws_patience: u64,
}
