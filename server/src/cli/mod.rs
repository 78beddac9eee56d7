//! The commands besides serving: `validate`, `inspect`, `rules`, `explain`, `diagnose`, `import`, `convert`.
//!
//! ```text
//! arguments ─ sources ─▶ texts ─ check ─▶ findings ─ policy ─▶ output
//!                                   └──── fix ─ patch ─▶ the file, changed in place
//! ```
//!
//! | file | what |
//! |---|---|
//! | `args.rs` | the flags |
//! | `sources.rs` | files, folders and globs become texts, within bounds |
//! | `policy.rs` | `taskwright.toml`: ignored rules, levels |
//! | `check.rs` | the findings of one text, with their lines |
//! | `fix.rs` `patch.rs` | fixes, and the smallest change of the text that makes them |
//! | `import.rs` | files of other tools as task definitions |
//! | `output/` | text, JSON, SARIF, GitHub, JUnit: one file a format |
//! | `convert.rs` | a definition in another format |
//! | `inspect.rs` `look.rs` | an image on a terminal; looks, with an AWS sign-in where one is needed |
//! | `rules.rs` `diagnose.rs` | the rule book and the doctor on a terminal |
//! | `words.rs` | what the commands say, in both languages |
//!
//! Exit codes: 0 nothing to report, 1 findings that fail the run (or an unknown text), 2 something could not be checked.

pub mod args;
mod check;
mod convert;
mod diagnose;
mod fix;
mod import;
mod inspect;
mod look;
mod output;
mod patch;
mod policy;
mod rules;
mod sources;
mod validate;
mod words;

pub use convert::run as convert;
pub use diagnose::run as diagnose;
pub use import::run as import;
pub use inspect::run as inspect;
pub use rules::{explain, list};
pub use validate::run as validate;

use std::{
    io::{self, Write},
    process::ExitCode,
};
use taskdef::shown;

/// Something could not be checked: a file, a setting, an argument.
const FAILED: u8 = 2;

/// One line on standard error.
fn complain(text: &str) {
    eprintln!("{}", shown::line(&format!("taskwright: {text}")));
}

/// Waits for what a registry answers.
fn wait<T>(work: impl Future<Output = T>) -> io::Result<T> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work))
}

/// The exit code once all is printed. A reader that stops early, such as `head`, is no fault.
fn ended(printed: io::Result<()>, code: ExitCode) -> ExitCode {
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&error.to_string());
            ExitCode::from(FAILED)
        }
        _ => code,
    }
}

/// A line of a terminal: whatever it quotes, it stays one line of text.
fn say(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{}", shown::line(text))
}
