//! The search: one index of settings, fields, pages, actions, words of ECS, rules and errors, in both languages at once.
//!
//! | file | what |
//! |---|---|
//! | `words.rs` | texts and questions as words that compare: letters of Hangul, parts of keys, particles left off |
//! | `entry.rs` | what can be found, and where it leads |
//! | `settings.rs` `pages.rs` `books.rs` | the entries |
//! | `index.rs` | all of them, made once |
//! | `rank.rs` | how well an entry answers a question |

mod books;
mod entry;
mod index;
mod pages;
mod rank;
mod settings;
#[cfg(test)]
mod tests;
mod words;

pub use entry::{Entry, Kind, Target, of_site};
pub use index::{find, named, start};

/// Longest question that is read, in characters.
pub const LONGEST: usize = 120;
