//! What a rule says about a place.

use crate::{Edit, lint::Rule};
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// AWS, the agent or the start of the container refuses it.
    Error,
    /// It registers, but will probably not work.
    Warning,
    /// Worth saying.
    Advice,
}

impl Severity {
    /// `error`, `warning`, `advice`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

/// Which document a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The task definition.
    Definition,
    /// The wizard's own answers: Region, cluster.
    Wizard,
}

/// What a finding is about, in the order in which findings help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Concern {
    /// Does it register and start?
    Start,
    /// Can it be reached, and is it seen to be healthy?
    Reach,
    /// Is it safe?
    Safety,
    /// What does it cost?
    Cost,
    /// It runs, and could be better.
    Later,
    /// True of nearly every definition: what comes after registering it.
    Next,
}

/// A value inside a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// Text, put in as it is.
    Text(String),
    /// A whole number, written with the language's separators.
    Number(u64),
    /// CPU units, written as vCPU.
    Cpu(u64),
    /// MiB, written as GB or MiB as the language wants.
    Memory(u64),
    /// Several memory sizes.
    Memories(Vec<u64>),
}

/// What a person must know before a fix is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// The definition means what it meant.
    Safe,
    /// Only the person knows whether this is the value that was meant.
    Choice,
    /// It registers, but the program may behave differently.
    Risky,
}

/// A fix that one press applies.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// Which of the rule's labels names it (`fix`, `fix-cheapest`, …).
    pub label: &'static str,
    /// Values for the label.
    pub params: Vec<(&'static str, Param)>,
    /// The change; its pointers start at the root of the finding's scope: the definition, or the draft.
    pub edit: Edit,
    /// What the person must know before.
    pub safety: Safety,
}

/// One problem at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// How bad.
    pub severity: Severity,
    /// Which document.
    pub scope: Scope,
    /// JSON Pointer in that document; a missing member has the pointer it would have.
    pub path: String,
    /// Which of the rule's messages is used; empty for the usual one.
    pub variant: &'static str,
    /// Values for the message.
    pub params: Vec<(&'static str, Param)>,
    /// Cures, best first.
    pub fixes: Vec<Fix>,
    /// Line and column (characters, from 1) in the text that was checked; `None` where a document was.
    pub at: Option<(usize, usize)>,
}
