//! What registries say about the images of a draft.

mod get;
mod going;
mod page;
mod post;
mod view;

pub use get::get;
pub use post::post;
