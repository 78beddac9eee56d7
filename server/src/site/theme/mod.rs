//! Light or dark.

mod post;

pub use post::post;
