//! A draft in every format, to be read, copied or downloaded.

mod get;
mod view;

pub use get::{get, get_shared};
