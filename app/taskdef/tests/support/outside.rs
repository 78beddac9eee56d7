//! Files of other people, which are not ours to give away and stay outside the repository.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// A file or folder of the corpus that `TASKWRIGHT_CORPUS` names. Without the variable the test is skipped, and says so
/// past the test harness, which hides the output of tests that pass.
///
/// # Panics
///
/// When the variable names a folder that has no such part.
pub fn corpus(part: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("TASKWRIGHT_CORPUS") else {
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        let mut terminal = std::io::stderr();
        writeln!(terminal, "SKIPPED {test}: set TASKWRIGHT_CORPUS to a folder with {part}").unwrap();
        return None;
    };
    let path = Path::new(&folder).join(part);
    assert!(path.exists(), "TASKWRIGHT_CORPUS has no {part}: {}", path.display());
    Some(path)
}
