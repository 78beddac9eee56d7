//! What registries say about the images of a draft.

mod get;
mod going;
mod page;
mod post;
mod signed_in;
mod view;

pub use get::get;
pub use post::post;
pub use signed_in::post as post_signed_in;
