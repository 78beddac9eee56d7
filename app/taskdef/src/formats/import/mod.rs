//! Texts that become a definition. Every import reports what it dropped and changes nothing else.

mod doubled;
mod json;
mod lines;

pub use doubled::doubled;
pub use json::{Hint, Imported, NotJson, READ_ONLY, from_json, from_value};
#[cfg(feature = "server")]
pub use lines::places_of;
pub use lines::{line_of, lines_of};
