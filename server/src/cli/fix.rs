//! `--fix` and `--fix-all`: which fixes are made, and which are left to the person.

use super::{check::Context, patch::Patched, policy::Policy, sources::Source};
use serde_json::{Value, json};
use similar::TextDiff;
use std::{collections::HashSet, fs, io, io::Write, path::Path};
use taskdef::{
    Draft, Finding, Lang, Scope, Severity,
    facts::{cost, secret},
    finding::Safety,
    formats::import,
    lint::{self, Wizard, autofix},
    messages,
};

/// How far fixing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Fixes that mean the same and cost the same.
    Safe,
    /// Every fix that leaves no choice.
    All,
}

/// What was done to a text.
#[derive(Debug)]
pub struct Fixed {
    /// The text now.
    pub text: String,
    /// The findings that were fixed, with the label of the fix.
    pub made: Vec<(Finding, String)>,
    /// The findings whose fix was not made, and why.
    pub left: Vec<(Finding, Left)>,
}

/// Why a fix is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// There are several, or the right one depends on what only a person knows: their labels.
    Choice(Vec<String>),
    /// It would bring another problem: the rule.
    Brings(&'static str),
    /// The text cannot be changed at this place alone.
    Place,
}

/// Most evaluations of one text: each fix needs one.
const MOST: usize = 200;

/// Fixes a text as far as that goes, one fix at a time: each can fix or change what others see.
pub fn fix(source: &Source, context: &Context, policy: &Policy, reach: Reach, lang: Lang) -> Fixed {
    let mut fixed = Fixed { text: source.text.clone(), made: Vec::new(), left: Vec::new() };
    let Some(mut now) = Patched::new(&source.text) else { return fixed };
    let Ok(read) = import::from_json(&source.text) else { return fixed };
    let wizard = Wizard {
        region: context.region.clone(),
        launch: context.launch,
        cluster: None,
        dropped: read.dropped,
        duplicate_keys: read.duplicate_keys,
        images: taskdef::facts::Images::default(),
    };
    let check = |definition: &Value| {
        let mut findings = lint::check(definition, &wizard);
        findings.retain(|f| f.scope == Scope::Definition && policy.ignored(&source.name, f).is_none());
        findings
    };
    let mut findings = check(now.definition());
    let mut seen: HashSet<(&'static str, String)> = HashSet::new();
    for _ in 0..MOST {
        let Some(finding) = findings.iter().find(|f| !f.fixes.is_empty() && !seen.contains(&(f.rule.id, f.path.clone()))).cloned() else { break };
        seen.insert((finding.rule.id, finding.path.clone()));
        match attempt(&finding, &now, &findings, reach, context, lang, &check) {
            Ok((patched, then)) => {
                let label = messages::of_finding(lang, &finding).labels.into_iter().next().unwrap_or_default();
                fixed.made.push((finding, label));
                (now, findings) = (patched, then);
            }
            Err(why) => fixed.left.extend(why.map(|why| (finding, why))),
        }
    }
    if !fixed.made.is_empty() {
        fixed.text = now.text();
    }
    fixed
}

/// Makes one fix on a copy. `Err(None)` where it is not worth a word: it is out of reach.
fn attempt(
    finding: &Finding,
    now: &Patched,
    before: &[Finding],
    reach: Reach,
    context: &Context,
    lang: Lang,
    check: &impl Fn(&Value) -> Vec<Finding>,
) -> Result<(Patched, Vec<Finding>), Option<Left>> {
    let worth = |left: Left| Some(left).filter(|_| reach == Reach::All);
    if !within(finding, reach) {
        return Err(worth(Left::Choice(messages::of_finding(lang, finding).labels)));
    }
    let mut patched = Patched::new(&now.text()).ok_or(None)?;
    if !finding.fixes.first().is_some_and(|fix| patched.apply(&fix.edit)) {
        return Err(Some(Left::Place));
    }
    let then = check(patched.definition());
    let is = |a: &Finding, b: &Finding| a.rule == b.rule && a.path == b.path;
    if then.iter().any(|f| is(f, finding)) {
        return Err(worth(Left::Choice(messages::of_finding(lang, finding).labels)));
    }
    // A value that can be read at last may well deserve a piece of advice.
    let counts = |f: &&Finding| f.severity == Severity::Error || (reach == Reach::Safe && f.severity == Severity::Warning);
    if let Some(new) = then.iter().filter(counts).find(|f| !before.iter().any(|b| is(b, f))) {
        return Err(worth(Left::Brings(new.rule.id)));
    }
    if reach == Reach::Safe && price(context, patched.definition()) != price(context, now.definition()) {
        return Err(None);
    }
    Ok((patched, then))
}

/// Whether a finding's first fix is one that may be made.
fn within(finding: &Finding, reach: Reach) -> bool {
    match reach {
        Reach::Safe => autofix::candidate(finding),
        Reach::All => finding.fixes.first().is_some_and(|fix| fix.safety != Safety::Choice),
    }
}

fn price(context: &Context, definition: &Value) -> Option<f64> {
    let mut draft = Draft::around(definition.clone());
    draft.put("region", json!(context.region.clone().unwrap_or_default()));
    cost::of_draft(&draft).map(|cost| cost.hour)
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
        Source { name: "task.json".into(), path: None, text: text.into() }
    }

    fn fixed(text: &str, policy: &Policy, reach: Reach) -> Fixed {
        fix(&source(text), &Context::default(), policy, reach, Lang::En)
    }

    const WRONG: &str = "{\n  \"family\": \"a\",\n  \"containerDefinitions\": [\n    { \"name\": \"a\", \"image\": \"public.ecr.aws/me/a:1\", \"memory\": 64,\n      \"portMappings\": [{\"containerPort\": 80,   \"protocol\": \"TCP\"}] }\n  ]\n}\n";

    #[test]
    fn a_safe_fix_changes_its_place_and_nothing_else() {
        let done = fixed(WRONG, &Policy::default(), Reach::Safe);
        assert!(done.made.iter().any(|(f, label)| f.path.ends_with("/protocol") && !label.is_empty()), "{done:?}");
        assert_eq!(done.text, WRONG.replace("TCP", "tcp"));
        let again = fixed(&done.text, &Policy::default(), Reach::Safe);
        assert!(again.made.is_empty() && again.text == done.text, "a second run has nothing to do");
    }

    /// What a project ignores on purpose is not fixed behind its back.
    #[test]
    fn what_is_ignored_is_not_fixed() {
        let rule = fixed(WRONG, &Policy::default(), Reach::Safe).made[0].0.rule.id;
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
        assert!(matches!(left, Some((_, Left::Choice(labels))) if labels.len() == 2), "{done:?}");
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
