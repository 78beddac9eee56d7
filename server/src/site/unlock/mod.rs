//! The address that the terminal shows.

mod get;

pub use get::get;
