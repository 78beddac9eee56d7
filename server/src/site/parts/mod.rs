//! What several pages show.

pub mod ago;
pub mod copier;
pub mod differences;
pub mod textarea;
