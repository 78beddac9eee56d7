//! The plan as Bash: what `deploy.sh` and `teardown.sh` contain.

mod deploy;
mod roles;
mod script;
mod teardown;

pub use deploy::deploy;
pub use roles::{making, making_missing, making_the_usual};
pub use teardown::teardown;
