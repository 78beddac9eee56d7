//! What every engine of the store must do, the same on each.

#![allow(clippy::unwrap_used, missing_docs)]

mod history;
mod life;
mod links;
mod looks;
mod registrations;
mod saves;
#[path = "../support/mod.rs"]
mod support;
