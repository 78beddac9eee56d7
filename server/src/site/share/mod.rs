//! Links of a draft, its name, its life and its end.

mod get;
mod post;
mod view;

pub use get::get;
pub use post::post;
