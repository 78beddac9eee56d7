//! What the browser and the server share: the wizard's pages, and what travels between the two.
//!
//! | room | what |
//! |---|---|
//! | [`address`] | every address of a draft, read and written |
//! | [`wire`] | what travels between server and browser: the page model, the answer, the live save |
//! | `wizard/` | `state/`: its signals, where a change is an edit of the one draft; `steps/`: the seven pages; `widgets/`: fields, messages, rows, header, preview |
//! | `hydration/` | how a page hydrates in parts: the one place that is bound to the framework's internals |
//! | `markup/` | JSON, bars, picture, timeline, commands: pure text in, markup out |
#![recursion_limit = "256"]

/// A text of the interface in a language: `tr!(lang, namespace.key, value = …)`.
#[macro_export]
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
mod hydration;
#[cfg(feature = "ssr")]
pub mod markup;
#[cfg(not(feature = "ssr"))]
mod markup;
pub mod texts;
pub mod wire;
mod wizard;

/// Parts of the wizard that the server's own pages show too.
#[cfg(feature = "ssr")]
pub mod widgets {
    pub use crate::wizard::widgets::{brand, drawn, icon, tools};
}

pub use app::App;
#[cfg(feature = "hydrate")]
pub use hydration::{hydrate_pending, yield_now};
#[cfg(feature = "ssr")]
pub use {
    app::title,
    wizard::{actions, state::states, widgets::step_name},
};
