//! A shared draft, read only.

mod get;
mod view;

pub use get::get;
