//! Files that are made from a draft.

mod json;

pub use json::{file_name, to_json};
