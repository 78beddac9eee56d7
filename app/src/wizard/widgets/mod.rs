//! Components that several pages are made of.

pub mod browser;
mod cards;
mod checkbox;
#[cfg(feature = "hydrate")]
pub mod copy;
mod events;
mod field;
mod form;
mod head;
mod help;
mod icon;
mod inspect;
mod message;
mod palette;
mod preview;
mod rows;
mod select;
mod served;
mod settings;
pub mod share;
mod steps;
mod summary;

pub use cards::{Card, Cards};
pub use checkbox::checkbox;
pub use field::Field;
pub use form::StepForm;
pub use head::head;
#[cfg(feature = "ssr")]
pub use head::tools;
pub use help::{help, list_help};
pub use icon::{brand, icon, number};
pub use inspect::inspect;
pub use message::{about, describedby, errors, extras, fixes, how, invalid, loose, shown};
pub use palette::palette;
#[cfg(feature = "ssr")]
pub use preview::drawn;
pub use preview::{bars, preview};
pub use rows::{Cell, message_row, op_button, remove_button, rest, row_count, rows};
pub use select::{Select, options};
pub use served::served;
pub use settings::{Scope, settings, settings_of_all};
pub use steps::{step_list, step_name};

/// All children of an element, hydrated in a task of their own.
pub fn deferred(w: crate::wizard::state::Wizard, view: impl FnOnce() -> leptos::prelude::AnyView + Send + 'static) -> leptos::prelude::AnyView {
    crate::hydration::deferred(move || w.untouched(), view)
}

/// A view that follows signals. As one type for all of them, since each further type costs kilobytes of the program.
pub fn reactive<V: leptos::IntoView + 'static>(view: impl Fn() -> V + Send + 'static) -> leptos::prelude::AnyView {
    use leptos::prelude::IntoAny;
    let view: Box<dyn FnMut() -> leptos::prelude::AnyView + Send> = Box::new(move || view().into_any());
    view.into_any()
}
