//! The live save of the wizard.

mod post;

pub use post::post;
