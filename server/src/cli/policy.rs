//! `taskwright.toml`: which findings a project ignores, and why; and how bad the others are there.
//!
//! ```toml
//! [levels]
//! image-latest-tag = "error"
//!
//! [[ignore]]
//! rule = "health-missing"
//! reason = "The load balancer checks these services."
//! files = ["legacy/**"]             # optional, relative to this file
//! path = "/containerDefinitions/0"  # optional: only there and below
//! ```

use super::sources::{self, Cause};
use globset::GlobMatcher;
use serde::Deserialize;
use std::{
    collections::HashMap,
    fs::File,
    path::{Path, PathBuf},
};
use taskdef::{Finding, Severity, document::pointer, lint};
use toml::Spanned;

/// The file's name.
pub const NAME: &str = "taskwright.toml";

/// Settings of a project.
#[derive(Debug, Default)]
pub struct Policy {
    levels: HashMap<&'static str, Severity>,
    ignores: Vec<Ignore>,
    /// The folder of the settings file, absolute.
    base: PathBuf,
}

#[derive(Debug)]
struct Ignore {
    rule: &'static str,
    reason: String,
    files: Vec<GlobMatcher>,
    path: String,
}

/// Why a settings file cannot be used.
#[derive(Debug)]
pub struct Wrong {
    /// The file.
    pub file: String,
    /// Line and column, from 1; `None` where the file cannot be read.
    pub at: Option<(usize, usize)>,
    /// Why.
    pub why: Why,
}

