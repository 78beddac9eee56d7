//! Two people's answers to the same questions.

mod page;
mod post;
mod view;

pub use page::page;
pub use post::post;
