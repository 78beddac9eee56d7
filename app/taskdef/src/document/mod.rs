//! The document: a draft, what it says of its containers, and how it changes.
//!
//! | file | what |
//! |---|---|
//! | `draft.rs` | the definition as typed, and what only the wizard remembers |
//! | `pointer.rs` | places: JSON Pointers, read and written |
//! | `edit.rs` | a change, and its exact inverse |
//! | `order.rs` | where a new key goes among its siblings |
//! | `merge.rs` `compare.rs` | two people's drafts put together; two documents compared |
//! | `view.rs` `preview.rs` | the definition as pages read it; its JSON line by line |
//! | `value.rs` | a value as a text field shows it |
//! | `bounds.rs` | what an incoming text is held to before it is read |

pub mod bounds;
#[cfg(feature = "server")]
pub mod compare;
pub mod draft;
pub mod edit;
pub mod merge;
pub mod order;
pub mod pointer;
pub mod preview;
pub mod value;
pub mod view;
