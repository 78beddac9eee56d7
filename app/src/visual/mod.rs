//! Pictures of the draft as markup: no signals, no elements, so that server and browser draw the same.

mod bars;
mod cells;
mod commands;
mod json;
mod picture;
mod timeline;

pub use bars::bars;
pub use cells::{grouped, mib};
pub use commands::{Command, cleaning, cluster, group, register, run};
pub use json::json;
#[cfg(feature = "ssr")]
pub use picture::five_words;
pub use picture::{picture, sentences};
pub use timeline::timeline;
