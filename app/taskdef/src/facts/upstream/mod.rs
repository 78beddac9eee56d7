//! What we hold as facts against what AWS's own model and the CloudFormation linter say today.
//!
//! `cargo xtask facts` takes both out of their newest packages into one JSON, and prints what [`compare`] finds:
//!
//! ```text
//! {"ecs": botocore's model, "endpoints": botocore's Regions, "cloudformation": the resource's schema,
//!  "fargate": cfn-lint's pairs, "awslogs": its options, "regions": Regions that have the resource}
//! ```
//!
//! | file | what |
//! |---|---|
//! | `model.rs` | fields, types, values and limits of RegisterTaskDefinition |
//! | `cloudformation.rs` | fields of AWS::ECS::TaskDefinition |
//! | `regions.rs` | Regions and their names |
//! | `tables.rs` | Fargate's sizes, options of awslogs |

mod cloudformation;
mod model;
mod regions;
mod tables;

use serde_json::Value;
use std::fmt;
use thiserror::Error;

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A field of the definition.
    Field,
    /// One of the texts that a field takes.
    Value,
    /// How long or how large a field may be.
    Limit,
    /// A Region.
    Region,
    /// CPU units and MiB that Fargate offers.
    Size,
    /// An option of the log driver awslogs.
    LogOption,
}

/// How the source differs from us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The source has it, we do not.
    New(String),
    /// We have it, the source does not.
    Gone,
    /// Both have it, not the same.
    Other {
        /// Ours.
        ours: String,
        /// The source's.
        theirs: String,
    },
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// `botocore` or `cfn-lint`.
    pub source: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// The field, Region, size or option.
    pub at: String,
    /// How they differ.
    pub change: Change,
}

/// What was compared, and the differences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Fields of the API.
    pub fields: usize,
    /// Texts that they take.
    pub values: usize,
    /// Limits that the model states.
    pub limits: usize,
    /// Fields of CloudFormation.
    pub properties: usize,
    /// Regions.
    pub regions: usize,
    /// Sizes of Fargate.
    pub sizes: usize,
    /// Options of awslogs.
    pub options: usize,
    /// Where the sources and we differ.
    pub differences: Vec<Difference>,
}

/// A source whose form has changed: nothing in it was found to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0}: nothing to compare; has its format changed?")]
pub struct Unreadable(pub &'static str);

/// Compares all facts with the sources.
///
/// # Errors
/// A part of the sources has nothing to compare.
pub fn compare(sources: &Value) -> Result<Compared, Unreadable> {
    let mut found = Compared::default();
    model::compare(&sources["ecs"], &mut found);
    cloudformation::compare(&sources["cloudformation"], &mut found);
    regions::compare(&sources["endpoints"], &sources["regions"], &mut found);
    tables::fargate(&sources["fargate"], &mut found);
    tables::awslogs(&sources["awslogs"], &mut found);
    let parts = [
        ("fields of botocore", found.fields),
        ("values of botocore", found.values),
        ("limits of botocore", found.limits),
        ("properties of CloudFormation", found.properties),
        ("Regions", found.regions),
        ("sizes of Fargate", found.sizes),
        ("options of awslogs", found.options),
    ];
    match parts.into_iter().find(|(_, n)| *n == 0) {
        Some((part, _)) => Err(Unreadable(part)),
        None => Ok(found),
    }
}

impl Compared {
    fn differs(&mut self, source: &'static str, subject: Subject, at: impl Into<String>, change: Change) {
        self.differences.push(Difference { source, subject, at: at.into(), change });
    }

    /// Two lists of names without an order.
    fn names(&mut self, source: &'static str, subject: Subject, prefix: &str, ours: &[&str], theirs: &[&str]) {
        for name in theirs.iter().filter(|name| !ours.contains(name)) {
            self.differs(source, subject, format!("{prefix}{name}"), Change::New(String::new()));
        }
        for name in ours.iter().filter(|name| !theirs.contains(name)) {
            self.differs(source, subject, format!("{prefix}{name}"), Change::Gone);
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = match self.subject {
            Subject::Field => "field",
            Subject::Value => "value",
            Subject::Limit => "limit",
            Subject::Region => "Region",
            Subject::Size => "Fargate size",
            Subject::LogOption => "awslogs option",
        };
        write!(f, "{}: {subject} {}: ", self.source, self.at)?;
        match &self.change {
            Change::New(what) if what.is_empty() => f.write_str("new"),
            Change::New(what) => write!(f, "new ({what})"),
            Change::Gone => f.write_str("gone"),
            Change::Other { ours, theirs } => write!(f, "{theirs} there, {ours} here"),
        }
    }
}
