//! Files that are made from a draft.
//!
//! ```text
//! draft ─ definition ─▶ typed values ─ stack ─▶ with log groups, roles, parameters ─ a format ─▶ files and losses
//! ```
//!
//! | file | what |
//! |---|---|
//! | `json.rs` | the input of RegisterTaskDefinition, as it was typed |
//! | `cloudformation.rs` `terraform.rs` `cdk.rs` | infrastructure as code |
//! | `ecspresso.rs` `aws_cli.rs` `github.rs` | tools that register the definition |
//! | `compose/` | Docker Compose, to run the task locally |
//! | `env_file.rs` `iam.rs` | variables; policies of the roles |
//! | `definition.rs` `expr.rs` `parameters.rs` | a definition as the formats read it; placeholders become parameters |
//! | `stack.rs` `policy.rs` | what surrounds it: log groups, roles |
//! | `yaml.rs` `hcl.rs` `typescript.rs` `json_text.rs` | the languages: layout and escapes, and nothing else |
//! | `files.rs` `loss.rs` | what a format makes, and what it cannot carry |
//! | `written.rs` `comments.rs` | which file here writes which format; comments that an import kept |
//!
//! A format is a function from a draft to [`Exported`]; [`export`] chooses it.
//!
//! ```
//! # #[cfg(feature = "server")] {
//! use taskdef::{Draft, Lang, formats::{Format, export::{Options, export}}};
//! let made = export(Format::CloudFormation, &Draft::tutorial(), &Options::new(Lang::En)).unwrap();
//! assert_eq!(made.files[0].name, "template.yaml");
//! assert!(made.files[0].text.contains("AWS::ECS::TaskDefinition"));
//! # }
//! ```

mod json;

pub use json::{file_name, to_json};

#[cfg(feature = "server")]
mod aws_cli;
#[cfg(feature = "server")]
mod cdk;
#[cfg(feature = "server")]
mod cloudformation;
#[cfg(feature = "server")]
mod comments;
#[cfg(feature = "server")]
mod compose;
#[cfg(feature = "server")]
mod definition;
#[cfg(feature = "server")]
mod ecspresso;
#[cfg(feature = "server")]
mod env_file;
#[cfg(feature = "server")]
mod expr;
#[cfg(feature = "server")]
mod files;
#[cfg(feature = "server")]
mod github;
#[cfg(feature = "server")]
mod hcl;
#[cfg(feature = "server")]
mod iam;
#[cfg(feature = "server")]
mod json_text;
#[cfg(feature = "server")]
mod loss;
#[cfg(feature = "server")]
mod parameters;
#[cfg(feature = "server")]
mod policy;
#[cfg(feature = "server")]
mod stack;
#[cfg(feature = "server")]
mod terraform;
#[cfg(feature = "server")]
mod typescript;
#[cfg(feature = "server")]
mod written;
#[cfg(feature = "server")]
mod yaml;

#[cfg(feature = "server")]
pub use {
    files::{ExportError, Exported, File, Options},
    loss::{Loss, Outcome},
    written::export,
};
