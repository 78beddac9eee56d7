//! The steps.

mod get;
mod post;

pub use get::{first, get};
pub use post::post;
