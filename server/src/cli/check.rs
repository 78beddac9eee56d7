//! The findings of one text, with their lines, as the policy judges them.

use super::{policy::Policy, sources::Source};
use taskdef::{
    Finding, Launch, Severity,
    facts::Images,
    formats::{self, CheckedTask, Format, import::Refusal},
};

/// What was found in one text.
#[derive(Debug)]
pub struct Checked {
    /// The file's name as it was given.
    pub name: String,
    /// What it was read as.
    pub format: Format,
    /// Parts that a task definition has no place for and that something needs to work.
    pub breaks: usize,
    /// By severity, then by what it would cost to ignore it, then by place in the text.
    pub findings: Vec<Placed>,
}

/// A finding in its text.
#[derive(Debug)]
pub struct Placed {
    /// With the severity that the policy gives it.
    pub finding: Finding,
    /// The task that it is about, where the text has several.
    pub task: Option<String>,
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

/// Checks a text of any format.
///
/// # Errors
/// The text is no task definition, and of a format that cannot be read.
pub fn check(source: &Source, context: &Context, policy: &Policy) -> Result<Checked, Refusal> {
    let found = formats::check(&source.input(), context.region.as_deref(), context.launch, &context.images)?;
    let several = found.tasks.len() > 1;
    let placed = |mut finding: Finding, task: &str| {
        let ignored = policy.ignored(&source.name, &finding);
        finding.severity = policy.severity(&finding);
        let (line, column) = finding.at.unwrap_or((1, 1));
        Placed { finding, task: several.then(|| task.to_owned()), line, column, ignored }
    };
    let of_task = |CheckedTask { name, findings }: CheckedTask| findings.into_iter().map(|f| placed(f, &name)).collect::<Vec<_>>();
    let mut findings: Vec<Placed> = found.tasks.into_iter().flat_map(of_task).collect();
    findings.sort_by_key(|p| p.finding.severity);
    Ok(Checked { name: source.name.clone(), format: found.format, breaks: found.breaks, findings })
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
