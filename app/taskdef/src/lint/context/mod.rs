//! A definition as the passes read it: defaults filled in, choices made, wrong values left out; and what several areas
//! ask of it.
//!
//! | file | what |
//! |---|---|
//! | `task.rs` | the definition with its context |
//! | `variable.rs` | rows of `environment` and `secrets` |
//! | `health_check.rs` | health checks |
//! | `document.rs` | what kind of document it is |
//! | `read.rs` | tolerant reading of values |
//! | `placeholder.rs` | placeholders of templates: `<…>`, `${…}`, `{{…}}` |
//! | `execution_role.rs` | the execution role, and what a missing one is needed for |
//! | `command_line.rs` | the words that a container is started with |
//! | `instance.rs` | the instance type that the wizard chose, and what the task asks of it |
//! | `bytes.rs` `docker_size.rs` `fargate_size.rs` | sizes of a document, in Docker's spelling, of a task |
//! | `named.rs` | the account and the Region that the definition names by itself |
//! | `trim.rs` | lists that are longer than AWS allows |
//! | `arn.rs` `image.rs` `process.rs` | what names, users and commands tell |

pub(super) mod arn;
mod bytes;
pub(super) mod command_line;
mod docker_size;
mod document;
mod execution_role;
mod fargate_size;
mod health_check;
mod image;
mod instance;
mod named;
pub(super) mod placeholder;
mod process;
pub(super) mod read;
mod task;
mod trim;
mod variable;

pub(super) use bytes::bytes;
pub(super) use docker_size::docker_size;
pub use document::DocumentKind;
pub(super) use execution_role::{Needs, USUAL_ROLE, is_usual_role, role_name};
pub(super) use fargate_size::{QUOTA, bigger};
pub use health_check::HealthCheck;
pub(super) use image::chip_in_name;
pub(super) use instance::{Chosen, chosen_instance};
pub(super) use named::{named_account, named_region};
pub(super) use process::{is_root, is_shell};
pub(super) use task::OS_FAMILIES;
pub use task::{Network, Task, Wizard};
pub(super) use trim::trimmed;
pub(super) use variable::Variable;
