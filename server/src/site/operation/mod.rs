//! One registration, from its plan to its end.

mod get;
mod model;
mod page;
mod plan;
mod post;
mod run;
mod view;

pub use get::get;
pub use post::post;
