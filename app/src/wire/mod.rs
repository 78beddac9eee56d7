//! What travels between server and browser.
//!
//! | file | what |
//! |---|---|
//! | `page.rs` | with the first render of a wizard page |
//! | `answer.rs` | with that, and after each save |
//! | `save.rs` | the server function that saves and checks in one trip |
//! | `encoding.rs` | how its JSON is read |

mod answer;
mod encoding;
mod page;
pub mod save;

pub use answer::{Answer, CostView, FindingView, FixView, FoldView, WonView};
pub use page::{Choices, PageModel, SavedChanges};
pub use save::{Doing, LiveError, Reply};
#[cfg(feature = "ssr")]
pub use save::{SaveDraft, Unsaved};
