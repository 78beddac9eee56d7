//! The wizard: its state, its steps, and the parts that the steps are built from.

pub mod state;
pub mod steps;
pub mod widgets;
