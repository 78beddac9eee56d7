//! Running other programs.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What every step gives back: nothing, or why not.
pub type Done = Result<(), String>;

/// The workspace's folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// How the server is compiled: the profiles of the workspace's manifest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quickly, and slow to run.
    Dev,
    /// As the tests run it: soon built, and fast enough to be pressed by browsers.
    Ci,
    /// As it is shipped: optimised throughout.
    Release,
}

impl Profile {
    /// Its name in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Dev => "dev",
            Profile::Ci => "ci",
            Profile::Release => "release",
        }
    }

    /// Where the server's program lies.
    pub fn binary(self) -> PathBuf {
        let folder = if self == Profile::Dev { "debug" } else { self.name() };
        root().join("target").join(folder).join(if cfg!(windows) { "taskwright.exe" } else { "taskwright" })
    }
}

/// Tells what happens now.
pub fn say(what: &str) {
    eprintln!("▸ {what}");
}

/// The cargo that runs us, without what it told us about ourselves: libraries whose build looks at that would be built anew
/// each time someone changes between `cargo` and `cargo xtask`, and with them all that stands on them.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let own = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    std::env::vars_os().map(|(name, _)| name).filter(|name| name.to_str().is_some_and(own)).for_each(|name| {
        command.env_remove(name);
    });
    command
}

/// Runs a program to its end; anything but success is an error.
pub fn run(command: &mut Command) -> Done {
    let status = command.status().map_err(|e| format!("cannot start {}: {e}", command.get_program().to_string_lossy()))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed: {status}", shown(command))) }
}

/// Whether a program can be started and succeeds, without its words.
pub fn works(command: &mut Command) -> bool {
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).status().is_ok_and(|s| s.success())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|w| w.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
