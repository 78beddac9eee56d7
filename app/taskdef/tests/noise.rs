//! How much is said of a right definition: what a person reads before anything is wrong.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/outside.rs"]
mod outside;

use outside::corpus;
use std::collections::BTreeMap;
use taskdef::{
    Draft, Finding, Severity,
    finding::Concern,
    lint::{self, concern},
};

/// Rows of suggestions about the definition itself: the same thing counts once, what is true of every definition not at all.
fn suggestions(found: &[Finding]) -> usize {
    lint::rows(found, |f| f).iter().filter(|row| row[0].severity == Severity::Advice && concern(row[0]) != Concern::Next).count()
}

#[test]
fn the_sound_definition_of_the_tutorial_gets_five_suggestions_at_most_and_no_warning() {
    let found = lint::check_draft(&Draft::tutorial());
    let told: Vec<_> = found.iter().map(|f| (f.severity, concern(f), f.rule.id)).collect();
    assert!(found.iter().all(|f| f.severity == Severity::Advice), "{told:?}");
    assert!((1..=5).contains(&suggestions(&found)), "{told:?}");
    assert!(found.iter().any(|f| concern(f) == Concern::Next), "nothing is lost: what comes next is told apart");
}

/// What is cheap to ignore never stands before what is dear.
#[test]
fn findings_come_in_the_order_of_what_it_costs_to_ignore_them() {
    let mut draft = Draft::tutorial();
    for (path, value) in [
        ("/definition/containerDefinitions/0/image", serde_json::json!("docker.io/myid/web")),
        ("/definition/containerDefinitions/0/environment", serde_json::json!([{ "name": "AWS_SECRET_ACCESS_KEY", "value": "x" }])),
        ("/definition/containerDefinitions/1/portMappings", serde_json::json!([])),
        ("/definition/taskRoleArn", serde_json::json!("arn:aws:iam::123456789012:role/app")),
    ] {
        taskdef::document::edit::set(draft.root(), path, value).apply(draft.root_mut()).unwrap();
    }
    let found = lint::check_draft(&draft);
    let order: Vec<_> = found.iter().map(|f| (f.severity, concern(f))).collect();
    assert!(order.is_sorted(), "{order:?}");
    let warned: Vec<_> = found.iter().filter(|f| f.severity == Severity::Warning).map(concern).collect();
    assert!([Concern::Start, Concern::Safety, Concern::Later].iter().all(|c| warned.contains(c)), "{warned:?}");
}

#[test]
fn half_of_the_real_definitions_get_five_suggestions_at_most() {
    let Some(folder) = corpus("taskdefs") else { return };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let (mut rows, mut all, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    let mut rules: BTreeMap<(Severity, &str), (usize, usize)> = BTreeMap::new();
    for file in &files {
        let text = String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
        let (found, _) = lint::check_text(&text, None, None);
        rows.push(suggestions(&found));
        all.push(found.iter().filter(|f| f.severity == Severity::Advice).count());
        warnings.push(lint::rows(&found, |f| f).iter().filter(|row| row[0].severity == Severity::Warning).count());
        for row in lint::rows(&found, |f| f) {
            let of = rules.entry((row[0].severity, row[0].rule.id)).or_default();
            *of = (of.0 + 1, of.1 + row.len());
        }
    }
    let median = |list: &mut Vec<usize>| {
        list.sort_unstable();
        list[list.len() / 2]
    };
    if std::env::var_os("CORPUS_PRINT").is_some() {
        rules.iter().for_each(|((severity, rule), (files, places))| eprintln!("{severity:?} {rule}: {files} files, {places} places"));
    }
    let (median_rows, median_all) = (median(&mut rows), median(&mut all));
    eprintln!(
        "{} files: median {median_rows} suggestions (most {}), {median_all} of all advice, {} kinds of warnings",
        files.len(),
        rows[rows.len() - 1],
        median(&mut warnings)
    );
    assert!(files.len() == 105 && median_rows <= 5, "{rows:?}");
}
