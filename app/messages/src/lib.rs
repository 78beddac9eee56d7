//! Compiles texts in Fluent syntax into Rust, at build time, for rules, diagnosis and interface alike.
//!
//! A folder has a folder for each language, each with the same files. [`catalogue`] reads them and refuses what would show a
//! wrong or empty text: a message or a value that one language lacks, a plural that the language does not have. Every error
//! names file and line. [`rust`] writes the code; `taskdef::messages::fill` fills in the values at run time.
//!
//! ```
//! let folder = tempfile::tempdir()?;
//! let english = "lines = Copied { $n ->\n    [one] 1 line\n   *[other] { $n } lines\n}\n";
//! for (lang, text) in [("en", english), ("ko", "lines = { $n }줄을 복사했어요\n")] {
//!     std::fs::create_dir(folder.path().join(lang))?;
//!     std::fs::write(folder.path().join(lang).join("editor.ftl"), text)?;
//! }
//! let files = messages::catalogue(folder.path(), &["en", "ko"])?;
//! let lines = &files[0].messages[0].text;
//! assert_eq!(lines.texts, ["Copied {0|1 line|{0} lines|}", "{0}줄을 복사했어요"]);
//! assert_eq!((lines.values[0].name.as_str(), lines.values[0].is_count), ("n", true));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod catalogue;
mod error;
mod pattern;
mod place;
mod read;
pub mod rust;

pub use catalogue::{File, Message, Text, Value, catalogue};
pub use error::Error;
pub use read::{Source, sources};

use std::{env, fs, path::Path, process::ExitCode};

/// The languages of the texts, in the order of their lists.
pub const LANGUAGES: [&str; 2] = ["en", "ko"];

/// A build script's work: reads the texts of a folder and writes their code to a file of `OUT_DIR`. What is wrong is said to
/// Cargo and fails the build.
pub fn write(root: &Path, name: &str, code: impl FnOnce(&[File]) -> Result<String, Error>) -> ExitCode {
    let written = || -> Result<(), Box<dyn std::error::Error>> {
        let code = code(&catalogue(root, &LANGUAGES)?)?;
        let folder = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
        Ok(fs::write(Path::new(&folder).join(name), code)?)
    };
    match written() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={error}");
            ExitCode::FAILURE
        }
    }
}
