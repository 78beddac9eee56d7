//! What can be wrong with a draft: the rule book, and the passes that look for it.
//!
//! A [`Rule`] is a static of its area. A [`Pass`] reads a definition once and reports the rules that it declares,
//! with `report.at(&RULE, place)`; reporting another one fails in debug and in the tests. What the rules say is in
//! `messages/`, never here.
//!
//! | file | what |
//! |---|---|
//! | `rule.rs` | a rule, its area and its state |
//! | `declare.rs` | how an area declares its rules |
//! | `engine.rs` | runs all passes, then the precedence, then sorts |
//! | `report.rs` | how a pass reports |
//! | `precedence.rs` | one problem, one message |
//! | `concern.rs` | what a finding is about, and which findings are one row |
//! | `autofix.rs` | the fixes that need no decision |
//! | `safety.rs` | how safe each fix is |
//! | `unfixed.rs` | rules without a fix, and why |
//! | `spelling.rs` | words that are spelt alike |
//! | `work.rs` | what one evaluation may cost |
//! | `shared_ids.rs` | ids that the browser names too |
//! | `context/` | a definition as the passes read it |
//! | `schema/` | the 169 fields of the API, and the walk of a document along them |
//! | `areas/<area>/` | the rules and passes of an area |
//!
//! ```
//! # #[cfg(feature = "server")] {
//! use taskdef::lint;
//! let (findings, _) = lint::check_text(r#"{"family": "a b", "containerDefinitions": []}"#, None, None);
//! assert!(findings.iter().any(|f| f.rule == &lint::areas::task::TASK_FAMILY_FORMAT));
//! # }
//! ```

/// The day on which the rules were last compared with their sources, ISO 8601. Source: botocore 1.44.8 and cfn-lint 1.58.0
/// (`cargo xtask facts`), AWS's guide and agent.
pub const AS_OF: &str = "2026-11-28";

#[cfg(feature = "server")]
pub mod areas;
#[cfg(feature = "server")]
pub mod autofix;
#[cfg(feature = "server")]
mod concern;
#[cfg(feature = "server")]
mod context;
#[cfg(feature = "server")]
mod declare;
#[cfg(feature = "server")]
mod engine;
#[cfg(feature = "server")]
mod precedence;
#[cfg(feature = "server")]
mod prelude;
#[cfg(feature = "server")]
mod report;
mod rule;
#[cfg(feature = "server")]
mod safety;
#[cfg(feature = "server")]
pub(crate) mod schema;
pub mod shared_ids;
#[cfg(feature = "server")]
mod spelling;
#[cfg(feature = "server")]
mod unfixed;
#[cfg(feature = "server")]
mod work;

#[cfg(all(feature = "server", debug_assertions))]
pub use engine::{Ran, each_pass};
pub use rule::{Area, Rule, State};
#[cfg(feature = "server")]
pub use {
    concern::{concern, rows},
    context::{Task, Wizard},
    engine::{Pass, all, blocks, check, check_draft, check_draft_with, check_text, check_text_with, find, stops},
    report::{Report, Reporter},
    unfixed::Unfixed,
    work::{BUDGET, spent},
};
