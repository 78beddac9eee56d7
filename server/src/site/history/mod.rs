//! What a draft was, and the way back.

mod get;
mod post;
mod view;

pub use get::get;
pub use post::post;
