//! The store of drafts: created by a POST, opened by a link, saved with a revision number, on one of two engines.
//!
//! | file | what |
//! |---|---|
//! | `token.rs` | the edit link and, derived one way from it, the view link and the key of its keys |
//! | `keys.rs` | a draft's keys: random, sealed under the key of its links |
//! | `seal.rs` | texts and keys at rest: AES-256-GCM |
//! | `types.rs` | what a store can do, and its errors |
//! | `way.rs` | how a revision came to be, and what it was taken for outside |
//! | `store.rs` | the handle: reads to a pool, writes to the writer |
//! | `writer.rs` | group commit, and long work one piece at a time beside it |
//! | `work.rs` | what is done to a draft within a transaction |
//! | `history.rs` | what is kept of a draft's past |
//! | `room.rs` | how much more may be kept |
//! | `operations.rs` | the same for its registrations on AWS |
//! | `looks.rs` | what registries said about images, for all drafts |
//! | `records.rs` | the rows of the tables |
//! | `rows.rs` | the statements, word for word the same on both engines |
//! | `sqlite.rs` `postgres.rs` | how each is opened |
//! | `mounts.rs` | network file systems, which SQLite must not lie on |
//! | `private.rs` | files that only their owner reads |
//! | `backup.rs` | a copy beside the running server, and its check |
//!
//! A draft's text is opaque here; `taskdef` writes it from a document that it has parsed, within the depth that it reads. A text
//! that cannot be read all the same can still be deleted: deleting opens none. The database holds hashes of links and sealed texts:
//! who steals it, or a backup, reads nothing.
#![deny(missing_docs)]

mod backup;
mod held;
mod history;
mod keys;
mod looks;
mod migrations;
mod mounts;
mod operations;
mod postgres;
mod private;
mod records;
mod room;
mod rows;
mod seal;
mod sqlite;
mod store;
mod token;
mod types;
mod way;
mod work;
mod writer;

pub use backup::{Checked, backup, restore_check};
pub use store::Store;
pub use token::Token;
pub use types::{Access, Answer, Bound, Claim, Created, FreePercent, Life, Opened, Operation, Options, Point, Saved, StoreError};
pub use way::{Mark, Marks, Step, Way};
