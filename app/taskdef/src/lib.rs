//! The domain of Taskwright: one JSON document, edits of it, and what can be said about it.
//!
//! No I/O, no async, no HTML. A draft is a JSON document ([`Draft`]); every change is an
//! [`Edit`] that can be undone; a form control, a line of the preview and a finding all name
//! a place in it by the same JSON Pointer.
//!
//! ```text
//! text ─ import ─▶ Draft ─ lint ─▶ findings
//!                   ▲ │ └─ export, preview
//!                   └─┴─ questions, fix = Edit
//! ```
//!
//! | room | what |
//! |---|---|
//! | [`document`] | the draft, its places, edits, merging, comparing |
//! | [`grammar`] | the small languages inside a definition |
//! | [`questions`] [`step`] | what the pages ask, and what an answer does |
//! | [`lint`] [`finding`] [`summary`] | the rules, and what they find |
//! | [`formats`] | texts in, files out |
//! | `facts` | Regions, prices, instances, images, secret shapes, each with source and date (server) |
//! | `deploy` `diagnose` | what reaching AWS does; what AWS said, back to its cause (server) |
//! | [`messages`] | every text of rules, diagnosis and scripts, and what fills texts in |
//! | `preset` `shown` | drafts to start from, texts of others made safe to show (server) |
//!
//! ```
//! use taskdef::{Draft, questions::{Container, Question}};
//! let mut draft = Draft::tutorial();
//! let cpu = Question::Container(0, Container::Cpu);
//! let undo = cpu.change(&draft, "256").apply(draft.root_mut()).unwrap();
//! assert_eq!(cpu.rendered(&draft), "256");
//! undo.apply(draft.root_mut()).unwrap();
//! assert_eq!(draft, Draft::tutorial());
//! ```
#![deny(missing_docs)]

#[cfg(feature = "server")]
pub mod deploy;
#[cfg(feature = "server")]
pub mod diagnose;
pub mod document;
#[cfg(feature = "server")]
pub mod facts;
pub mod finding;
pub mod formats;
pub mod grammar;
pub mod lint;
pub mod messages;
#[cfg(feature = "server")]
pub mod preset;
pub mod questions;
#[cfg(feature = "server")]
pub mod shown;
pub mod step;
#[cfg(feature = "server")]
pub mod summary;

pub use document::draft::{Draft, Launch};
pub use document::edit::Edit;
pub use finding::{Finding, Scope, Severity};
pub use step::Step;

/// The two languages of the interface; the first path segment of every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// Both, in the order of the language switch.
    pub const ALL: [Lang; 2] = [Lang::Ko, Lang::En];

    /// `en` or `ko`.
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }

    /// Reads a path segment or a `lang=` parameter.
    pub fn parse(text: &str) -> Option<Lang> {
        match text {
            "en" => Some(Lang::En),
            "ko" => Some(Lang::Ko),
            _ => None,
        }
    }
}
