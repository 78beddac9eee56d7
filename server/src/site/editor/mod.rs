//! The whole definition as JSON.

mod get;
mod page;
mod post;
mod view;

pub use get::get;
pub use post::post;
