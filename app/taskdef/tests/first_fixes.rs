//! The walk of a beginner: the first fix of the first error, until none is left.

#![allow(clippy::unwrap_used, missing_docs)]

#[allow(dead_code)]
mod support;

use std::collections::BTreeSet;
use support::{Given, cases};
use taskdef::{
    Finding, Severity,
    finding::Safety,
    lint::{self, State},
};

/// Rules at which a walk may stop, and what only the person can know.
#[rustfmt::skip]
const ONLY_THE_PERSON: &[(&str, &str)] = &[
    ("container-image-required", "the image"),
    ("container-no-command", "which program starts"),
    ("container-shell-missing", "which program starts"),
    ("fargate-docker-in-docker", "where images are built instead"),
    ("image-arch-mismatch", "which of two images for different chips is built again"),
    ("image-bare-digest", "the repository"),
    ("image-ecr-form", "the account or the repository"),
    ("image-exists", "which tag was meant"),
    ("image-hub-form", "the namespace or the registry"),
    ("image-length", "which part of the address is not meant"),
    ("limits-definition-size", "what can go"),
    ("limits-too-many", "what can go"),
    ("log-gelf-address", "the address of the log server"),
    ("log-splunk-options", "the address and the token of Splunk"),
    ("secret-plain-value", "where the secret is stored"),
    ("secret-value-from-form", "which secret is meant"),
    ("secret-value-from-required", "where the secret is stored"),
    ("task-containers-required", "which container"),
    ("task-json-shape", "how much CPU an amount of memory was to be"),
    ("volume-efs-iam-task-role", "which role"),
    ("volume-efs-id", "which file system"),
    ("volume-fsx-fields", "the file system, its folder and its password"),
    ("volume-s3files-arn", "which file system"),
    ("wizard-hub-id-required", "the ID"),
];

/// More steps than any definition has faults.
const MOST_STEPS: usize = 60;

/// How a walk ended.
enum End {
    Clean,
    /// At an error without a fix.
    Stuck(&'static str),
    /// At a document that it had been at before, or nowhere.
    Loop,
}

fn first_error(found: &[Finding]) -> Option<&Finding> {
    found.iter().find(|f| f.severity == Severity::Error)
}

fn walk(given: &Given) -> End {
    let mut seen = BTreeSet::new();
    let mut at = Given { definition: given.definition.clone(), wizard: given.wizard.clone(), flawed: false };
    for _ in 0..MOST_STEPS {
        let found = at.check();
        let Some(first) = first_error(&found) else { return End::Clean };
        let Some(fix) = first.fixes.first() else { return End::Stuck(first.rule.id) };
        if !seen.insert(format!("{} {:?}", at.definition, at.wizard)) {
            return End::Loop;
        }
        at = at.after(first, &fix.edit);
    }
    End::Loop
}

#[test]
fn first_fixes_lead_to_a_definition_without_an_error() {
    let (mut faulty, mut clean) = (0, 0);
    let (mut left, mut loops) = (BTreeSet::new(), Vec::new());
    for case in cases() {
        // Another resource is told what it is; no fix makes a task definition of it.
        if first_error(&case.wrong.check()).is_none() || ["task-daemon-definition", "task-express-service"].contains(&case.rule.as_str()) {
            continue;
        }
        faulty += 1;
        match walk(&case.wrong) {
            End::Clean => clean += 1,
            End::Stuck(rule) => {
                if std::env::var_os("WALK_PRINT").is_some() {
                    eprintln!("{rule}: {}", case.line);
                }
                left.insert(rule);
            }
            End::Loop => loops.push(format!("{}: {}", case.rule, case.line)),
        }
    }
    eprintln!("{clean} of {faulty} faulty definitions end without an error");
    assert!(loops.is_empty(), "{loops:#?}");
    assert!(faulty > 440 && clean * 100 >= faulty * 93, "{clean} of {faulty}");
    assert_eq!(left.into_iter().collect::<Vec<_>>(), ONLY_THE_PERSON.iter().map(|(rule, _)| *rule).collect::<Vec<_>>());
}

/// A safe fix may be made without asking: it brings no other error.
#[test]
fn safe_fixes_bring_nothing_new() {
    let errors = |found: &[Finding]| -> BTreeSet<String> {
        found.iter().filter(|f| f.severity == Severity::Error).map(|f| format!("{} {}", f.rule.id, f.path)).collect()
    };
    let (mut safe, mut wrong) = ([0; 3], Vec::new());
    for case in cases() {
        let found = case.wrong.check();
        for said in found.iter().filter(|f| f.rule.id == case.rule) {
            for fix in &said.fixes {
                safe[fix.safety as usize] += 1;
                // What the whole document says is read only once its keys are spelt as in the API.
                if fix.safety != Safety::Safe || said.severity == Severity::Advice || case.rule == "task-pascal-case-keys" {
                    continue;
                }
                let after = case.wrong.after(said, &fix.edit).check();
                if !errors(&after).is_subset(&errors(&found)) {
                    wrong.push(format!("{} {}: {:?}", case.rule, fix.label, errors(&after).difference(&errors(&found)).collect::<Vec<_>>()));
                }
            }
        }
    }
    eprintln!("{safe:?} fixes are safe, a choice, risky");
    assert!(safe.iter().all(|n| *n > 25), "{safe:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// An optional proxy registers, and a container that waits for its end never starts.
#[test]
fn a_proxy_is_not_made_optional_to_satisfy_a_dependency() {
    let changes = serde_json::json!({ "0/dependsOn": [{ "containerName": "my-nginx", "condition": "SUCCESS" }], "1/essential": true });
    let found = support::given(changes.as_object().unwrap()).check();
    let said = found.iter().find(|f| f.rule.id == "dep-complete-on-essential").unwrap();
    assert!(!said.fixes.is_empty());
    for fix in &said.fixes {
        assert!(fix.edit.0.iter().all(|op| !op.path().ends_with("/essential")), "{fix:?}");
    }
}

/// A rule without a fix says why only a person can fix it; one that has a fix says nothing of the kind.
#[test]
fn a_rule_without_a_fix_says_why() {
    let mut fixed = BTreeSet::new();
    for case in cases() {
        for found in [&case.wrong, &case.right].into_iter().flat_map(|given| given.check()) {
            if !found.fixes.is_empty() {
                fixed.insert(found.rule.id);
            }
        }
    }
    let (mut wrong, mut unfixed) = (Vec::new(), 0);
    for (_, rule) in lint::all().filter(|(_, rule)| rule.state == State::Active) {
        unfixed += usize::from(rule.unfixed().is_some());
        if fixed.contains(rule.id) == rule.unfixed().is_some() {
            wrong.push(format!("{rule}: {:?}", rule.unfixed()));
        }
    }
    eprintln!("{unfixed} rules have no fix");
    assert!(wrong.is_empty(), "each has a fix or a reason in lint/unfixed.rs, and not both: {wrong:#?}");
    assert!(unfixed <= 101 && fixed.len() > 250, "{unfixed} {}", fixed.len());
}
