//! Components that several pages are made of.

pub mod browser;
mod choice;
mod field;
mod form;
mod head;
mod help;
mod icon;
mod later;
mod message;
mod palette;
mod preview;
mod rows;
pub mod share;
mod steps;

pub use choice::{Card, Cards, Select, checkbox, options};
pub use field::Field;
pub use form::{act, step_form};
#[cfg(feature = "ssr")]
pub use head::tools;
pub use head::{head, leave};
pub use help::help;
pub use icon::{brand, icon, number};
pub use later::later;
#[cfg(feature = "hydrate")]
pub use later::{come_to_life, turn};
pub use message::{about, describedby, errors, extras, fixes, how, invalid, loose, shown};
pub use palette::palette;
#[cfg(feature = "ssr")]
pub use preview::drawn;
pub use preview::{bars, command, copier, preview};
pub use rows::{Column, input as row_input, message_row, op_button, rows};
pub use steps::{step_list, step_name};

/// A view that follows signals. As one type for all of them, since each type of its own costs kilobytes of the program.
pub fn reactive<V: leptos::IntoView + 'static>(view: impl Fn() -> V + Send + 'static) -> leptos::prelude::AnyView {
    use leptos::prelude::IntoAny;
    let view: Box<dyn FnMut() -> leptos::prelude::AnyView + Send> = Box::new(move || view().into_any());
    view.into_any()
}
