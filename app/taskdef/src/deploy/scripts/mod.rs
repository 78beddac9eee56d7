//! The plan as Bash: what `deploy.sh` and `teardown.sh` contain.

mod deploy;
mod script;
mod teardown;

pub use deploy::{deploy, making};
pub use teardown::teardown;
