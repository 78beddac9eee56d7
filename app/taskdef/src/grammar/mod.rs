//! The small languages inside a definition: pure readers and writers that every other room may use.
//!
//! | file | what |
//! |---|---|
//! | `amount.rs` | numbers with the units that people type |
//! | `command.rs` | a list of words as one line |
//! | `health.rs` | the command of a health check |
//! | `hub.rs` | IDs and places on Docker Hub |
//! | `image.rs` | image references |
//! | `name.rs` | names that AWS takes |
//! | `shell.rs` | words of a shell command |
//! | `size.rs` | CPU and memory of a task |

pub mod amount;
pub mod command;
pub mod health;
pub mod hub;
pub mod image;
pub mod name;
pub mod shell;
pub mod size;
