//! The search, for everyone and for one draft. The wizard shows the same answers in a dialog.

mod get;
mod view;

pub use get::{get, get_of_draft};
