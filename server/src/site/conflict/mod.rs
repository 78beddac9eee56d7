//! Two people's answers to the same questions.

mod page;
mod post;
mod view;

pub use page::not_saved;
pub use post::post;
