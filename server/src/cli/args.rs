//! Commands and their flags.

use crate::config::{Config, RegistryFlags};
use clap::{
    Args, Parser, Subcommand, ValueEnum,
    error::{ContextKind, ContextValue},
};
use std::{ffi::OsString, path::PathBuf};
use taskdef::{Lang, Launch, Severity, facts::Platform, formats, shown};

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
    /// Check task definition files
    #[command(after_help = EXIT_CODES)]
    Validate(Validate),
    /// Inspect an image in its registry: platforms, configuration and, with --layers, programs
    #[command(after_help = "Exit codes: 0 image found, 1 no such image, 2 could not be determined")]
    Inspect(Inspect),
    /// List all rules
    Rules(Rules),
    /// Explain a rule: what it checks, why it matters and what to do
    Explain(Explain),
    /// Find the cause of an AWS error, a stopped reason, service events or a describe-tasks output
    #[command(after_help = "Exit codes: 0 cause found, 1 text not recognised, 2 text cannot be read")]
    Diagnose(Diagnose),
    /// Write a task definition, a Compose file or another file in another format: CloudFormation, Terraform, CDK and more
    #[command(after_help = "Exit codes: 0 written, 2 the input could not be read or the output not written")]
    Convert(Convert),
    /// Turn a Compose file, docker run command, CloudFormation template, Terraform or another file into a task definition
    #[command(after_help = "Exit codes: 0 nothing to do, 1 the report has open questions or unsupported parts, 2 nothing could be read")]
    Import(Import),
    /// Back up the SQLite database while the server runs, and check the copy
    Backup {
        /// File to write the backup to
        file: PathBuf,
        /// Database to back up
        #[arg(long, env = "TASKWRIGHT_DATABASE", hide_env_values = true, default_value = "sqlite:data/taskwright.db")]
        database: String,
    },
    /// Check that the server can run from a backup. Exits with 1 if it cannot
    RestoreCheck {
        /// Backup file
        file: PathBuf,
    },
}

const EXIT_CODES: &str = "\
Exit codes:
  0  no problem at or above --fail-on
  1  problems at or above --fail-on (default: errors)
  2  a file could not be read or changed, or an argument or taskwright.toml is wrong";

/// Files to check, and how to print the problems.
#[derive(Args, Debug)]
pub struct Validate {
    /// Files, folders and globs, such as 'ecs/**/*.json'; `-` reads standard input. Any format that can be imported is
    /// checked: CloudFormation, Terraform, Compose and more. In a folder, JSON files, templates and Terraform files that
    /// contain a task definition are checked, except those that .gitignore excludes
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Same as --format json
    #[arg(long, hide = true, conflicts_with = "format")]
    pub json: bool,
    /// Lowest severity to print [default: advice for json and sarif, otherwise warning]
    #[arg(long, value_enum)]
    pub level: Option<Level>,
    /// Lowest severity that causes exit code 1
    #[arg(long, value_enum, default_value = "error")]
    pub fail_on: Level,
    /// Apply the safe fixes to the files and show what changed
    #[arg(long)]
    pub fix: bool,
    /// Apply every fix that leaves no choice, safe or not, and list those that need your decision
    #[arg(long, conflicts_with = "fix")]
    pub fix_all: bool,
    /// Show what --fix or --fix-all would change, and change nothing
    #[arg(long)]
    pub diff: bool,
    /// Settings file [default: taskwright.toml here or in a parent folder of the same repository]
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// Region where the task will run
    #[arg(long)]
    pub region: Option<String>,
    /// FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES, if the definition does not specify it
    #[arg(long, value_parser = launch)]
    pub launch_type: Option<Launch>,
    /// Inspect the images in their registries and check the definition against them; with =layers, also against the programs in them
    #[arg(long, value_enum, value_name = "DEPTH", num_args = 0..=1, require_equals = true, default_missing_value = "configuration")]
    pub inspect: Option<InspectDepth>,
    /// How registries are asked
    #[command(flatten)]
    pub registry: RegistryFlags,
    /// Language of the messages: en or ko
    #[arg(long, env = "TASKWRIGHT_LANG", value_parser = lang, default_value = "en")]
    pub lang: Lang,
}

/// How far a look into images goes.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InspectDepth {
    /// Existence, platforms and configuration: a few kB per image
    Configuration,
    /// Also the programs they include: 3 MB to 1 GB per image
    Layers,
}

/// Which image, and how far.
#[derive(Args, Debug)]
pub struct Inspect {
    /// The image, such as nginx:1.27
    pub image: String,
    /// Platform to inspect
    #[arg(long, value_parser = platform, default_value = "linux/amd64")]
    pub platform: Platform,
    /// Read the layers too, to see which programs are included
    #[arg(long)]
    pub layers: bool,
    /// Print the same JSON as POST /api/v1/inspect
    #[arg(long)]
    pub json: bool,
    /// How registries are asked
    #[command(flatten)]
    pub registry: RegistryFlags,
    /// Language of the table: en or ko
    #[arg(long, env = "TASKWRIGHT_LANG", value_parser = lang, default_value = "en")]
    pub lang: Lang,
}

/// How findings are printed.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for people
    Text,
    /// The same objects as POST /api/v1/validate, one per file
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations on GitHub pull requests
    Github,
    /// JUnit XML, for test reports
    Junit,
}

