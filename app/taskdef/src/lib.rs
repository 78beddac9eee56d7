//! The domain of Taskwright: one JSON document, edits of it, and what can be said about it.
//!
//! No I/O, no async, no HTML. A draft is a JSON document ([`Draft`]); every change is an
//! [`edit::Edit`] that can be undone; a form control, a line of the preview and a finding all name
//! a place in it by the same JSON Pointer.
//!
//! ```text
//! text ─ import ─▶ Draft ─ lint ─▶ findings
//!                   ▲ │ └─ export, preview
//!                   └─┴─ form, fix = Edit
//! ```
//!
//! | room | what |
//! |---|---|
//! | [`pointer`] [`edit`] [`draft`] [`order`] | the document and how it changes |
//! | [`form`] [`preview`] [`view`] | what the pages read and write |
//! | [`size`] [`health`] [`image`] [`name`] | the small languages inside a definition |
//! | [`import`] [`export`] [`merge`] | in, out, and two people at once |
//! | [`finding`] and, with the feature `server`, [`lint`], `texts`, `catalog`, `cost`, `diff`, `doctor`, `plan`, `preset` | what is wrong, what it costs, what changed, what registering does |
//!
//! ```
//! use taskdef::{Draft, form};
//! let mut draft = Draft::tutorial();
//! let undo = form::change(&draft, "/containerDefinitions/0/cpu", "256").apply(draft.root_mut()).unwrap();
//! assert_eq!(form::rendered(&draft, "/containerDefinitions/0/cpu"), "256");
//! undo.apply(draft.root_mut()).unwrap();
//! assert_eq!(draft, Draft::tutorial());
//! ```
#![deny(missing_docs)]

pub mod bounds;
#[cfg(feature = "server")]
pub mod catalog;
#[cfg(feature = "server")]
pub mod cost;
#[cfg(feature = "server")]
pub mod diff;
#[cfg(feature = "server")]
pub mod doctor;
pub mod draft;
pub mod edit;
pub mod export;
pub mod finding;
pub mod form;
pub mod health;
pub mod image;
pub mod import;
pub mod lint;
pub mod merge;
pub mod name;
pub mod order;
#[cfg(feature = "server")]
pub mod plan;
pub mod pointer;
#[cfg(feature = "server")]
pub mod preset;
pub mod preview;
#[cfg(feature = "server")]
pub mod secret;
#[cfg(feature = "server")]
pub mod shown;
pub mod size;
pub mod step;
#[cfg(feature = "server")]
pub mod texts;
pub mod view;

pub use draft::{Draft, Launch};
pub use edit::Edit;
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
