//! The texts of the wizard for the browser's program.

mod get;

pub use get::get;
