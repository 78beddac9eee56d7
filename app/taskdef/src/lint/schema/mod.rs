//! What the API knows about each place of a definition.
//!
//! | file | what |
//! |---|---|
//! | `fields.rs` | the 169 fields, as a table |
//! | `tree.rs` | the table as a tree |
//! | `walk.rs` | the walk of a document along the tree |

mod fields;
mod tree;
mod walk;

pub(crate) use fields::FIELDS;
pub(crate) use tree::{Node, root};
pub(super) use walk::{Unknown, Visitor, walk};

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
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
