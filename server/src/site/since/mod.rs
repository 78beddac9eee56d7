//! What changed since the export.

mod get;
mod view;

pub use get::get;
