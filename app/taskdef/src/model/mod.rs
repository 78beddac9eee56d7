//! The typed view: what the API knows about each place, and a tolerant reading of one definition.
//!
//! | file | what |
//! |---|---|
//! | `fields.rs` | the 169 fields, as a table |
//! | `schema.rs` | the table as a tree to walk a document along |
//! | `variable.rs` | rows of `environment` and `secrets` |
//! | `task.rs` | a definition with the defaults and choices that rules ask for |

mod fields;
mod schema;
mod task;
mod variable;

pub use schema::{Node, root};
pub use task::{Network, Task, Wizard, present};
pub use variable::Variable;

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// An object with the fields below it.
    Object,
    /// A list of objects.
    List,
    /// A list of texts.
    Texts,
    /// A list of whole numbers.
    Integers,
    /// Free keys, each with a text.
    Map,
    /// A text out of these.
    OneOf(&'static [&'static str]),
    /// A list of texts out of these.
    OneOfs(&'static [&'static str]),
}
