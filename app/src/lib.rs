//! What the browser and the server share: the wizard's pages, its live save, and the one port to
//! the outside.
//!
//! | room | what |
//! |---|---|
//! | [`address`] | every address of a draft, read and written |
//! | [`model`] | the page model: what travels with a page and with each live answer |
//! | `wizard/` | `state/`: its signals, where a change is an edit of the one draft; `steps/`: the seven pages; `widgets/`: fields, messages, rows, header, preview |
//! | `markup/` | JSON, bars, picture, timeline, commands: pure text in, markup out |
//! | [`live`] | the server function that saves and checks in one trip |
//! | `site/`, [`backend`], [`flow`], [`shell`] (server only) | pages that are not hydrated, the port, posts, the document around a page |
#![recursion_limit = "256"]

/// A text of the interface in a language: `tr!(lang, namespace.key, value = …)`.
macro_rules! tr {
    ($lang:expr, $space:ident.$key:ident) => {
        $crate::texts::keys::$space::$key($lang)
    };
    ($lang:expr, $space:ident.$key:ident, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::texts::keys::$space::$key { $($name: &$value),+ }.text($lang)
    };
}

pub mod address;
mod app;
pub mod live;
mod markup;
pub mod model;
pub mod texts;
mod wizard;

#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "ssr")]
pub mod flow;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod site;

pub use app::App;
#[cfg(feature = "hydrate")]
pub use wizard::widgets::{come_to_life, turn};
#[cfg(feature = "ssr")]
pub use {app::title, wizard::state::states, wizard::widgets::step_name};
