//! The way to an AWS account: a lookup of what is there, and a run that makes what is missing. What is to be done, and
//! what became of it, are values of `taskdef::deploy`; here are only the calls.
//!
//! | file | what |
//! |---|---|
//! | `keys.rs` | keys that a person pastes: which are taken, and which are refused |
//! | `account.rs` | an account, entered once, with its own connections |
//! | `calls.rs` | every attempt is written down, and what came back |
//! | `ecr.rs` | the sign-in to private registries of Amazon ECR |
//! | `failure.rs` | what the SDK's errors mean |
//! | `lookup.rs` | what is there; changes nothing |
//! | `run.rs` | what is missing is made, step by step; stops at the first failure |
#![deny(missing_docs)]

mod account;
mod calls;
mod ecr;
mod failure;
mod keys;
mod lookup;
mod run;

pub use account::{Account, AwsEndpoint, Sign};
pub use ecr::{EcrSignIn, ecr_sign_in};
pub use keys::{Keys, Refusal};
pub use lookup::lookup;
pub use run::{RunLog, Start, run};
