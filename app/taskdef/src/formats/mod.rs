//! Other texts that become a definition, and files that a definition becomes.

#[cfg(feature = "server")]
mod check;
pub mod export;
#[cfg(feature = "server")]
mod format;
#[cfg(feature = "server")]
pub mod import;
#[cfg(feature = "server")]
pub mod report;

#[cfg(feature = "server")]
pub use {
    check::{Checked, CheckedTask, check, definitions, drafts, is_definition},
    format::Format,
};
