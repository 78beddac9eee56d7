//! All that a browser remembers, as one file.

mod get;

pub use get::get;
