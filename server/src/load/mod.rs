//! Work: what a request may cost before and while it is answered.
//!
//! | file | what |
//! |---|---|
//! | `offload.rs` | around every address that computes: the link is looked up, the body read, the work done elsewhere |
//! | `body.rs` | a body, with limits of size and time |
//! | `answer.rs` | an answer, which takes room until its client has read it |
//! | `room.rs` | room for bytes of bodies, or of answers, and which of them make room for others |
//! | `places.rs` | the threads that compute, and how many requests are with them |
//! | `turns.rs` | whose work is computed next: addresses take turns |
//! | `refusal.rs` | why a request is refused (`http/refuse.rs` answers) |

mod answer;
mod body;
pub mod offload;
pub mod places;
pub mod refusal;
mod room;
mod turns;
