//! The start page, and new drafts.

mod get;
mod new_draft;
mod post;
mod recent;
mod view;

pub use get::{get, root};
pub use new_draft::from_import;
pub use post::post;
pub use view::to_doctor;
