//! Every rule.

mod get;
mod view;

pub use get::get;