/// A severity as a flag.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// AWS would reject the definition, or the container would not start
    Error,
    /// Runs, but probably not as intended
    Warning,
    /// Runs, but could be better
    Advice,
}

impl Level {
    /// Whether a finding of this severity is at or above the level.
    pub fn has(self, severity: Severity) -> bool {
        severity
            <= match self {
                Level::Error => Severity::Error,
                Level::Warning => Severity::Warning,
                Level::Advice => Severity::Advice,
            }
    }
}

/// Which list of rules.
#[derive(Args, Debug)]
pub struct Rules {
    /// Print the same JSON as GET /api/v1/rules
    #[arg(long)]
    pub json: bool,
    /// Language of the titles: en or ko
    #[arg(long, env = "TASKWRIGHT_LANG", value_parser = lang, default_value = "en")]
    pub lang: Lang,
}

/// Which rule.
#[derive(Args, Debug)]
pub struct Explain {
    /// Rule ID, as printed in brackets after the severity
    pub rule: String,
    /// Language of the texts: en or ko
    #[arg(long, env = "TASKWRIGHT_LANG", value_parser = lang, default_value = "en")]
    pub lang: Lang,
}

/// Which text, and what it is about.
#[derive(Args, Debug)]
pub struct Diagnose {
    /// File with the text; `-` reads standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// Task definition that the text is about: causes then point to its fields
    #[arg(long)]
    pub definition: Option<PathBuf>,
    /// Print the same JSON as POST /api/v1/diagnose
    #[arg(long)]
    pub json: bool,
    /// Language of the output: en or ko
    #[arg(long, env = "TASKWRIGHT_LANG", value_parser = lang, default_value = "en")]
    pub lang: Lang,
}

/// Files of any format that can be imported.
#[derive(Args, Debug)]
pub struct InputFiles {
    /// A task definition, a Compose file or any other file that can be imported, and files that belong to it, such as its override
    /// or .env; `-` reads standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Format, if Taskwright does not recognise it: json, compose, docker-run, cloudformation, terraform, …
    #[arg(long)]
    pub from: Option<String>,
    /// Answer to a question of the report, such as 'launch=EC2'; can be repeated
    #[arg(long, value_name = "ID=VALUE")]
    pub answer: Vec<String>,
}

/// Which files, and which format.
#[derive(Args, Debug)]
pub struct Convert {
    /// Files, format and answers
    #[command(flatten)]
    pub input: InputFiles,
    /// Task to write, if the files have several
    #[arg(long, value_name = "NAME")]
    pub task: Option<String>,
    /// Format to write, such as terraform, or compose to run the task locally with Docker Compose
    #[arg(long, value_parser = exported)]
    pub to: formats::Format,
    /// Folder for the files; without it, the first file goes to standard output. Existing files are never replaced
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Write the task definition only, without log groups and roles
    #[arg(long)]
    pub bare: bool,
    /// Print files and report as JSON, like POST /api/v1/export/{format}?as=json
    #[arg(long, conflicts_with = "out")]
    pub json: bool,
    /// Region where the task will run
    #[arg(long)]
    pub region: Option<String>,
    /// FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES, if the definition does not specify it
    #[arg(long, value_parser = launch)]
    pub launch_type: Option<Launch>,
    /// Language of comments and messages: en or ko
    #[arg(long, env = "TASKWRIGHT_LANG", value_parser = lang, default_value = "en")]
    pub lang: Lang,
}

/// Which files, and where the definitions go.
#[derive(Args, Debug)]
pub struct Import {
    /// Files, format and answers
    #[command(flatten)]
    pub input: InputFiles,
    /// Folder for the definitions and Dockerfiles; existing files are kept
    #[arg(long, short)]
    pub output: Option<PathBuf>,
    /// Print the same JSON as POST /api/v1/import
    #[arg(long)]
    pub json: bool,
    /// Language of the report: en or ko
    #[arg(long, env = "TASKWRIGHT_LANG", value_parser = lang, default_value = "en")]
    pub lang: Lang,
}

fn exported(text: &str) -> Result<formats::Format, String> {
    let all = || formats::Format::ALL.into_iter().filter(|f| f.is_exported());
    all().find(|f| f.name() == text).ok_or_else(|| format!("must be one of {}", all().map(formats::Format::name).collect::<Vec<_>>().join(", ")))
}

fn launch(text: &str) -> Result<Launch, String> {
    Launch::parse(text).ok_or_else(|| "must be FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES".to_owned())
}

fn platform(text: &str) -> Result<Platform, String> {
    Platform::parse(text).ok_or_else(|| "must be a platform such as linux/amd64 or linux/arm64".to_owned())
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "must be en or ko".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_flags_fit_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_level_holds_what_is_as_bad_or_worse() {
        let held = |level: Level| [Severity::Error, Severity::Warning, Severity::Advice].map(|s| level.has(s));
        assert_eq!(held(Level::Error), [true, false, false]);
        assert_eq!(held(Level::Warning), [true, true, false]);
        assert_eq!(held(Level::Advice), [true, true, true]);
    }

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
            assert!(said.contains("--help"), "{said}");
            seen += 1;
        }
        assert_eq!(seen, 10);
        let plain = Cli::read(["taskwright", "--limit"].map(Into::into)).unwrap_err().render().to_string();
        assert!(plain.contains("--limits"), "a harmless slip is still helped with: {plain}");
    }
}
