//! What was found, as a terminal or another program reads it. Each format escapes for its own reader.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

use super::{
    args::{Format, Level},
    check::{Checked, Placed},
    sources::Unreadable,
};
use std::io::{self, Write};
use taskdef::{Lang, Scope, messages};

/// All that is printed.
#[derive(Debug)]
pub struct Report<'r> {
    /// What was checked.
    pub checked: &'r [Checked],
    /// What could not be.
    pub unreadable: &'r [Unreadable],
    /// Language of the messages.
    pub lang: Lang,
    /// Lowest severity that is printed.
    pub level: Level,
    /// Lowest severity that fails the run.
    pub fail_on: Level,
}

/// Prints a report to standard output.
pub fn print(format: Format, report: &Report<'_>) -> io::Result<()> {
    let text = match format {
        Format::Text => text::write(report),
        Format::Json => json::write(report)?,
        Format::Sarif => sarif::write(report)?,
        Format::Github => github::write(report),
        Format::Junit => junit::write(report)?,
    };
    io::stdout().lock().write_all(text.as_bytes())
}

impl Report<'_> {
    /// The findings of a text that are printed.
    fn shown<'c>(&self, checked: &'c Checked) -> impl Iterator<Item = &'c Placed> {
        let level = self.level;
        checked.findings.iter().filter(move |p| level.has(p.finding.severity))
    }
}

impl Placed {
    /// Line and column; `None` for what the wizard would ask, which stands in no text.
    fn place(&self) -> Option<(usize, usize)> {
        (self.finding.scope == Scope::Definition).then_some((self.line, self.column))
    }

    /// The words of the finding, behind the task's name where there are several.
    fn words(&self, lang: Lang) -> messages::Words {
        let mut words = messages::of_finding(lang, &self.finding);
        if let Some(task) = &self.task {
            words.message = format!("{task}: {}", words.message);
        }
        words
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{check, check::Context, policy::Policy, sources::Source};
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// Signs that terminals, CI systems, XML, JSON, SARIF and workflow commands act on.
    pub const HOSTILE: &str = "a\u{1b}[2J\u{9b}1m\u{202e}\u{2028}\u{0}\u{fffe}\r\n::error file=a.js::forged\n##[error]x ##vso[task.x] ]]>&<b a='\"'>%0A,:\\";

    /// A definition with a text in every field that may hold one, names of keys included.
    pub fn hostile(text: &str) -> Value {
        let options = json!({ text: text, "awslogs-group": text, "awslogs-region": text });
        let container = json!({
            "name": text, "image": text, text: 1, "user": text, "command": [text], "entryPoint": text, "workingDirectory": text,
            "environment": [{ "name": text, "value": text }, { "name": text, "value": text }], "secrets": [{ "name": text, "valueFrom": text }],
            "portMappings": [{ "containerPort": text, "protocol": text, "name": text, "appProtocol": text }],
            "healthCheck": { "command": [text], "interval": text }, "logConfiguration": { "logDriver": text, "options": options },
            "dependsOn": [{ "containerName": text, "condition": text }], "mountPoints": [{ "sourceVolume": text, "containerPath": text }],
            "ulimits": [{ "name": text }], "linuxParameters": { "capabilities": { "add": [text] } }, "dockerLabels": { text: text }
        });
        json!({
            "family": text, "networkMode": text, "cpu": text, "memory": text, "executionRoleArn": text, "taskRoleArn": text, text: text,
            "requiresCompatibilities": [text], "runtimePlatform": { "cpuArchitecture": text, "operatingSystemFamily": text },
            "volumes": [{ "name": text, text: text }], "tags": [{ "key": text, "value": text }], "pidMode": text,
            "containerDefinitions": [container.clone(), container]
        })
    }

    /// Each format of a text's findings; the second file cannot be read, one rule is ignored.
    pub fn all_formats(name: &str, text: &str, lang: Lang) -> [(Format, String); 5] {
        let reason = toml::Value::String(text.to_owned()).to_string();
        let ignore = format!("[[ignore]]\nrule = \"task-unknown-key\"\nreason = {reason}\n");
        let policy = Policy::parse("taskwright.toml", &ignore).unwrap_or_default();
        let source = Source { name: name.to_owned(), path: None, text: hostile(text).to_string(), beside: Vec::new() };
        let checked = [check::check(&source, &Context::default(), &policy).unwrap()];
        let unreadable = [Unreadable { name: name.to_owned(), cause: super::super::sources::Cause::Missing }];
        let report = Report { checked: &checked, unreadable: &unreadable, lang, level: Level::Advice, fail_on: Level::Error };
        [
            (Format::Text, text::write(&report)),
            (Format::Json, json::write(&report).unwrap()),
            (Format::Sarif, sarif::write(&report).unwrap()),
            (Format::Github, github::write(&report)),
            (Format::Junit, junit::write(&report).unwrap()),
        ]
    }

    /// Nothing of a file, and nothing of its name, is acted on by what reads the output.
    fn is_harmless(name: &str, text: &str) -> Result<(), TestCaseError> {
        for lang in Lang::ALL {
            for (format, out) in all_formats(name, text, lang) {
                prop_assert!(out.ends_with('\n') && out.lines().count() > 5, "{format:?}");
                prop_assert!(!out.chars().any(|c| c != '\n' && taskdef::shown::is_hidden(c)), "{format:?}: {out:?}");
                for line in out.lines() {
                    let command = line.trim_start().starts_with("::");
                    let ours = ["::error ", "::warning ", "::notice "].iter().any(|c| line.starts_with(c)) && line.contains(",title=");
                    prop_assert!(!command || (format == Format::Github && ours), "{format:?}: {line:?}");
                    let escaped = |sign: &str| line.match_indices(sign).all(|(i, _)| line[..i].ends_with('\\'));
                    prop_assert!(escaped("##[") && escaped("##vso["), "{format:?}: {line:?}");
                }
                match format {
                    Format::Json | Format::Sarif => prop_assert!(serde_json::from_str::<Value>(&out).is_ok(), "{out}"),
                    Format::Junit => prop_assert!(junit::tests::cases(&out) > 5, "{out}"),
                    Format::Text | Format::Github => {}
                }
            }
        }
        Ok(())
    }

    #[test]
    fn what_a_stranger_wrote_is_shown_and_never_acted_on() {
        is_harmless(HOSTILE, HOSTILE).unwrap();
        is_harmless("::error ##[x].json", "::add-mask::x").unwrap();
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_a_stranger_wrote_is_shown_and_never_acted_on(name in any::<String>(), text in "([\\PC\\x00-\\x1f\u{80}-\u{9f}\u{202a}-\u{202e}]|::|##\\[|##vso\\[|]]>|\n|\r){0,24}") {
            is_harmless(&name, &text)?;
        }
    }
}
