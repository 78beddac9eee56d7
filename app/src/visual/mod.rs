//! Pictures of the draft as markup: no signals, no elements, so that server and browser draw the same.

mod answers;
mod bars;
mod cells;
mod commands;
mod json;
mod picture;
mod timeline;

pub use answers::answers;
pub use bars::bars;
#[cfg(feature = "ssr")]
pub use cells::escape;
pub use cells::grouped;
#[cfg(feature = "ssr")]
pub use commands::run_of;
pub use commands::{Command, cleaning, cluster, group, register, run};
pub use json::json;
#[cfg(feature = "ssr")]
pub use picture::five_words;
pub use picture::{picture, sentences};
pub use timeline::timeline;
