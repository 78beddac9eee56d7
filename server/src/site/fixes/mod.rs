//! Fixes that need no decision, all at once.

mod get;
mod post;
mod view;

pub use get::get;
pub use post::post;
