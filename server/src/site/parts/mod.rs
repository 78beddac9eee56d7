//! What several pages show.

pub mod ago;
pub mod changed;
pub mod copier;
pub mod differences;
pub mod follow;
