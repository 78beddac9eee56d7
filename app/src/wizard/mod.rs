//! The wizard: its state, what its buttons do, its steps, and the parts that the steps are built from.

pub mod actions;
pub mod navigation;
pub mod press;
pub mod state;
pub mod steps;
pub mod widgets;
