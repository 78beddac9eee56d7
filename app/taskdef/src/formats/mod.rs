//! Other texts that become a definition, and files that a definition becomes.

pub mod export;
#[cfg(feature = "server")]
pub mod import;
