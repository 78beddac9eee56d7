//! `--fix` and `--fix-all`: which fixes are made, and which are left to the person.

use super::{check::Context, patch::Patched, policy::Policy, sources::Source};
use serde_json::json;
use similar::TextDiff;
use std::{fs, io, io::Write, path::Path};
use taskdef::{
    Draft, Finding, Scope,
    facts::{cost, secret},
    formats::{import, is_definition},
    lint::{
        self, Wizard,
        autofix::{self, Left, Most, Reach, Subject},
    },
};

/// What was done to a text.
#[derive(Debug)]
pub struct Fixed {
    /// The text now.
    pub text: String,
    /// The findings that were fixed.
    pub made: Vec<Finding>,
    /// The findings whose fix was not made, and why.
    pub left: Vec<(Finding, Left)>,
}

/// Most evaluations of one text.
const MOST: Most = Most { checks: 200, fixes: usize::MAX };

/// A text, and how it is judged.
struct File<'f> {
    text: Patched,
    name: &'f str,
    wizard: &'f Wizard,
    policy: &'f Policy,
}

impl Subject for File<'_> {
    fn check(&self) -> Vec<Finding> {
        let mut findings = lint::check(self.text.definition(), self.wizard);
        findings.retain(|f| f.scope == Scope::Definition && self.policy.ignored(self.name, f).is_none());
        findings
    }

    fn after(&self, finding: &Finding) -> Option<Self> {
        let mut text = Patched::new(&self.text.text())?;
        text.apply(&finding.fixes.first()?.edit).then_some(File { text, ..*self })
    }

    fn price(&self) -> Option<f64> {
        let mut draft = Draft::around(self.text.definition().clone());
        draft.put("region", json!(self.wizard.region.clone().unwrap_or_default()));
        cost::of_draft(&draft).map(|cost| cost.hour)
    }
}

/// Fixes a text as far as that goes.
pub fn fix(source: &Source, context: &Context, policy: &Policy, reach: Reach) -> Fixed {
    let nothing = || Fixed { text: source.text.clone(), made: Vec::new(), left: Vec::new() };
    if !is_definition(&source.text) {
        return nothing();
    }
    let (Some(text), Ok(read)) = (Patched::new(&source.text), import::from_json(&source.text)) else { return nothing() };
    let wizard = Wizard {
        region: context.region.clone(),
        launch: context.launch,
        dropped: read.dropped,
        duplicate_keys: read.duplicate_keys,
        images: context.images.clone(),
        ..Wizard::default()
    };
    let fixed = autofix::fix(File { text, name: &source.name, wizard: &wizard, policy }, reach, MOST);
    let text = if fixed.made.is_empty() { source.text.clone() } else { fixed.subject.text.text() };
    Fixed { text, made: fixed.made, left: fixed.left }
}

/// The lines that differ, as `diff -u` writes them, one line around each change. What looks like a credential is not shown.
pub fn difference(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().context_radius(1).header(name, name).to_string();
    text.lines().map(masked).collect::<Vec<_>>().join("\n")
}

/// A line of JSON without texts that look like credentials.
fn masked(line: &str) -> String {
    line.split_inclusive('"').map(|part| if secret::of_value(part.trim_end_matches('"')).is_some() { "•••\"" } else { part }).collect()
}

/// Writes a file in one step, so that a crash leaves the old one or the new one; its permissions stay. Through a link, the file
/// that it leads to.
pub fn write(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    if fs::read(&path)? != before.as_bytes() {
        return Err(io::Error::other("the file has changed since it was checked; run the command again"));
    }
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(after.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|e| e.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { name: "task.json".into(), path: None, text: text.into(), beside: Vec::new() }
    }

    fn fixed(text: &str, policy: &Policy, reach: Reach) -> Fixed {
        fix(&source(text), &Context::default(), policy, reach)
    }

    const WRONG: &str = "{\n  \"family\": \"a\",\n  \"containerDefinitions\": [\n    { \"name\": \"a\", \"image\": \"public.ecr.aws/me/a:1\", \"memory\": 64,\n      \"portMappings\": [{\"containerPort\": 80,   \"protocol\": \"TCP\"}] }\n  ]\n}\n";

    #[test]
    fn a_safe_fix_changes_its_place_and_nothing_else() {
        let done = fixed(WRONG, &Policy::default(), Reach::Safe);
        assert!(done.made.iter().any(|f| f.path.ends_with("/protocol")), "{done:?}");
        assert_eq!(done.text, WRONG.replace("TCP", "tcp"));
        let again = fixed(&done.text, &Policy::default(), Reach::Safe);
        assert!(again.made.is_empty() && again.text == done.text, "a second run has nothing to do");
    }

    /// What a project ignores on purpose is not fixed behind its back.
    #[test]
    fn what_is_ignored_is_not_fixed() {
        let rule = fixed(WRONG, &Policy::default(), Reach::Safe).made[0].rule.id;
        let policy = Policy::parse("taskwright.toml", &format!("[[ignore]]\nrule = \"{rule}\"\nreason = \"On purpose.\"\n")).unwrap();
        assert_eq!(fixed(WRONG, &policy, Reach::Safe).text, WRONG);
    }

    /// Two fixes are a choice: `--fix` passes over it, `--fix-all` says so with both labels.
    #[test]
    fn a_choice_is_refused_and_named() {
        let check = "\"tcp\"}], \"healthCheck\": {\"command\": [\"CMD-SHELL\", \"curl -f http://localhost\"], \"interval\": 10, \"timeout\": 90}";
        let choice = WRONG.replace("\"TCP\"}]", check);
        let done = fixed(&choice, &Policy::default(), Reach::All);
        let left = done.left.iter().find(|(f, _)| f.path.ends_with("/timeout"));
        assert!(matches!(left, Some((f, Left::Choice)) if f.fixes.len() == 2), "{done:?}");
        assert!(fixed(&choice, &Policy::default(), Reach::Safe).left.is_empty());
    }

    #[test]
    fn a_difference_shows_the_change_and_no_credential() {
        let before = "{\n \"a\": 1,\n \"b\": \"postgres://app:hunter2@db.example.com/app\"\n}\n";
        let text = difference("x.json", before, &before.replace("1", "2"));
        assert!(text.contains("- \"a\": 1,") && text.contains("+ \"a\": 2,") && text.contains("•••") && !text.contains("hunter2"), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_replaced_through_its_link_with_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.json"), folder.path().join("link.json"));
        fs::write(&file, "1").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, "1", "2").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), fs::metadata(&file).unwrap().permissions().mode() & 0o777), ("2", 0o640));
        assert!(write(&file, "1", "3").is_err(), "somebody changed it meanwhile");
        assert_eq!(fs::read_to_string(&file).unwrap(), "2");
    }
}
