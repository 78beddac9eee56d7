//! The store of drafts: created by a POST, opened by a link, saved with a revision number.
//!
//! | file | what |
//! |---|---|
//! | `token.rs` | the edit link and, derived one way from it, the view link |
//! | `store.rs` | what a store can do, and its errors |
//! | `sqlite.rs` | SQLite, bundled: one writer, several readers, write-ahead log |
//!
//! A draft's text is opaque here; it is parsed by `taskdef`.
#![deny(missing_docs)]

mod sqlite;
mod store;
mod token;

pub use sqlite::Sqlite;
pub use store::{Access, Created, Opened, Saved, StoreError};
pub use token::Token;
