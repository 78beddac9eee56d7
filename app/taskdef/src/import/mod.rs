//! Texts that become a definition. Every import reports what it dropped and changes nothing else.

mod json;

pub use json::{Imported, NotJson, READ_ONLY, from_json, from_value};
