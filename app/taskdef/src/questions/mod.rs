//! What the wizard asks, and what its buttons do: HTML form controls ⇄ edits of the document.
//!
//! A [`Question`] is one control of a page, an [`Action`] one of its buttons; browser and server share both. A page shows
//! [`Question::rendered`], a typed answer is [`Question::change`], and [`Post`] is a whole form without JavaScript, which
//! changes only what the person changed. [`Control`] says which question shows a finding.
//!
//! | file | what |
//! |---|---|
//! | `question.rs` `action.rs` `list.rs` `names.rs` | questions, buttons and lists, with their names on the wire |
//! | `cluster.rs` | Region, cluster, launch type |
//! | `size.rs` | family, platform, CPU and memory of the task |
//! | `container.rs` `variables.rs` `ports.rs` `health.rs` `dependencies.rs` | one container |
//! | `logs.rs` | one answer for all containers, and the roles |
//! | `network.rs` | the network modes to choose from |
//! | `scalar.rs` `changes.rs` | what they have in common |
//! | `fields/` | every other field, made from the schema |
//! | `rows.rs` `dotenv.rs` | rows that are added, removed, moved, pasted |
//! | `control.rs` | the control that shows a finding |
//! | `post.rs` | a whole form |
//!
//! A kind of question is one file: an enum with the names on the wire, what each shows, and what an answer to it does. A new
//! question is a variant there; the compiler then asks for the rest, its help in the browser included.

mod action;
mod changes;
mod cluster;
mod container;
mod control;
mod dependencies;
mod dotenv;
pub mod fields;
mod health;
mod list;
mod logs;
mod names;
mod network;
mod ports;
mod post;
mod question;
mod rows;
mod scalar;
mod size;
mod variables;

pub use action::{Action, Fix, UnknownAction};
pub use cluster::Cluster;
pub use container::Container;
pub use control::Control;
pub use dependencies::Dependency;
pub use dotenv::paste_env;
pub use fields::{Field, Part};
pub use health::Health;
pub use list::List;
pub use logs::{LogOption, Logs, awslogs_containers, shared_option};
pub use network::{NETWORK_MODE, network_modes};
pub use ports::Port;
pub use post::{MOST_PAIRS, Post, PostError, decode};
pub use question::{MOST_ROWS, Question, UnknownQuestion};
pub use rows::{Focus, Row, row};
pub use size::Size;
pub use variables::{Secret, Variable};

/// Most containers that a task definition may have. Source: Amazon ECS service quotas.
pub const MAX_CONTAINERS: usize = 10;

#[cfg(test)]
mod tests;
