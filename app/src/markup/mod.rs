//! Pictures of the draft as markup: no signals, no elements, so that server and browser draw the same.

#[cfg(feature = "ssr")]
mod answers;
mod bars;
mod cells;
mod changes;
mod commands;
mod json;
#[cfg(feature = "ssr")]
mod next;
mod picture;
#[cfg(feature = "ssr")]
mod settings;
mod timeline;

#[cfg(feature = "ssr")]
pub use answers::{FactView, MoreView, answers, facts};
pub use bars::bars;
pub use cells::{ask, colour, escape, grouped, icon, in_textarea, more};
pub use changes::just_changed;
#[cfg(feature = "ssr")]
pub use changes::{ChangeView, changes, or_nothing, place, sentence, short};
#[cfg(feature = "ssr")]
pub use commands::{Command, roles};
pub use commands::{cluster, group, register};
#[cfg(feature = "ssr")]
pub use json::json;
pub use json::{Marks, json_lines};
#[cfg(feature = "ssr")]
pub use next::{next, room};
#[cfg(feature = "ssr")]
pub use picture::five_words;
pub use picture::{picture, sentences};
#[cfg(feature = "ssr")]
pub use settings::settings;
pub use timeline::timeline;
