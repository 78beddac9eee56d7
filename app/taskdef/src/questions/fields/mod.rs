//! A question made from the schema, for each field that has none of its own: shown under “More settings”.
//!
//! Which fields there are is data. The server makes it from the API model and `groups.rs`; the browser reads it beside its
//! texts ([`install`]), so that a field adds nothing to the program.
//!
//! | file | what |
//! |---|---|
//! | `spec.rs` `list.rs` | a field: place, type, allowed words; and the list of them |
//! | `field.rs` | one control of a field: its name, what it shows, what an answer does |
//! | `rows.rs` | rows, words and keys that are added and removed |
//! | `groups.rs` | which fields stand together, and on which step (server) |

mod field;
#[cfg(feature = "server")]
mod groups;
mod list;
mod rows;
mod spec;

pub use field::{Field, Part};
#[cfg(feature = "server")]
pub use list::lines;
pub use list::{install, specs};
pub use rows::MOST_ROWS;
pub(super) use rows::{add, all, remove};
pub use spec::{Kind, Spec};
