//! What AWS said, read back to its cause.

mod get;
mod page;
mod post;
mod view;

pub use get::{get, get_of_draft};
pub use post::{post, post_of_draft};
