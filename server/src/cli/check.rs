//! The findings of one text, with their lines, as the policy judges them.

use super::{policy::Policy, sources::Source};
use taskdef::{Finding, Launch, Severity, facts::Images, lint};

/// What was found in one text.
#[derive(Debug)]
pub struct Checked {
    /// The file's name as it was given.
    pub name: String,
    /// By severity, then by what it would cost to ignore it, then by place in the text.
    pub findings: Vec<Placed>,
}

/// A finding in its text.
#[derive(Debug)]
pub struct Placed {
    /// With the severity that the policy gives it.
    pub finding: Finding,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Why the policy ignores it.
    pub ignored: Option<String>,
}

/// What a definition does not say about itself.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Region code.
    pub region: Option<String>,
    /// Where the task runs, if the definition does not say.
    pub launch: Option<Launch>,
    /// What registries answered about the images.
    pub images: Images,
}

/// Checks a text.
pub fn check(source: &Source, context: &Context, policy: &Policy) -> Checked {
    let (findings, _) = lint::check_text_with(&source.text, context.region.clone(), context.launch, context.images.clone());
    let placed = |mut finding: Finding| {
        let ignored = policy.ignored(&source.name, &finding);
        finding.severity = policy.severity(&finding);
        let (line, column) = finding.at.unwrap_or((1, 1));
        Placed { finding, line, column, ignored }
    };
    let mut findings: Vec<Placed> = findings.into_iter().map(placed).collect();
    findings.sort_by_key(|p| p.finding.severity);
    Checked { name: source.name.clone(), findings }
}

impl Checked {
    /// What counts: all that is not ignored.
    pub fn counted(&self) -> impl Iterator<Item = &Placed> {
        self.findings.iter().filter(|p| p.ignored.is_none())
    }

    /// The findings that count.
    pub fn found(&self) -> impl Iterator<Item = &Finding> {
        self.counted().map(|p| &p.finding)
    }

    /// Their severities.
    pub fn severities(&self) -> impl Iterator<Item = Severity> {
        self.found().map(|f| f.severity)
    }
}
