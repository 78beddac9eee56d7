//! Flags, and the same settings from the environment.

use clap::Parser;
use std::path::PathBuf;

/// A web wizard for Amazon ECS task definitions.
#[derive(Parser, Debug)]
#[command(name = "taskwright", version)]
pub struct Config {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, env = "TASKWRIGHT_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: String,
    /// Where drafts are kept
    #[arg(long, env = "TASKWRIGHT_DATABASE", default_value = "sqlite:data/taskwright.db")]
    pub database: String,
    /// Folder of the built site
    #[arg(long, env = "TASKWRIGHT_SITE", default_value = "target/site")]
    pub site: PathBuf,
}
