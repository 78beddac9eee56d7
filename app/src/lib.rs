//! What the browser and the server share: the wizard's pages, its live save, and the one port to
//! the outside.
//!
//! | room | what |
//! |---|---|
//! | [`address`] | every address of a draft, read and written |
//! | [`model`] | the page model: what travels with a page and with each live answer |
//! | `state` | the wizard's signals; a change is an edit of the one draft |
//! | `parts/` | fields, messages, rows, header, step list, preview |
//! | `visual/` | JSON, bars, picture, timeline, commands: pure text in, markup out |
//! | `pages/` | the seven steps |
//! | [`live`] | the server function that saves and checks in one trip |
//! | `site/`, [`backend`], [`flow`], [`shell`] (server only) | pages that are not hydrated, the port, posts, the document around a page |
#![recursion_limit = "256"]

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

/// A text of the interface in a language: `tr!(lang, namespace.key, value = …)`.
macro_rules! tr {
    ($lang:expr, $($key:tt)*) => {
        leptos_i18n::td_string!($crate::locale($lang), $($key)*)
    };
}

pub mod address;
mod app;
pub mod live;
pub mod model;
mod pages;
mod parts;
mod state;
mod visual;

#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "ssr")]
pub mod flow;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod site;

pub use app::App;
#[cfg(feature = "ssr")]
pub use {app::title, parts::step_name, state::states};

fn locale(lang: taskdef::Lang) -> i18n::Locale {
    match lang {
        taskdef::Lang::En => i18n::Locale::en,
        taskdef::Lang::Ko => i18n::Locale::ko,
    }
}
