//! The words of ECS.

mod get;
mod view;

pub use get::get;
pub use view::TERMS;
