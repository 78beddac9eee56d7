//! Files that are made from a draft.

#[cfg(feature = "server")]
mod deploy;
mod json;
#[cfg(feature = "server")]
mod script;
mod shell;
#[cfg(feature = "server")]
mod teardown;

#[cfg(feature = "server")]
pub use deploy::{deploy, making};
pub use json::{file_name, to_json};
pub use shell::quoted;
#[cfg(feature = "server")]
pub use teardown::teardown;
