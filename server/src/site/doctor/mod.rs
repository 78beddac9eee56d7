//! What AWS said, read back to its cause.
//!
//! | file | what |
//! |---|---|
//! | `view.rs` | the page: the question, and the answer in its order |
//! | `cause.rs` | a cause as a card, and what follows from it |
//! | `symptom.rs` | what is seen in a browser: the questions, and where they end |
//! | `remedy.rs` | what of a cause is in a draft, and the buttons that fix it |

mod cause;
mod get;
mod page;
mod post;
mod remedy;
mod symptom;
mod view;

pub use get::{get, get_of_draft};
pub use post::{post, post_of_draft};
