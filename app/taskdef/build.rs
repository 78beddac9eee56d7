//! Compiles the texts of rules and diagnosis: a message or a value that one language lacks fails the build.

use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/messages");
    // Only the server shows them.
    if std::env::var_os("CARGO_FEATURE_SERVER").is_none() {
        return ExitCode::SUCCESS;
    }
    messages::write(Path::new("src/messages"), "messages.rs", messages::rust::statics)
}
