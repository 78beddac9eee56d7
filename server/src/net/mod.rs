//! Connections: who holds one, for how long, and how all of them end.
//!
//! | file | what |
//! |---|---|
//! | `serve.rs` | the accept loop, one connection, the orderly end |
//! | `seats.rs` | caps on connections, and which one makes room for another |
//! | `watched.rs` | a stream that tells its seat what the client does |
//! | `client.rs` | whose request it is, and which proxies are believed |
//! | `target.rs` | request targets that are answered at all |

mod client;
mod seats;
mod serve;
mod target;
mod watched;

pub use client::{Client, Proxies, network};
pub use seats::{Phase, Seat, Seats};
pub use serve::{Door, serve};
