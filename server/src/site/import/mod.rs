//! What is brought from elsewhere: the questions before drafts are made, and afterwards what became of each part.

mod get;
mod page;
mod post;
mod report;
mod view;

pub use get::get;
pub use page::{input_of, questions, said};
pub use post::post;
