//! Reads what a container registry says about an image that a stranger named.
//!
//! Both the name and the answers may be hostile: every address is checked, and everything is bounded in bytes, count and time.
//! Nothing of AWS and no HTML here; what is found is a [`taskdef::facts::ImageFacts`].
//!
//! | file | what |
//! |---|---|
//! | `reader.rs` | a look: from a reference to facts, once for all who ask at the same time |
//! | `inspect.rs` | the requests of a look |
//! | `found.rs` `kept.rs` `cache.rs` `clients.rs` | what was found; for a while, and beyond this process; how often one client may look |
//! | `allowed.rs` `hosts.rs` `scheme.rs` | what the operator allows; which hosts belong to a registry, and how they are spoken to |
//! | `address.rs` `network.rs` | which addresses a connection may go to; the client that goes nowhere else |
//! | `ask.rs` `token.rs` `credentials.rs` | requests with their redirects; sign-in |
//! | `manifest.rs` `config.rs` | what is read of the JSON |
//! | `ecr.rs` | a look into a private registry of Amazon ECR with a person's sign-in |
//! | `pasted.rs` `bounded.rs` | what a person's own docker says; facts that are small enough for a draft |
//! | `layers.rs` `archive.rs` `zstd.rs` | layers as they stream by |
//! | `contents.rs` `tree.rs` `nginx.rs` | what is learnt of them |
//! | `nearest.rs` `copies.rs` | tags that are spelt alike; the same image without Docker Hub's limit |
//!
//! How it is bounded, and why not by a library for registries: `DESIGN.md` beside this folder.
#![deny(missing_docs)]

mod address;
mod allowed;
mod archive;
mod ask;
mod bounded;
mod cache;
mod clients;
mod config;
mod contents;
mod copies;
mod credentials;
mod ecr;
mod error;
mod found;
mod hosts;
mod inspect;
mod kept;
mod layers;
mod manifest;
mod nearest;
mod network;
mod nginx;
mod pasted;
mod reader;
mod scheme;
#[cfg(test)]
mod tests;
mod token;
mod tree;
mod zstd;

pub use address::is_public;
pub use allowed::{Allowed, WrongAllowance};
pub use cache::Cache;
pub use credentials::{Credentials, WrongCredentials};
pub use ecr::{Ecr, EcrAccess};
pub use error::Error;
pub use pasted::{LARGEST as LARGEST_PASTED, Pasted, pasted};
pub use reader::{Depth, Look, Options, Progress, Reader};