/// What is wrong with a settings file.
#[derive(Debug)]
pub enum Why {
    /// It cannot be read.
    Unreadable(Cause),
    /// It is not the TOML that is expected; the parser's words.
    Toml(String),
    /// No such rule; the nearest one.
    UnknownRule(String, Option<&'static str>),
    /// A level that does not exist.
    UnknownLevel(String),
    /// A rule is ignored without a reason.
    NoReason(&'static str),
    /// Not a glob; the parser's words.
    Glob(String, String),
    /// A path that is no JSON Pointer.
    Path(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File_ {
    #[serde(default)]
    levels: HashMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: Spanned<String>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    files: Vec<Spanned<String>>,
    path: Option<Spanned<String>>,
}

impl Policy {
    /// The file that was named, or else the nearest one here or above, up to the root of the repository; without one, nothing
    /// is ignored.
    pub fn load(named: Option<&Path>) -> Result<Policy, Box<Wrong>> {
        let Some(path) = named.map(Path::to_owned).or_else(nearest) else { return Ok(Policy::default()) };
        let file = sources::name_of(&path);
        let text = File::open(&path).map_err(Cause::from).and_then(sources::read_text);
        let text = text.map_err(|cause| Box::new(Wrong { file: file.clone(), at: None, why: Why::Unreadable(cause) }))?;
        let mut policy = Policy::parse(&file, &text)?;
        policy.base = std::path::absolute(&path).ok().and_then(|p| p.parent().map(Path::to_owned)).unwrap_or_default();
        Ok(policy)
    }

    /// Reads the text of a settings file.
    pub fn parse(file: &str, text: &str) -> Result<Policy, Box<Wrong>> {
        let wrong = |at: usize, why: Why| Box::new(Wrong { file: file.to_owned(), at: Some(position(text, at)), why });
        let read: File_ = toml::from_str(text).map_err(|e| wrong(e.span().map_or(0, |s| s.start), Why::Toml(e.message().to_owned())))?;
        let rule = |id: &Spanned<String>| {
            let unknown = || wrong(id.span().start, Why::UnknownRule(id.get_ref().clone(), nearest_rule(id.get_ref())));
            lint::find(id.get_ref()).map(|r| r.id).ok_or_else(unknown)
        };
        let mut policy = Policy::default();
        for (id, level) in &read.levels {
            let severity = [Severity::Error, Severity::Warning, Severity::Advice].into_iter().find(|s| s.as_str() == level.get_ref());
            let severity = severity.ok_or_else(|| wrong(level.span().start, Why::UnknownLevel(level.get_ref().clone())))?;
            policy.levels.insert(rule(id)?, severity);
        }
        for entry in &read.ignore {
            let (at, entry) = (entry.span().start, entry.get_ref());
            let id = rule(&entry.rule)?;
            if entry.reason.trim().is_empty() {
                return Err(wrong(at, Why::NoReason(id)));
            }
            let path = entry.path.as_ref().map_or("", |p| p.get_ref().as_str());
            if let Some(p) = entry.path.as_ref().filter(|_| !path.is_empty() && !path.starts_with('/')) {
                return Err(wrong(p.span().start, Why::Path(path.to_owned())));
            }
            let glob = |g: &Spanned<String>| sources::matcher(g.get_ref()).map_err(|e| wrong(g.span().start, Why::Glob(g.get_ref().clone(), e)));
            let files = entry.files.iter().map(glob).collect::<Result<_, _>>()?;
            policy.ignores.push(Ignore { rule: id, reason: entry.reason.trim().to_owned(), files, path: path.to_owned() });
        }
        Ok(policy)
    }

    /// How bad a finding is in this project.
    pub fn severity(&self, finding: &Finding) -> Severity {
        self.levels.get(finding.rule.id).copied().unwrap_or(finding.severity)
    }

    /// Why a finding of a file is ignored, if it is.
    pub fn ignored(&self, file: &str, finding: &Finding) -> Option<String> {
        let relative = || {
            let path = std::path::absolute(file).unwrap_or_default();
            sources::name_of(path.strip_prefix(&self.base).unwrap_or(Path::new(file)))
        };
        let here = |i: &&Ignore| {
            i.rule == finding.rule.id && pointer::contains(&i.path, &finding.path) && (i.files.is_empty() || i.files.iter().any(|g| g.is_match(relative())))
        };
        self.ignores.iter().find(here).map(|i| i.reason.clone())
    }
}

/// The nearest settings file: here, or in a folder above within the same repository.
fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    for folder in here.ancestors() {
        let file = folder.join(NAME);
        if file.is_file() {
            return Some(if folder == here { PathBuf::from(NAME) } else { file });
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}

/// The rule whose id is most like a text.
pub fn nearest_rule(id: &str) -> Option<&'static str> {
    // An id has fewer letters than that; a longer text is none that was mistyped.
    let id = id.get(..80).unwrap_or(id);
    let distance = |rule: &str| strsim::damerau_levenshtein(id, rule);
    lint::all().map(|(_, rule)| rule.id).min_by_key(|rule| distance(rule)).filter(|rule| distance(rule) <= rule.len() / 3)
}

/// Line and column in characters, from 1, of a byte.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> (Option<(usize, usize)>, Why) {
        let wrong = Policy::parse(NAME, text).unwrap_err();
        (wrong.at, wrong.why)
    }

    /// What is wrong in the settings is said with its place, and stops the run: a rule that is misspelt would be checked on.
    #[test]
    fn what_is_wrong_has_its_line() {
        let (at, why) = wrong("[levels]\n\"image-latest-tga\" = \"error\"\n");
        assert!(matches!(why, Why::UnknownRule(_, Some("image-latest-tag"))), "{why:?}");
        assert_eq!(at, Some((2, 1)));
        let (at, why) = wrong("[levels]\nimage-latest-tag = \"off\"\n");
        assert!(matches!(why, Why::UnknownLevel(_)) && at == Some((2, 20)), "{why:?} {at:?}");
        let (at, why) = wrong("\n[[ignore]]\nrule = \"image-latest-tag\"\nreason = \" \"\n");
        assert!(matches!(why, Why::NoReason("image-latest-tag")) && at == Some((2, 1)), "{why:?} {at:?}");
        let (at, why) = wrong("[[ignore]]\nrule = \"completely different\"\nreason = \"x\"");
        assert!(matches!(why, Why::UnknownRule(_, None)) && at == Some((2, 8)), "{why:?} {at:?}");
        let (at, why) = wrong("[[ignore]]\nrule = \"image-latest-tag\"\nreason = \"x\"\nfiles = [\"a[\"]");
        assert!(matches!(why, Why::Glob(..)) && at == Some((4, 10)), "{why:?} {at:?}");
        let (at, why) = wrong("[[ignore]]\nrule = \"image-latest-tag\"\nreason = \"x\"\npath = \"a\"");
        assert!(matches!(why, Why::Path(_)) && at == Some((4, 8)), "{why:?} {at:?}");
        let (at, why) = wrong("ignored = []");
        assert!(matches!(why, Why::Toml(_)) && at == Some((1, 1)), "{why:?} {at:?}");
    }

    #[test]
    fn ignored_is_what_the_entry_names_and_no_more() {
        let text = "[[ignore]]\nrule = \"image-latest-tag\"\nreason = \"Local only.\"\nfiles = [\"dev/**\"]\npath = \"/containerDefinitions/0\"\n[levels]\nimage-latest-tag = \"error\"";
        let policy = Policy { base: std::path::absolute(".").unwrap(), ..Policy::parse(NAME, text).unwrap() };
        let definition =
            r#"{"family": "a", "containerDefinitions": [{"name": "a", "image": "public.ecr.aws/me/a"}, {"name": "b", "image": "public.ecr.aws/me/a"}]}"#;
        let (findings, _) = lint::check_text(definition, None, None);
        let found: Vec<&Finding> = findings.iter().filter(|f| f.rule.id == "image-latest-tag").collect();
        assert_eq!(found.len(), 2, "{findings:?}");
        let ignored = |file: &str| found.iter().map(|f| policy.ignored(file, f).is_some()).collect::<Vec<_>>();
        assert_eq!(ignored("dev/x/task.json"), [true, false]);
        assert_eq!(ignored("prod/task.json"), [false, false]);
        assert_eq!(policy.severity(found[0]), Severity::Error);
    }
}
