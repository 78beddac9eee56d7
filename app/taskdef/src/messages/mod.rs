//! What rules, diagnosis and scripts say, in both languages: Fluent files under `en/` and `ko/`, one for each area.
//!
//! A rule's message is the Fluent message of its id; `.or-…` are other messages of the rule, `.title` says it without values,
//! `.why` and `.do` explain (`.why-…` and `.do-…` one of those other messages), `.fix…` label the fixes. The build compiles the files (crate `messages`) into a static for each
//! message: a message that is missing, or lacks a value in one language, does not compile.
//!
//! | file | what |
//! |---|---|
//! | `fill` | puts the values into a text, for rules and interface |
//! | `message` | a message and its texts |
//! | `param` | how numbers, CPU and memory are written in each language |
//! | `words` | findings and rules in words |
//! | `values` | holds what passes report to what the texts need, in debug builds |

pub mod fill;
#[cfg(feature = "server")]
mod message;
#[cfg(feature = "server")]
mod param;
#[cfg(all(feature = "server", debug_assertions))]
pub(crate) mod values;
#[cfg(feature = "server")]
mod words;

pub use fill::{Count, Value};
#[cfg(feature = "server")]
pub use message::{Message, Text, find};
#[cfg(feature = "server")]
pub use param::grouped;
#[cfg(feature = "server")]
pub use words::{Words, of_finding, of_rule};

/// Every message as a static, named like its id in capitals.
#[cfg(feature = "server")]
#[allow(missing_docs)]
pub mod all {
    use super::{Message, Text};

    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}
