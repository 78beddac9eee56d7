//! A draft in words, as Markdown.

mod get;
mod markdown;
mod view;

pub use get::get;
